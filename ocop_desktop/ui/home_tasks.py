"""What waits, as rows: a coloured dot, a sentence, a detail, a button that goes there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.widgets import Card, button, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.home import Meeting, Overview
    from ocop_desktop.ui.shell import Shell

WORDS = 220  # pixels at 100 % the words of a task begin with
STALE_COPY = 7  # days after which a copy on another disk is asked for


@dataclass(frozen=True)
class Task:
    """One thing that waits, and where it is done. tone: info, warn, bad or quiet."""

    tone: str
    sentence: str
    detail: str
    button: str
    screen: str
    where: dict[str, Any] = field(default_factory=dict)


def tasks_of(seen: Overview) -> tuple[Task, ...]:
    """Everything that waits, the most urgent first."""
    return (*_meetings(seen), *_office(seen), *_decisions(seen), *_renewals(seen), *_drafts(seen), *_import(seen), *_next(seen),
            *_copies(seen))


def urgent(seen: Overview) -> Task:
    """What the page's filled button does."""
    if seen.today is not None:
        words = _("Mở phiên hôm nay") if seen.today.held_on == seen.on else _("Vào phiên đang mở")
        return Task("info", "", "", words, "sessions", {"session_id": seen.today.id})
    return next(_decisions(seen), Task("info", "", "", _("Nhập bảng tính"), "importing"))


def _meetings(seen: Overview) -> Iterator[Task]:
    for meeting in seen.meetings:
        if meeting.open or meeting.held_on <= seen.on:
            tone, words = _about(meeting, seen.on)
            yield Task(tone, words, _("{count} hồ sơ, {left} chưa bắt đầu", count=meeting.dossiers, left=meeting.untouched),
                       _("Mở phiên"), "sessions", {"session_id": meeting.id})


def _about(meeting: Meeting, on: dt.date) -> tuple[str, str]:
    if meeting.held_on == on:
        return "info", _("{session} họp hôm nay", session=meeting.name)
    if meeting.open:
        return "info", _("{session} đang mở, họp ngày {date}", session=meeting.name, date=text.date(meeting.held_on))
    return "warn", _("{session} đã qua ngày họp {date} mà chưa mở", session=meeting.name, date=text.date(meeting.held_on))


def _next(seen: Overview) -> Iterator[Task]:
    for meeting in [m for m in seen.meetings if not m.open and m.held_on > seen.on][:1]:
        yield Task("quiet", _("{session} sẽ họp ngày {date}", session=meeting.name, date=text.date(meeting.held_on)),
                   _("còn {days} ngày; {count} hồ sơ", days=(meeting.held_on - seen.on).days, count=meeting.dossiers),
                   _("Chuẩn bị"), "sessions", {"session_id": meeting.id})


def _office(seen: Overview) -> Iterator[Task]:
    if not seen.province:
        yield Task("warn", _("Chưa khai báo đơn vị"), _("tên tỉnh và cơ quan in trên mọi giấy tờ"), _("Khai báo"), "settings",
                   {"section": "office"})


def _drafts(seen: Overview) -> Iterator[Task]:
    if not seen.drafts:
        return
    day, left = text.date(seen.filing_day), (seen.filing_day - seen.on).days
    if left < 0:
        detail = _("hạn xã gửi {date} đã qua", date=day)
    else:
        detail = _("hạn xã gửi {date}, còn {days} ngày", date=day, days=left) if left else _("hạn xã gửi là hôm nay")
    yield Task("warn", _("{count} hồ sơ đang hoàn thiện", count=text.number(seen.drafts)), detail, _("Xem"), "dossiers",
               {"status": "draft"})


def _renewals(seen: Overview) -> Iterator[Task]:
    late, due = seen.in_force.late, seen.in_force.due
    if late:
        yield Task("bad", _("{count} giấy chứng nhận quá kỳ nộp đánh giá lại", count=text.number(late)),
                   _("còn dưới 120 ngày là hết hạn"), _("Xem"), "certificates", {"state": "late"})
    if due:
        yield Task("warn", _("{count} giấy chứng nhận đến kỳ đánh giá lại", count=text.number(due)),
                   _("nộp từ 180 đến 120 ngày trước khi hết hạn"), _("Xem"), "certificates", {"state": "due"})


def _decisions(seen: Overview) -> Iterator[Task]:
    for waiting in seen.undecided:
        yield Task("info", _("{count} sản phẩm đã chốt chờ số quyết định", count=text.number(waiting.count)),
                   _("{session}; chưa in được giấy chứng nhận", session=waiting.session), _("Nhập quyết định"), "certificates",
                   {"session_id": waiting.session_id})


def _import(seen: Overview) -> Iterator[Task]:
    last = seen.last_import
    if last is not None and (rejected := int(last.counts.get("rejected", 0))):
        yield Task("warn", _("{count} dòng của {file} chưa nhập được", count=text.number(rejected), file=last.file_name),
                   _("nhập ngày {date}", date=text.date(last.imported_at.date())), _("Xem"), "importing", {"batch_id": last.id})


def _copies(seen: Overview) -> Iterator[Task]:
    days = None if seen.outside is None else (seen.on - seen.outside.made_at.date()).days
    if days is not None and days < STALE_COPY:
        return
    words = (_("Chưa sao lưu ra USB hay ổ đĩa khác") if days is None
             else _("Sao lưu ra USB gần nhất: {days} ngày trước", days=days))
    yield Task("quiet", words, backup_line(seen), _("Sao lưu"), "settings", {"section": "data"})


def backup_line(seen: Overview) -> str:
    """When the newest backup on this computer was made."""
    if seen.backup is None:
        return _("trên máy này chưa có bản sao lưu nào")
    made = seen.backup.made_at
    if made.date() == seen.on:
        return _("bản trên máy này: hôm nay {clock}", clock=text.clock(made)[:5])
    return _("bản trên máy này: {date} {clock}", date=text.date(made.date()), clock=text.clock(made)[:5])


class Dot(QWidget):
    """A dot in the colour of a tone."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.now().px(10)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.now().color({"warn": "gold", "quiet": "edge"}.get(self._tone, self._tone)))
        painter.drawEllipse(self.rect())


class TaskRow(QWidget):
    """One thing that waits."""

    def __init__(self, task: Task, shell: Shell) -> None:
        super().__init__()
        px = theme.now().px
        self.task = task
        self.go = button(task.button, lambda: shell.go(task.screen, **task.where))
        self.go.setAccessibleName(f"{task.button}: {task.sentence}")
        words = column(label(task.sentence, "bold", wrap=True), label(task.detail, "quiet", wrap=True), space=0)
        inside = row(Dot(task.tone), space=16)
        beside = Flow()
        beside.add(words, 1, WORDS)
        beside.add(self.go)
        inside.addLayout(beside, 1)
        inside.setContentsMargins(px(18), px(8), px(18), px(8))
        self.setLayout(inside)


class TasksCard(Card):
    """The card of what waits."""

    def __init__(self, tasks: tuple[Task, ...], shell: Shell) -> None:
        super().__init__(_("Việc đang chờ"), flush=True)
        self.rows = [TaskRow(task, shell) for task in tasks]
        px = theme.now().px
        for made in self.rows:
            self.body.addWidget(line())
            self.body.addWidget(made)
        if not tasks:
            self.body.addWidget(line())
            quiet = label(_("Không có việc nào đang chờ. Việc mới sẽ hiện ở đây."), "quiet", wrap=True)
            quiet.setContentsMargins(px(18), px(14), px(18), px(14))
            self.body.addWidget(quiet)
        self.body.addStretch(1)
