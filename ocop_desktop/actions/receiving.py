"""The clerk takes in ballots that come back on a stick: looks at each file, refuses or merges, by the rules typed ballots obey.

Described in ``resources/help/goi-phien.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ocop_desktop.actions import received_ballots
from ocop_desktop.actions.files import read_from_stick
from ocop_desktop.actions.packages import office_key, plain_rulebook
from ocop_desktop.actions.received_ballots import Line
from ocop_desktop.data import own_laptops
from ocop_desktop.data import sessions as rows
from ocop_desktop.errors import UserError, why
from ocop_desktop.exchange.ballot_file import ENDING, MOST, Ballots, open_ballots, sealing_key, session_of
from ocop_desktop.exchange.codes import same_code, short_code
from ocop_desktop.exchange.signed_files import tampered
from ocop_desktop.rules.working_rules import read_working_rules

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.tables import CouncilSession, Member

State = Literal["merged", "unchanged", "partly", "refused", "code"]


@dataclass(frozen=True)
class Arrival:
    """What came of one file.

    Args:
        file: its name; content: its bytes, so that the stick may be pulled out before the code is typed.
        state: ``merged``; ``unchanged``: everything in it was here already; ``partly``: some dossiers refused; ``refused``;
            ``code``: waits for the code read aloud.
        said: why it was refused or waits.
        lines: one per dossier in it.
    """

    file: str
    content: bytes = field(repr=False)
    state: State
    said: UserError | None = None
    session: str = ""
    member: str = ""
    agency: str = ""
    lines: tuple[Line, ...] = ()
    handed_at: dt.datetime | None = None

    @property
    def complete(self) -> int:
        """Dossiers that came with a finished ballot and are in."""
        return sum(line.finished and line.state != "refused" for line in self.lines)

    @property
    def incomplete(self) -> int:
        """Dossiers that came with an unfinished ballot and are in."""
        return sum(not line.finished and line.state != "refused" for line in self.lines)

    @property
    def refused(self) -> int:
        """Dossiers that were not taken."""
        return sum(line.state == "refused" for line in self.lines)


class NeedsCode(UserError):
    """The laptop is not known yet, or another than the one known: its code has to be typed."""


@dataclass(frozen=True)
class _Sender:
    """Who a file is from, once everything but the code is in order."""

    meeting: CouncilSession
    member: Member
    ballots: Ballots
    code: str


def files_in(places: Iterable[Path]) -> list[tuple[str, bytes]]:
    """Names and bytes of ballot files; of a folder, every ballot file directly in it.

    Raises:
        UserError: a file cannot be read, or a folder holds none.
    """
    found: list[Path] = []
    try:
        for place in places:
            inside = sorted(p for p in place.iterdir() if p.suffix.lower() == ENDING) if place.is_dir() else [place]
            if not inside:
                raise UserError("Trong thư mục {folder} không có tệp phiếu nào (.ocopphieu).", folder=str(place))
            found += inside
    except OSError as error:
        raise UserError("Không đọc được {file}: {reason}. Hãy cắm lại USB rồi thử lại.", file=str(error.filename),
                        reason=why(error)) from error
    return [(path.name, read_from_stick(path, MOST)) for path in found]


def receive(session: Session, files: Iterable[tuple[str, bytes]], codes: Collection[str] = (), session_id: int | None = None,
            who: str = "") -> tuple[Arrival, ...]:
    """Take in ballot files: the good ones are merged, others refused with a sentence each; the same file twice changes nothing.

    Args:
        files: names and bytes. codes: codes read aloud, as typed; a laptop not known yet becomes known by its own.
        session_id: take ballots of this session only; of any session of the file when not given.
    """
    found = []
    for name, content in files:
        try:
            found.append(_receive_one(session, name, content, codes, session_id, who))
        except UserError as refusal:
            found.append(Arrival(name, content, "refused", refusal))
    return tuple(found)


def _receive_one(session: Session, name: str, content: bytes, codes: Collection[str], session_id: int | None,
                 who: str) -> Arrival:
    sender = _sender(session, name, content, session_id)
    told: dict[str, Any] = {
        "file": name, "content": content, "session": sender.meeting.name, "member": sender.member.name,
        "agency": sender.member.agency, "handed_at": dt.datetime.fromisoformat(sender.ballots.content["handed_at"])}
    try:
        _check_rulebooks(sender.ballots, name)
        _know(session, sender, name, codes, who)
        _check_sequence(session, sender, name)
    except NeedsCode as wanted:
        return Arrival(state="code", said=wanted, **told)
    except UserError as refusal:
        return Arrival(state="refused", said=refusal, **told)
    lines = received_ballots.merge(session, sender.meeting.id, sender.member.id, sender.ballots.content, who)
    _note(session, sender)
    states = {line.state for line in lines}
    if "refused" in states:
        return Arrival(state="partly" if states != {"refused"} else "refused", lines=lines,
                       said=next(line.said for line in lines if line.said), **told)
    return Arrival(state="merged" if "written" in states else "unchanged", lines=lines, **told)


def _sender(session: Session, name: str, content: bytes, session_id: int | None) -> _Sender:
    """Open a file and find out who it says it is from."""
    mark = session_of(content, name)
    found = own_laptops.session_by_mark(session, mark)
    secret = own_laptops.secret(session, own_laptops.of_session(found)) if found is not None else None
    meeting = rows.get(session, found) if found is not None else None
    if found is None or secret is None or meeting is None:
        raise UserError("Tệp {file} là phiếu của một phiên không có trong tệp dữ liệu này nên không nhận; hãy mở đúng tệp dữ "
                        "liệu đã giao gói.", file=name)
    if session_id is not None and found != session_id:
        raise UserError("Tệp {file} là phiếu của phiên “{session}”, không phải phiên đang mở; hãy nhận ở trang của phiên ấy.",
                        file=name, session=meeting.name)
    ballots = open_ballots(content, name, secret.seed)
    office, member_id = office_key(session), ballots.content["member"]
    if ballots.content["office"] != office:
        raise tampered(name)
    working = read_working_rules(meeting.working_rules)
    seat = next((s for s in rows.seats(session, found) if s.member_id == member_id), None)
    if seat is None or not seat.scores or (seat.member.role == "secretary" and not working.secretary_scores):
        raise UserError("Tệp {file} là phiếu của người không có tên trong danh sách chấm của phiên “{session}” nên không nhận.",
                        file=name, session=meeting.name)
    code = short_code(office, sealing_key(secret.seed), mark, member_id, ballots.key)
    return _Sender(meeting, seat.member, ballots, code)


def _check_rulebooks(ballots: Ballots, name: str) -> None:
    for law, mark in ballots.content["rulebooks"].items():
        try:
            ours = plain_rulebook(law)[1]
        except UserError:
            ours = ""
        if ours != mark:
            raise UserError("Tệp {file} chấm theo bộ tiêu chí {law} khác bản của tệp dữ liệu này nên không nhận; hãy giao gói "
                            "mới rồi chấm lại.", file=name, law=law)


def _know(session: Session, sender: _Sender, name: str, codes: Collection[str], who: str) -> None:
    """See that the laptop is the one known for this member, or make it known by its code."""
    key, member = sender.ballots.key, sender.member
    for other, laptop in own_laptops.laptops(session, sender.meeting.id).items():
        if laptop.key == key and other != member.id:
            raise UserError("Tệp {file} ghi tên {member} nhưng do máy của một thành viên khác ký nên không nhận.",
                            file=name, member=member.name)
    laptop = own_laptops.laptop(session, sender.meeting.id, member.id)
    if laptop.key == key:
        return
    if not any(same_code(typed, sender.code) for typed in codes):
        if codes:
            raise NeedsCode("Mã vừa gõ không khớp tệp {file}; hãy đọc lại mã trên máy của {member}. Vẫn không khớp thì không "
                            "nhận tệp này.", file=name, member=member.name)
        if laptop.key:
            raise NeedsCode("Tệp {file} do máy khác với máy đã biết của {member} ký; chỉ khi {member} đã đổi máy, hãy gõ mã đọc "
                            "từ máy mới.", file=name, member=member.name)
        raise NeedsCode("Máy của {member} giao phiếu lần đầu; hãy gõ mã {member} đọc từ máy của mình.", file=name,
                        member=member.name)
    again = bool(laptop.key)
    laptop.key, laptop.enrolled_at, laptop.sequence, laptop.digest = key, dt.datetime.now().replace(microsecond=0), 0, ""
    rows.record(session, "own_laptop", sender.meeting.id, "known_again" if again else "known", None,
                {"member": member.id, "key": key, "code": sender.code}, who)


def _check_sequence(session: Session, sender: _Sender, name: str) -> None:
    laptop, content = own_laptops.laptop(session, sender.meeting.id, sender.member.id), sender.ballots.content
    if content["sequence"] < laptop.sequence:
        raise UserError("Tệp {file} cũ hơn tệp phiếu đã nhận của {member} nên không nhận; hãy giao lại từ máy của {member}.",
                        file=name, member=sender.member.name)
    if content["sequence"] == laptop.sequence and sender.ballots.digest != laptop.digest:
        raise UserError("Tệp {file} trùng số lần giao với tệp đã nhận của {member} nhưng nội dung khác nên không nhận; hãy giao "
                        "lại từ máy của {member}.", file=name, member=sender.member.name)


def _note(session: Session, sender: _Sender) -> None:
    """Remember the newest file; the same one again leaves everything as it is."""
    laptop = own_laptops.laptop(session, sender.meeting.id, sender.member.id)
    if sender.ballots.digest != laptop.digest:
        laptop.sequence, laptop.digest = sender.ballots.content["sequence"], sender.ballots.digest
        laptop.received_at = dt.datetime.now().replace(microsecond=0)


def as_plain(arrival: Arrival) -> Mapping[str, Any]:
    """What came of a file, for machines."""
    return {"file": arrival.file, "state": arrival.state, "said": str(arrival.said) if arrival.said else None,
            "session": arrival.session, "member": arrival.member, "agency": arrival.agency, "complete": arrival.complete,
            "incomplete": arrival.incomplete, "refused": arrival.refused,
            "dossiers": [{"code": line.code, "product": line.product, "state": line.state, "finished": line.finished,
                          "answered": line.answered, "criteria": line.total, "said": str(line.said) if line.said else None}
                         for line in arrival.lines]}
