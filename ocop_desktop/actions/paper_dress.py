"""The one place where papers get the office's letterhead, number, date and signatory, whatever module laid them out.

A paper is recognised by the name at its head: the issuing body, the managing agency, the session's council or a commune. What the
office never said stays as the paper has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ocop_desktop.actions import number_patterns, signatories
from ocop_desktop.actions.letterheads import Head, issuer_of, read_heads
from ocop_desktop.actions.office import Office, read_office
from ocop_desktop.data import office_papers as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Problem
from ocop_desktop.rules import paper_number
from ocop_desktop.rules.signatories import ISSUERS, Signatory, who_signs

if TYPE_CHECKING:
    from ocop_desktop.data.tables_office import PaperNumber, PaperSigner
    from ocop_desktop.papers.blocks import Block, Letterhead, Paper, Signatures

DOTTED = "." * 24
LABEL = "Số: "


@dataclass(frozen=True)
class Desk:
    """What the office says of its papers.

    Args:
        council: name of the session's council, if it is a session's paper; numbers: taken for it, by subject; placed: taken
            for what each paper of the batch is of, chosen: who was chosen to sign it; both by its place.
        patterns: of numbers by (issuer, sign), own: those the office set itself; missing: filled with a
            sentence for every paper nobody may sign.
    """

    office: Office
    heads: Mapping[str, Head]
    people: tuple[Signatory, ...]
    patterns: Mapping[tuple[str, str], str]
    own: frozenset[tuple[str, str]] = frozenset()
    council: str = ""
    numbers: Mapping[str, PaperNumber] = field(default_factory=dict)
    placed: Mapping[int, PaperNumber] = field(default_factory=dict)
    chosen: Mapping[int, Signatory] = field(default_factory=dict)
    missing: list[Problem] = field(default_factory=list)

    def number_of(self, paper: Paper, place: int) -> PaperNumber | None:
        """The number taken for a paper: its own in a batch of letters, else that of all copies."""
        return self.placed.get(place) or self.numbers.get(paper.mark) or self.numbers.get("")


def desk(session: Session, council: str = "", session_id: int | None = None, paper: str = "",
         records: Sequence[Sequence[str]] = (), signed: Sequence[Sequence[str]] = ()) -> Desk:
    """Read what papers are dressed with.

    Args:
        council, session_id: of a session's paper; paper: key of its kind.
        records: what each paper of the batch is of, where numbers are theirs and not the session's.
        signed: what each paper is of where its signatory was chosen.
    """
    office = read_office(session)
    taken = rows.of_session(session, session_id, paper) if session_id is not None and not records else {}
    placed = _placed(rows.of_records(session, paper, [one for some in records for one in some]), records)
    kinds = number_patterns.kinds(session, dt.date.today().year)
    return Desk(office, read_heads(session, office), signatories.listed(session),
                {(line.issuer, line.sign): line.pattern for line in kinds},
                frozenset((line.issuer, line.sign) for line in kinds if line.own), council, taken, placed,
                _chosen(session, paper, signed))


def _chosen(session: Session, paper: str, signed: Sequence[Sequence[str]]) -> dict[int, Signatory]:
    found = rows.signers(session, paper, list({one for some in signed for one in some}))
    made = {place: next((found[one] for one in some if one in found), None) for place, some in enumerate(signed)}
    return {place: signatory_of(row) for place, row in made.items() if row}


def signatory_of(row: PaperSigner) -> Signatory:
    """Who was chosen for a paper."""
    return Signatory(row.issuer, row.name, row.title, row.way, row.head, row.collective)


def _placed(found: Mapping[str, PaperNumber], records: Sequence[Sequence[str]]) -> dict[int, PaperNumber]:
    """The number of each paper of a batch: the newest one of anything it is of."""
    made = {place: [found[one] for one in some if one in found] for place, some in enumerate(records)}
    return {place: max(some, key=lambda row: row.id) for place, some in made.items() if some}


def dressed(at: Desk, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Papers with the office's heads, numbers and signatories; a day nobody signs on has a dotted line that says so."""
    return tuple(_dressed(at, paper, at.number_of(paper, place), at.chosen.get(place)) for place, paper in enumerate(papers))


def key_of(at: Desk, papers: Sequence[Paper]) -> tuple[str, str] | None:
    """The (issuer, sign) papers are numbered under; None where they have no number to be taken.

    A letter of a commune nobody wrote down yet has none: the number would not be that commune's.
    """
    heads = [head for paper in papers if (head := _head(paper)) and paper_number.OPEN in head.number]
    keys = (_key(at, issuer_of(head.own, at.office, at.council), head) for head in heads)
    return next((key for key in keys if key in paper_number.KINDS), None)


def body_of(at: Desk, paper: Paper) -> str:
    """The commune whose paper it is, where each counts its own; else nothing."""
    head = _head(paper)
    return head.own if head and issuer_of(head.own, at.office, at.council) == number_patterns.EACH_OWN else ""


