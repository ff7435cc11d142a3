"""A member scores on a laptop of their own: the package opened as a file of its own, and the ballots handed in, sealed.

Described in ``resources/help/goi-phien.md``.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocop_desktop import paths
from ocop_desktop.actions import files, rulebooks, scoring
from ocop_desktop.actions.opening import open_or_create, remove_unfinished
from ocop_desktop.actions.packages import next_number, plain_rulebook
from ocop_desktop.data import own_laptops
from ocop_desktop.errors import UserError
from ocop_desktop.rules.working_rules import read_working_rules

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.file import Database
    from ocop_desktop.exchange.package_file import Package


@dataclass(frozen=True)
class OwnFile:
    """What a member's own file is for.

    Args:
        code: read aloud when ballots are handed in for the first time.
        finished, total: own ballots finished, of the dossiers to score.
        handed_at: when ballots were last handed in, or None; changed: whether something was scored since.
    """

    session_id: int
    session: str
    member_id: int
    member: str
    code: str
    finished: int
    total: int
    handed_at: dt.datetime | None
    changed: bool


@dataclass(frozen=True)
class HandedIn:
    """A ballot file that was written."""

    path: Path
    finished: int
    begun: int
    sequence: int
    code: str


def own_path(package: Package) -> Path:
    """Where a package's own file lies: one for each session and member."""
    session, member = package.content["session"], package.content["member"]
    words = f"{session['code']} {member['name']} {session['uid'][:8]}-{member['id']}"
    return paths.user_folder() / files.file_name(words, ".ocop")


def open_package(path: Path, target: Path | None = None) -> Database:
    """Open a package as a file of the member's own, made on first use; a later package brings the same file up to date.

    Args:
        target: the member's file; beside the program's other files when not given.

    Raises:
        UserError: no package, altered, cut off, older than the one opened before, of another office, session or member than the
            file, or with criteria this program does not know so; nothing is changed then.
    """
    from ocop_desktop.exchange.package_file import MOST, read_package

    package = read_package(files.read_from_stick(path, MOST), path.name)
    _check_rulebooks(package, path.name)
    _check_working_rules(package, path.name)
    place = target or own_path(package)
    if not place.exists():
        _make(package, place, path.name)
    return _bring(package, place, path.name)


def _make(package: Package, place: Path, name: str) -> None:
    """Make the member's file whole under another name first: a machine that goes off half-way leaves nothing in its place."""
    session, member = package.content["session"], package.content["member"]
    unfinished = place.with_name(f".{session['uid'][:8]}-{member['id']}.moi{place.suffix}")  # an ending not ours is refused
    remove_unfinished(unfinished)
    try:
        _bring(package, unfinished, name, fresh=True).close()
        os.replace(unfinished, place)
    finally:
        remove_unfinished(unfinished)


def _bring(package: Package, place: Path, name: str, fresh: bool = False) -> Database:
    """Open a member's file and write a package into it, all or nothing."""
    database = open_or_create(place)
    try:
        with database.begin() as session:
            _take(session, package, name, fresh)
        with database.reading() as reading:
            rulebooks.load(reading)
    except BaseException:
        database.close()
        raise
    return database


def _check_rulebooks(package: Package, name: str) -> None:
    """The criteria in the package are what its fingerprints say, and this program's own where it has them; all can be read."""
    from ocop_desktop.rules.rulebook import fingerprint_of, from_plain

    books = {}
    ours = {book.id for book in rulebooks.program_rulebooks()}
    for id, kept in package.content["rulebooks"].items():
        if fingerprint_of(kept["content"]) != kept["fingerprint"]:
            raise UserError("Bộ tiêu chí {law} trong gói {file} không khớp mã của nó nên không mở được; hãy xin gói khác.",
                            law=id, file=name)
        if id in ours and plain_rulebook(id)[1] != kept["fingerprint"]:
            raise UserError("Bộ tiêu chí {law} trong gói {file} khác bản của chương trình trên máy này; hãy cài cùng phiên bản "
                            "chương trình với máy của thư ký.", law=id, file=name)
        try:
            books[id] = from_plain(kept["content"], id, kept["fingerprint"])
        except UserError as error:
            raise _unreadable(id, name) from error
    for item in package.content["items"]:
        if item["dossier"]["rulebook"] not in package.content["rulebooks"]:
            raise UserError("Gói {file} thiếu bộ tiêu chí {law} của hồ sơ {code}; hãy xin gói khác.", file=name,
                            law=item["dossier"]["rulebook"], code=item["dossier"]["code"])
        try:
            books[item["dossier"]["rulebook"]].set(item["product"]["set"])
        except UserError as error:
            raise _unreadable(item["dossier"]["rulebook"], name) from error


