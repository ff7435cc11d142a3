"""What a member does with a ballot: open it, choose, note, raise an exclusion, finish. Nothing of other members is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ocop_desktop.actions import rulebooks, wording
from ocop_desktop.actions.rights import may_open, need_ballot, own_sessions
from ocop_desktop.actions.scoring_copy import Sister, copied, sisters
from ocop_desktop.actions.scoring_locks import LONGEST_NOTE, finished, refusal_of, role_scores, written
from ocop_desktop.data import advisory, ballots, sessions
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.answering import effects
from ocop_desktop.rules.ballot import Ballot, problems_of, without_story
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet, Rulebook
from ocop_desktop.rules.wording import SetWords
from ocop_desktop.rules.working_rules import read_working_rules

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session


@dataclass(frozen=True)
class Beside:
    """What somebody else says of one criterion: the advisory team or the producer. ``choice`` is None for a comment only."""

    who: Literal["self", "advisory"]
    choice: str | None
    comment: str = ""


@dataclass(frozen=True)
class BallotView:
    """One member's ballot for one dossier, as the member sees it.

    Args:
        position, items: the dossier's place on the agenda, and how many there are.
        choices: answered criteria, code -> choice; notes and evidence (the producer's, form 02) by code.
        version: of the ballot that counts; 0 before the first answer.
        locked: why nothing can be written (a sentence), or None. A finished ballot is locked too.
        words: the law's own wording of the set, where it is attached.
        sheet: whose answers these are: a member's of the council, the producer's own (form 02), the advisory team's.
        beside: what others answered, by criterion, where it may be seen. Never another member's.
        copied: criterion -> the product it was copied from, until the member looks at it; sisters: ballots that can be copied.
    """

    item_id: int
    member_id: int
    member: str
    agency: str
    session_id: int
    session_code: str
    session_name: str
    position: int
    items: int
    dossier_id: int
    dossier_code: str
    product: str
    producer: str
    kind: str
    book: Rulebook
    rules: CriteriaSet
    version: int
    choices: Mapping[str, str]
    notes: Mapping[str, str]
    evidence: Mapping[str, str]
    opinion: str
    exclusion: str | None
    finished_at: dt.datetime | None
    reopened_why: str
    locked: UserError | None
    words: SetWords | None = None
    sheet: Literal["council", "self", "advisory"] = "council"
    beside: Mapping[str, Beside] = field(default_factory=dict)
    copied: Mapping[str, str] = field(default_factory=dict)
    sisters: tuple[Sister, ...] = ()


@dataclass(frozen=True)
class AgendaLine:
    """One dossier on a member's list: how far the member's own ballot is, and why it cannot be scored, if so."""

    item_id: int
    position: int
    dossier_code: str
    product: str
    producer: str
    set_number: int | None
    answered: int
    total: int
    finished_at: dt.datetime | None
    recused: str | None
    closed: bool

    @property
    def to_do(self) -> bool:
        """Whether this member still has to score it."""
        return self.finished_at is None and self.recused is None and not self.closed and self.total > 0


@dataclass(frozen=True)
class Seat:
    """A member who scores in a session; ``done`` ballots are finished of ``total``, dossiers not scored left out."""

    member_id: int
    name: str
    agency: str
    role: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class OpenSession:
    """A session in which ballots can be filled in, with its scoring members."""

    id: int
    code: str
    name: str
    held_on: dt.date
    seats: tuple[Seat, ...]


def open_sessions(session: Session) -> tuple[OpenSession, ...]:
    """Sessions in which scoring is open, the latest first, each with the members who score whose ballots may be opened here."""
    found: dict[int, OpenSession] = {}
    own = own_sessions(session)
    progress = ballots.progress(session)
    for row in ballots.open_sessions(session):
        if own is not None and row.id not in own:
            continue
        known = found.setdefault(row.id, OpenSession(row.id, row.code, row.name, row.held_on, ()))
        if row.member_id is not None and row.scores and role_scores(row.role, row.working_rules) and may_open(
                session, row.member_id):
            seat = Seat(row.member_id, row.member_name, row.agency, row.role, *progress.get((row.id, row.member_id), (0, 0)))
            found[row.id] = OpenSession(known.id, known.code, known.name, known.held_on, (*known.seats, seat))
    return tuple(found.values())


def agenda_for(session: Session, session_id: int, member_id: int) -> tuple[AgendaLine, ...]:
    """A session's dossiers in their order, with this member's own progress (answered of all criteria).

    Raises:
        UserError: another's list.
    """
    need_ballot(session, member_id)
    return tuple(
        AgendaLine(row.item_id, row.position, row.code or "", row.product, row.producer, row.set_no, row.answered or 0,
                   len(rulebooks.criteria(row.rulebook, row.set_no).criteria) if row.set_no and row.rulebook else 0,
                   row.finished_at, row.recused, row.status != "open")
        for row in ballots.agenda(session, session_id, member_id))


def next_unfinished(session: Session, session_id: int, member_id: int, after: int | None = None) -> int | None:
    """The next item this member still has to score after item ``after``, going round; None when all is done."""
    lines = agenda_for(session, session_id, member_id)
    at = next((n for n, line in enumerate(lines) if line.item_id == after), -1)
    return next((line.item_id for line in (*lines[at + 1:], *lines[:at + 1]) if line.to_do and line.item_id != after), None)


def own_ballot(session: Session, item_id: int, member_id: int) -> BallotView:
    """The member's ballot to look at, whether or not it can still be written (``locked`` says why not).

    Raises:
        UserError: no such item or member, another's ballot or a sealed one (``rights.need_ballot``), or the product has
            no criteria set.
    """
    need_ballot(session, member_id, item_id)
    return ballot_of(session, item_id, member_id)


def ballot_of(session: Session, item_id: int, member_id: int) -> BallotView:
    """As ``own_ballot`` whoever works here, for what shows it to nobody: a file with the member's signature, typed paper."""
    row = _row(session, item_id, member_id)
    book = rulebooks.rulebook(row.rulebook)
    rules = rulebooks.criteria(row.rulebook, row.set_no)
    ballot = ballots.newest(session, item_id, member_id)
    answers = ballots.answers_of(session, ballot.id) if ballot else ()
    return BallotView(
        item_id=item_id, member_id=member_id, member=row.member_name, agency=row.agency, session_id=row.session_id,
        session_code=row.session_code, session_name=row.session_name, position=row.position, items=row.items,
        dossier_id=row.dossier_id, dossier_code=row.code or "", product=row.product, producer=row.producer, kind=row.kind,
        book=book, rules=rules, version=ballot.version if ballot else 0,
        choices={a.criterion: a.choice for a in answers if a.choice},
        notes={a.criterion: a.note for a in answers if a.note}, evidence=ballots.evidence_of(session, row.dossier_id),
        opinion=ballot.opinion if ballot else "", exclusion=ballot.exclusion if ballot else None,
        finished_at=ballot.finished_at if ballot else None, reopened_why=ballot.reopened_why if ballot else "",
        locked=refusal_of(row) or finished(ballot), beside=_advisory(session, row), copied=copied(session, answers),
        sisters=sisters(session, item_id, member_id), words=wording.words_of(session, book, rules.number))


def _advisory(session: Session, row: Any) -> dict[str, Beside]:
    """The advisory team's answers, where the session's working rules let members see them."""
    if not read_working_rules(dict(row.working_rules)).advisory_shown:
        return {}
    return {a.criterion: Beside("advisory", a.choice or None, a.comment)
            for a in advisory.answers_for(session, row.dossier_id, row.rulebook, row.set_no)}


def open_ballot(session: Session, item_id: int, member_id: int) -> BallotView:
    """The member's ballot to score, or to look at when finished. Opening writes nothing; the first answer makes version 1.

    Raises:
        UserError: the member is recused or does not score in this session (the secretary, where the working rules say so),
            the dossier is closed, or the session is not open.
    """
    refusal = refusal_of(_standing(session, item_id, member_id))
    if refusal:
        raise refusal
    return own_ballot(session, item_id, member_id)


def refusal(session: Session, item_id: int, member_id: int) -> UserError | None:
    """Why this member cannot score this item now, whatever the ballot says; None when scoring is open."""
    return refusal_of(_standing(session, item_id, member_id))


def choose(session: Session, item_id: int, member_id: int, criterion: str, choice: str,
           filed: tuple[str, int] | None = None) -> dict[str, str | None]:
    """Write one answer: the option's number, or "0" for none applies.

    A story at 0 points sets the criterion that depends on it to "0" in the same transaction (annex II of Decision
    26/2026/QĐ-TTg: the structure of a story counts only where there is a story); a story regained leaves it to be answered.

    Args:
        filed: rulebook and set the caller read the ballot with; saves a look-up, and is checked where the answer is written.

    Returns:
        what was written: criterion -> choice, None for one that has to be answered again.

    Raises:
        UserError: no such criterion or option, one that depends on a story at 0, a finished ballot, or as ``open_ballot``.
    """
    need_ballot(session, member_id)
    if filed and _plain(rulebooks.criteria(*filed), criterion, choice) and ballots.answer(
            session, item_id, member_id, criterion, choice, *filed):
        return {criterion: choice}
    return _choose_with_care(session, item_id, member_id, criterion, choice)


def clear(session: Session, item_id: int, member_id: int, criterion: str) -> dict[str, str | None]:
    """Take one answer back; a criterion that was at 0 for want of a story has to be answered again, too.

    Returns:
        what was written: criterion -> None.

    Raises:
        UserError: as ``choose``.
    """
    return _choose_with_care(session, item_id, member_id, criterion, None)


def note(session: Session, item_id: int, member_id: int, criterion: str, text: str) -> None:
    """Keep the member's note on one criterion, answered or not; an empty one goes away.

    Raises:
        UserError: as ``choose``.
    """
    row, ballot_id = writable(session, item_id, member_id)
    _known(rulebooks.criteria(row.rulebook, row.set_no), criterion)
    ballots.write(session, ballot_id, criterion, note=written(text, LONGEST_NOTE))


def opinion(session: Session, item_id: int, member_id: int, text: str) -> None:
    """Keep the member's opinion on the dossier.

    Raises:
        UserError: a finished ballot, or as ``open_ballot``.
    """
    _, ballot_id = writable(session, item_id, member_id)
    ballots.mark(session, ballot_id, opinion=written(text))


def raise_exclusion(session: Session, item_id: int, member_id: int, reason: str) -> None:
    """Ask that the dossier be thrown out, with the reason; the council concludes (annex II: "hồ sơ bị loại khi").

    Raises:
        UserError: no reason or one too long, a finished ballot, or as ``open_ballot``.
    """
    reason = written(reason)
    if not reason:
        raise UserError("Hãy ghi lý do đề nghị loại hồ sơ.")
    row, ballot_id = writable(session, item_id, member_id)
    ballots.mark(session, ballot_id, exclusion=reason)
    sessions.record(session, "ballot", ballot_id, "exclusion_raised", None, {"reason": reason}, row.member_name)


def withdraw_exclusion(session: Session, item_id: int, member_id: int) -> None:
    """Take the request to throw the dossier out back.

    Raises:
        UserError: a finished ballot, or as ``open_ballot``.
    """
    row, ballot_id = writable(session, item_id, member_id)
    ballots.mark(session, ballot_id, exclusion=None)
    sessions.record(session, "ballot", ballot_id, "exclusion_withdrawn", None, None, row.member_name)


def finish(session: Session, item_id: int, member_id: int, at: dt.datetime | None = None) -> dt.datetime:
    """Finish the ballot, which locks it.

    Args:
        at: the moment, now when not given.

    Returns:
        the moment it was locked.

    Raises:
        ProblemsFound: a criterion without an answer, or whatever else keeps the ballot from counting, each with its place.
        UserError: finished already, or as ``open_ballot``.
    """
    return lock(session, item_id, member_id, at, _standing(session, item_id, member_id))


def lock(session: Session, item_id: int, member_id: int, at: dt.datetime | None = None, row: Any = None) -> dt.datetime:
    """As ``finish`` whoever works here: what a signed file brings is finished by its signature."""
    row, ballot_id = writable(session, item_id, member_id, row or _row(session, item_id, member_id))
    rules = rulebooks.criteria(row.rulebook, row.set_no)
    problems = list(problems_of(rules, Ballot(row.agency or row.member_name, ballots.choices_of(session, ballot_id))))
    if problems:
        raise ProblemsFound(problems)
    moment = at or dt.datetime.now().replace(microsecond=0)
    ballots.mark(session, ballot_id, finished_at=moment)
    sessions.record(session, "ballot", ballot_id, "finished", None, {"at": moment.isoformat(" ")}, row.member_name)
    return moment


def _plain(rules: CriteriaSet, criterion: str, choice: str) -> bool:
    """Whether this answer exists and touches no other criterion."""
    known = rules.by_code.get(criterion)
    return (known is not None and (choice == NONE_APPLIES or choice in known.by_choice)
            and not known.story and all(c.story != criterion for c in rules.criteria))


def _choose_with_care(session: Session, item_id: int, member_id: int, criterion: str,
                      choice: str | None) -> dict[str, str | None]:
    row = _standing(session, item_id, member_id)
    rules = rulebooks.criteria(row.rulebook, row.set_no)
    known = _known(rules, criterion)
    if choice is not None and choice != NONE_APPLIES and choice not in known.by_choice:
        raise UserError("Tiêu chí {code} không có mức “{choice}”; hãy chọn một mức trong bảng.", code=criterion, choice=choice)
    _, ballot_id = writable(session, item_id, member_id, row)
    choices = ballots.choices_of(session, ballot_id)
    if criterion in without_story(rules, choices):
        if choice == NONE_APPLIES:
            return {criterion: choice}
        raise UserError("Tiêu chí {code} không chấm được vì tiêu chí {story} đang 0 điểm: không có câu chuyện sản phẩm.",
                        code=criterion, story=known.story)
    changed = effects(rules, choices, criterion, choice)
    for code, new in changed.items():
        if new is None:
            ballots.erase(session, ballot_id, code)
        else:
            ballots.write(session, ballot_id, code, choice=new)
    return changed


def writable(session: Session, item_id: int, member_id: int, row: Any = None) -> tuple[Any, int]:
    """The standing and the id of the ballot to write in, made where there is none yet."""
    row = row or _standing(session, item_id, member_id)
    ballot = ballots.newest(session, item_id, member_id)
    refusal = refusal_of(row) or finished(ballot)
    if refusal:
        raise refusal
    return row, ballot.id if ballot else ballots.start(session, item_id, member_id)


def _standing(session: Session, item_id: int, member_id: int) -> Any:
    need_ballot(session, member_id)
    return _row(session, item_id, member_id)


def _row(session: Session, item_id: int, member_id: int) -> Any:
    row = ballots.standing(session, item_id, member_id)
    if row is None:
        raise UserError("Không còn hồ sơ hoặc thành viên này trong phiên; hãy chọn lại ở trang Chấm điểm.")
    return row


def _known(rules: CriteriaSet, code: str) -> Any:
    criterion = rules.by_code.get(code)
    if criterion is None:
        raise UserError("Bộ {set} không có tiêu chí {code}.", set=rules.number, code=code)
    return criterion
