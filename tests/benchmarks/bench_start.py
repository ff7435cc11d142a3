"""Start-up: time from the start of the process to the first picture, to a filled first screen and to the first list of dossiers
read behind it, against an empty window.

Every measured start is a process of its own; kinds take turns, so that a busy moment hits all alike. The processes run this
same file with the kind as argument and print the milliseconds since their own start.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 11
KINDS = ("empty", "window", "usable", "ahead")


def run() -> list[dict[str, Any]]:
    """Medians of ``ROUNDS`` starts of each kind, in turns, the first round thrown away."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "PYTHONPATH": str(ROOT),
                       "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        environment.pop("OCOP_HOME", None)
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # without byte code on disk imports are timed, not the start
        _start("usable", environment)  # makes the database, fills the caches
        times: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for _round in range(ROUNDS):
            for kind in KINDS:
                times[kind].append(_start(kind, environment))
    floor = statistics.median(times["empty"])
    return [_row("first paint", times["window"], floor, 2.0), _row("usable: first screen filled", times["usable"], floor, 4.0),
            _row("behind it: first dossiers read", times["ahead"], floor, 5.0)]


def _row(name: str, times: list[float], floor: float, limit: float) -> dict[str, Any]:
    median = statistics.median(times)
    return {"name": name, "median_ms": median, "floor_ms": floor, "ratio": median / floor, "limit": limit}


def _start(kind: str, environment: dict[str, str]) -> float:
    began = time.clock_gettime(time.CLOCK_MONOTONIC) if hasattr(time, "clock_gettime") else time.monotonic()
    done = subprocess.run([sys.executable, __file__, kind, repr(began)], env=environment, cwd=ROOT, check=True,
                          capture_output=True, text=True, timeout=60)
    return float(done.stdout.split()[-1])


def _empty(began: float) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: _tell(began))

    app = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    app.exec()


def _window(began: float, kind: str) -> None:
    from ocop_desktop.app import Rubbish, open_window, read_ahead

    _rubbish = Rubbish()
    app, window = open_window(None)

    def filled() -> None:
        window.work.rested.disconnect(filled)
        read_ahead(window.work, then=lambda: _tell(began))
        window.repaint()
        if kind == "usable":
            _tell(began)

    if kind == "window":  # the same moment as for the empty window: before the first picture starts anything else
        window.painted.disconnect(window.start)
        window.painted.connect(lambda: _tell(began))
    else:  # the file is open, the first screen has what it asked for, and has drawn it
        window.work.opened.connect(lambda: window.work.rested.connect(filled))
    app.exec()


def _tell(began: float) -> None:
    print((time.monotonic() - began) * 1000, flush=True)
    os._exit(0)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        for line in run():
            print(line)
    elif sys.argv[1] == "empty":
        _empty(float(sys.argv[2]))
    else:
        _window(float(sys.argv[2]), sys.argv[1])
