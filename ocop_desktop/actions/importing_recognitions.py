"""Rows of registers: earlier recognitions of a product, each found again or written as a dossier without ballots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions.importing_plan import (
    REVOKED,
    DossierPlan,
    ProductPlan,
    RowPlan,
    differs,
    known_recognition,
    recognition_changes,
    rulebook_of,
    same,
    with_facts,
)
from ocop_desktop.data.importing import KnownDossier
from ocop_desktop.sheets import register
from ocop_desktop.sheets.contents import Row
from ocop_desktop.sheets.register import Recognition
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.actions.importing_planner import Planner

_BY_US = re.compile(rf"(?:^|\s){REVOKED} \d\d/\d\d/\d{{4}}: .*$", re.DOTALL)
_DATE_MOVED = N_("Ô {cell} ({heading}): ngày công nhận {value} khác ngày đã có {kept}; sẽ sửa theo bảng tính.")
_TWO_STARS = N_("Ô {cell} ({heading}): {value} sao, nhưng dòng {first} ghi {kept} sao cho lần ấy; chỉ nhập dòng {first}.")


def plan_row(planner: Planner, row: Row, product: ProductPlan, code: str, done: RowPlan) -> None:
    """Plan the one or two recognitions of a row."""
    found = register.recognitions(row.values)
    for number, one in enumerate(found):
        latest = number == len(found) - 1
        own = [p for p in product.planned
               if p.recognition and same(p.recognition, one) and (p.row != row.number or one.issued)]
        if own and own[0].row != row.number:
            _told_before(planner, row, own[0], one, latest, done)
            continue
        note = (row.values.get("note") or "") if latest else ""
        known = known_recognition(product, one)
        if known is None:
            wanted = _values(one, with_facts(note, one))
            if one.turn == "first" and len(found) == 1 and (product.known or product.planned):
                before = max((d.stars or 0 for d in product.known), default=0)
                wanted["kind"] = "upgrade" if one.stars > before else "reevaluation"
            claimed = planner.claim(row, code, product) if latest else None
            planner.add(DossierPlan(None, product, row.number, {**wanted, "code": claimed}, one), done)
            continue
        note = _BY_US.sub("", note).strip()
        facts = note if known.issued_on and not one.issued else with_facts(note, one)
        plan = DossierPlan(known.id, product, row.number, {}, one, known)
        product.planned += (plan,)
        _compare(planner, row, plan, known, one, _values(one, facts), done)


def _values(one: Recognition, note: str) -> dict[str, Any]:
    return {"kind": "upgrade" if one.turn == "second" else "first", "rulebook": rulebook_of(one.issued, one.year),
            "stars": one.stars, "note": note, "round": "", "filed_on": None, "samples": None, "status": "history"}


def _told_before(planner: Planner, row: Row, first: DossierPlan, one: Recognition, latest: bool, done: RowPlan) -> None:
    """A recognition another row told already: with other stars a conflict at its cell, else the row is a double."""
    assert first.recognition is not None
    if first.recognition.stars != one.stars:
        planner.contents.ask(row, f"{one.turn}_stars", "two_stars", "warning", _TWO_STARS, one.stars, first=first.row,
                             kept=first.recognition.stars)
        done.asked = True
    elif latest:
        planner.duplicate(row, first.product, first.row, done)


def _compare(planner: Planner, row: Row, plan: DossierPlan, known: KnownDossier, one: Recognition, wanted: dict[str, Any],
             done: RowPlan) -> None:
    if known.status != "history":
        if known.stars != one.stars:
            planner.in_session(row, plan.product, done)
        return
    different = {k: v for k, v in wanted.items()
                 if k != "kind" and v not in ("", None) and differs(k, getattr(known, k), v)}
    if known.issued_on and one.issued and known.issued_on != one.issued:
        planner.contents.ask(row, f"{one.turn}_date", "date_moved", "warning", _DATE_MOVED, one.issued,
                             kept=known.issued_on.strftime("%d/%m/%Y"))
    changes = recognition_changes(known, one)
    if different or changes:
        plan.values, plan.changes = different, {k: getattr(known, k) for k in different}
        plan.recognition_changes = changes
        done.changes += tuple((k, getattr(known, k), v) for k, v in different.items() if k != "stars" or "stars" not in changes)
        done.changes += tuple((k, before, after) for k, (before, after) in changes.items())
        planner.plan.dossiers.append(plan)
