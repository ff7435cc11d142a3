"""Rows of score sheets of earlier sessions: totals by agency beside a dossier, exact, without ballots."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions.importing_plan import DossierPlan, ProductPlan, RecordPlan, RowPlan
from ocop_desktop.data import importing as store
from ocop_desktop.data.importing import KnownDossier
from ocop_desktop.sheets.contents import Row

if TYPE_CHECKING:
    from ocop_desktop.actions.importing_planner import Planner

TABLE = "history_score"


def plan_row(planner: Planner, row: Row, product: ProductPlan, code: str, done: RowPlan) -> None:
    """Plan the totals of a row: beside the dossier of its session, else one that came in earlier, else a new trace."""
    values = _values(row, planner.contents.table.sheet.name)
    twice = next((r for r in planner.plan.records
                  if r.dossier and r.dossier.product is product and r.values["session"] == values["session"]), None)
    if twice is not None:
        planner.duplicate(row, product, twice.row, done)
        return
    known = _dossier(planner, product, values)
    if known is None:
        dossier = next(iter(product.planned), None) or DossierPlan(None, product, row.number, {
            "kind": "first", "rulebook": "", "stars": values["stars"], "note": row.values.get("note") or "", "status": "history",
            "round": values["session"], "filed_on": None, "samples": None, "code": planner.claim(row, code, product)})
        if dossier.id is None and dossier not in product.planned:
            planner.add(dossier, done)
        planner.plan.records.append(RecordPlan(TABLE, None, row.number, values, dossier=dossier))
        return
    dossier = DossierPlan(known.id, product, row.number, {}, known=known)
    product.planned += (dossier,)
    before = next((s for s in store.known_scores(planner.session, [known.id]) if s["session"] == values["session"]), None)
    _compare(planner, row, dossier, before, values, done)


def _values(row: Row, sheet: str) -> dict[str, Any]:
    get = row.values.get
    totals = [list(pair) for pair in get("totals") or []]
    exact = [Fraction(points) for _agency, points in totals] or [Fraction(str(get("mean")))]
    mean = sum(exact, Fraction(0)) / len(exact)
    return {"session": get("round") or sheet, "held_on": None, "totals": totals, "mean": get("mean") or "",
            "mean_numerator": mean.numerator, "mean_denominator": mean.denominator,
            "stars": get("first_stars") or get("current_stars")}


def _dossier(planner: Planner, product: ProductPlan, values: dict[str, Any]) -> KnownDossier | None:
    """The dossier a session scored: the one with these scores already, that of its round, that of its stars, the newest."""
    if not product.known:
        return None
    scored = {s["dossier_id"] for s in store.known_scores(planner.session, [d.id for d in product.known])
              if s["session"] == values["session"]}
    for fits in (lambda d: d.id in scored, lambda d: d.round == values["session"],
                 lambda d: d.status in ("history", "recognised", "closed") and d.stars == values["stars"]):
        found = [d for d in product.known if fits(d)]
        if found:
            return found[-1]
    past = [d for d in product.known if d.status in ("history", "recognised", "closed")]
    return past[-1] if past else None


def _compare(planner: Planner, row: Row, dossier: DossierPlan, before: dict[str, Any] | None, values: dict[str, Any],
             done: RowPlan) -> None:
    if before is None:
        planner.plan.records.append(RecordPlan(TABLE, None, row.number, values, dossier=dossier))
        done.changes += (("total", None, ", ".join(f"{agency} {points}" for agency, points in values["totals"])),)
        return
    different = {k: before[k] for k, v in values.items() if v != before[k] and not (v in ("", None) and before[k])}
    if different:
        planner.plan.records.append(RecordPlan(TABLE, before["id"], row.number, values, different, dossier))
        done.changes += tuple(("mean" if k.startswith("mean") else k, before[k], values[k]) for k in different
                              if not k.startswith("mean_"))
