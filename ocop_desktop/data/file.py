"""One file, one connection: opening, refusing, turns, closing. SQLAlchemy (``data.engine``) is read with the first transaction.

The program holds its file alone (``locking_mode=EXCLUSIVE``): SQLite below 3.51.3 can damage a write-ahead log that several
connections write, and a second window must be told that the file is open. Closing any other handle on the file inside
this process would drop SQLite's lock on it (POSIX), so files held here are remembered and never read past SQLite.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocop_desktop.data.guarding import BY_TABLE, Watch, watch
from ocop_desktop.data.writing_rights import authorizer
from ocop_desktop.errors import UserError, missing_file, why
from ocop_desktop.rules.names import fold, name_key

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from ocop_desktop.rules.rights import Actor

APPLICATION_ID = 0x4F434F50  # "OCOP"
SCHEMA_VERSION = 4  # number of the last file in migrations/versions; kept in the file as user_version
TABLES = ("commune", "producer", "product", "dossier", "council", "member", "session", "agenda_item", "ballot", "answer",
          "result", "decision", "certificate", "import_batch", "setting", "change")  # in a file of ours from the first version on
BUSY_SECONDS = 0.3
ALWAYS_LOOKED_THROUGH = 16_000_000  # bytes: up to here looking at every page costs under 20 ms; above only after a crash

_MAGIC = b"SQLite format 3\x00"
_PRAGMAS = (
    "PRAGMA locking_mode=EXCLUSIVE",  # first: the log then needs no shared memory file
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-65536",  # 64 MB: 100,000 products with their indexes
    "PRAGMA temp_store=MEMORY",
    "PRAGMA mmap_size=0",  # a failing disk must give an error, not end the program
    "PRAGMA cell_size_check=ON",
)
Reading = sqlite3.Connection  # what ``Database.reading`` gives


class OpenElsewhere(UserError):
    """The file is held by another window or program."""


class Damaged(UserError):
    """The file is ours but not whole."""


class Foreign(UserError):
    """The file is not ours, or from a newer program."""


_held: set[tuple[int, int]] = set()  # device and inode of every file this process has open


class Database:
    """An open file with its one connection. Threads take turns; make it with ``open_database``."""

    def __init__(self, path: Path, raw: sqlite3.Connection, unclean: bool = False) -> None:
        self.path = path
        self._raw = raw
        self._identity = _identity(path)
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._begun_at = 0
        self.remembered: tuple[int, object] = -1, None  # what was read at a stamp (``recognitions``)
        self._connection: Connection | None = None  # SQLAlchemy's
        self._kept_at = -1 if unclean else raw.total_changes
        self.watched = Watch()
        self.actor: Actor | None = None  # who signed in; None with nobody
        self.unlocked: Any = None  # the key that signs certificates, once its passphrase was given (actions.certificate_keys)

    def guard(self) -> None:
        """Begin to note changes of guarded tables; nothing while the schema is not today's."""
        if self._raw.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
            self.watched = watch(self._raw)

    def work_as(self, actor: Actor | None) -> None:
        """Let ``actor`` work from now on, who can write what the role may; with None the file is shut."""
        self.actor = actor
        self._raw.set_authorizer(authorizer(actor))

    @property
    def changed(self) -> bool:
        """Whether something may not be in a backup: rows written since ``mark_kept`` or opening, or before a crash."""
        return self._raw.total_changes != self._kept_at

    @property
    def schema_version(self) -> int:
        """The schema version written in the file."""
        with self.alone() as raw:
            return int(raw.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction: committed durably at the end, rolled back on any error.

        Raises:
            UserError: the disk is full, failed, or the file is damaged.
        """
        from ocop_desktop.data import engine

        with self._turn():
            try:
                with engine.session_on(self, self._connected()) as session:
                    self._begun_at = self._raw.total_changes
                    yield session
            except (engine.DBAPIError, sqlite3.Error) as error:
                known = explain(error.orig if isinstance(error, engine.DBAPIError) else error, self.path)
                if known is None:
                    raise
                raise known from error

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The file for questions in plain SQL, for what is asked before SQLAlchemy is read; nothing can be written.

        Raises:
            UserError: the disk failed, or the file is damaged.
        """
        with self._turn():
            self._raw.execute("PRAGMA query_only=ON")
            try:
                yield self._raw
            except sqlite3.Error as error:
                known = explain(error, self.path)
                if known is None:
                    raise
                raise known from error
            finally:
                self._raw.execute("PRAGMA query_only=OFF")

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """The bare SQLAlchemy connection outside any transaction (migrations)."""
        with self._turn():
            yield self._connected()

    def _connected(self) -> Connection:
        if self._connection is None:
            from ocop_desktop.data import engine

            self._connection = engine.connect(self._raw)
            self.guard()
        return self._connection

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """The driver's connection outside any transaction (pragmas, copies)."""
        with self._turn():
            yield self._raw

    @contextmanager
    def committed(self) -> Iterator[sqlite3.Connection]:
        """The driver's connection showing committed data only; also inside a transaction that has said nothing yet."""
        if self._owner != threading.get_ident():
            with self.alone() as raw:
                yield raw
        elif self._raw.in_transaction or self._raw.total_changes != self._begun_at:
            raise RuntimeError("this transaction has begun already: make the copy first")  # SQLite would wait for it for ever
        else:
            yield self._raw

    @property
    def stamp(self) -> tuple[int, bool]:
        """The rows written since opening, and whether the transaction under way wrote some of them."""
        return self._raw.total_changes, self._raw.total_changes != self._begun_at

    def mark_kept(self) -> None:
        """Say that everything written so far is in a backup."""
        self._kept_at = self._raw.total_changes

    def close(self) -> None:
        """Bring the log into the file and let it go. A second call does nothing."""
        with self._turn():
            if self._identity not in _held:
                return
            with suppress(sqlite3.Error):  # a full disk must not keep the window open; the log stays and is read next time
                self._raw.execute("PRAGMA optimize")
                self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if self._connection is not None:
                self._connection.close()
                self._connection.engine.dispose()
            self._raw.close()
            _held.discard(self._identity)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        me = threading.get_ident()
        if self._owner == me:
            raise RuntimeError("a transaction inside a transaction: pass the session on instead")
        with self._lock:
            self._owner = me
            try:
                yield
            finally:
                self._owner = None


def open_database(path: Path, create: bool = True) -> Database:
    """Open ``path`` alone, or make an empty file with our application id. Does not migrate.

    Args:
        path: the ``.ocop`` file.
        create: make the file when it is missing.

    Raises:
        UserError: missing, open elsewhere, foreign, damaged, from a newer program, or in a place that cannot be written;
            an existing file is left as it was.
    """
    path = Path(path)
    exists = path.exists()
    if not exists and not create:
        raise missing_file(path)
    if exists:
        refuse_unsuitable(path)
    _refuse_unwritable(path)
    unclean = _size(_log_of(path)) > 0
    try:
        raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS, cached_statements=256)
        try:
            _prepare(raw, path, new=not exists, unclean=unclean)
        except (sqlite3.Error, UserError) as error:
            _close_untouched(raw, path, restore=unclean and not _busy(error))
            if not exists:
                path.unlink(missing_ok=True)
            raise
    except sqlite3.Error as error:
        known = explain(error, path)
        if known is None:
            raise
        raise known from error
    _held.add(_identity(path))
    return Database(path, raw, unclean)


