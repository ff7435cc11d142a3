"""A page of the window: its question as a title, its actions, one body."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.parts import column, label, row

SUBTITLE = 260  # pixels at 100 % the quiet line under a title has at least


class Page(QWidget):
    """A page: its question as a title, actions on the right, one body. Screens inherit from it.

    Args:
        title, subtitle: what the page asks, and the quiet line under it.
        scroll: whether the body scrolls when it is longer than the window.
    """

    def __init__(self, title: str = "", subtitle: str = "", scroll: bool = False) -> None:
        super().__init__()
        px = theme.now().px
        self.title = label(title, "title")
        self.subtitle = label(subtitle, "quiet", wrap=True)
        self._one_line: bool | None = None  # title and actions; not known yet
        self.names = column(self.title, self.subtitle, space=0)
        self.head = row(space=12)
        self.head.addLayout(self.names, 1)
        self.action_row = Flow(space=12, right=True)
        self.head.addLayout(self.action_row)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(16))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(18), px(24), px(20))
        outer.setSpacing(px(16))
        outer.addLayout(self.head)
        self.subtitle.setVisible(bool(subtitle))  # only now: to show what has no parent opens a window of its own
        self.area: QScrollArea | None = None
        if scroll:
            self.area = self._scrolling()
            outer.setContentsMargins(px(24), px(18), 0, 0)
            self.head.setContentsMargins(0, 0, px(24), 0)
            outer.addWidget(self.area, 1)
        else:
            self.body.setContentsMargins(0, 0, 0, 0)
            outer.addLayout(self.body, 1)

    def _scrolling(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("kind", "page")
        inner.setLayout(self.body)
        self.body.setContentsMargins(0, 0, theme.now().px(24), theme.now().px(20))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Name the page anew."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def add_action(self, made: QWidget) -> QWidget:
        """Put a button (or a quiet word) at the top right; the filled one last."""
        self.action_row.add(made)
        return made

    def add_ways(self, ways: Flow) -> None:
        """Put the ways to the parts of the page behind its title, where they stay whatever actions come and go."""
        self.head.insertLayout(1, ways)
        self.head.setStretch(0, 0)
        self.head.setStretchFactor(self.action_row, 1)

    def names_width(self) -> int:
        """Pixels in which title and subtitle read well: the title in one line, the subtitle in as many as it needs."""
        wide = self.title.fontMetrics().horizontalAdvance(self.title.text())
        return wide if self.subtitle.isHidden() else max(wide, theme.now().px(SUBTITLE))

    def _arrange_head(self) -> None:
        """Title and actions in one line where both fit, else the actions under the title, on as many lines as they need."""
        room = self.width() - self.contentsMargins().left() - self.contentsMargins().right()
        outer = self.layout()
        if outer is None or self.title.isHidden():
            return
        for margins in (outer.contentsMargins(), self.head.contentsMargins()):
            room -= margins.left() + margins.right()
        items = [item for place in range(self.head.count()) if (item := self.head.itemAt(place)) is not None]
        beside = [item.sizeHint().width() for item in items if item.layout() is not self.names and not item.isEmpty()]
        one_line = self.names_width() + sum(beside) + self.head.spacing() * len(beside) <= room
        if one_line == self._one_line:
            return
        self._one_line = self.action_row.rigid = self.action_row.right = one_line
        self.title.setWordWrap(not one_line)
        self.head.setDirection(QBoxLayout.Direction.LeftToRight if one_line else QBoxLayout.Direction.TopToBottom)
        self.head.setSpacing(theme.now().px(12 if one_line else 8))
        self.action_row.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_head()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # words changed, an action came or went
            self._arrange_head()
        return done
