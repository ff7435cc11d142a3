"""Write a plan: one transaction, bulk statements, and a line per record so that the batch can be taken back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from ocop_desktop.actions.importing_plan import DossierPlan, Plan, ProducerPlan, ProductPlan, RecordPlan, folded
from ocop_desktop.data import batches, communes, search
from ocop_desktop.data import importing as store
from ocop_desktop.data.batches import BatchEntry
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets.register import Recognition

STARS_WITH_CERTIFICATE = 3
NOTHING_REVOKED = ("",) * 5  # why, ground, conclusion, decision of a revocation; why it was extended


def write(session: Session, plan: Plan, batch_id: int, sheet: str) -> None:
    """Write everything of a plan as the batch."""
    ids = store.next_ids(session)
    entries: list[BatchEntry] = []
    stale = _write_changes(session, plan, sheet, entries)
    _write_producers(session, plan.producers, ids["producer"], batch_id, sheet)
    _write_products(session, plan.products, ids["product"], batch_id, sheet)
    made = [d for d in plan.dossiers if d.id is None]
    changed = [d for d in plan.dossiers if d.id is not None]
    _write_dossiers(session, made, ids["dossier"], batch_id, sheet)
    decisions = _Decisions(session, [d.recognition for d in plan.dossiers if d.recognition], ids["decision"])
    for dossier in changed:
        _write_dossier_changes(session, dossier, decisions, sheet, entries)
    certificates = _certificates(made, decisions, ids["certificate"])
    late = [d for d in changed if d.known and d.known.certificate_id is None and d.recognition and d.recognition_changes]
    certificates += _certificates(late, decisions, ids["certificate"] + len(certificates))
    store.add_rows(session, "decision", decisions.rows, batch_id)
    store.add_rows(session, "certificate", certificates, batch_id)
    _write_records(session, plan.records, batch_id, sheet, entries)
    batches.add_entries(session, batch_id, entries)
    stale += [d.id for d in changed if "code" in d.changes and d.id is not None]
    if stale:
        search.refresh_search(session, stale)


def _write_changes(session: Session, plan: Plan, sheet: str, entries: list[BatchEntry]) -> list[int]:
    """Change known producers and products; dossiers whose search text is out of date."""
    stale: list[int] = []
    for one in plan.changed:
        kind = "producer" if isinstance(one, ProducerPlan) else "product"
        after = {k: one.values[k] if isinstance(one, ProducerPlan) else getattr(one, k) for k in one.changes}
        before = dict(one.changes)
        if "name" in after:
            before["folded"], after["folded"] = fold(before["name"]), fold(after["name"])
        assert one.id is not None
        store.set_values(session, kind, one.id, after)
        entries.append(BatchEntry(kind, one.id, "updated", before, after, sheet, _first_row(one)))
        if isinstance(one, ProductPlan) and "name" in after:
            stale += [d.id for d in one.known]
        elif isinstance(one, ProducerPlan) and "commune_id" in after:
            stale += search.dossiers_of(session, one.id)
    return stale


def _first_row(one: ProducerPlan | ProductPlan) -> int | None:
    if isinstance(one, ProductPlan):
        return one.first_row
    return min(one.given.values(), default=None)


def _write_producers(session: Session, producers: list[ProducerPlan], first: int, batch_id: int, sheet: str) -> None:
    rows = []
    for number, producer in enumerate(producers, first):
        producer.id = number
        v = producer.values
        rows.append(
            (
                number,
                producer.name,
                producer.folded,
                v["kind"],
                v["tax_code"],
                "",
                None,
                v["representative"],
                "",
                "",
                "",
                v["commune_id"],
                v["address"],
                v["phone"],
                v["email"],
                "",
            )
        )
    store.add_rows(session, "producer", rows, batch_id, sheet, [p.first_row for p in producers])


def _write_products(session: Session, products: list[ProductPlan], first: int, batch_id: int, sheet: str) -> None:
    rows = []
    for number, product in enumerate(products, first):
        product.id = number
        rows.append((number, product.producer.id, product.name, product.folded, product.set_no, product.category, ""))
    store.add_rows(session, "product", rows, batch_id, sheet, [p.first_row for p in products])


def _write_dossiers(session: Session, dossiers: list[DossierPlan], first: int, batch_id: int, sheet: str) -> None:
    names = _commune_words(session, {d.product.producer.values["commune_id"] for d in dossiers} - {None})
    rows = []
    for number, dossier in enumerate(dossiers, first):
        dossier.id = number
        v, product = dossier.values, dossier.product
        words = names.get(product.producer.values["commune_id"], "")
        found = " ".join(
            part for part in (product.folded, product.producer.folded, words, folded(v["code"]) if v["code"] else "") if part
        )
        rows.append(
            (
                number,
                product.id,
                v["code"],
                v["rulebook"],
                v["kind"],
                v["round"],
                v["status"],
                v["stars"],
                _iso(v["filed_on"]),
                None,
                None,
                v["samples"],
                v["note"],
                found,
                dossier.row,
            )
        )
    store.add_dossiers(session, rows, batch_id, sheet)


def _commune_words(session: Session, ids: set[int]) -> dict[int, str]:
    """The search words of communes: every name the code has had, as ``search.refresh_search`` writes them."""
    own = {unit.id: unit for one in ids if (unit := communes.by_id(session, one))}
    every: dict[str, list[str]] = defaultdict(list)
    for province in {unit.province_code for unit in own.values()}:
        for unit in sorted(communes.by_province(session, province), key=lambda u: u.id):
            every[unit.code].append(unit.full_name)
    return {one: fold(" ".join(every[unit.code])) for one, unit in own.items()}


class _Decisions:
    """Recognition decisions of a file: known ones by their number, day and authority; new ones get numbers from ``first`` on."""

    def __init__(self, session: Session, recognitions: list[Recognition], first: int) -> None:
        numbers = {r.decision for r in recognitions if r.decision and r.issued}
        self._ids = store.known_decisions(session, numbers) if numbers else {}
        self._next = first
        self.rows: list[tuple[Any, ...]] = []

    def of(self, one: Recognition) -> int | None:
        """The number of a recognition's decision; made when it is new; None without a number or a day."""
        if not one.decision or not one.issued or one.stars < STARS_WITH_CERTIFICATE:
            return None
        key = (one.decision, one.issued, one.authority)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = self._next
            self.rows.append((found, one.decision, one.issued.isoformat(), one.authority, None))
            self._next += 1
        return found


