"""Giấy chứng nhận: what is to be issued, the register, inspections, one product over the years; the Excel summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QStackedWidget

from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.certificate_history import HistoryPage
from ocop_desktop.ui.certificate_inspections import InspectionsPage
from ocop_desktop.ui.certificate_issue import IssuePage
from ocop_desktop.ui.certificate_register import RegisterPage
from ocop_desktop.ui.certificate_verify import VerifyPage
from ocop_desktop.ui.design_page import DesignPage
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.widgets import Page, button

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

ISSUE, REGISTER, INSPECTIONS, VERIFY, DESIGN, HISTORY = range(6)  # places of the pages
NARROW = 860  # pixels under which the head has no room for the title


class CertificatesScreen(Page):
    """Shows one of its pages; the others keep what they showed."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Giấy chứng nhận"))
        self._work, self._shell = work, shell
        self.issue, self.register = IssuePage(work, shell), RegisterPage(work, shell)
        self.inspections = InspectionsPage(work, shell)
        self.history = HistoryPage(work, shell, lambda: self._turn(REGISTER))
        self.verify = VerifyPage(work, shell)
        self.design = DesignPage(work, shell, lambda: self._turn(ISSUE))
        self.pages = (self.issue, self.register, self.inspections, self.verify, self.design, self.history)
        self.stack = QStackedWidget()
        self.segments = QButtonGroup(self)
        self.to_issue, self.to_register = PillButton(_("Theo phiên"), "ok"), PillButton(_("Sổ giấy chứng nhận"), "ok")
        self.to_inspections, self.to_verify = PillButton(_("Kiểm tra"), "ok"), PillButton(_("Quét mã"), "ok")
        for place, segment in enumerate((self.to_issue, self.to_register, self.to_inspections, self.to_verify)):
            self.segments.addButton(segment, place)
        self._across = Flow(self.to_issue, self.to_register, self.to_inspections, self.to_verify)
        self.add_ways(self._across)
        self.summary = button(_("Tổng hợp Excel…"), self._ask_summary, icon="sheet")
        self.register.export_menu.addSeparator()
        self.register.export_menu.addAction(self.summary.text(), self._ask_summary)
        for action in (self.summary, self.register.export, self.register.primary, self.issue.primary,
                       self.inspections.primary, self.verify.primary, self.design.primary):
            self.add_action(action)
        self.body.addWidget(self.stack, 1)
        for page in self.pages:  # each scrolls by itself: a long one gives no other a bar
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            page.setProperty("kind", "page")
            self.stack.addWidget(area)
            area.setWidget(page)  # only now: Qt dresses all that stands in a part anew with every move of it
        first = self.stack.widget(ISSUE)
        assert isinstance(first, QScrollArea)
        self.issue.told.connect(lambda part: QTimer.singleShot(0, part, lambda: first.ensureWidgetVisible(part)))
        self.segments.idClicked.connect(self._turn)
        self.register.history_wanted.connect(self._show_history)
        self.issue.design_wanted.connect(lambda: self._turn(DESIGN))
        self.history.inspection_wanted.connect(self._show_inspection)
        self._turn(ISSUE)

    def show_place(self, session_id: int | None = None, state: str = "", stars: int | None = None, year: int | None = None,
                   page: str = "", certificate_id: int = 0, inspection_id: int = 0, **_where: Any) -> None:
        """Show a session's certificates to issue, the register narrowed by state, stars and year, the product of one
        certificate over the years, an inspection, or the page that checks a certificate's QR code."""
        self._shell.set_crumbs(self, _("Giấy chứng nhận"))
        if certificate_id:
            self._show_history(certificate_id)
        elif page == "verify":
            self._turn(VERIFY, read=False)
            self.verify.refresh()
        elif inspection_id or page == "inspections":
            self._show_inspection(inspection_id)
        elif page == "design":
            self._turn(DESIGN)
        elif state or stars or year or page == "register":
            self._turn(REGISTER)
            self.register.narrow(state, stars, year)
        elif session_id is not None:
            self._turn(ISSUE)
            self.issue.choose(session_id)
        else:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without the title, which the top line says too, where the window is narrow for its letters."""
        wide = self.width() >= theme.now().px(NARROW)
        self.title.setVisible(wide)
        self._across.rigid = wide  # else on as many lines as they need
        self._across.invalidate()
        super().resizeEvent(event)

    def refresh(self) -> None:
        """Read again what is on show."""
        self.pages[self.stack.currentIndex()].refresh()

    def _show_history(self, certificate_id: int) -> None:
        self._turn(HISTORY, read=False)
        self.history.show_certificate(certificate_id)

    def _show_inspection(self, inspection_id: int) -> None:
        self._turn(INSPECTIONS, read=False)
        self.inspections.show_inspection(inspection_id)

    def _turn(self, place: int, read: bool = True) -> None:
        changed = self.stack.currentIndex() != place
        self.stack.setCurrentIndex(place)
        self.segments.button({HISTORY: REGISTER, DESIGN: ISSUE}.get(place, place)).setChecked(True)
        self.issue.primary.setVisible(place == ISSUE)
        self.register.export.setVisible(place == REGISTER)
        self.register.primary.setVisible(place == REGISTER)
        self.inspections.primary.setVisible(place == INSPECTIONS)
        self.verify.primary.setVisible(place == VERIFY)
        self.design.primary.setVisible(place == DESIGN)
        self.summary.setVisible(place not in (REGISTER, VERIFY, DESIGN))  # the register's menu has it
        if changed and read:
            self.refresh()

    def _ask_summary(self) -> None:
        name = _("tong-hop-ocop-{day}.xlsx", day=f"{dt.date.today():%Y-%m-%d}")
        file_dialogs.to_save(self._shell, self, _("Tổng hợp Excel"), name, _("Bảng tính Excel (*.xlsx)"), self.write_summary)

    def write_summary(self, path: Path) -> None:
        """Write the Excel summary into ``path``."""

        def write(session: Any, progress: Callable[[int, int, str], None]) -> Any:
            from ocop_desktop.actions import summary

            words = _("Đang ghi bảng tổng hợp")
            return summary.write_summary(session, path, progress=lambda done, total, _what: progress(done, total, words))

        self._work.long(self, write, lambda _done: self._shell.say.ok(
            _("Đã ghi bảng tổng hợp vào {file}", file=path.name), _("Mở"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))))
