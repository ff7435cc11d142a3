"""The photos of an inspection as thumbnails: chosen or dropped several at a time, opened large, taken away and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.photo_large import LargePhoto
from ocop_desktop.ui.widgets import button, clear, label

if TYPE_CHECKING:
    from ocop_desktop.actions.inspection_photos import Added, InspectionPhoto
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

SIDE = 88  # pixels at 100 %


class Thumbnail(QAbstractButton):
    """One photo, small. Pressed or Enter: large; Delete or its menu: away."""

    away = Signal()

    def __init__(self, photo: InspectionPhoto, place: int, many: int) -> None:
        super().__init__()
        self.photo = photo
        self.large = QPixmap()
        self.large.loadFromData(photo.content)
        side = theme.now().px(SIDE)
        self._small = self.large.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                                        Qt.TransformationMode.SmoothTransformation)
        words = _("Ảnh {place}/{many}: {name}", place=place, many=many, name=photo.name)
        self.setAccessibleName(words)
        self.setToolTip(_("{words}. Bấm để xem lớn, phím Delete để xóa", words=words))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda where: self.menu().popup(self.mapToGlobal(where)))

    def menu(self) -> QMenu:
        """What can be done with it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Xem ảnh lớn")).triggered.connect(lambda _on=False: self.click())
        menu.addAction(_("Xóa ảnh")).triggered.connect(lambda _on=False: self.away.emit())
        return menu

    def sizeHint(self) -> QSize:
        side = theme.now().px(SIDE)
        return QSize(side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.away.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        side = min(self._small.width(), self._small.height())
        middle = QRect((self._small.width() - side) // 2, (self._small.height() - side) // 2, side, side)
        painter.drawPixmap(self.rect(), self._small, middle)
        painter.setPen(QPen(look.color("info" if self.hasFocus() else "edge"), 3 if self.hasFocus() else 1))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1) if self.hasFocus() else self.rect().adjusted(0, 0, -1, -1))


class PhotoStrip(QWidget):
    """The photos of one inspection. Reads and keeps for itself; files can be dropped on it."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.inspection_id: int | None = None
        self.thumbnails: list[Thumbnail] = []
        self.large: LargePhoto | None = None
        self.head = label("", "quiet", wrap=True)
        self.choose = button(_("Thêm ảnh…"), self._ask_files, icon="image")
        self._flow = Flow()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(8))
        above = Flow(self.choose)
        above.add(self.head, 1, 200)
        box.addLayout(above)
        box.addLayout(self._flow)
        self.setAcceptDrops(True)
        self.hide()

    def show_inspection(self, inspection_id: int | None, count: int) -> None:
        """Show the photos of an inspection, or nothing; ``count``: how many it has. After every change the page calls again."""
        if inspection_id != self.inspection_id or not count:
            self._show(())
        self.inspection_id = inspection_id
        self.setVisible(inspection_id is not None)
        if inspection_id is not None and count:
            self._read(inspection_id)

    def _read(self, inspection_id: int) -> None:
        def read(session: Any) -> tuple[InspectionPhoto, ...]:
            from ocop_desktop.actions import inspection_photos

            return inspection_photos.photos(session, inspection_id)

        def show(found: tuple[InspectionPhoto, ...]) -> None:
            if inspection_id == self.inspection_id:
                self._show(found)

        self._work.read(self, read, show, key="inspection photos")

    def _show(self, found: Sequence[InspectionPhoto]) -> None:
        self.head.setText(_("Ảnh kiểm tra: {count}", count=len(found)) if found
                          else _("Chưa có ảnh kiểm tra; chọn nhiều ảnh một lần, hoặc kéo thả vào đây."))
        if [one.photo.id for one in self.thumbnails] == [photo.id for photo in found]:
            return
        clear(self._flow)
        self.thumbnails = [Thumbnail(photo, place, len(found)) for place, photo in enumerate(found, 1)]
        for place, one in enumerate(self.thumbnails):
            one.clicked.connect(lambda _on=False, place=place: self.enlarge(place))
            one.away.connect(lambda one=one: self._remove(one.photo))
            self._flow.add(one)
            one.show()
        self.updateGeometry()

    def enlarge(self, place: int) -> None:
        """Show a photo large; the arrow keys turn to the others."""
        self.large = LargePhoto(self, _("Ảnh kiểm tra"), [(one.photo.name, one.large) for one in self.thumbnails], place)
        self.large.open()

    # -- changing -----------------------------------------------------------------------------------------------------

    def _ask_files(self) -> None:
        file_dialogs.to_open_many(self._shell, self, _("Chọn ảnh kiểm tra"), _("Ảnh ({kinds})", kinds="*.jpg *.jpeg *.png"),
                                  self.take_files)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Keep picture files with the inspection on show."""
        number, who = self.inspection_id, self._shell.settings.user
        if number is None or not paths:
            return

        def keep(session: Any) -> Added:
            from ocop_desktop.actions import inspection_photos

            return inspection_photos.add_files(session, number, paths, who)

        self._work.save(self, keep, self._told, self._shell.say.error)

    def _told(self, added: Added) -> None:
        if added.refused:
            lines = [_("{file}: {why}", file=name, why=text.say(error)) for name, error in added.refused]
            self._shell.say.bad(" ".join((_("Đã thêm {kept} ảnh, không nhận {count} tệp.", kept=added.kept,
                                            count=len(added.refused)), *lines[:3])))
        elif not added.kept and added.known:
            self._shell.say.info(_("Lần kiểm tra này đã có các ảnh ấy."))

    def _remove(self, photo: InspectionPhoto) -> None:
        number, who = self.inspection_id, self._shell.settings.user

        def take(session: Any) -> InspectionPhoto | None:
            from ocop_desktop.actions import inspection_photos

            return inspection_photos.remove(session, photo.id, who)

        def taken(was: InspectionPhoto | None) -> None:
            if was is not None and number is not None:
                self._shell.say.info(_("Đã xóa ảnh {name}.", name=was.name), _("Lấy lại"), lambda: self._bring_back(number, was))

        self._work.save(self, take, taken, self._shell.say.error)

    def _bring_back(self, number: int, was: InspectionPhoto) -> None:
        who = self._shell.settings.user
        self._shell.say.clear()

        def keep(session: Any) -> None:
            from ocop_desktop.actions import inspection_photos

            inspection_photos.bring_back(session, number, was, who)

        self._work.save(self, keep, None, self._shell.say.error)

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
