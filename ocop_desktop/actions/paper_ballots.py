"""Ballots filled in on paper: typed from the sheet, typed again blind by a second person, settled, then a ballot like any other.

Nothing typed counts until both agree. Then the answers go through ``actions.scoring`` in one transaction, so that a ballot from
paper is the same as one filled in at the screen: locks, versions, the chain, the result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ocop_desktop.actions import rulebooks, scoring
from ocop_desktop.actions.counting import seats_of
from ocop_desktop.actions.rights import named, need_ballot
from ocop_desktop.data import ballots, paper_ballots, sessions
from ocop_desktop.data.changes import lines_of
from ocop_desktop.data.paper_ballots import FIRST, SECOND
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.answering import apply, effects
from ocop_desktop.rules.ballot import Ballot, problems_of, total, without_story
from ocop_desktop.rules.ballot import settle as settled_story
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet, Rulebook

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.tables_paper import PaperSheet

CONFIRMED = "from_paper"  # the history line of a ballot made from paper
EXCLUSION, OPINION = "exclusion", "opinion"  # what may differ beside the criteria

State = Literal["open", "typed", "untyped", "done", "recused", "locked"]


@dataclass(frozen=True)
class Difference:
    """One place where both typings differ: a criterion's code, ``EXCLUSION`` or ``OPINION``."""

    code: str
    first: str
    second: str


@dataclass(frozen=True)
class Column:
    """One member's sheet of a dossier.

    Args:
        state: open to this typing; ``typed``: waits for the other person; ``untyped``: nothing to check yet; ``done``: the ballot
            is finished; ``recused`` and ``locked``: not scored, ``why`` says why.
        choices, opinion, exclusion, hand_total: what this typing says so far; never what the other person typed.
        differences: between the two typings, to be settled from the sheet.
        on_screen: answers the member already gave at a screen.
        scan: file name of the scan, or empty.
    """

    member_id: int
    name: str
    short: str
    state: State
    why: UserError | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    opinion: str = ""
    exclusion: str = ""
    hand_total: int | None = None
    differences: tuple[Difference, ...] = ()
    first_by: str = ""
    on_screen: int = 0
    scan: str = ""


@dataclass(frozen=True)
class Grid:
    """The sheets of one dossier, as one of the two persons types them (``typing`` 1 or 2).

    Args:
        position, items: the dossier's place on the agenda and how many there are.
        paper: members who may hand in paper: those who do not score at a screen.
        to_type, to_check: ballots of the whole session that are still to be typed, and to be checked.
    """

    session_id: int
    session_name: str
    item_id: int
    position: int
    items: int
    dossier_code: str
    product: str
    producer: str
    book: Rulebook
    rules: CriteriaSet
    typing: int
    columns: tuple[Column, ...]
    paper: frozenset[int]
    to_type: int
    to_check: int


def grid(session: Session, item_id: int, typing: int = FIRST) -> Grid:
    """The sheets of one dossier in the order of the seats.

    Raises:
        UserError: no such item, or nobody scores in its session.
    """
    item = sessions.get_item(session, item_id)
    seats = [seat for seat in seats_of(session, item.session_id) if seat.scores] if item else []
    if item is None or not seats:
        raise UserError("Không còn hồ sơ hoặc thành viên này trong phiên; hãy chọn lại ở trang Phiên đánh giá.")
    rows = {seat.member_id: ballots.standing(session, item_id, seat.member_id) for seat in seats}
    head = rows[seats[0].member_id]
    rules = rulebooks.criteria(head.rulebook, head.set_no)
    columns = tuple(_column(session, item_id, seat.member_id, typing, seat.name, seat.short) for seat in seats)
    left = paper_ballots.open_places(session, item.session_id)
    paper = frozenset(paper_ballots.members(session, item.session_id))
    return Grid(item.session_id, head.session_name, item_id, head.position, head.items, head.code or "", head.product,
                head.producer, rulebooks.rulebook(head.rulebook), rules, typing, columns, paper,
                sum(not typed for _item, _member, typed in left), sum(bool(typed) for _item, _member, typed in left))


