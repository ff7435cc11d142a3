"""Python's rubbish collection, on the window's thread only: a widget in a cycle must not die on the worker thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

PAUSE = 1000  # milliseconds between two looks at what is young
OLD_EVERY = 60  # looks between two at everything


class Rubbish(QObject):
    """Collects every second. While the program starts it does not: reading SQLAlchemy makes many objects, all of them lasting."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._collect)

    @Slot()
    def begin(self) -> None:
        """The program stands: leave alone what is there, collect from now on."""
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        """Give the collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        self._looks += 1
        gc.collect(2 if self._looks % OLD_EVERY == 0 else 1)
