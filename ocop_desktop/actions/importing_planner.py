"""What each row of a product list does: create, update, nothing, wait for a choice, or stay out. Nothing is written."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from ocop_desktop.actions import importing_recognitions, importing_scores, rulebooks
from ocop_desktop.actions.importing_doubts import Choices
from ocop_desktop.actions.importing_identity import Identity
from ocop_desktop.actions.importing_plan import (
    PRODUCER_COLUMNS,
    DossierPlan,
    Plan,
    ProducerPlan,
    ProductPlan,
    RowPlan,
    differs,
    folded,
)
from ocop_desktop.data.engine import Session
from ocop_desktop.data.importing import KnownDossier
from ocop_desktop.sheets import applications, national, producers_list, register, repair, score_sheets
from ocop_desktop.sheets.contents import Contents, Row, keep
from ocop_desktop.text import N_

OPEN = ("draft", "ready")

_DUPLICATE = N_("Dòng {row} trùng sản phẩm và chủ thể với dòng {first}; chỉ nhập dòng {first}.")
_SAME_PRODUCER = N_("Dòng {row} trùng chủ thể với dòng {first}; chỉ nhập dòng {first}.")
_DIFFERS = N_("Ô {cell} ({heading}): “{value}” khác “{kept}” đã ghi cho cùng chủ thể ở dòng {first}; giữ giá trị trước.")
_IN_SESSION = N_("Dòng {row}: hồ sơ của sản phẩm này đã vào phiên hoặc đã chốt; không sửa theo bảng tính.")
_TAKEN_CODE = N_("Ô {cell} ({heading}): mã {value} đã dùng cho sản phẩm khác; chỉ giữ trong ghi chú.")
_OTHER_PRODUCER = N_("Ô {cell} ({heading}): hồ sơ mang mã này thuộc chủ thể “{kept}”, không phải “{value}”; giữ chủ thể cũ.")


class Planner:
    """Go through the rows once, in their order.

    Args:
        kind: name of the layout: what a row is.
        skip: rows left out by the person; strict: rows with a question stay out too.
        choices: what the person said of rows that may be something known.
    """

    def __init__(self, session: Session, contents: Contents, kind: str, skip: frozenset[int], strict: bool = False,
                 choices: Choices | None = None) -> None:
        self.contents, self.kind, self.skip, self.session = contents, kind, skip, session
        self._stops = ("error", "warning") if strict else ("error",)
        self.plan = Plan()
        self.identity = Identity(session, contents, self.plan, choices or {})
        self.codes = set(self.identity.by_code)
        self._values: dict[tuple[Any, ...], Mapping[str, Any]] = {}  # of new dossiers: many say the same
        self._rulebooks: dict[tuple[dt.date | None, str], str] = {}
        self._changed: dict[int, ProducerPlan | ProductPlan] = {}
        self._places = {
            register.NAME: importing_recognitions.plan_row,
            national.NAME: importing_recognitions.plan_row,
            score_sheets.NAME: importing_scores.plan_row,
            applications.NAME: _applied,
        }

    def run(self) -> Plan:
        """Plan every row."""
        for row in self.contents.rows:
            if row.number in self.skip or (row.problems and any(p.severity in self._stops for p in row.problems)):
                self.plan.rows[row.number] = RowPlan("reject")
            else:
                self.plan.rows[row.number] = self._row(row)
        self.plan.changed = tuple(self._changed.values())
        return self.plan

    def _row(self, row: Row) -> RowPlan:
        done = RowPlan("none")
        code = self.identity.code(row)
        product = self.identity.by_code.get(code) if code else None
        producer = product.producer if product else self.identity.producer(row)
        if producer is None:
            return RowPlan("wait")
        if self.kind == producers_list.NAME:
            return self._producer_alone(row, producer, done)
        if product is None:
            product, new = self.identity.product(row, producer)
            if product is None:
                return RowPlan("wait")
            done.action = "create" if new else "none"
        else:
            self._same_by_code(row, product, done)
        self._merge_producer(row, producer, done)
        self._merge_product(row.values, product, done)
        self._places[self.kind](self, row, product, code, done)
        if done.action == "none" and done.changes:
            done.action = "update"
        product.first_row = product.first_row or row.number
        return done

    def _producer_alone(self, row: Row, producer: ProducerPlan, done: RowPlan) -> RowPlan:
        first = next((n for n in producer.rows if n != row.number), None)
        self._merge_producer(row, producer, done)
        if first is not None:
            self.contents.ask(row, "producer", "duplicate_row", "warning", _SAME_PRODUCER, producer.name, first=first)
            done.asked = True
        elif producer.id is None:
            done.action = "create"
        if done.action == "none" and done.changes:
            done.action = "update"
        producer.rows += (row.number,)
        return done

    def _same_by_code(self, row: Row, product: ProductPlan, done: RowPlan) -> None:
        if product.id is not None and product.folded != folded(row.values["product"]) and product.first_row is None:
            product.changes = {**product.changes, "name": product.name}
            self._changed[id(product)] = product
            done.changes += (("product", product.name, row.values["product"]),)
            product.name, product.folded = row.values["product"], folded(row.values["product"])
        if product.producer.folded != folded(row.values["producer"]):
            self.contents.ask(
                row, "producer", "other_producer", "warning", _OTHER_PRODUCER, row.values["producer"], kept=product.producer.name
            )

    def _merge_producer(self, row: Row, producer: ProducerPlan, done: RowPlan) -> None:
        """The first row that says something of a producer counts; a later one that says otherwise is asked about."""
        values, kept, given = row.values, producer.values, producer.given
        if producer.id is None and not values.get("producer_kind") and not kept["kind"] and "kind" not in given:
            values["producer_kind"] = repair.producer_kind(producer.name).value or ""
        for column, name in PRODUCER_COLUMNS:
            value = values.get(name)
            if not value:
                continue
            if kept[column] == value or not differs(column, kept[column], value):
                given.setdefault(column, row.number)
                continue
            if column in given:
                if name not in row.filled:
                    self._ask_differs(row, name, value, kept[column], given[column])
                continue
            given[column] = row.number
            if producer.id is not None:
                producer.changes = {column: kept[column], **producer.changes}
                done.changes += ((name, kept[column], value),)
                self._changed[id(producer)] = producer
            kept[column] = value

    def _ask_differs(self, row: Row, name: str, value: Any, kept: Any, first: int) -> None:
        if name == "commune_id":
            name, value, kept = "commune", row.values.get("commune", ""), self._commune_of(first)
        self.contents.ask(row, name, "producer_differs", "warning", _DIFFERS, value, kept=kept, first=first)

    def _commune_of(self, number: int) -> str:
        at = bisect_left(self.contents.rows, number, key=lambda row: row.number)
        return str(self.contents.rows[at].values.get("commune", ""))

    def _merge_product(self, values: Mapping[str, Any], product: ProductPlan, done: RowPlan) -> None:
        given = values.get("set_no")
        if not given or product.first_row is not None:
            return
        column, before = ("category", product.category) if isinstance(given, str) else ("set_no", product.set_no)
        if given == before:
            return
        if product.id is not None:
            product.changes = {**product.changes, column: before}
            self._changed[id(product)] = product
            done.changes += (("set_no", before, given),)
        setattr(product, column, given)

    def rulebook_of(self, filed_on: dt.date | None, kind: str) -> str:
        """The decision a new dossier falls under (Article 12 of Decision 26/2026/QĐ-TTg)."""
        if (filed_on, kind) not in self._rulebooks:
            self._rulebooks[filed_on, kind] = rulebooks.falls_under(filed_on, kind).rulebook
        return self._rulebooks[filed_on, kind]

    def claim(self, row: Row, code: str, product: ProductPlan) -> str | None:
        """The code for a new dossier of a product, once."""
        if not code or code in self.codes:
            if code and self.identity.by_code.get(code) is not product:
                self.contents.ask(row, "code", "taken_code", "warning", _TAKEN_CODE, code)
                keep(row, self.contents, "code", code)
            return None
        self.codes.add(code)
        self.identity.by_code[code] = product
        return code

    def duplicate(self, row: Row, product: ProductPlan, first: int, done: RowPlan) -> None:
        """Ask about a row that says the same as an earlier one; ``first``: the number of that row."""
        self.contents.ask(row, "product", "duplicate_row", "warning", _DUPLICATE, product.name, first=first)
        done.asked = True

    def in_session(self, row: Row, product: ProductPlan, done: RowPlan) -> None:
        """Say that a dossier is no longer changed by spreadsheets."""
        self.contents.ask(row, "product", "in_session", "warning", _IN_SESSION, product.name)
        done.asked = True

    def compare(
        self, row: Row, plan: DossierPlan, known: KnownDossier, wanted: dict[str, Any], code: str, done: RowPlan
    ) -> None:
        """Plan what a row changes of a known dossier: filled cells that differ, and a code where it has none yet.

        Args:
            wanted: field -> value read from the row; code: its product code, "" for none.
            done: the row's plan; told of every change, or that a dossier in a session is left as it is.
        """
        different = {k: v for k, v in wanted.items() if v not in ("", None) and differs(k, getattr(known, k), v)}
        if code and not known.code and code not in self.codes:
            different["code"] = self.claim(row, code, plan.product)
        if different and known.status not in (*OPEN, "history"):
            self.in_session(row, plan.product, done)
            return
        if different:
            plan.changes = {k: getattr(known, k) for k in different}
            plan.values = different
            done.changes += tuple((k, getattr(known, k), v) for k, v in different.items())
            self.plan.dossiers.append(plan)

    def add(self, plan: DossierPlan, done: RowPlan) -> None:
        """Plan a new dossier, of a new product or of a known one that is recognised again."""
        plan.values = self._values.setdefault(tuple(plan.values.items()), plan.values)
        plan.product.planned += (plan,)
        self.plan.dossiers.append(plan)
        if done.action != "create":
            if plan.recognition is not None:
                done.changes += (("current_stars", None, plan.recognition.stars),)
                done.action = "update"
            else:
                done.action = "create"


def _applied(planner: Planner, row: Row, product: ProductPlan, code: str, done: RowPlan) -> None:
    get = row.values.get
    wanted = {
        "kind": get("kind") or "",
        "round": get("round") or "",
        "filed_on": get("filed_on"),
        "samples": get("samples"),
        "note": get("note") or "",
    }
    same = next((d for d in product.planned if d.values["round"] == wanted["round"]), None)
    if same is not None:
        planner.duplicate(row, product, same.row, done)
        return
    known = next(
        (d for d in product.known if d.status != "history" and (d.round == wanted["round"] or not wanted["round"])), None
    )
    if known is None:
        values = {
            **wanted,
            "kind": wanted["kind"] or "first",
            "code": planner.claim(row, code, product),
            "rulebook": planner.rulebook_of(get("filed_on"), get("kind") or "first"),
            "status": "draft",
            "stars": None,
        }
        planner.add(DossierPlan(None, product, row.number, values), done)
        return
    product.planned += (DossierPlan(known.id, product, row.number, wanted | {"round": known.round}, known=known),)
    planner.compare(row, product.planned[-1], known, wanted, code, done)