def _column(session: Session, item_id: int, member_id: int, typing: int, name: str, short: str) -> Column:
    newest, version = _newest(session, item_id, member_id)
    scan = paper_ballots.scan_name(session, item_id, member_id, version)
    head: dict[str, Any] = {"member_id": member_id, "name": name, "short": short, "scan": scan}
    row = ballots.standing(session, item_id, member_id)
    refused = _not_allowed(session, member_id) or scoring.refusal(session, item_id, member_id)
    if row.recused is not None:
        return Column(**head, state="recused", why=refused)
    if newest is not None and newest.finished_at is not None:
        return Column(**head, state="done")
    if refused is not None:
        return Column(**head, state="locked", why=refused)
    first = paper_ballots.sheet(session, item_id, member_id, version, FIRST)
    waiting = first is not None and first.typed_at is not None
    if waiting is (typing == FIRST):
        return Column(**head, state="typed" if waiting else "untyped", first_by=first.who if first else "")
    own = first if typing == FIRST else paper_ballots.sheet(session, item_id, member_id, version, SECOND)
    begun = len(ballots.choices_of(session, newest.id)) if newest is not None else 0
    typed = own is not None and own.typed_at is not None
    return Column(**head, state="open", choices=dict(own.choices) if own else {}, opinion=own.opinion if own else "",
                  exclusion=own.exclusion if own else "", hand_total=own.hand_total if own else None,
                  differences=_differences(_rules(row), first, own) if first and own and typed else (),
                  first_by=first.who if first else "", on_screen=begun)


def items(session: Session, session_id: int) -> list[int]:
    """Every dossier of a session in its order, those taken off left out."""
    return [item.id for item, *_more in sessions.agenda(session, session_id) if item.status != "removed"]


def next_item(session: Session, session_id: int, typing: int, members: frozenset[int] | None = None,
              after: int = 0) -> int | None:
    """The next dossier after item ``after``, going round, that has a sheet to type (or to check).

    Args:
        members: who hands in paper; None: everybody who does not score at a screen.
    """
    paper = members if members is not None else frozenset(paper_ballots.members(session, session_id))
    waiting = {item for item, member, typed in paper_ballots.open_places(session, session_id)
               if bool(typed) is (typing == SECOND) and member in paper}
    order = items(session, session_id)
    at = order.index(after) if after in order else -1
    return next((i for i in (*order[at + 1:], *order[:at + 1]) if i in waiting and i != after), None)


def answer(session: Session, item_id: int, member_id: int, typing: int, criterion: str, choice: str | None,
           who: str) -> dict[str, str | None]:
    """Keep one answer as it stands on the sheet; None takes it back. A story at 0 points sets what depends on it to "0".

    Returns:
        what was written: criterion -> choice, None for one that has to be answered again.

    Raises:
        UserError: no such criterion or option, one that depends on a story at 0, or the sheet cannot be typed now.
    """
    sheet, rules = _typing(session, item_id, member_id, typing)
    known = rules.by_code.get(criterion)
    if known is None or (choice is not None and choice != NONE_APPLIES and choice not in known.by_choice):
        raise UserError("Tiêu chí {code} không có mức “{choice}”; hãy chọn một mức trong bảng.", code=criterion,
                        choice=choice or "")
    if criterion in without_story(rules, sheet.choices) and choice != NONE_APPLIES:
        raise UserError("Tiêu chí {code} không chấm được vì tiêu chí {story} đang 0 điểm: không có câu chuyện sản phẩm.",
                        code=criterion, story=known.story)
    changed = effects(rules, sheet.choices, criterion, choice)
    sheet.choices = apply(sheet.choices, changed)
    sheet.who = named(session, who)
    session.flush()
    return changed


def words(session: Session, item_id: int, member_id: int, typing: int, opinion: str, exclusion: str, who: str) -> None:
    """Keep the opinion and the reason of a raised exclusion as they stand on the sheet.

    Raises:
        UserError: the sheet cannot be typed now.
    """
    sheet, _rules_of = _typing(session, item_id, member_id, typing)
    sheet.opinion, sheet.exclusion, sheet.who = opinion.strip(), exclusion.strip(), named(session, who)
    session.flush()


def hand_over(session: Session, item_id: int, member_id: int, hand_total: int, who: str, insisted: bool = False,
              at: dt.datetime | None = None) -> None:
    """Finish the first typing: the sheet waits for the person who checks it.

    Args:
        hand_total: the total written on the sheet, points.
        insisted: the sheet really says so although its options give another total (a sum the member got wrong).

    Raises:
        ProblemsFound: criteria without an answer, each with its place.
        UserError: no name, the totals differ, or the sheet cannot be typed now.
    """
    sheet, rules = _typing(session, item_id, member_id, FIRST)
    _finish(session, sheet, rules, hand_total, who, insisted, at)