def _certificates(dossiers: list[DossierPlan], decisions: _Decisions, first: int) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for dossier in dossiers:
        one = dossier.recognition
        if one is None or one.issued is None or one.expires is None or one.stars < STARS_WITH_CERTIFICATE:
            continue
        rows.append(
            (
                first + len(rows),
                dossier.id,
                None,
                decisions.of(one),
                None,
                one.stars,
                one.issued.isoformat(),
                one.expires.isoformat(),
                None,
                *NOTHING_REVOKED,
                None,
            )
        )
    return rows


def _write_dossier_changes(
    session: Session, dossier: DossierPlan, decisions: _Decisions, sheet: str, entries: list[BatchEntry]
) -> None:
    assert dossier.id is not None
    if dossier.changes:
        store.set_values(session, "dossier", dossier.id, {k: dossier.values[k] for k in dossier.changes})
        entries.append(
            BatchEntry(
                "dossier",
                dossier.id,
                "updated",
                _plain(dossier.changes),
                _plain({k: dossier.values[k] for k in dossier.changes}),
                sheet,
                dossier.row,
            )
        )
    known, one = dossier.known, dossier.recognition
    if not dossier.recognition_changes or known is None or known.certificate_id is None or one is None:
        return
    before = {k: v[0] for k, v in dossier.recognition_changes.items() if k in ("issued_on", "expires_on", "stars")}
    after = {k: v[1] for k, v in dossier.recognition_changes.items() if k in before}
    if "decision" in dossier.recognition_changes or "authority" in dossier.recognition_changes or "issued_on" in after:
        before["decision_id"] = decisions_id(session, known.decision_number, known.decision_date, known.authority)
        after["decision_id"] = decisions.of(one) or before["decision_id"]
    store.set_values(session, "certificate", known.certificate_id, after)
    entries.append(BatchEntry("certificate", known.certificate_id, "updated", _plain(before), _plain(after), sheet, dossier.row))


def _write_records(session: Session, records: list[RecordPlan], batch_id: int, sheet: str, entries: list[BatchEntry]) -> None:
    """Records of tables of their own; they go in after the dossiers they may belong to."""
    made: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for one in records:
        own = {"dossier_id": one.dossier.id} if one.dossier is not None else {}
        if one.id is None:
            made[one.table].append((one.row, {**one.values, **own}))
            continue
        after = {k: one.values[k] for k in one.changes}
        store.set_values(session, one.table, one.id, after)
        entries.append(BatchEntry(one.table, one.id, "updated", _plain(one.changes), _plain(after), sheet, one.row))
    for table, rows in made.items():
        store.add_records(session, table, rows, batch_id, sheet)


def decisions_id(session: Session, number: str | None, day: Any, authority: str | None) -> int | None:
    """The id of a known decision, or None."""
    return store.known_decisions(session, [number]).get((number, day, authority or "")) if number else None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in values.items()}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
