"""A certificate layout while it is being made: steps back and forward, and whether it differs from what is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ocop_desktop.rules.certificate_design import Design

MOST = 200  # steps kept


class DesignHistory(QObject):
    """The layout now, what it was before, and what it was before going back. Changes of one ``stroke`` are one step."""

    changed = Signal()

    def __init__(self, design: Design) -> None:
        super().__init__()
        self.now = self.kept = design
        self._back: list[Design] = []
        self._forward: list[Design] = []
        self._stroke = ""

    def begin(self, design: Design) -> None:
        """Begin anew with what is kept."""
        self.now = self.kept = design
        self._back, self._forward, self._stroke = [], [], ""
        self.changed.emit()

    def change(self, design: Design, stroke: str = "") -> None:
        """Take a changed layout; the same ``stroke`` as before goes on with the same step."""
        if design == self.now:
            return
        if not stroke or stroke != self._stroke:
            self._back = [*self._back[1 - MOST:], self.now]
        self.now, self._stroke, self._forward = design, stroke, []
        self.changed.emit()

    def rest(self) -> None:
        """End the stroke: what comes next is a step of its own."""
        self._stroke = ""

    def undo(self) -> None:
        """Go a step back."""
        if self._back:
            self._forward.append(self.now)
            self.now, self._stroke = self._back.pop(), ""
            self.changed.emit()

    def redo(self) -> None:
        """Go a step forward again."""
        if self._forward:
            self._back.append(self.now)
            self.now, self._stroke = self._forward.pop(), ""
            self.changed.emit()

    def saved(self) -> None:
        """Note that the layout now is kept."""
        self.kept = self.now
        self.changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back."""
        return bool(self._back)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step forward."""
        return bool(self._forward)

    @property
    def unsaved(self) -> bool:
        """Whether the layout differs from what is kept."""
        return self.now != self.kept
