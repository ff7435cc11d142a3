"""The process that reads spreadsheets, seen from the program: started once, asked again and again, ended when too slow."""

from __future__ import annotations

import atexit
import contextlib
import io
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.containers import Limits, Marks
from ocop_desktop.sheets.readers import Head

VERB = "read-sheets"  # what a frozen program is called with to be this process
STARTING = 60.0  # seconds a slow computer may need to start it
LOOK = 0.1  # seconds between two looks at the clock and at whoever wants to stop
_SAFE = {("datetime", n) for n in ("date", "datetime", "time", "timedelta")} | {
    (Head.__module__, "Head"),
    (Marks.__module__, "Marks"),
}


class _Plain(pickle.Unpickler):
    """Takes cells and sheets and nothing else: what comes out of a file somebody sent names no other class."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _SAFE:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


class _Process:
    """One reading process and the thread that listens to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._said: queue.Queue[tuple[str, Any]] = queue.Queue(maxsize=4)
        self._gone = False
        threading.Thread(target=self._listen, daemon=True, name="spreadsheet reader").start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            while not self._gone:
                self._tell(_Plain(self._process.stdout).load())
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._tell(("dead", None))

    def _tell(self, message: tuple[str, Any]) -> None:
        while not self._gone:
            with contextlib.suppress(queue.Full):
                self._said.put(message, timeout=1)
                return

    def ask(self, *what: Any) -> None:
        """Send a job; a process that is gone shows when it is listened to."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            pickle.dump(what, self._process.stdin)
            self._process.stdin.flush()

    def hear(self, until: float, beat: Callable[[], None]) -> tuple[str, Any]:
        """The next message; ``late`` when the clock passes ``until``. Whoever waits is asked before each look."""
        while time.monotonic() <= until:
            beat()
            with contextlib.suppress(queue.Empty):
                return self._said.get(timeout=LOOK)
        return "late", None

    def end(self) -> None:
        """End it, whatever it does."""
        self._gone = True
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, VERB]
    start = f"import sys; sys.path[:] = {sys.path!r}; from ocop_desktop.sheets import reading_child; reading_child.main()"
    return [sys.executable, "-c", start]


_one_at_a_time = threading.Lock()
_ready: list[_Process] = []  # the process that waits for the next file: one or none


def _start(beat: Callable[[], None]) -> _Process:
    made = _Process()
    try:
        if made.hear(time.monotonic() + STARTING, beat)[0] != "ready":
            raise UserError("Không khởi động được phần đọc bảng tính; hãy mở lại chương trình rồi nhập lại.")
    except BaseException:
        made.end()
        raise
    return made


@atexit.register
def stop() -> None:
    """End the waiting process."""
    while _ready:
        _ready.pop().end()


def parts(path: Path, name: str, limits: Limits, beat: Callable[[], None]) -> Iterator[Any]:
    """What ``readers.read`` gives, from the other process.

    Raises:
        UserError: as there; or it took too long, too much memory, or ended the process.
    """
    with _one_at_a_time:
        process = _ready.pop() if _ready else _start(beat)
        done = False
        try:
            process.ask(str(path), name, limits)
            until = time.monotonic() + limits.seconds + limits.seconds_each_mb * (path.stat().st_size >> 20)
            while True:
                what, value = process.hear(until, beat)
                if what == "part":
                    yield value
                    continue
                done = what in ("end", "refused")
                if what == "end":
                    return
                _raise(what, value, name)
        finally:
            if done and not _ready:
                _ready.append(process)
            else:
                process.end()


def _raise(what: str, value: Any, name: str) -> None:
    if what == "refused":
        raise UserError(value[0], **value[1])
    if what == "late":
        raise UserError(
            "Tệp “{file}” đọc quá lâu nên đã dừng; hãy chép riêng bảng cần nhập sang một tệp .xlsx mới rồi nhập lại.", file=name
        )
    if what == "memory":
        raise UserError(
            "Tệp “{file}” cần quá nhiều bộ nhớ để đọc; hãy chép riêng bảng cần nhập sang một tệp .xlsx mới rồi nhập lại.",
            file=name,
        )
    if what == "dead":
        raise UserError(
            "Tệp “{file}” làm phần đọc bảng tính dừng giữa chừng (hỏng hoặc lớn bất thường); hãy mở bằng Excel hoặc LibreOffice, "
            "lưu lại dạng .xlsx rồi nhập lại.",
            file=name,
        )
    raise RuntimeError(f"spreadsheet reader: {value}")


def dumped(message: tuple[str, Any]) -> bytes:
    """A message as the reading process sends it: each by itself, so that no text is remembered longer than its portion."""
    made = io.BytesIO()
    pickle.dump(message, made, pickle.HIGHEST_PROTOCOL)
    return made.getvalue()
