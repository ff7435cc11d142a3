"""A photo shown large over the window, as large as the window allows; of several, the arrow keys and buttons turn the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui.widgets import button, column, label, row


class LargePhoto(QDialog):
    """Photos with their names, one at a time."""

    def __init__(self, parent: QWidget, title: str, photos: Sequence[tuple[str, QPixmap]], place: int = 0) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._photos, self.place = photos, place
        self._room = parent.window().size() * 0.8
        self.picture, self.words = QLabel(), label("", "quiet")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = button(_("Ảnh trước"), lambda: self.turn(-1), "quiet", icon="chevron-left")
        self.after = button(_("Ảnh sau"), lambda: self.turn(1), "quiet", icon="chevron-right")
        turning = row(self.before, self.words, self.after)
        turning.setStretch(1, 1)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = column(self.picture)
        inside.addLayout(turning)
        self.setLayout(inside)
        for part in (self.before, self.after):
            part.setVisible(len(photos) > 1)
            part.setAutoDefault(False)
        self.turn(0)

    def turn(self, by: int) -> None:
        """Show the photo so many places further; the first and the last stop."""
        self.place = min(max(self.place + by, 0), len(self._photos) - 1)
        name, picture = self._photos[self.place]
        self.picture.setPixmap(picture.scaled(self._room, Qt.AspectRatioMode.KeepAspectRatio,
                                              Qt.TransformationMode.SmoothTransformation))
        many = len(self._photos)
        self.words.setText(" · ".join(filter(None, (f"{self.place + 1}/{many}" if many > 1 else "", name))))
        self.words.setVisible(bool(self.words.text()))
        self.before.setEnabled(self.place > 0)
        self.after.setEnabled(self.place < many - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys turn, Esc closes."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turn(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
