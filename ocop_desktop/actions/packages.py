"""The clerk hands a session out to members who score on their own laptops: one signed package per member.

Described in ``resources/help/goi-phien.md``.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import files, rulebooks, sessions
from ocop_desktop.data import own_laptops, package_rows
from ocop_desktop.data import sessions as rows
from ocop_desktop.errors import UserError
from ocop_desktop.exchange.ballot_file import new_seed, sealing_key, signing_key
from ocop_desktop.exchange.package_file import ENDING, write_package
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.rulebook import as_plain, fingerprint_of
from ocop_desktop.rules.working_rules import read_working_rules

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.tables_keys import SecretKey


class NothingLeft(UserError):
    """There is nothing to score for a member."""


@dataclass(frozen=True)
class Contents:
    """What goes along beside the dossiers: product photos, legal papers, the law's own wording where it is attached."""

    photos: bool = True
    papers: bool = True
    wording: bool = True


@dataclass(frozen=True)
class Written:
    """A package that was written: for whom, where, how many dossiers."""

    member_id: int
    member: str
    path: Path
    dossiers: int


@dataclass(frozen=True)
class Laptop:
    """A scoring member of a session as the clerk sees the member's own laptop.

    Args:
        packaged_at, received_at: when a package was last made, when ballots last came; None for never.
        enrolled: whether the laptop's key is known.
    """

    member_id: int
    name: str
    agency: str
    packaged_at: dt.datetime | None
    enrolled: bool
    received_at: dt.datetime | None


def laptops(session: Session, session_id: int) -> tuple[Laptop, ...]:
    """Every scoring member of a session, with what is known of the member's own laptop."""
    known = own_laptops.laptops(session, session_id)
    return tuple(
        Laptop(s.member_id, s.member.name, s.member.agency, found.packaged_at if found else None, bool(found and found.key),
               found.received_at if found else None)
        for s in _scoring(session, session_id) for found in [known.get(s.member_id)])


def make_package(session: Session, session_id: int, member_id: int, contents: Contents = Contents(), who: str = "",
                 at: dt.datetime | None = None) -> tuple[bytes, int]:
    """Make a member's package: session, criteria, and the dossiers this member scores; no score of anybody is in it.

    Args:
        at: the moment, now when not given.

    Returns:
        the file's bytes, and how many dossiers are in it.

    Raises:
        UserError: no such session, it is not open, the member does not score in it, or has no dossier left to score.
    """
    meeting = sessions.get(session, session_id)
    if meeting.status != "open":
        raise UserError("Phiên “{session}” không ở trạng thái đang chấm nên chưa giao gói được; hãy mở phiên trước.",
                        session=meeting.name)
    if member_id not in {s.member_id for s in _scoring(session, session_id)}:
        raise UserError("Thành viên này không chấm trong phiên “{session}” nên không có gói.", session=meeting.name)
    moment = (at or dt.datetime.now()).replace(microsecond=0)
    working = read_working_rules(meeting.working_rules)
    items = package_rows.items(session, session_id, member_id, contents.photos, contents.papers, working.advisory_shown)
    head = package_rows.head(session, session_id, member_id)
    if not items:
        raise NothingLeft("{member} không còn hồ sơ nào phải chấm trong phiên “{session}” nên không có gói.",
                          member=head["member"]["name"], session=meeting.name)
    key, laptop = session_key(session, session_id, moment), own_laptops.laptop(session, session_id, member_id)
    laptop.package, laptop.packaged_at = next_number(laptop.package), moment
    head["session"] |= {"uid": key.mark, "key": sealing_key(key.seed)}
    rows.record(session, "session", session_id, "package_made", None,
                {"member": member_id, "dossiers": len(items), "serial": laptop.package}, who)
    content = {**head, "serial": laptop.package, "made_at": moment.isoformat(), "items": items,
               "rulebooks": _rulebooks({item["dossier"]["rulebook"] for item in items}),
               "wording": _wording(session, items) if contents.wording else []}
    return write_package(content, office_seed(session, moment)), len(items)


def write_packages(session: Session, session_id: int, folder: Path, contents: Contents = Contents(), who: str = "",
                   ) -> tuple[Written, ...]:
    """Write the packages of every scoring member who still has something to score into a folder.

    Raises:
        UserError: as ``make_package``, nobody has anything to score, or the folder cannot be written.
    """
    meeting, made, contents_of = sessions.get(session, session_id), [], {}
    for seat in _scoring(session, session_id):
        try:
            content, count = make_package(session, session_id, seat.member_id, contents, who)
        except NothingLeft:
            continue
        path = folder / package_name(meeting.code, seat.member.seat, seat.member.name)
        contents_of[path] = content
        made.append(Written(seat.member_id, seat.member.name, path, count))
    if not made:
        raise UserError("Không thành viên nào còn hồ sơ phải chấm trong phiên “{session}”.", session=meeting.name)
    files.write_whole(contents_of)
    return tuple(made)


