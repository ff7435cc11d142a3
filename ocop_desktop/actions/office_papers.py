"""Everything the settings page shows of the office's papers, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from ocop_desktop.actions import letterheads, number_patterns, paper_templates, signatories
from ocop_desktop.actions.letterheads import Head
from ocop_desktop.actions.number_patterns import KindLine
from ocop_desktop.actions.office import read_office
from ocop_desktop.actions.paper_templates import TemplateLine
from ocop_desktop.actions.register_papers import REGISTER_PAPERS
from ocop_desktop.actions.session_papers import PAPERS
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.signatories import ISSUERS, Signatory

TITLES = {kind.key: kind.title for kind in (*REGISTER_PAPERS, *PAPERS)}


@dataclass(frozen=True)
class PapersView:
    """What the office says of its papers.

    Args:
        heads: in force, by issuer; usual: what stands there while the office says nothing else.
        numbers: kinds with their pattern and next number this year; texts: with the paper's title.
    """

    heads: dict[str, Head]
    usual: dict[str, Head]
    people: tuple[Signatory, ...]
    numbers: tuple[KindLine, ...]
    texts: tuple[tuple[TemplateLine, str], ...]


def view(session: Session, year: int) -> PapersView:
    """Read it; ``year`` is that of the next numbers."""
    office = read_office(session)
    return PapersView(letterheads.read_heads(session, office), {i: letterheads.proposed(office, i) for i in ISSUERS},
                      signatories.listed(session), number_patterns.kinds(session, year),
                      tuple((line, TITLES[line.kind]) for line in paper_templates.listed(session)))
