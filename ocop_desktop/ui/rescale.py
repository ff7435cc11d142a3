"""Change look or text size of a window on show, in place, so that nothing half done is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QLabel, QLayout, QWidget

from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.table_view import TableView

UNBOUND = 16777215  # Qt's "no limit"


def change_look(app: QApplication, root: QWidget, name: str, text_size: int) -> None:
    """Give ``root`` and all in it the look ``name`` at ``text_size`` percent."""
    before = theme.now().scale
    theme.apply(app, name, text_size)
    icons.repaint(root)
    if text_size != before:
        for layout in root.findChildren(QLayout):
            _scale_margins(layout, text_size, before)
            if layout.spacing() > 0:
                layout.setSpacing(_scaled(layout.spacing(), text_size, before))
        for words in root.findChildren(QLabel):
            _scale_margins(words, text_size, before)
        for widget in root.findChildren(QWidget):
            _scale_widget(widget, text_size, before)
    for table in root.findChildren(TableView):
        table.rescale()


def _scale_margins(part: QLayout | QLabel, now: int, before: int) -> None:
    margins = part.contentsMargins()
    sides = (margins.left(), margins.top(), margins.right(), margins.bottom())
    part.setContentsMargins(*(_scaled(side, now, before) for side in sides))


def _scale_widget(widget: QWidget, now: int, before: int) -> None:
    """Scale the limits a screen has set; hairlines stay, and what Qt sets inside its own areas is Qt's."""
    if (isinstance(widget, QFrame) and widget.property("kind") in ("line", "upright")) \
            or isinstance(widget.parentWidget(), QAbstractScrollArea):
        return
    low, high = widget.minimumSize(), widget.maximumSize()
    widget.setMinimumSize(_scaled(low.width(), now, before), _scaled(low.height(), now, before))
    widget.setMaximumSize(_scaled(high.width(), now, before), _scaled(high.height(), now, before))


def _scaled(length: int, now: int, before: int) -> int:
    return length if length >= UNBOUND or length <= 1 else (length * now + before // 2) // before