def write_one(session: Session, code: str, member: str, target: Path, contents: Contents = Contents()) -> Written:
    """Write one member's package.

    Args:
        code: of the session. member: the member's name, agency, short agency or seat number. target: the file.

    Raises:
        UserError: no such session or member, or as ``make_package``.
    """
    meeting = rows.by_code(session, code)
    if meeting is None:
        raise UserError("Không có phiên {code}; các phiên có trong tệp: {known}.", code=code,
                        known=", ".join(sorted(rows.codes(session))) or "-")
    seats = _scoring(session, meeting.id)
    wanted = fold(member)
    found = [s for s in seats if member == str(s.member.seat)] or [
        s for s in seats if wanted in {fold(s.member.name), fold(s.member.agency), fold(s.member.agency_short)} - {""}]
    if len(found) != 1:
        known = "; ".join(f"{s.member.seat} {s.member.name}, {s.member.agency}" for s in seats)
        raise UserError("Phiên {code} không có đúng một thành viên chấm là “{member}”; các thành viên chấm: {known}.",
                        code=code, member=member, known=known or "-")
    content, count = make_package(session, meeting.id, found[0].member_id, contents)
    files.write_whole({target: content})
    return Written(found[0].member_id, found[0].member.name, target, count)


def package_name(code: str, seat: int, member: str) -> str:
    """The name of a package's file: ``2026-2_03_Nguyễn Thị Lan.ocopgoi``."""
    return files.file_name(f"{re.sub(r'[^0-9A-Za-z.-]+', '-', code)}_{seat:02d}_{member}", ENDING)


def session_key(session: Session, session_id: int, at: dt.datetime) -> SecretKey:
    """The key ballots of a session are sealed to, made with its first package."""
    name = own_laptops.of_session(session_id)
    return own_laptops.secret(session, name) or own_laptops.keep_secret(session, name, new_seed(), secrets.token_hex(16), at)


def office_seed(session: Session, at: dt.datetime) -> bytes:
    """The secret this file signs packages with, made with the first one."""
    found = own_laptops.secret(session, own_laptops.OFFICE)
    return (found or own_laptops.keep_secret(session, own_laptops.OFFICE, new_seed(), "", at)).seed


def office_key(session: Session) -> str:
    """The public half of the office's key; empty before the first package."""
    found = own_laptops.secret(session, own_laptops.OFFICE)
    return signing_key(found.seed) if found else ""


def next_number(last: int) -> int:
    """A number higher than the last one, also where a backup brought an older ``last`` back: seconds since 1970, or one more."""
    return max(last + 1, int(time.time()))


def _scoring(session: Session, session_id: int) -> Sequence[Any]:
    working = read_working_rules(sessions.get(session, session_id).working_rules)
    return [s for s in rows.seats(session, session_id) if s.scores and (s.member.role != "secretary" or working.secretary_scores)]


def _rulebooks(ids: Collection[str]) -> dict[str, Any]:
    """Each rulebook whole, with the fingerprint a ballot names it by."""
    return {id: {"fingerprint": mark, "content": content} for id in sorted(ids) for content, mark in [plain_rulebook(id)]}


_plain_books: dict[tuple[str, str], tuple[dict[str, Any], str]] = {}  # whole rulebooks never change


def plain_rulebook(id: str) -> tuple[dict[str, Any], str]:
    """A rulebook as a package holds it, and its fingerprint: of the values, so that it is the same on every system.

    Raises:
        UserError: no such rulebook is known.
    """
    book = rulebooks.rulebook(id)
    key = id, book.fingerprint
    if key not in _plain_books:
        content = as_plain(book)
        _plain_books[key] = content, fingerprint_of(content)
    return _plain_books[key]


def _wording(session: Session, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    sets: dict[str, set[int]] = {}
    for item in items:
        sets.setdefault(item["dossier"]["rulebook"], set()).add(item["product"]["set"])
    books = {id: rulebooks.rulebook(id) for id in sets}
    return [row for id, numbers in sorted(sets.items())
            for row in package_rows.wording(session, books[id].decision, books[id].version, sorted(numbers))]
