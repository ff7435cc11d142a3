"""The producer's own score (form 02, part III) on the scoring page: same sheet, same keys, evidence where a ballot has notes."""

from __future__ import annotations

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.dossier_fields import change
from ocop_desktop.actions.dossier_form import DossierForm, open_dossier
from ocop_desktop.actions.scoring import BallotView
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.next_star import Advice, advise
from ocop_desktop.rules.scoring import Outcome, evaluate
from ocop_desktop.rules.working_rules import WorkingRules


def own_ballot(session: Session, dossier_id: int) -> BallotView:
    """The self-score to look at and, while the council has not taken the dossier, to fill in.

    Raises:
        UserError: the dossier is gone, its product has no set, or its decision is kept without criteria.
    """
    return view_of(open_dossier(session, dossier_id))


def view_of(form: DossierForm) -> BallotView:
    """A dossier's self-score as a sheet.

    Raises:
        UserError: as ``own_ballot``.
    """
    score = form.self_score
    if score.rules is None:
        rulebooks.criteria(form.rulebook, form.product.set_no)  # says why there are none
        raise UserError("Hồ sơ này chưa có bộ tiêu chí để tự chấm.")
    locked = UserError("Hội đồng đã nhận hồ sơ này nên phần tự chấm không sửa được nữa.") if form.self_score_fixed else None
    return BallotView(
        item_id=0, member_id=0, member=form.producer.name, agency="", session_id=0, session_code="", session_name="", position=0,
        items=0, dossier_id=form.id, dossier_code=form.registration.code, product=form.product.name, producer=form.producer.name,
        kind=form.registration.kind, book=rulebooks.rulebook(form.rulebook), rules=score.rules, version=0,
        choices=score.choices, notes=score.evidence, evidence={}, opinion="", exclusion=None, finished_at=None, reopened_why="",
        locked=locked, sheet="self")


def choose(session: Session, dossier_id: int, criterion: str, choice: str | None, who: str) -> DossierForm:
    """Keep one answer of the producer (None takes it back); a story at 0 settles what depends on it.

    Raises:
        ProblemsFound, UserError: no such criterion or option, no story for it, or the council has the dossier.
    """
    return change(session, dossier_id, f"self.{criterion}", choice or "", who)


def note(session: Session, dossier_id: int, criterion: str, text: str, who: str) -> DossierForm:
    """Keep what proves an answer: words and names of files.

    Raises:
        ProblemsFound, UserError: too long, or the council has the dossier.
    """
    return change(session, dossier_id, f"evidence.{criterion}", text, who)


def outcome_of(form: DossierForm) -> Outcome | None:
    """What the self-score comes to by itself, as if it were the only ballot; None while a criterion is open."""
    score = form.self_score
    if score.rules is None or score.so_far is None or score.so_far.open:
        return None
    return evaluate(rulebooks.rulebook(form.rulebook), score.rules, [_alone(form)], WorkingRules())


def advice_of(form: DossierForm) -> Advice | None:
    """What the next star needs by the producer's own score, before any session; None while a criterion is open, at the top, or
    where an answer stops the assessment by itself (set 16)."""
    outcome = outcome_of(form)
    if outcome is None or outcome.excluded or form.self_score.rules is None:
        return None
    return advise(rulebooks.rulebook(form.rulebook), form.self_score.rules, [_alone(form)], outcome, WorkingRules())


def _alone(form: DossierForm) -> Ballot:
    return Ballot(form.producer.name, form.self_score.choices)
