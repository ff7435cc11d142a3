"""Icons of one outline family (``resources/icons``), coloured by a token of the look when drawn."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from ocop_desktop import paths
from ocop_desktop.ui import theme

SIZE = 20
GAP = 4  # pixels at 100 % between an icon and words
DENSITY = 2  # drawn at twice the size, so that they stay sharp on dense screens
LOWER = 0.05  # of the side: words stand a little under the middle of their line (see letters), icons beside them too


def pixmap(name: str, token: str = "ink", size: int = SIZE) -> QPixmap:
    """The icon ``name`` in the colour of ``token``, ``size`` pixels of the drawing at 100 %."""
    look = theme.now()
    return _drawn(name, getattr(look, token), look.paper, look.px(size))


def icon(name: str, token: str = "ink", size: int = SIZE) -> QIcon:
    """As ``pixmap``, for buttons and menus; Qt greys it where it is disabled."""
    return QIcon(pixmap(name, token, size))


def put(widget: QAbstractButton | QLabel, name: str, token: str = "ink", size: int = SIZE) -> None:
    """Give ``widget`` an icon that follows a change of look or text size (see ``repaint``)."""
    widget.setProperty("icon_name", f"{name}|{token}|{size}")
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, token, size))
    else:
        side = theme.now().px(size)
        gap = theme.now().px(GAP) if isinstance(widget, QPushButton) and widget.text().strip() else 0
        made = QIcon(_beside(pixmap(name, token, size), gap)) if gap else icon(name, token, size)
        if token == "on_main":  # white on the grey of a button that cannot be pressed is not seen
            made.addPixmap(_beside(pixmap(name, "quiet", size), gap), QIcon.Mode.Disabled)
        widget.setIcon(made)
        widget.setIconSize(QSize(side + gap, side))


def repaint(root: QWidget) -> None:
    """Draw every icon below ``root`` anew, after the look or the text size changed."""
    widgets: list[QAbstractButton | QLabel] = [*root.findChildren(QAbstractButton), *root.findChildren(QLabel)]
    for widget in widgets:
        kept = widget.property("icon_name")
        if kept:
            name, token, size = kept.split("|")
            put(widget, name, token, int(size))


def _beside(picture: QPixmap, gap: int) -> QPixmap:
    """The picture with room at its right, where words follow; the style leaves four pixels at any text size."""
    made = QPixmap(picture.width() + gap * DENSITY, picture.height())
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, picture.width(), picture.height(), picture)
    painter.end()
    made.setDevicePixelRatio(DENSITY)
    return made


@lru_cache(maxsize=512)
def _drawn(name: str, color: str, back: str, side: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    words = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    words = words.replace("currentColor", color).replace("backColor", back)
    whole = side * DENSITY
    made = QPixmap(whole, whole)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(words.encode())).render(painter, QRectF(0, whole * LOWER, whole, whole))
    painter.end()
    made.setDevicePixelRatio(DENSITY)
    return made