def refuse_unsuitable(path: Path) -> None:
    """Look at a file's first 100 bytes and refuse what is not a database of ours, or not whole; never writes.

    Raises:
        UserError: a folder, unreadable, empty, foreign, cut off, from a newer program, or open in this program.
    """
    if path.is_dir():
        raise UserError("{file} là một thư mục, không phải tệp dữ liệu OCOP. Hãy chọn một tệp .ocop.", file=str(path))
    if is_held(path):
        raise _open_elsewhere(path)
    try:
        with open(path, "rb") as file:
            head = file.read(100)
    except OSError as error:
        raise UserError("Không đọc được tệp {file}: {reason}. Hãy kiểm tra quyền truy cập và ổ đĩa.",
                        file=str(path), reason=why(error)) from error
    if not head:
        raise Damaged("Tệp {file} trống (0 byte), không có dữ liệu. Hãy khôi phục từ bản sao lưu hoặc chọn tên khác.",
                      file=str(path))
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise Foreign("Tệp {file} không phải là tệp dữ liệu OCOP. Hãy chọn một tệp .ocop khác.", file=str(path))
    user_version, application = struct.unpack(">i4xi", head[60:72])
    if application != APPLICATION_ID:
        raise Foreign("Tệp {file} là dữ liệu của một chương trình khác. Tệp được giữ nguyên; hãy chọn một tệp .ocop khác.",
                      file=str(path))
    if user_version > SCHEMA_VERSION:
        raise _too_new(path)
    if _cut_off(head, path):
        raise damaged(path)


def is_held(path: Path) -> bool:
    """Whether this process has the file open."""
    return path.exists() and _identity(path) in _held


