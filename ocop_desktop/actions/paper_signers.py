"""Another signatory for one paper: chosen when it is printed, kept with what the paper is of, used whenever it is made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from ocop_desktop.actions import paper_dress, register_papers, signatories
from ocop_desktop.actions.letter_fields import Chosen
from ocop_desktop.actions.rights import named, need
from ocop_desktop.actions.session_papers import AnyPaper, bare, records_of, wanted
from ocop_desktop.data import office_papers as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, ProblemsFound, UserError
from ocop_desktop.rules.signatories import Signatory, faults, who_signs

if TYPE_CHECKING:
    from ocop_desktop.papers.blocks import Paper


@dataclass(frozen=True)
class Signing:
    """Who signs a paper.

    Args:
        issuer: the office; empty where nobody can be chosen, as for minutes.
        chosen: for this paper, or None; usual: who signs for the office on its day, or None; known: others to choose from.
    """

    issuer: str = ""
    chosen: Signatory | None = None
    usual: Signatory | None = None
    known: tuple[Signatory, ...] = ()


def signing(session: Session, paper: AnyPaper | Chosen, today: dt.date) -> Signing:
    """Who signs a paper, and who else may be chosen.

    Raises:
        UserError: as for looking at it.
    """
    _kind, at, papers, _records = _laid_out(session, paper)
    issuer = paper_dress.issuer_at(at, papers[0]) if papers and paper_dress.signed_place(papers[0].blocks) is not None else ""
    if not issuer:
        return Signing()
    people = [replace(one, first=None, last=None) for one in at.people if one.issuer == issuer]
    people += map(paper_dress.signatory_of, rows.chosen_before(session, issuer))
    known = tuple(one for one in dict.fromkeys(people) if one.name)
    day = paper_dress.day_of(at, papers[0], today)
    return Signing(issuer, at.chosen.get(0), who_signs(at.people, issuer, day), known)


def choose(session: Session, paper: AnyPaper | Chosen, one: Signatory | None, who: str = "") -> None:
    """Say who signs a paper, or the letters of a batch; None: again who signs for the office on its day.

    Raises:
        ProblemsFound: what is missing or wrong, each with the field as its column.
        UserError: the paper's signature is not the office's, or as for looking at it.
    """
    from ocop_desktop.data.changes import record_change

    need(session, "work")
    kind, at, papers, records = _laid_out(session, paper)
    issuer = paper_dress.issuer_at(at, papers[0]) if papers and paper_dress.signed_place(papers[0].blocks) is not None else ""
    if not issuer:
        raise UserError("Giấy tờ này không có chỗ ký của cơ quan để đổi người ký.")
    made = signatories.tidied(replace(one, issuer=issuer, first=None, last=None)) if one else None
    found = [replace(problem, values=asdict(made), place=Place(column=key)) for key, problem in faults(made)] if made else []
    if found:
        raise ProblemsFound(found)
    before = rows.signers(session, kind, list({one for of in records for one in of}))
    for key in dict.fromkeys(next((one for one in of if one in before), of[0]) for of in records):  # as ``paper_dress`` finds it
        _keep(session, kind, key, made, named(session, who))
    was = next((paper_dress.signatory_of(row) for row in before.values()), None)
    record_change(session, named(session, who), "paper_signer", 0, "chosen" if made else "removed",
                  {"paper": kind, "name": was.name} if was else None, {"paper": kind, "name": made.name} if made else None)


def _keep(session: Session, kind: str, key: str, made: Signatory | None, who: str) -> None:
    from ocop_desktop.data.tables_office import PaperSigner

    row = rows.signers(session, kind, [key]).get(key)
    if made is None:
        if row is not None:
            rows.drop_signer(session, row)
        return
    row = row or PaperSigner(paper=kind, record=key)
    for name in ("issuer", "name", "title", "way", "head", "collective"):
        setattr(row, name, getattr(made, name))
    row.who, row.at = who, dt.datetime.now().replace(microsecond=0)
    rows.keep(session, row)


def _laid_out(session: Session,
              paper: AnyPaper | Chosen) -> tuple[str, paper_dress.Desk, Sequence[Paper], Sequence[Sequence[str]]]:
    """Key of the kind, the desk, the pages, and what each of them is of."""
    if isinstance(paper, Chosen):
        made = register_papers.bare(session, paper)
        return paper.kind, made.at, made.papers if made.records else (), made.records
    kind, filed = wanted(session, paper)
    if kind.make is None:
        raise UserError("Giấy tờ này không có chỗ ký của cơ quan để đổi người ký.")
    at, papers = bare(session, kind, filed)
    return kind.key, at, papers, kind.records(filed) if kind.records else [records_of(filed)] * len(papers)