def check(session: Session, item_id: int, member_id: int, hand_total: int, who: str, insisted: bool = False,
          at: dt.datetime | None = None) -> tuple[Difference, ...]:
    """Finish the second typing: where it says the same as the first, the ballot is finished.

    Args:
        as ``hand_over``.

    Returns:
        the places that differ, to be settled from the sheet; none when the ballot is finished.

    Raises:
        ProblemsFound, UserError: as ``hand_over``; or the same person typed it first.
    """
    sheet, rules = _typing(session, item_id, member_id, SECOND)
    first = _first(session, sheet)
    if fold(first.who) == fold(named(session, who)):
        raise UserError("Người kiểm tra phải là người khác, không phải người nhập lần đầu ({who}).", who=first.who)
    _finish(session, sheet, rules, hand_total, who, insisted, at)
    found = _differences(rules, first, sheet)
    if not found:
        _make(session, sheet, first, rules, {}, at)
    return found


def settle(session: Session, item_id: int, member_id: int, settled: Mapping[str, str], who: str,
           at: dt.datetime | None = None) -> dt.datetime:
    """Settle every place where both typings differ, from the sheet; the ballot is finished.

    Args:
        settled: criterion -> the choice on the sheet; ``EXCLUSION`` and ``OPINION`` -> the words, empty for none.

    Returns:
        the moment the ballot was finished.

    Raises:
        UserError: a difference is not settled, or an option does not exist, or as ``actions.scoring.finish``.
    """
    sheet, rules = _typing(session, item_id, member_id, SECOND, settling=True)
    first = _first(session, sheet)
    missing = [d.code for d in _differences(rules, first, sheet) if d.code not in settled]
    if missing:
        raise UserError("Còn chỗ hai lần nhập khác nhau chưa chọn theo phiếu: {codes}.", codes=", ".join(missing))
    sheet.who = named(session, who) or sheet.who
    return _make(session, sheet, first, rules, settled, at)


def type_again(session: Session, item_id: int, member_id: int, typing: int, who: str) -> None:
    """Throw a typing away so that the sheet is typed from its beginning; the first one takes the second with it.

    Raises:
        UserError: the ballot is finished, or cannot be scored now.
    """
    _newest_row, version = _newest(session, item_id, member_id)
    _able(session, item_id, member_id)
    sessions.record(session, "agenda_item", item_id, "paper_again", None, {"member_id": member_id, "typing": typing},
                    named(session, who))
    paper_ballots.forget(session, item_id, member_id, version, *((FIRST, SECOND) if typing == FIRST else (SECOND,)))


def told(session: Session, item_ids: Iterable[int]) -> dict[int, list[tuple[int, Mapping[str, Any]]]]:
    """Of the ballots made from paper: who typed, who checked, the sheet's own total; by item, with the member (for a record)."""
    made: dict[int, list[tuple[int, Mapping[str, Any]]]] = {}
    places = {row.id: row for row in ballots.of_items(session, item_ids)}
    for line in lines_of(session, "ballot", places, CONFIRMED):
        place = places[line.entity_id]
        made.setdefault(place.item_id, []).append((place.member_id, {"version": place.version, **(line.after or {})}))
    return made


def _finish(session: Session, sheet: PaperSheet, rules: CriteriaSet, hand_total: int, who: str, insisted: bool,
            at: dt.datetime | None) -> None:
    who = named(session, who)
    if not who:
        raise UserError("Hãy ghi tên người nhập phiếu.")
    row = ballots.standing(session, sheet.item_id, sheet.member_id)
    problems = list(problems_of(rules, Ballot(row.agency or row.member_name, dict(sheet.choices))))
    if problems:
        raise ProblemsFound(problems)
    counted = total(rules, sheet.choices)
    if counted != hand_total and not insisted:
        raise UserError("Tổng ghi trên phiếu là {hand}, các mức đã nhập cộng lại được {counted}.", hand=hand_total,
                        counted=counted)
    sheet.hand_total, sheet.who = hand_total, who
    sheet.typed_at = at or dt.datetime.now().replace(microsecond=0)
    session.flush()


def _differences(rules: CriteriaSet, first: PaperSheet, second: PaperSheet) -> tuple[Difference, ...]:
    """Criteria in the ballot's order, then whether an exclusion or an opinion stands on the sheet; words are not compared."""
    codes = [Difference(c.code, first.choices.get(c.code, ""), second.choices.get(c.code, "")) for c in rules.criteria]
    found = [d for d in codes if d.first != d.second]
    for code in (EXCLUSION, OPINION):
        one, other = getattr(first, code), getattr(second, code)
        if bool(one) != bool(other):
            found.append(Difference(code, one, other))
    return tuple(found)


