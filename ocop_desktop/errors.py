"""What a person can mend, as values. Anything that is not one of these is a bug and goes to the error dialog and the log.

Sentences are written in Vietnamese, the language of the users, with ``{named}`` places; ``text.say`` gives them in the
language of the window.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "repair"]


class UserError(Exception):
    """Something a person can mend.

    Args:
        message: one Vietnamese sentence with ``{named}`` places: what happened, where, what to do.
        values: what stands in the places.
    """

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class KeyLocked(UserError):
    """Certificates are to be signed and the key's passphrase was not given yet."""


def missing_file(path: object) -> UserError:
    """The one sentence for a file that is not there."""
    return UserError("Không tìm thấy tệp “{file}”; hãy kiểm tra lại tên và thư mục.", file=str(path))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: a file, its sheet, the 1-based row and the column's letters or heading."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding at one place.

    Args:
        message: Vietnamese sentence with ``{named}`` places.
        values: what stands in the places.
        place: where it was found.
        value: what was read there, as text.
        severity: ``error`` keeps the row out, ``warning`` asks for a look, ``repair`` tells what was mended.
        kind: stable short name, for filtering and for machines, e.g. ``unknown_commune``.
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    place: Place = Place()
    value: str = ""
    severity: Severity = "error"
    kind: str = ""

    def __str__(self) -> str:
        return self.message.format(**self.values)


class ProblemsFound(UserError):
    """Input refused with a list of problems, each at its place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("Có {count} chỗ cần sửa; chỗ đầu tiên: {first}", count=len(problems), first=str(problems[0]))
        self.problems = problems


_WHY = {
    errno.EACCES: Problem("không có quyền truy cập"),
    errno.EPERM: Problem("không có quyền truy cập"),
    errno.EROFS: Problem("ổ đĩa chỉ cho đọc"),
    errno.ENOENT: Problem("không có tệp hoặc thư mục này"),
    errno.ENOTDIR: Problem("không có thư mục này"),
    errno.EISDIR: Problem("đó là một thư mục"),
    errno.ENOSPC: Problem("ổ đĩa đã đầy"),
    errno.EIO: Problem("ổ đĩa báo lỗi"),
    errno.EBUSY: Problem("đang được chương trình khác dùng"),
    errno.ENAMETOOLONG: Problem("tên quá dài"),
}


def why(error: BaseException) -> Problem | str:
    """Why a file could not be read or written, in words that ``text.say`` can translate; rare reasons as the system says them."""
    if isinstance(error, UnicodeError):
        return Problem("chữ trong tệp không phải UTF-8")
    if isinstance(error, RecursionError):
        return Problem("các mục lồng nhau quá sâu")
    if hasattr(error, "lineno") and hasattr(error, "colno"):  # JSON
        return Problem("sai ở dòng {row}, cột {column}", {"row": error.lineno, "column": error.colno})
    known = _WHY.get(getattr(error, "errno", None) or 0)
    return known or getattr(error, "strerror", None) or str(error) or type(error).__name__
