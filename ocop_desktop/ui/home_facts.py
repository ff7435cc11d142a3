"""What one likes to know without being asked for anything: how far a session is, the last import, the last backup."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.widgets import Card, LinkLabel, Ring, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.home import Meeting, Overview
    from ocop_desktop.ui.shell import Shell

FACT = 258  # pixels at 100 % one fact begins with
MEETINGS = 1  # sessions whose progress is told


class FactsCard(Card):
    """One quiet line of facts, each with a way to its place."""

    def __init__(self, seen: Overview, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.links: dict[str, LinkLabel] = {}
        inside = Flow(space=16)
        for meeting in [m for m in seen.meetings if m.open][:MEETINGS]:
            inside.add(self._meeting(meeting), 1, FACT)
        if (last := seen.last_import) is not None:
            counts = _("{created} mới, {updated} cập nhật", created=text.number(int(last.counts.get("created", 0))),
                       updated=text.number(int(last.counts.get("updated", 0))))
            inside.add(self._fact(_icon("import"), "import", _("Nhập gần nhất: {date}", date=text.date(last.imported_at.date())),
                                  f"{last.file_name} · {counts}", lambda: shell.go("importing", section="batches")), 1, FACT)
        inside.add(self._fact(_icon("database"), "backup", _("Sao lưu gần nhất"), copies_line(seen),
                              lambda: shell.go("settings", section="data")), 1, FACT)
        self.body.addLayout(inside)

    def _meeting(self, meeting: Meeting) -> QWidget:
        begun = meeting.dossiers - meeting.untouched
        ring = Ring(begun, meeting.dossiers, 22)
        words = _("{done}/{total} hồ sơ đã bắt đầu chấm", done=begun, total=meeting.dossiers)
        return self._fact(ring, "session", meeting.name, words, lambda: self._shell.go("sessions", session_id=meeting.id))

    def _fact(self, mark: QWidget, key: str, words: str, quiet: str, slot: Callable[[], object]) -> QWidget:
        link = LinkLabel(words, slot)
        link.setAccessibleName(f"{words}: {quiet}")
        self.links[key] = link
        made = QWidget()
        inside = row(space=12)
        inside.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        detail = label(quiet, "quiet", wrap=True)
        detail.setContentsMargins(theme.now().px(3), 0, 0, 0)  # the edge of the link above
        said = column(link, detail, space=0)
        inside.addLayout(said, 1)
        made.setLayout(inside)
        return made


def copies_line(seen: Overview) -> str:
    """When data were saved aside last: on this computer, and on another disk."""
    if seen.backup is None:
        here = _("trên máy này: chưa có")
    elif seen.backup.made_at.date() == seen.on:
        here = _("trên máy này: hôm nay {clock}", clock=text.clock(seen.backup.made_at)[:5])
    else:
        here = _("trên máy này: {date}", date=text.date(seen.backup.made_at.date()))
    away = _("ra ổ khác: chưa lần nào") if seen.outside is None else (
        _("ra ổ khác: {date}", date=text.date(seen.outside.made_at.date())))
    return f"{here} · {away}"


def _icon(name: str) -> QLabel:
    made = QLabel()
    icons.put(made, name, "quiet")
    made.setFixedWidth(theme.now().px(22))
    return made
