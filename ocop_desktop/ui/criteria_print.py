"""A paper about criteria: looked at page by page, saved as PDF, sent to a printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QObject, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QKeyEvent, QPageLayout, QPageSize, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.certificate_print import Painting, printed
from ocop_desktop.ui.widgets import Card, button, clear, label, row

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

SCREEN_DPI, PRINTER_DPI = 110, 300
MOST = 40  # pages looked at


class Sheet(QWidget):
    """One page as a picture, as wide as there is room."""

    def __init__(self, picture: Any) -> None:
        super().__init__()
        self.image = image_of(picture).copy()
        self.setFixedHeight(1)

    def fit(self, wide: int) -> None:
        """Take ``wide`` pixels."""
        self.setFixedSize(wide, round(wide * self.image.height() / self.image.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self.image)
        painter.setPen(theme.now().color("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def image_of(picture: Any) -> QImage:
    """A drawn page as Qt's picture; it lends the pixels."""
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_BGR888)


class PaperCard(Card):
    """The pages of a paper under one another; Esc leads back."""

    left = Signal()
    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(flush=True)
        px = theme.now().px
        self.back = button(_("Quay lại"), self.left.emit, icon="chevron-left", small=True)
        self.print = button(_("In…"), self.print_wanted.emit, icon="print", small=True)
        self.count = label("", "quiet")
        head = row(self.back, 1, self.count, self.print, space=12)
        head.setContentsMargins(px(12), px(8), px(12), px(8))
        self.body.addLayout(head)
        inner = QWidget()
        inner.setProperty("kind", "page")
        self.pages = QVBoxLayout(inner)
        self.pages.setContentsMargins(px(12), px(4), px(12), px(12))
        self.pages.setSpacing(px(12))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(_("Bản xem trước"))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setWidget(inner)
        self.body.addWidget(self.area, 1)

    def wait(self) -> None:
        """Say that the pages are being drawn."""
        clear(self.pages)
        self.count.setText(_("Đang dựng trang…"))

    def show_pages(self, pictures: Any) -> None:
        """Show the pages."""
        clear(self.pages)
        for picture in pictures[:MOST]:
            self.pages.addWidget(Sheet(picture), 0, Qt.AlignmentFlag.AlignHCenter)
        self.pages.addStretch(1)
        self.count.setText(_("{count} trang", count=len(pictures)))
        self._fit()
        self.area.verticalScrollBar().setValue(0)

    def sheets(self) -> list[Sheet]:
        """The pages on show."""
        return self.findChildren(Sheet)

    def _fit(self) -> None:
        px = theme.now().px
        wide = min(self.area.viewport().width() - px(24), px(760))
        for sheet in self.sheets():
            sheet.fit(max(wide, 80))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CriteriaPress(QObject):
    """Saves and prints for the screen.

    Args:
        owner: the screen, over which the dialogs open.
    """

    def __init__(self, owner: QWidget, work: Work, shell: Shell) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell = owner, work, shell

    def actions(self) -> ModuleType:
        """What saves and draws the papers: a module with ``save_pdf`` and ``pictures``; called on the worker thread."""
        from ocop_desktop.actions import criteria

        return criteria

    def ask_file(self, paper: Any, proposed: str) -> None:
        """Ask for a file and save a paper there."""
        file_dialogs.to_save(self._shell, self._owner, _("Lưu PDF"), proposed, _("Tệp PDF (*.pdf)"),
                         lambda path: self.save(paper, path))

    def save(self, paper: Any, path: Path) -> None:
        """Save a paper as PDF."""

        def job(session: Any) -> Any:
            return self.actions().save_pdf(session, paper, path)

        url = QUrl.fromLocalFile(str(path))
        self._work.read(self._owner, job, lambda _size: self._shell.say.ok(
            _("Đã lưu {file}", file=path.name), _("Mở"), lambda: QDesktopServices.openUrl(url)))

    def draw(self, paper: Any, done: Callable[[Any], object]) -> None:
        """Draw the pages of a paper for looking at."""

        def job(session: Any) -> Any:
            return self.actions().pictures(session, paper, SCREEN_DPI)

        self._work.read(self._owner, job, done, key="paper")

    def ask_printer(self, paper: Any) -> None:
        """Ask for a printer and print a paper."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINTER_DPI)
        printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))
        dialog = QPrintDialog(printer, self._owner)
        dialog.setWindowTitle(_("In"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(paper, printer))
        QDialog.open(dialog)

    def print_on(self, paper: Any, printer: QPrinter) -> None:
        """Print a paper; painting happens in the background."""

        def job(session: Any) -> int:
            pictures = self.actions().pictures(session, paper, PRINTER_DPI)
            with Painting(printer) as painting:
                for picture in pictures:
                    painting.page(picture)
            return len(pictures)

        self._work.read(self._owner, job, lambda count: self._shell.say.ok(
            printed(printer, _("Đã gửi {count} trang đến máy in", count=count))))