def _unreadable(law: str, name: str) -> UserError:
    return UserError("Bộ tiêu chí {law} trong gói {file} thiếu hoặc ghi sai nên không mở được; hãy xin gói khác.", law=law,
                     file=name)


def _check_working_rules(package: Package, name: str) -> None:
    try:
        read_working_rules(package.content["session"]["working_rules"])
    except UserError as error:
        raise UserError("Quy chế trong gói {file} ghi sai nên không mở được; hãy xin gói khác.", file=name) from error


def _take(session: Session, package: Package, name: str, fresh: bool) -> None:
    """Write a package into the member's file, when it is the file's own and not older than what is there."""
    from ocop_desktop.data import package_rows
    from ocop_desktop.exchange.ballot_file import new_seed
    from ocop_desktop.exchange.signed_files import tampered

    content, known = package.content, own_laptops.own(session)
    meeting, member = content["session"], content["member"]
    if known is None and not fresh:
        raise UserError("Tệp dữ liệu này không phải của một gói phiên nên không mở gói {file} vào đó; hãy chọn tệp khác.",
                        file=name)
    if known is not None:
        if (known["session"], known["member"]) != (meeting["uid"], member["id"]):
            raise UserError("Gói {file} là của phiên khác hoặc thành viên khác với tệp dữ liệu này; hãy mở gói vào tệp khác.",
                            file=name)
        if known["office"] != package.office or known["key"] != meeting["key"]:
            raise UserError("Gói {file} không do máy thư ký đã giao gói trước ký nên không mở; hãy hỏi lại thư ký.", file=name)
        if content["serial"] < known["serial"]:
            raise UserError("Gói {file} cũ hơn gói đã mở trên máy này nên không dùng nữa; hãy mở gói mới nhất.", file=name)
        if content["serial"] == known["serial"]:
            if package.digest != known["digest"]:
                raise UserError("Gói {file} trùng số với gói đã mở nhưng nội dung khác; hãy xin thư ký gói mới.", file=name)
            return
    moment = dt.datetime.now().replace(microsecond=0)
    _keep_rulebooks(session, content["rulebooks"], moment)
    try:
        package_rows.write(session, content, moment)
    except package_rows.Contradiction as error:
        raise tampered(name) from error
    if own_laptops.secret(session, own_laptops.MEMBER) is None:
        own_laptops.keep_secret(session, own_laptops.MEMBER, new_seed(), "", moment)
    own_laptops.keep_own(session, {
        **(known or {"sequence": 0, "handed": "", "handed_at": None}), "session": meeting["uid"], "session_id": meeting["id"],
        "member": member["id"], "name": member["name"], "office": package.office, "key": meeting["key"],
        "serial": content["serial"],
        "digest": package.digest, "rulebooks": {id: kept["fingerprint"] for id, kept in content["rulebooks"].items()}})


def _keep_rulebooks(session: Session, books: Mapping[str, Any], at: dt.datetime) -> None:
    """Keep the versions the office loaded itself; the program's own are here already."""
    from ocop_desktop.data import rulebooks as stored
    from ocop_desktop.rules.rulebook import decision_of, from_plain, version_of

    known = {version.id for version in stored.history(session)} | {book.id for book in rulebooks.program_rulebooks()}
    for id, kept in books.items():
        if id not in known:
            book = from_plain(kept["content"], id)
            stored.add(session, stored.StoredVersion(decision_of(id), version_of(id), book.in_force, at, "", "", "", "",
                                                     kept["fingerprint"], [], [], ""), kept["content"])