def _make(session: Session, second: PaperSheet, first: PaperSheet, rules: CriteriaSet, settled: Mapping[str, str],
          at: dt.datetime | None) -> dt.datetime:
    """Write the ballot as a member does at the screen, and finish it."""
    item_id, member_id = second.item_id, second.member_id
    own = scoring.ballot_of(session, item_id, member_id)  # shown to nobody
    choices = settled_story(rules, {c.code: settled.get(c.code, second.choices[c.code]) for c in rules.criteria})
    for criterion in sorted(rules.criteria, key=lambda c: bool(c.story)):  # a story before what depends on it
        scoring.choose(session, item_id, member_id, criterion.code, choices[criterion.code], (own.book.id, own.rules.number))
    opinion, exclusion = (settled.get(code, getattr(first, code)) for code in (OPINION, EXCLUSION))
    if opinion or own.opinion:
        scoring.opinion(session, item_id, member_id, opinion)
    if exclusion:
        scoring.raise_exclusion(session, item_id, member_id, exclusion)
    elif own.exclusion:
        scoring.withdraw_exclusion(session, item_id, member_id)
    moment = scoring.finish(session, item_id, member_id, at)
    _tell(session, first, second, len(_differences(rules, first, second)))
    return moment


def _tell(session: Session, first: PaperSheet, second: PaperSheet, differences: int) -> None:
    """Write down who typed and who checked; the entries of this transaction are the second person's."""
    made, version = _newest(session, second.item_id, second.member_id)
    scan = paper_ballots.scan(session, second.item_id, second.member_id, version)
    assert made is not None and first.typed_at is not None and second.typed_at is not None
    rules = _rules(ballots.standing(session, second.item_id, second.member_id))
    sessions.record(session, "ballot", made.id, CONFIRMED, None, {
        "typed_by": first.who, "typed_at": first.typed_at.isoformat(" "), "checked_by": second.who,
        "checked_at": second.typed_at.isoformat(" "), "differences": differences, "hand_total": second.hand_total,
        "counted": total(rules, ballots.choices_of(session, made.id)),
        "scan": scan.name if scan else "", "scan_sha256": scan.sha256 if scan else ""}, second.who)


def _not_allowed(session: Session, member_id: int) -> UserError | None:
    """Why who works here may not type this member's ballot: a member with a PIN has it alone (``rules.rights``)."""
    try:
        need_ballot(session, member_id)
    except UserError as error:
        return error
    return None


def _newest(session: Session, item_id: int, member_id: int) -> tuple[Any, int]:
    """The ballot that counts, if there is one, and the version a sheet belongs to."""
    found = ballots.newest(session, item_id, member_id)
    return found, found.version if found is not None else 1


def _able(session: Session, item_id: int, member_id: int) -> int:
    """The version a sheet can be typed for now."""
    refused = _not_allowed(session, member_id) or scoring.refusal(session, item_id, member_id)
    found, version = _newest(session, item_id, member_id)
    if refused is None and found is not None and found.finished_at is not None:
        refused = UserError("Phiếu này đã hoàn tất và đã khóa; muốn nhập lại, đề nghị Hội đồng mở lại phiếu.")
    if refused is not None:
        raise refused
    return version


def _typing(session: Session, item_id: int, member_id: int, typing: int,
            settling: bool = False) -> tuple[PaperSheet, CriteriaSet]:
    """The sheet to type in, with its criteria; made where there is none yet."""
    version = _able(session, item_id, member_id)
    first = paper_ballots.sheet(session, item_id, member_id, version, FIRST)
    waiting = first is not None and first.typed_at is not None
    if typing == FIRST and waiting:
        raise UserError("Phiếu này đã nhập xong, đang chờ người khác kiểm tra.")
    if typing == SECOND and not waiting:
        raise UserError("Phiếu này chưa nhập xong lần đầu nên chưa kiểm tra được.")
    sheet = paper_ballots.start(session, item_id, member_id, version, typing)
    if sheet.typed_at is not None and not settling:
        sheet.typed_at = None  # typed on after the differences were shown: it has to be finished again
    return sheet, _rules(ballots.standing(session, item_id, member_id))


def _first(session: Session, second: PaperSheet) -> PaperSheet:
    found = paper_ballots.sheet(session, second.item_id, second.member_id, second.version, FIRST)
    assert found is not None
    return found


def _rules(row: Any) -> CriteriaSet:
    return rulebooks.criteria(row.rulebook, row.set_no)
