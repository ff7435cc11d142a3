"""What the page of a dossier shows, read in the background; and the advisory team's fields, each kept by its own action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ocop_desktop.actions.advisory import Review
    from ocop_desktop.actions.completeness import Missing, Share
    from ocop_desktop.actions.dossiers import DossierForm
    from ocop_desktop.actions.side_by_side import SideBySide
    from ocop_desktop.rules.next_star import Advice


@dataclass(frozen=True)
class Seen:
    """A dossier with what it lacks and its scores, as the page shows it; computed in the background."""

    form: DossierForm
    missing: tuple[Missing, ...]
    shares: dict[str, Share]
    share: Share
    papers: tuple[str, ...]  # needed and not there
    review: Review
    advice: Advice | None
    scores: SideBySide


def seen_of(session: Any, form: DossierForm) -> Seen:
    """Read what the page shows of a dossier."""
    from ocop_desktop.actions import advisory, completeness, self_score, side_by_side

    lacking = tuple(k for k in completeness.needed_papers(form) if not form.value(f"paper.{k}.ticked"))
    review = advisory.review_of(session, form.id)
    return Seen(form, completeness.missing(form), completeness.shares(form), completeness.share(form), lacking, review,
                self_score.advice_of(form), side_by_side.compared(session, form, review))


def reopen_advisory(dossiers: Any, session: Any, number: int, who: str) -> DossierForm:
    from ocop_desktop.actions import advisory

    advisory.reopen(session, number, who)
    return dossiers.open_dossier(session, number)


def note_advisory(dossiers: Any, session: Any, number: int, field: str, value: Any, who: str) -> DossierForm:
    """Keep one field of the advisory team's round with the action it belongs to."""
    from ocop_desktop.actions import advisory

    review, name = advisory.review_of(session, number), field.partition(".")[2]
    match name:
        case "missing_papers":
            advisory.note_missing_papers(session, number, value or "", who)
        case "visit_needed":
            advisory.plan_visit(session, number, value, who)
        case "visited_on":
            advisory.record_visit(session, number, value, review.finding, who)
        case "finding":
            advisory.record_visit(session, number, review.visited_on, value or "", who)
        case "opinion":
            advisory.opinion(session, number, value or "", who)
        case "proposal":
            advisory.propose(session, number, value or "", who)
        case "proposed_on":
            advisory.propose(session, number, review.proposal, who, value, review.proposed_by)
        case _:
            advisory.propose(session, number, review.proposal, who, review.proposed_on, value or "")
    return dossiers.open_dossier(session, number)
