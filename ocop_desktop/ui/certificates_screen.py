"""Giấy chứng nhận: what is to be issued, and the register - two pages in one place; the Excel summary."""

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
from ocop_desktop.ui.certificate_issue import IssuePage
from ocop_desktop.ui.certificate_register import RegisterPage
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.widgets import Page, button

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

NARROW = 860  # pixels under which the head has no room for the title


class CertificatesScreen(Page):
    """Shows one of its pages; the other keeps what it showed."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Giấy chứng nhận"))
        self._work, self._shell = work, shell
        self.issue, self.register = IssuePage(work, shell), RegisterPage(work, shell)
        self.stack = QStackedWidget()
        self.segments = QButtonGroup(self)
        self.to_issue, self.to_register = PillButton(_("Cần cấp"), "ok"), PillButton(_("Sổ giấy chứng nhận"), "ok")
        for place, (page, segment) in enumerate(((self.issue, self.to_issue), (self.register, self.to_register))):
            self.stack.addWidget(page)
            self.segments.addButton(segment, place)
        pages = Flow(self.to_issue, self.to_register)
        pages.rigid = True
        self.head.insertLayout(1, pages)
        self.summary = button(_("Tổng hợp Excel…"), self._ask_summary, icon="sheet")
        for action in (self.summary, self.register.export, self.register.primary, self.issue.primary):
            self.add_action(action)
        area = QScrollArea()
        self.issue.told.connect(lambda part: QTimer.singleShot(0, part, lambda: area.ensureWidgetVisible(part)))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.stack.setProperty("kind", "page")
        area.setWidget(self.stack)
        self.body.addWidget(area, 1)
        self.segments.idClicked.connect(self._turn)
        self._turn(0)

    def show_place(self, session_id: int | None = None, state: str = "", stars: int | None = None, year: int | None = None,
                   page: str = "", **_where: Any) -> None:
        """Show a session's certificates to issue, or the register narrowed by state, stars and year."""
        self._shell.set_crumbs(self, _("Giấy chứng nhận"))
        if state or stars or year or page == "register":
            self._turn(1)
            self.register.narrow(state, stars, year)
        elif session_id is not None:
            self._turn(0)
            self.issue.choose(session_id)
        else:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without the title, which the top line says too, where the window is narrow for its letters."""
        self.title.setVisible(self.width() >= theme.now().px(NARROW))
        super().resizeEvent(event)

    def refresh(self) -> None:
        """Read again what is on show."""
        (self.issue if self.stack.currentIndex() == 0 else self.register).refresh()

    def _turn(self, place: int) -> None:
        changed = self.stack.currentIndex() != place
        self.stack.setCurrentIndex(place)
        self.segments.button(place).setChecked(True)
        self.issue.primary.setVisible(place == 0)
        self.register.export.setVisible(place == 1)
        self.register.primary.setVisible(place == 1)
        if changed:
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