def _key(at: Desk, issuer: str, head: Letterhead) -> tuple[str, str]:
    return issuer, paper_number.sign_of(head.number, at.heads[issuer].code if issuer else "")


def _head(paper: Paper) -> Letterhead | None:
    from ocop_desktop.papers.blocks import Letterhead

    return next((block for block in paper.blocks if isinstance(block, Letterhead)), None)


def _dressed(at: Desk, paper: Paper, row: PaperNumber | None, chosen: Signatory | None) -> Paper:
    head = _head(paper)
    issuer = issuer_of(head.own, at.office, at.council) if head else ""
    if head is None or not issuer:
        return paper
    said = _headed(at, head, issuer, row)
    day = _day(head, row, dt.date.today())
    own = [said if block is head else block for block in paper.blocks]
    _sign_last(at, own, issuer, day, chosen)
    if row:
        own = [_filled(block, head, said) for block in own]
    return replace(paper, blocks=tuple(own))


def day_of(at: Desk, paper: Paper, today: dt.date) -> dt.date:
    """The day of the first paper of a batch, which says who signs it."""
    return _day(_head(paper), at.number_of(paper, 0), today)


def _day(head: Letterhead | None, row: PaperNumber | None, today: dt.date) -> dt.date:
    return (row.dated if row else None) or (head.day if head else None) or today


def _headed(at: Desk, head: Letterhead, issuer: str, row: PaperNumber | None) -> Letterhead:
    """The head in the office's words; a number, a day that stand there already are kept."""
    of = at.heads[issuer]
    above = of.above if head.above or issuer in ("agency", "commune") else head.above
    own = of.own if of.own and issuer in ("agency", "committee", "team") else head.own
    place = (of.place or head.place) if head.place else head.place
    number = head.number
    key = _key(at, issuer, head)
    pattern = at.patterns.get(key)
    kept = key[1] == paper_number.LETTER and not row and key not in at.own  # "……/UBND-……": who drafts it is added by hand
    if pattern and paper_number.OPEN in number and not kept:
        year = head.day.year if head.day else head.year or dt.date.today().year
        number = LABEL + (row.text if row else paper_number.left_open(pattern, year))
    day = row.dated if row and head.dated else head.day
    return replace(head, above=above, own=own, place=place, number=number, day=day)


def signed_place(blocks: Sequence[Block]) -> int | None:
    """Where the one signature of a paper stands; None: it has none, or two as minutes have."""
    from ocop_desktop.papers.blocks import Signatures

    place = next((n for n, b in reversed(list(enumerate(blocks))) if isinstance(b, Signatures)), None)
    block = None if place is None else blocks[place]
    return place if isinstance(block, Signatures) and block.left is None else None


def issuer_at(at: Desk, paper: Paper) -> str:
    """The office whose paper it is; empty where it is none of the known ones."""
    head = _head(paper)
    return issuer_of(head.own, at.office, at.council) if head else ""


def _sign_last(at: Desk, blocks: list[Block], issuer: str, day: dt.date, chosen: Signatory | None) -> None:
    """Who signs for the office stands under the paper; the two signatures of minutes are those of the meeting."""
    from ocop_desktop.papers.blocks import Signature, Signatures

    place = signed_place(blocks)
    block = blocks[place] if place is not None else None
    if place is None or not isinstance(block, Signatures) or not (chosen or any(p.issuer == issuer for p in at.people)):
        return
    signs = chosen or who_signs(at.people, issuer, day)
    if signs:
        blocks[place] = replace(block, right=Signature(signs.lines, signs.name, block.right.hint))
        return
    problem = nobody(issuer, day)
    if problem not in at.missing:
        at.missing.append(problem)
    blocks[place] = _unsigned(block, day)


def nobody(issuer: str, day: dt.date) -> Problem:
    """The sentence for a day on which nobody is noted to sign for an office."""
    return Problem("Chưa ghi ai ký cho {office} vào ngày {day} nên chỗ ký để dòng chấm. Hãy ghi ở Cài đặt, mục Văn bản.",
                   {"office": Problem(ISSUERS[issuer].vi), "day": f"{day:%d/%m/%Y}"}, kind="nobody_signs")


def _unsigned(block: Signatures, day: dt.date) -> Signatures:
    lines = block.right.lines or (DOTTED,)
    return replace(block, right=replace(block.right, lines=lines, name=DOTTED, hint=f"(Chưa ghi người ký ngày {day:%d/%m/%Y})"))


def _filled(block: Block, before: Letterhead, said: Letterhead) -> Block:
    """The number and day in a line that repeats them ("Kèm theo Quyết định số ……")."""
    from ocop_desktop.papers.blocks import Para
    from ocop_desktop.papers.state_paper import long_date

    old, new = before.number.removeprefix(LABEL), said.number.removeprefix(LABEL)
    if not isinstance(block, Para) or old == new or old not in block.words:
        return block
    words = block.words.replace(old, new)
    return replace(block, words=words.replace(f"ngày …… tháng …… năm {before.year}", long_date(said.day)) if said.day else words)
