"""The product's photo in the head of its form: choose, drop or paste one, look at it, take it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, icons, theme
from ocop_desktop.ui.photo_large import LargePhoto

if TYPE_CHECKING:
    from ocop_desktop.actions.photos import Picture
    from ocop_desktop.errors import UserError
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

SIDE = 52  # pixels at 100 %


class PhotoBox(QAbstractButton):
    """The photo, small; pressed it offers what can be done with it. Reads and keeps for itself."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.product_id: int | None = None
        self._picture: QPixmap | None = None
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._press)
        self._name()

    def show_product(self, product_id: int) -> None:
        """Read a product's photo and show it; again for the same product it is read anew."""
        if product_id != self.product_id:
            self.product_id = product_id
            self._show(None)

        def read(session: Any) -> Picture | None:
            from ocop_desktop.actions import photos

            return photos.photo(session, product_id)

        self._work.read(self, read, lambda found: self._show(found, product_id), key="photo")

    def has_photo(self) -> bool:
        """Whether a photo is on show."""
        return self._picture is not None

    def _show(self, found: Picture | None, product_id: int | None = None) -> None:
        if product_id not in (None, self.product_id):
            return
        made = QPixmap()
        self._picture = made if found is not None and made.loadFromData(found.content) else None
        self._name()
        self.update()

    def _name(self) -> None:
        words = _("Ảnh sản phẩm") if self._picture is not None else _("Thêm ảnh sản phẩm")
        self.setAccessibleName(words)
        self.setToolTip(_("{words}: bấm để chọn, kéo thả tệp vào đây, hoặc Ctrl+V để dán", words=words))

    # -- what the person does -----------------------------------------------------------------------------------------

    def _press(self) -> None:
        if self._picture is None:
            self.choose()
            return
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """What can be done with the photo on show."""
        menu = QMenu(self)
        for words, slot in ((_("Xem ảnh lớn"), self.enlarge), (_("Đổi ảnh…"), self.choose), (_("Xóa ảnh"), self.remove)):
            menu.addAction(words).triggered.connect(lambda _on=False, slot=slot: slot())
        return menu

    def choose(self) -> None:
        """Ask for a picture file."""
        file_dialogs.to_open(self._shell, self, _("Chọn ảnh sản phẩm"), _("Ảnh ({kinds})", kinds="*.jpg *.jpeg *.png"),
                         lambda path: self.take_file(str(path)))

    def take_file(self, path: str) -> None:
        """Keep the picture of a file."""
        self._keep(lambda photos: photos.read_file(path))

    def enlarge(self) -> LargePhoto | None:
        """Show the photo large."""
        if self._picture is None:
            return None
        dialog = LargePhoto(self, _("Ảnh sản phẩm"), (("", self._picture),))
        dialog.open()
        return dialog

    def remove(self) -> None:
        """Take the photo away; a bar offers to bring it back."""
        number, who = self.product_id, self._shell.settings.user
        if number is None:
            return

        def take(session: Any) -> Picture | None:
            from ocop_desktop.actions import photos

            return photos.remove_photo(session, number, who)

        def taken(before: Picture | None) -> None:
            self._show(None, number)
            if before is not None:
                self._shell.say.info(_("Đã xóa ảnh sản phẩm."), _("Lấy lại"), lambda: self._bring_back(number, before))

        self._work.save(self, take, taken, quiet=True)

    def _bring_back(self, number: int, before: Picture) -> None:
        self._shell.say.clear()
        self._keep(lambda _photos: before.content, number)

    def _keep(self, data: Callable[[Any], bytes], number: int | None = None) -> None:
        product_id, who = number or self.product_id, self._shell.settings.user
        if product_id is None:
            return

        def save(session: Any) -> Picture:
            from ocop_desktop.actions import photos

            return photos.keep_photo(session, product_id, data(photos), who)

        def refused(error: UserError) -> None:
            self._shell.say.bad(text.say(error))

        self._work.save(self, save, lambda made: self._show(made, product_id), refused, quiet=True)

    def paste(self) -> None:
        """Keep the picture on the clipboard."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self._shell.say.warn(_("Trong bộ nhớ tạm không có ảnh; hãy sao chép ảnh rồi dán lại."))

    def _take(self, carried: QMimeData) -> bool:
        if path := _file_of(carried):
            self.take_file(path)
            return True
        image = carried.imageData() if carried.hasImage() else None
        if image is None or image.isNull():
            return False
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        data = bytes(buffer.data().data())
        self._keep(lambda _photos: data)
        return True

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        side = theme.now().px(SIDE)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self._picture is not None:
            self.remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame, radius = QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(6)
        path = QPainterPath()
        path.addRoundedRect(frame, radius, radius)
        painter.fillPath(path, look.color("paper"))
        if self._picture is not None:
            side = min(self._picture.width(), self._picture.height())
            middle = QRect((self._picture.width() - side) // 2, (self._picture.height() - side) // 2, side, side)
            painter.setClipPath(path)
            painter.drawPixmap(self.rect(), self._picture, middle)
            painter.setClipping(False)
        else:
            small = look.px(22)
            painter.drawPixmap((self.width() - small) // 2, (self.height() - small) // 2, icons.pixmap("image", "quiet", 22))
        edge = "info" if self.hasFocus() else "edge"
        style = Qt.PenStyle.SolidLine if self._picture is not None or self.hasFocus() else Qt.PenStyle.DashLine
        painter.setPen(QPen(look.color(edge), 2 if self.hasFocus() else 1, style))
        painter.drawPath(path)


def _file_of(carried: QMimeData) -> str:
    """The one local file that is carried, or empty."""
    urls = carried.urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
