"""The advisory team's report, from what it noted on each dossier."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ocop_desktop.actions.advisory import Review, review_of
from ocop_desktop.actions.dossier_form import criteria_of
from ocop_desktop.actions.meeting_facts import Filed, Item, Meeting
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.rulebook import CriteriaSet

if TYPE_CHECKING:
    from ocop_desktop.papers.advisory_report import AdvisoryReport, Reviewed
    from ocop_desktop.papers.blocks import Paper

COUNCIL = "Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp tỉnh"
PROPOSALS = {"council": "Trình Hội đồng", "supplement": "Bổ sung hồ sơ", "return": "Trả hồ sơ", "": "Chưa đề nghị"}


def report(session: Session, filed: Filed) -> Sequence[Paper]:
    """The report on every dossier; a dossier the team has not finished scoring stands there without points."""
    from ocop_desktop.papers.advisory_report import papers

    return papers(advisory_report(session, filed)) if filed.on_agenda else ()


def advisory_report(session: Session, filed: Filed) -> AdvisoryReport:
    """What the report says of the dossiers, of which there is one at least."""
    from ocop_desktop.papers.advisory_report import AdvisoryReport

    reviews = [(item, review_of(session, item.dossier_id)) for item in filed.on_agenda]
    counts = Counter(review.proposal for _item, review in reviews)
    held = filed if isinstance(filed, Meeting) else None
    days = [review.proposed_on for _item, review in reviews if review.proposed_on]
    year = (max(days) if days else held.held_on if held else dt.date.today()).year
    return AdvisoryReport(
        filed.office.agency, filed.office.place, year, held.council if held else COUNCIL, filed.name,
        filed.law, tuple(_reviewed(item, review) for item, review in reviews),
        tuple((PROPOSALS[key], counts[key]) for key in PROPOSALS if counts[key]))


def _reviewed(item: Item, review: Review) -> Reviewed:
    from ocop_desktop.papers.advisory_report import Reviewed

    done = review.so_far if review.finished_at is not None else None
    rules = criteria_of(item.rulebook, item.set_no)
    missed = done.missed if done else {}
    return Reviewed(
        item.position, item.product, item.code, item.producer, str(done.total) if done else "",
        f"{done.stars} sao" if done else "",
        tuple((stars, tuple(_criterion(rules, code) for code, rank in missed.items() if rank == stars))
              for stars in sorted(set(missed.values()))),
        review.missing_papers, _visit(review), review.opinion, PROPOSALS[review.proposal],
        tuple((_criterion(rules, code), words) for code, words in _ordered(rules, review)))


def _ordered(rules: CriteriaSet | None, review: Review) -> list[tuple[str, str]]:
    """Comments in the order of the criteria."""
    order = [c.code for c in rules.criteria] if rules else []
    return sorted(review.comments.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order))


def _criterion(rules: CriteriaSet | None, code: str) -> str:
    return f"{code} {rules.by_code[code].name.vi}" if rules and code in rules.by_code else code


def _visit(review: Review) -> str:
    if review.visited_on:
        found = f": {review.finding}" if review.finding else ""
        return f"đã đi ngày {review.visited_on:%d/%m/%Y}{found}"
    return "cần đi, chưa ghi ngày đi" if review.visit_needed else ""
