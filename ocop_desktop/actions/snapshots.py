"""The snapshot of a closed dossier: everything needed to recount it, and the recount. See ``results.close_dossier``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.counting import Conclusion, Facts
from ocop_desktop.actions.evaluation import as_plain
from ocop_desktop.actions.result_view import Basis, Vote, totals_before
from ocop_desktop.data.results import StoredBallot
from ocop_desktop.data.tables import Result
from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError
from ocop_desktop.rules.council import Quorum
from ocop_desktop.rules.scoring import Outcome
from ocop_desktop.rules.working_rules import read_working_rules

FORMAT = 1


def write(facts: Facts, basis: Basis, outcome: Outcome, quorum: Quorum,
          history: Mapping[int, list[StoredBallot]], chair: str = "") -> dict[str, Any]:
    """The snapshot's plain values.

    Args:
        history: every version of every ballot, by member, lowest version first.
        chair: who presided.
    """
    meeting, dossier = facts.meeting, facts.dossier
    return {
        "format": FORMAT,
        "session": {"code": meeting.code, "name": meeting.name, "held_on": meeting.held_on.isoformat(), "place": meeting.place,
                    "kind": meeting.kind, "chair": chair},
        "dossier": {"id": dossier.id, "code": dossier.code, "product": dossier.product.name,
                    "producer": dossier.product.producer.name, "set": dossier.product.set_no, "kind": dossier.kind},
        "rulebook": {"id": basis.book.id, "fingerprint": basis.book.fingerprint},
        "working_rules": basis.working.as_plain(),
        "seats": [asdict(s) for s in facts.seats],
        "quorum": asdict(quorum),
        "recusals": [{"member_id": m, "reason": why} for m, why in sorted(facts.recused.items())],
        "ballots": [_ballot(vote, history.get(vote.member_id, [])) for vote in basis.votes],
        "conclusions": [c.as_plain() for c in basis.conclusions.values()],
        "outcome": as_plain(basis.book, outcome, basis.working),
    }


def _ballot(vote: Vote, versions: list[StoredBallot]) -> dict[str, Any]:
    return {"member_id": vote.member_id, "member": vote.label, "short": vote.short, "name": vote.name,
            "version": vote.version, "choices": dict(vote.choices), "exclusion": vote.exclusion, "opinion": vote.opinion,
            "finished_at": vote.finished_at, "reopened_why": vote.reopened_why,
            "earlier": [{"version": b.version, "choices": b.choices, "opinion": b.opinion, "exclusion": b.exclusion,
                         "finished_at": b.finished_at.isoformat() if b.finished_at else "", "reopened_why": b.reopened_why}
                        for b in versions if b.version < vote.version]}


def read(snapshot: Mapping[str, Any]) -> Basis:
    """The basis a snapshot holds; results of closed dossiers follow from nothing else.

    Raises:
        UserError: the snapshot is of a newer program or names an unknown rulebook or set.
    """
    if snapshot.get("format") != FORMAT:
        raise UserError("Kết quả này do phiên bản khác của chương trình ghi (dạng {format}); hãy cập nhật chương trình.",
                        format=str(snapshot.get("format")))
    book = rulebooks.rulebook(snapshot["rulebook"]["id"])
    rules = rulebooks.criteria(book.id, snapshot["dossier"]["set"])
    votes = tuple(Vote(b["member_id"], b["member"], b["short"], b["name"], b["choices"], b["exclusion"], b["opinion"],
                       b["version"], b["reopened_why"], b["finished_at"],
                       totals_before(rules, [e["choices"] for e in b["earlier"]])) for b in snapshot["ballots"])
    made = [Conclusion(**c) for c in snapshot["conclusions"]]
    return Basis(book, rules, read_working_rules(snapshot["working_rules"]), votes, {(c.kind, c.code): c for c in made})


def faults(result: Result, newest: bool = True) -> Iterator[Problem]:
    """Where a stored result is not what its own snapshot comes to, or, the dossier's newest one, not what the dossier shows."""
    place = Place(file=result.item.session.code, row=result.item.position, column=result.item.dossier.product.name)

    def fault(what: str, stored: object, computed: object) -> Problem:
        return Problem("Kết quả của {product} ({session}): {what} đã lưu là {stored}, tính lại được {computed}.",
                       {"product": place.column, "session": place.file, "what": what, "stored": stored, "computed": computed},
                       place, str(stored), kind="result_differs")

    try:
        basis = read(result.snapshot)
        outcome = basis.outcome
    except (UserError, KeyError, TypeError, ValueError, AttributeError) as error:
        reason = error.problems[0] if isinstance(error, ProblemsFound) else error
        yield Problem("Kết quả của {product} ({session}) không tính lại được: {reason}",
                      {"product": place.column, "session": place.file, "reason": str(reason)}, place, kind="result_unreadable")
        return
    excluded = basis.excluded(outcome)
    rank = None if excluded else outcome.stars
    pairs = (
        ("mean", Fraction(result.mean_numerator, result.mean_denominator), outcome.mean),
        ("stars_by_points", result.stars_by_points, outcome.stars_by_points),
        ("stars", result.stars, rank), ("excluded", result.excluded, excluded),
        ("rulebook", result.rulebook, basis.book.id),
        ("fingerprint", result.rulebook_fingerprint, result.snapshot["rulebook"]["fingerprint"]),
        ("outcome", result.snapshot["outcome"], as_plain(basis.book, outcome, basis.working)),
        ("conclusions", result.conclusions, {f"{c.kind} {c.code}".strip(): c.value for c in basis.conclusions.values()}),
        ("dossier.stars", result.item.dossier.stars if newest else rank, rank),
        ("agenda_item.status", result.item.status, "closed"),
    )
    yield from (fault(what, stored, computed) for what, stored, computed in pairs if stored != computed)
