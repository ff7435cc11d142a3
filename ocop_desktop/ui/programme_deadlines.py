"""Lịch hạn: everything due by day, whom to call, and what one does about it - in place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.printing import PaperRoad, Printout
from ocop_desktop.ui.say import FOOT
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Chips, EmptyState, button, label

if TYPE_CHECKING:
    from ocop_desktop.actions.deadlines import Due
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

AHEAD, BACK = 90, 90  # days the list looks ahead and back
KINDS = {
    "expires": N_("Hết 36 tháng"), "window_opens": N_("Mở kỳ đánh giá lại"), "window_closes": N_("Hết kỳ đánh giá lại"),
    "extension": N_("Hết gia hạn"), "commune": N_("Xã trả lời"), "reevaluation": N_("Xong đánh giá lại"),
    "revocation": N_("Thu hồi"), "inspection": N_("Kiểm tra"), "follow_up": N_("Khắc phục"), "round": N_("Đợt đánh giá"),
    "session": N_("Phiên họp")}
HAPPENS = ("window_opens", "round", "session")  # days that come by themselves: past ones wait for nobody
LETTERS = {"docx": (N_("Word (.docx)…"), N_("Văn bản Word (*.docx)")), "pdf": (N_("PDF…"), N_("Tệp PDF (*.pdf)"))}
RENEWABLE = ("expires", "window_opens", "window_closes")


class _Left(Column):
    """How many days are left, as a pill."""

    def value(self, row: Any) -> Any:
        if row.handled:
            return _("Đang xử lý"), "info"
        if row.days_left < 0 and row.kind in HAPPENS:
            return _("Đã qua"), "quiet"
        if row.days_left < 0:
            return _("Quá {days} ngày", days=-row.days_left), "bad"
        return (_("Hôm nay") if row.days_left == 0 else _("Còn {days} ngày", days=row.days_left),
                "warn" if row.days_left <= 30 else "quiet")


class _What(Column):
    def value(self, row: Any) -> Any:
        return row.title, row.detail


COLUMNS = (Column("on", N_("Ngày"), 118, look="figures"), _What("title", N_("Việc"), 220, look="two", stretch=True),
           _Left("days_left", N_("Còn lại"), 150, look="pill"))


class DeadlinesPage(QWidget):
    """The agenda."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.today: Callable[[], dt.date] = dt.date.today
        self.all: tuple[Due, ...] = ()
        self.chips = Chips()
        self.model = FedTable(COLUMNS)
        self.table = TableView(self.model, "programme_deadlines", shell.table_store, row_height=52)
        self.table.setMinimumHeight(theme.now().px(240))
        self.table.set_empty(EmptyState("calendar", _("Không có việc nào đến hạn")))
        self.note = label(_("Việc của 90 ngày tới và việc quá hạn trong 90 ngày qua; kèm người cần gọi."), "quiet", wrap=True)
        self.renew = button(_("Lập hồ sơ đánh giá lại"), self._renew, icon="plus")
        self.open = button(_("Mở"), self._open_current)
        self.letters = button(_("Thư gửi các xã"), None, icon="paper")
        self.menu = QMenu(self.letters)
        for ending, (words, kind) in LETTERS.items():
            self.menu.addAction(_(words), partial(self._ask_letters, ending, kind))
        self.menu.addSeparator()
        self.menu.addAction(_("Xem và in…"), self._preview_letters)
        self.letters.setMenu(self.menu)
        self.press = PaperRoad(self, work, shell)
        self.primary = button(_("Lưu lịch (.ics)…"), self._ask_calendar, "primary", icon="calendar")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(12))
        for part in (self.note, self.chips):
            box.addWidget(part)
        box.addWidget(self.table, 1)
        self.renew.setObjectName(FOOT)
        box.addLayout(Flow(self.renew, self.open, self.letters))
        self.chips.chosen.connect(lambda _keys: self._narrow())
        self.table.current_changed.connect(lambda _due: self._allow())
        self.table.opened.connect(lambda _due: self._open_current())
        self._allow()

    def refresh(self) -> None:
        """Read what is due again."""
        today = self.today()

        def find(session: Any) -> tuple[Due, ...]:
            from ocop_desktop.actions import deadlines

            return deadlines.due(session, *_reach(today), today)

        self._work.read(self, find, self._show, key="due")

    def _show(self, found: tuple[Due, ...]) -> None:
        self.all = found
        counts = Counter[str](due.kind for due in found)
        self.chips.set_chips([(kind, _(words), "info", counts[kind]) for kind, words in KINDS.items() if counts[kind]])
        self._narrow()

    def _narrow(self) -> None:
        chosen = self.chips.keys()
        rows = [due for due in self.all if not chosen or due.kind in chosen]
        self.model.set_rows([])
        self.model.set_rows(rows)
        if rows:
            self.table.selectRow(next((n for n, due in enumerate(rows) if due.days_left >= 0), len(rows) - 1))
            self.table.scrollTo(self.table.currentIndex(), TableView.ScrollHint.PositionAtTop)
        self._allow()

    def _allow(self) -> None:
        due: Due | None = self.table.current()
        self.renew.setEnabled(due is not None and due.kind in RENEWABLE and not due.handled)
        self.open.setEnabled(due is not None and bool(due.about[0]))

    def _renew(self) -> None:
        due, who, today = self.table.current(), self._shell.settings.user, self.today()

        def start(session: Any) -> int:
            from ocop_desktop.actions import certificate_fate

            return certificate_fate.start_reevaluation(session, due.about[1], who, today)

        self._work.save(self, start, self._started)

    def _started(self, dossier_id: int) -> None:
        self._shell.say.ok(_("Đã lập hồ sơ đánh giá lại từ hồ sơ trước; hãy cập nhật những gì đã thay đổi."))
        self._shell.go("dossiers", dossier_id=dossier_id)

    def _open_current(self) -> None:
        due: Due | None = self.table.current()
        if due is None:
            return
        record, number = due.about
        if record == "dossier":
            self._shell.go("dossiers", dossier_id=number)
        elif record == "session":
            self._shell.go("sessions", session_id=number)
        elif record == "certificate":
            self._shell.go("certificates", certificate_id=number)
        elif record == "inspection":
            self._shell.go("certificates", inspection_id=number)

    # -- letters ------------------------------------------------------------------------------------------------------

    def _ask_letters(self, ending: str, kind: str) -> None:
        name = _("thu-danh-gia-lai-{day}", day=f"{self.today():%Y-%m-%d}")
        file_dialogs.to_save(self._shell, self, _("Thư gửi các xã"), f"{name}.{ending}", _(kind), self.write_letters)

    def _preview_letters(self) -> None:
        today = self.today()

        def make(session: Any) -> Any:
            from ocop_desktop.actions import paper_pages, register_papers

            return paper_pages.made_of(register_papers.as_pdf(session, "renewal-letters", (), today))

        name = _("thu-danh-gia-lai-{day}", day=f"{today:%Y-%m-%d}")
        self.press.preview(Printout("renewal-letters", _("Thư gửi các xã"), make, f"{name}.pdf"))

    def write_letters(self, path: Path) -> None:
        """Write a letter to every commune with certificates that fall due."""
        today = self.today()

        def write(session: Any) -> int:
            from ocop_desktop.actions import register_papers

            return register_papers.save(session, "renewal-letters", path, (), today)

        self._work.read(self, write, lambda count: self._shell.say.ok(
            _("Đã lưu thư gửi {count} xã, phường vào {file}", count=text.number(count), file=path.name)), self._shell.say.error)

    # -- calendar -----------------------------------------------------------------------------------------------------

    def _ask_calendar(self) -> None:
        file_dialogs.to_save(self._shell, self, _("Lưu lịch"), _("lich-ocop.ics"), _("Lịch (*.ics)"), self.write_calendar)

    def write_calendar(self, path: Path) -> None:
        """Write the list as a calendar file."""
        today = self.today()

        def write(session: Any) -> None:
            from ocop_desktop.actions import deadlines

            deadlines.write_calendar(session, path, *_reach(today), today)

        self._work.read(self, write, lambda _none: self._shell.say.ok(
            _("Đã lưu {count} ngày hạn vào {file}", count=text.number(len(self.all)), file=path.name)),
            lambda error: self._shell.say.error(error))


def _reach(today: dt.date) -> tuple[dt.date, dt.date]:
    return today - dt.timedelta(days=BACK), today + dt.timedelta(days=AHEAD)