def standing(session: Session) -> OwnFile | None:
    """What a member's own file is for and how far it is; None in any other file."""
    own = own_laptops.own(session)
    if own is None:
        return None
    seats = [(s.name, seat) for s in scoring.open_sessions(session) for seat in s.seats if seat.member_id == own["member"]]
    if not seats:  # the session was ended in this file by hand
        return None
    name, member = seats[0]
    handed = dt.datetime.fromisoformat(own["handed_at"]) if own["handed_at"] else None
    return OwnFile(own["session_id"], name, member.member_id, member.name, _code(session, own), member.done, member.total, handed,
                   _digest(_ballots(session, own)) != own["handed"])


def hand_in(session: Session, target: Path) -> HandedIn:
    """Write the member's ballots for the clerk, finished and begun ones, sealed to the session's key.

    Handing in again what was handed in already gives the same content with the same number.

    Args:
        target: the file, or a folder it is to be written into.

    Raises:
        UserError: this is no member's own file, nothing is scored yet, or the place cannot be written.
    """
    from ocop_desktop.exchange.ballot_file import ENDING, write_ballots

    own = own_laptops.own(session)
    if own is None:
        raise UserError("Tệp này không mở từ một gói phiên nên không có phiếu để giao; hãy mở gói thư ký đã giao.")
    ballots = _ballots(session, own)
    if not ballots:
        raise UserError("Chưa chấm hồ sơ nào nên chưa có phiếu để giao.")
    mark = _digest(ballots)
    if mark != own["handed"]:
        own = {**own, "sequence": next_number(own["sequence"]), "handed": mark,
               "handed_at": dt.datetime.now().replace(microsecond=0).isoformat()}
        own_laptops.keep_own(session, own)
    seed = own_laptops.secret(session, own_laptops.MEMBER)
    assert seed is not None  # made with the file
    if target.is_dir():
        target = target / files.file_name(f"phieu {own['name']} {own['handed_at'].replace(':', '-').replace('T', ' ')}", ENDING)
    content = {"session": own["session"], "member": own["member"], "office": own["office"], "sequence": own["sequence"],
               "package": own["serial"], "handed_at": own["handed_at"], "rulebooks": own["rulebooks"], "ballots": ballots}
    files.write_whole({target: write_ballots(content, seed.seed, own["key"])})
    finished = sum(b["finished_at"] is not None for b in ballots)
    return HandedIn(target, finished, len(ballots), own["sequence"], _code(session, own))


def fill_in(session: Session, answers: Mapping[str, Mapping[str, str]]) -> int:
    """Answer and finish ballots from plain values, for work without a window; how many were finished.

    Args:
        answers: dossier code -> criterion -> choice.

    Raises:
        UserError: no member's own file, an unknown dossier, or whatever keeps a ballot from being finished.
    """
    own = own_laptops.own(session)
    if own is None:
        raise UserError("Tệp này không mở từ một gói phiên nên không có phiếu để giao; hãy mở gói thư ký đã giao.")
    lines = {line.dossier_code: line.item_id for line in scoring.agenda_for(session, own["session_id"], own["member"])}
    for code, choices in answers.items():
        if code not in lines:
            raise UserError("Gói phiên không có hồ sơ {code}.", code=code)
        for criterion, choice in choices.items():
            scoring.choose(session, lines[code], own["member"], criterion, choice)
        scoring.finish(session, lines[code], own["member"])
    return len(answers)


def _ballots(session: Session, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    from ocop_desktop.data import package_rows

    return package_rows.own_ballots(session, own["session_id"], own["member"])


def _digest(ballots: list[dict[str, Any]]) -> str:
    from ocop_desktop.rules.audit_chain import digest

    return digest(ballots)


def _code(session: Session, own: Mapping[str, Any]) -> str:
    from ocop_desktop.exchange.ballot_file import signing_key
    from ocop_desktop.exchange.codes import short_code

    seed = own_laptops.secret(session, own_laptops.MEMBER)
    assert seed is not None  # made with the file
    return short_code(own["office"], own["key"], own["session"], own["member"], signing_key(seed.seed))
