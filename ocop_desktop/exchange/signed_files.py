"""What both files carried between machines are made of: one line that names the file, then its bytes.

Everything has exactly one spelling (canonical JSON of ``rules.audit_chain``, lower-case hexadecimal), so the same content with
the same keys gives the same bytes. Described in ``resources/help/goi-phien.md``.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.rules.audit_chain import canonical

VERSION = 1
SIGNATURE = 64  # bytes of an Ed25519 signature
LONGEST_LINE = 1000
Plain = dict[str, Any]


class NotOurs(UserError):
    """The file is of another kind."""


class Newer(NotOurs):
    """The file is from a newer program."""


class Broken(UserError):
    """The file is not as it was written: cut off, altered, or signed by nobody we can believe."""


@dataclass(frozen=True)
class Framed:
    """A file as it lies on the stick: its first line with what that says, and the rest."""

    line: bytes
    head: Mapping[str, Any]
    body: bytes


def tampered(name: str) -> Broken:
    """The refusal of a file somebody or something altered."""
    return Broken("Tệp {file} đã bị thay đổi sau khi được giao nên không nhận; hãy giao lại từ máy đã tạo ra nó.", file=name)


def frame_line(format: str, size: int, **head: object) -> bytes:
    """The first line of a file whose body has ``size`` bytes."""
    return (canonical({"bytes": size, "format": format, "version": VERSION, **head}) + "\n").encode()


def unframe(content: bytes, name: str, format: str, keys: set[str], most: int) -> Framed:
    """Take a file apart, believing nothing yet.

    Args:
        name: the file's name, for sentences.
        format: which kind it has to be; ``keys``: what else its first line says; ``most``: bytes no file of the kind exceeds.

    Raises:
        NotOurs: another kind of file, or from a newer program.
        Broken: cut off, or its first line is not as we write it.
    """
    line, newline, body = content[:LONGEST_LINE].partition(b"\n")
    head = plain_of(line) if newline else None
    if not isinstance(head, dict) or head.get("format") != format:
        raise NotOurs("Tệp {file} không phải gói phiên hay tệp phiếu của chương trình này, hoặc phần đầu tệp đã hỏng.", file=name)
    if isinstance(head.get("version"), int) and head["version"] > VERSION:
        raise Newer("Tệp {file} do phiên bản mới hơn của chương trình tạo ra; hãy cập nhật chương trình trên máy này.",
                    file=name)
    size: Any = head.get("bytes")
    if head.get("version") != VERSION or set(head) != {"bytes", "format", "version", *keys} or not whole(size):
        raise tampered(name)
    body = content[len(line) + 1:]
    if len(body) < size:
        raise Broken("Tệp {file} bị cụt: còn {found} trên {size} byte; hãy chép lại từ máy đã tạo ra nó.",
                     file=name, found=len(body), size=size)
    if len(body) > size or len(body) > most:
        raise tampered(name)
    return Framed(line + b"\n", head, body)


def plain_of(text: bytes) -> Any:
    """Values of a canonical JSON text; None where it is anything else, be it only another spelling of the same values."""
    try:
        value = json.loads(text)
        return value if canonical(value).encode() == text else None
    except (ValueError, RecursionError):
        return None


def hexadecimal(size: int) -> Callable[[Any], bool]:
    """Whether a value is ``size`` bytes in lower-case hexadecimal."""
    return lambda value: isinstance(value, str) and len(value) == 2 * size and not set(value) - set("0123456789abcdef")


def whole(value: Any) -> bool:
    """Whether a value is a whole number every database takes."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def day(value: Any) -> bool:
    """Whether a value is a day as we write it, ``2026-11-23``."""
    return _written(value, dt.date.fromisoformat)


def moment(value: Any) -> bool:
    """Whether a value is a moment as we write it, ``2026-11-23T09:30:00``: by the clock on the wall, without a zone."""
    return _written(value, dt.datetime.fromisoformat) and dt.datetime.fromisoformat(value).tzinfo is None


def _written(value: Any, read: Callable[[str], dt.date]) -> bool:
    try:
        return isinstance(value, str) and read(value).isoformat() == value
    except ValueError:
        return False


def base64_text(value: Any) -> bool:
    """Whether a value is bytes in base64."""
    try:
        return isinstance(value, str) and base64.b64encode(base64.b64decode(value, validate=True)).decode() == value
    except ValueError:
        return False


def fits(value: Any, shape: Any) -> bool:
    """Whether plain values have a shape.

    A shape is a type, a test, a tuple of alternatives, ``[shape]`` for a list, ``{"key": shape}`` for exactly these keys, or
    ``{str: shape}`` for any keys.
    """
    if isinstance(shape, tuple):
        return any(fits(value, one) for one in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return False
        if set(shape) == {str}:
            return all(fits(one, shape[str]) for one in value.values())
        return set(value) == set(shape) and all(fits(value[key], one) for key, one in shape.items())
    if isinstance(shape, type):
        return isinstance(value, shape)
    return value is None if shape is None else bool(shape(value))

