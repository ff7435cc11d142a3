"""The background lane: one thread that owns the database; every read and save of the window goes through it, in order.

Results come home as a queued signal on the window's thread. What an owner asked for is dropped when the owner is gone.
The worker thread never holds the last reference to a caller's function, so no widget can die on it.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from ocop_desktop.errors import UserError

Action = Callable[..., Any]
BEAT = 0.05  # seconds between two announcements of progress


class Database(Protocol):
    """What the lane asks of an open file."""

    def begin(self) -> AbstractContextManager[Any]:
        """One transaction."""

    def close(self) -> None:
        """Let the file go."""


class Cancelled(Exception):
    """The person cancelled a long action; its transaction is taken back."""


@dataclass
class _Job:
    kind: str
    owner: QObject | None
    action: Action
    done: Action | None = None
    failed: Action | None = None
    cancelled: Action | None = None
    key: str = ""
    quiet: bool = False
    keeps: bool = True

    @property
    def writes(self) -> bool:
        return self.kind in ("save", "long", "whole", "closed")

    @property
    def reads(self) -> bool:
        return self.kind in ("read", "look")

    def wanted(self) -> bool:
        """Whether somebody still waits for the result."""
        return self.owner is None or isValid(self.owner)


class Work(QObject):
    """One worker thread for one database.

    Args:
        open_database: called on the worker thread; gives a database with ``begin()`` and ``close()``.
        on_close: called on the worker thread with the database before it is closed (the backup).
    """

    opened = Signal()
    refused = Signal(object)  # UserError: the file could not be opened
    changed = Signal()  # something was saved: screens read again
    quietly_changed = Signal()  # something was saved by a screen that shows it already: the others read again
    busy = Signal(str, int, int)  # what, done, total
    idle = Signal()
    saved = Signal(object)  # datetime
    failed = Signal(object)  # UserError nobody else wanted
    bug = Signal(object)  # exception, before it is raised
    closed = Signal()
    rested = Signal()  # everything asked for has come home
    _home = Signal(int)
    _progressed = Signal(str, int, int)

    def __init__(self, open_database: Callable[[], Database], on_close: Callable[[Any], None] | None = None) -> None:
        super().__init__()
        self._open_database, self._on_close = open_database, on_close
        self._database: Database | None = None
        self._lock = threading.Condition()
        self._queue: deque[int] = deque()
        self._jobs: dict[int, _Job] = {}
        self._results: dict[int, tuple[Any, BaseException | None]] = {}
        self._number = 0
        self._stopping = False
        self._unsaid: str | None = None  # a save nobody was told of yet: "quiet" or "loud"
        self._cancel = threading.Event()
        self._thread = threading.Thread(target=self._live, name="work", daemon=True)
        self._home.connect(self._come_home, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self.busy, Qt.ConnectionType.QueuedConnection)

    # -- for the window's thread --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread and open the database; ``opened`` or ``refused`` follows. What was asked before waits."""
        self._put(_Job("open", None, self._open_database), first=True)
        self._thread.start()

    def open(self, open_database: Callable[[], Database]) -> None:
        """Close the database (saves first, backup) and open another."""
        self._open_database = open_database
        self._put(_Job("close", None, lambda: None))
        self._put(_Job("open", None, open_database))

    def read(self, owner: QObject | None, action: Action, done: Action, failed: Action | None = None, key: str = "") -> None:
        """Run ``action(session)`` in the background, then ``done(result)`` here.

        A newer read of the same owner with the same ``key`` replaces the older ones, waiting or under way.
        """
        if key:
            self._supersede(owner, key)
        self._put(_Job("read", owner, action, done, failed, key=key))

    def look(self, owner: QObject | None, action: Action, done: Action, failed: Action | None = None, key: str = "") -> None:
        """Like ``read``, but ``action(database)`` with the open database itself: for what is asked before SQLAlchemy is read."""
        if key:
            self._supersede(owner, key)
        self._put(_Job("look", owner, action, done, failed, key=key))

    def save(self, owner: QObject | None, action: Action, done: Action | None = None, failed: Action | None = None,
             quiet: bool = False) -> None:
        """Run ``action(session)`` in one transaction in the background, then ``done(result)`` here; ``changed`` follows.

        With ``quiet`` the screen on show is not asked to read again (it shows the change already), only the others.
        A save is done even when its owner is gone by then.
        """
        self._put(_Job("save", owner, action, done, failed, quiet=quiet))

    def long(self, owner: QObject | None, action: Action, done: Action | None = None, failed: Action | None = None,
             cancelled: Action | None = None, quiet: bool = False, keeps: bool = True) -> None:
        """Run ``action(session, progress)`` in one transaction; ``progress(done, total, what)`` shows and may raise Cancelled.

        ``quiet``: as of ``save``. Without ``keeps`` it only reads the database, as for a file: nothing is told to be saved.
        """
        self._put(_Job("long", owner, action, done, failed, cancelled, quiet=quiet, keeps=keeps))

    def whole(self, owner: QObject | None, action: Action, done: Action | None = None, failed: Action | None = None) -> None:
        """Run ``action(database)`` with the open database itself, outside any transaction (a backup by hand)."""
        self._put(_Job("whole", owner, action, done, failed))

    def while_closed(self, owner: QObject | None, action: Action, done: Action | None = None,
                     failed: Action | None = None) -> None:
        """Close the database, run ``action()``, open it again (to restore a backup); ``opened`` and ``changed`` follow."""
        self._put(_Job("closed", owner, action, done, failed))
        self._put(_Job("open", None, self._reopen))

    def cancel(self) -> None:
        """Ask the long action under way to stop at its next sign of progress."""
        self._cancel.set()

    def stop(self) -> None:
        """Finish what is to be saved, drop what was to be read, close the database; ``closed`` follows."""
        if self._stopping:
            return
        self._stopping = True
        if self._thread.is_alive():
            self._drop_reads()
            self._put(_Job("stop", None, lambda: None))
        else:
            QTimer.singleShot(0, self, self.closed.emit)

    def join(self, seconds: float = 30.0) -> bool:
        """Wait for the thread to end after ``stop``; whether it did."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def unsaved(self) -> int:
        """How many saves are still to be done."""
        return sum(job.writes for job in self._jobs.values())

    def at_rest(self) -> bool:
        """Whether everything asked for has come home."""
        return not self._jobs

    # -- between the two ----------------------------------------------------------------------------------------------

    def _put(self, job: _Job, first: bool = False) -> None:
        with self._lock:
            self._number += 1
            self._jobs[self._number] = job
            if first:
                self._queue.appendleft(self._number)
            else:
                self._queue.append(self._number)
            self._lock.notify()

    def _supersede(self, owner: QObject | None, key: str) -> None:
        with self._lock:
            old = [n for n, job in self._jobs.items() if job.reads and job.key == key and job.owner is owner]
            for number in old:
                if number in self._queue:
                    self._queue.remove(number)
                    del self._jobs[number]
                else:
                    self._jobs[number].done = self._jobs[number].failed = None

    def _drop_reads(self) -> None:
        with self._lock:
            for number in [n for n in self._queue if self._jobs[n].reads]:
                self._queue.remove(number)
                del self._jobs[number]

    @Slot(int)
    def _come_home(self, number: int) -> None:
        result, error = self._results.pop(number)
        job = self._jobs.pop(number)
        try:
            self._settle(job, result, error)
        finally:
            if not self._jobs:
                self.rested.emit()

    def _settle(self, job: _Job, result: Any, error: BaseException | None) -> None:
        if job.kind in ("open", "close", "stop"):
            self._door(job, error)
            return
        if job.kind == "long":
            self.idle.emit()
        if isinstance(error, UserError):
            self._refuse(job, error)
        elif isinstance(error, Cancelled):
            if job.cancelled and job.wanted():
                job.cancelled()
        elif error is not None:
            self._announce()
            self._report(error)
        else:
            self._succeed(job, result)
        self._announce()

    def _announce(self) -> None:
        """Say once that something was saved, when nothing more waits to be saved, whatever became of the last one."""
        if self._unsaid is None or self.unsaved():
            return
        said, self._unsaid = self._unsaid, None
        (self.quietly_changed if said == "quiet" else self.changed).emit()

    def _succeed(self, job: _Job, result: Any) -> None:
        if job.kind in ("save", "long") and job.keeps:
            self.saved.emit(dt.datetime.now())
        if job.done and job.wanted():
            job.done(result)
        if job.writes and job.keeps:
            self._unsaid = "quiet" if job.quiet and self._unsaid != "loud" else "loud"

    def _refuse(self, job: _Job, error: UserError) -> None:
        if job.failed and job.wanted():
            job.failed(error)
        elif job.writes or (job.done and job.wanted()):
            self.failed.emit(error)

    def _door(self, job: _Job, error: BaseException | None) -> None:
        if job.kind == "open" and error is None:
            self.opened.emit()
        elif job.kind == "open" and isinstance(error, UserError):
            self.refused.emit(error)
        elif isinstance(error, UserError):
            self.failed.emit(error)
        if job.kind == "stop":
            self.closed.emit()
        if error is not None and not isinstance(error, UserError):
            self._report(error)

    def _report(self, error: BaseException) -> None:
        self.bug.emit(error)
        raise error

    # -- on the worker thread -----------------------------------------------------------------------------------------

    def _live(self) -> None:
        while True:
            with self._lock:
                while not self._queue:
                    self._lock.wait()
                number = self._queue.popleft()
                last = self._jobs[number].kind == "stop"
            self._results[number] = self._perform(number)
            self._home.emit(number)
            if last:
                return

    def _perform(self, number: int) -> tuple[Any, BaseException | None]:
        job = self._jobs[number]
        try:
            return self._run(job), None
        except BaseException as error:  # carried home whole, whatever it is: the window's thread decides what to do with it
            return None, error

    def _run(self, job: _Job) -> Any:
        if job.kind == "open":
            self._database = job.action()
            return None
        if job.kind in ("close", "stop"):
            return self._close()
        if job.kind == "closed":
            self._shut()
            return job.action()
        if self._database is None or (job.reads and not (job.done and job.wanted())):
            return self._nothing(job)
        if job.kind in ("whole", "look"):
            return job.action(self._database)
        with self._database.begin() as session:
            if job.kind != "long":
                return job.action(session)
            self._cancel.clear()
            return job.action(session, self._progress())

    def _nothing(self, job: _Job) -> None:
        """Leave a job undone: nobody waits for it, or there is no database (which was said when opening failed)."""
        job.done = None
        if job.writes:
            raise UserError("Chưa mở được tệp dữ liệu nên thay đổi này chưa được lưu; hãy mở tệp khác.")

    def _reopen(self) -> Database:
        return self._open_database()

    def _progress(self) -> Callable[[int, int, str], None]:
        last = 0.0

        def progress(done: int, total: int, what: str) -> None:
            nonlocal last
            if self._cancel.is_set():
                raise Cancelled
            if time.monotonic() - last >= BEAT or done >= total:
                last = time.monotonic()
                self._progressed.emit(what, done, total)

        return progress

    def _close(self) -> None:
        try:
            if self._on_close and self._database is not None:
                self._on_close(self._database)
        finally:
            self._shut()

    def _shut(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            database.close()
