"""The audit chain: every entry of the history carries the hash of the one before, so that nothing in it can be changed unseen.

The format is described in ``resources/help/ho-so-phien.md`` for whoever writes a checker of his own. Pure.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ocop_desktop.errors import UserError

BEGINNING = "0" * 64  # the hash "before" the first entry
SHORTEST_HEAD = 16  # hexadecimal digits of a head that are enough to recognise it
_HEAD = re.compile(r"(\d{1,12})\s*:\s*([0-9a-f\s]+)", re.ASCII)

Fault = Literal["altered", "missing", "missing_at_the_end", "no_head", "other_head", "unknown_head"]


@dataclass(frozen=True)
class Entry:
    """One entry as it is hashed.

    Args:
        seq: running number from 1, without gaps.
        at: moment, ``2026-11-23T09:30:00``.
        before, after: ``digest`` of the values before and after; empty where there are none. Entries can so be shown
            without their content and still be verified.
        hash: as kept in the file.
    """

    seq: int
    at: str
    who: str
    entity: str
    entity_id: int
    what: str
    before: str
    after: str
    hash: str = ""


@dataclass(frozen=True)
class Head:
    """The newest entry: its number and hash. Printed in the record, it stands for everything before it."""

    seq: int = 0
    hash: str = BEGINNING

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True)
class Finding:
    """What is wrong with the chain: at entry ``seq``, up to ``last`` where several are missing."""

    fault: Fault
    seq: int
    last: int = 0
    entry: Entry | None = None


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Any) -> str:
    """Plain values as the one JSON text that is hashed: keys sorted by code point, no blanks, letters as they are."""
    return _canonical(value)


def digest(value: Any) -> str:
    """SHA-256 of a value's canonical JSON in UTF-8, 64 hexadecimal digits; empty for None."""
    return "" if value is None else digest_of(canonical(value))


def digest_of(text: str) -> str:
    """SHA-256 of a canonical JSON text in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of(entry: Entry, previous: str) -> str:
    """The hash of an entry that follows the one with hash ``previous``."""
    return digest([entry.seq, entry.at, entry.who, entry.entity, entry.entity_id, entry.what, entry.before, entry.after,
                   previous])


def findings(entries: Iterable[Entry], head: Head | None) -> Iterator[Finding]:
    """Everything wrong with a chain.

    Args:
        entries: in the order of their numbers, from the first one.
        head: as kept beside the entries; None when it is lost.

    Yields:
        Findings, the earliest first: numbers that are missing, entries whose content is not what was hashed (or that do not
        follow the one before), a tail that is cut off, a head that does not fit.
    """
    last = Head()
    for entry in entries:
        if entry.seq > last.seq + 1:
            yield Finding("missing", last.seq + 1, entry.seq - 1)
        elif hash_of(entry, last.hash) != entry.hash:
            yield Finding("altered", entry.seq, entry=entry)
        last = Head(entry.seq, entry.hash)
    if head is None:
        if last.seq:
            yield Finding("no_head", last.seq)
    elif head.seq > last.seq:
        yield Finding("missing_at_the_end", last.seq + 1, head.seq)
    elif head != last:
        yield Finding("other_head", last.seq)


def read_head(words: str) -> Head:
    """A head as printed, ``1204:3f2a9c...``; blanks do not matter, and the first 16 digits of the hash are enough.

    Raises:
        UserError: it is no head.
    """
    found = _HEAD.fullmatch(words.strip().lower())
    digits = "".join(found[2].split()) if found else ""
    if found is None or not SHORTEST_HEAD <= len(digits) <= 64:
        raise UserError("“{words}” không phải dấu cuối của nhật ký; dấu có dạng SỐ:MÃ như in trong hồ sơ phiên, "
                        "mã có từ {least} đến 64 chữ số.", words=words, least=SHORTEST_HEAD)
    return Head(int(found[1]), digits)


def fits(printed: Head, found: Head | None) -> bool:
    """Whether the entry found in the file is the one a printed head names."""
    return found is not None and found.seq == printed.seq and found.hash.startswith(printed.hash)