def explain(error: BaseException | None, path: Path) -> UserError | None:
    """The sentence for a driver error that a person can mend, or None when it is a bug."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _open_elsewhere(path)
    if name.startswith("SQLITE_NOTADB"):
        return Foreign("Tệp {file} không phải là tệp dữ liệu OCOP. Hãy chọn một tệp .ocop khác.", file=str(path))
    if name.startswith("SQLITE_CORRUPT"):
        return damaged(path)
    if name.startswith("SQLITE_FULL"):
        return UserError("Ổ đĩa chứa {file} đã đầy. Thay đổi vừa rồi chưa được lưu; hãy dọn bớt rồi làm lại.", file=str(path))
    if name.startswith("SQLITE_AUTH"):
        return UserError("Người đang đăng nhập không được ghi việc này, hoặc chưa ai đăng nhập; thay đổi vừa rồi chưa được lưu. "
                         "Hãy chuyển máy cho thư ký.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return _not_writable(path)
    if name.startswith("SQLITE_IOERR"):
        return UserError("Ổ đĩa báo lỗi khi đọc hoặc ghi {file}. Thay đổi vừa rồi chưa được lưu; hãy kiểm tra ổ đĩa rồi mở lại.",
                         file=str(path))
    return None


def _prepare(raw: sqlite3.Connection, path: Path, new: bool, unclean: bool) -> None:
    for pragma in _PRAGMAS:
        raw.execute(pragma)
    if new:
        raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    lacking = missing_tables(raw)  # takes the lock, or says who has it
    if raw.execute("PRAGMA user_version").fetchone()[0] > SCHEMA_VERSION:
        raise _too_new(path)
    if lacking and not new:
        raise without_tables(path, lacking)
    thorough = unclean or _size(path) <= ALWAYS_LOOKED_THROUGH
    if thorough and raw.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.create_function("fold", 1, lambda value: fold(value or ""), deterministic=True)
    raw.create_function("name_key", 1, lambda value: name_key(value or ""), deterministic=True)


def missing_tables(raw: sqlite3.Connection) -> tuple[str, ...]:
    """Those of ``TABLES`` that a file lacks; of today's schema the guarded ones too."""
    there = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    today = raw.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    return tuple(name for name in dict.fromkeys((*TABLES, *(BY_TABLE if today else ()))) if name not in there)


def _busy(error: BaseException) -> bool:
    return (getattr(error, "sqlite_errorname", None) or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _close_untouched(raw: sqlite3.Connection, path: Path, restore: bool) -> None:
    """Close a refused file. Closing writes a leftover log into the file, so both are put back (``restore``: we hold the lock)."""
    before: dict[Path, bytes] = {}
    if restore:
        with suppress(OSError):
            before = {p: p.read_bytes() for p in (path, _log_of(path))}
    raw.close()
    for file, content in before.items():
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)


def _refuse_unwritable(path: Path) -> None:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise UserError("Không có thư mục {folder}. Hãy tạo thư mục này hoặc chọn nơi khác.", folder=str(folder))
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise _not_writable(path)


def _cut_off(head: bytes, path: Path) -> bool:
    """Whether the file is shorter than its header says (the header's count holds when its two change counters agree)."""
    page_size = struct.unpack(">H", head[16:18])[0]
    page_size = 65536 if page_size == 1 else page_size
    counter, pages = struct.unpack(">II", head[24:32])
    if page_size < 512 or page_size & (page_size - 1):
        return True
    same_counter = counter == struct.unpack(">I", head[92:96])[0]
    return same_counter and _size(path) < pages * page_size and _size(_log_of(path)) == 0


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _open_elsewhere(path: Path) -> UserError:
    return OpenElsewhere("Tệp {file} đang mở ở một cửa sổ khác. Hãy đóng cửa sổ đó rồi mở lại.", file=str(path))


def damaged(path: Path) -> UserError:
    """The refusal of a file that is ours but not whole."""
    return Damaged("Tệp {file} bị hỏng, không mở để khỏi hỏng thêm. Tệp được giữ nguyên; hãy khôi phục từ bản sao lưu.",
                   file=str(path))


def without_tables(path: Path, missing: Sequence[str]) -> UserError:
    """The refusal of a file with our mark that does not hold our tables: emptied or cut by another program."""
    return Damaged("Tệp {file} không còn đủ: mất {count} phần dữ liệu mà chương trình cần, nên không mở được. Tệp được giữ "
                   "nguyên; hãy khôi phục từ bản sao lưu.", file=str(path), count=len(missing))


def _too_new(path: Path) -> UserError:
    return Foreign("Tệp {file} do phiên bản mới hơn của chương trình tạo ra. Tệp được giữ nguyên; hãy cập nhật chương trình.",
                   file=str(path))


def _not_writable(path: Path) -> UserError:
    return UserError("Không ghi được tệp {file}: thư mục hoặc tệp chỉ cho đọc. Hãy chép tệp sang nơi ghi được.", file=str(path))

