"""Same or new? Each row of a spreadsheet against the database. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.importing_plan import (
    PRODUCER_COLUMNS,
    DossierPlan,
    Plan,
    ProducerPlan,
    ProductPlan,
    RowPlan,
    folded,
    known_recognition,
    recognition_changes,
    rulebook_of,
    same,
    with_facts,
)
from ocop_desktop.data import importing as store
from ocop_desktop.data.engine import Session
from ocop_desktop.data.importing import KnownDossier, KnownProducer, KnownProduct
from ocop_desktop.errors import UserError
from ocop_desktop.rules.product_code import read_code
from ocop_desktop.sheets import register, repair
from ocop_desktop.sheets.contents import Contents, Row, keep
from ocop_desktop.sheets.register import Recognition
from ocop_desktop.text import N_

_OPEN = ("draft", "ready")

_DUPLICATE = N_("Dòng {row} trùng sản phẩm và chủ thể với dòng {first}; chỉ nhập dòng {first}.")
_DIFFERS = N_("Ô {cell} ({heading}): “{value}” khác “{kept}” đã ghi cho cùng chủ thể ở dòng {first}; giữ giá trị trước.")
_IN_SESSION = N_("Dòng {row}: hồ sơ của sản phẩm này đã vào phiên hoặc đã chốt; không sửa theo bảng tính.")
_BAD_CODE = N_("Ô {cell} ({heading}): mã “{value}” không đúng dạng 20-06040-03-2026; chỉ giữ trong ghi chú.")
_TAKEN_CODE = N_("Ô {cell} ({heading}): mã {value} đã dùng cho sản phẩm khác; chỉ giữ trong ghi chú.")
_OTHER_PRODUCER = N_("Ô {cell} ({heading}): hồ sơ mang mã này thuộc chủ thể “{kept}”, không phải “{value}”; giữ chủ thể cũ.")
_DATE_MOVED = N_("Ô {cell} ({heading}): ngày công nhận {value} khác ngày đã có {kept}; sẽ sửa theo bảng tính.")


class Planner:
    """Go through the rows once, in their order.

    Args:
        is_register: rows are recognitions; else applications.
        skip: rows left out by the person; strict: rows with a question stay out too.
    """

    def __init__(
        self, session: Session, contents: Contents, is_register: bool, skip: frozenset[int], strict: bool = False
    ) -> None:
        self.contents, self.is_register, self.skip = contents, is_register, skip
        self._stops = ("error", "warning") if strict else ("error",)
        self.plan = Plan()
        self._by_name: dict[str, list[ProducerPlan]] = defaultdict(list)
        self._by_tax: dict[str, ProducerPlan] = {}
        self._products: dict[tuple[int, str], ProductPlan] = {}
        self._by_code: dict[str, ProductPlan] = {}
        self._codes: set[str] = set()
        self._changed: dict[int, ProducerPlan | ProductPlan] = {}
        self._row_at = {row.number: row for row in contents.rows}
        self._rulebook = rulebooks.current().id
        self._load(session)

    def _load(self, session: Session) -> None:
        """Read what the file may speak of."""
        rows = self.contents.rows
        names = {folded(r.values["producer"]) for r in rows if r.values.get("producer")}
        taxes = {t for r in rows if (t := r.values.get("tax_code"))}
        codes = {c for r in rows if (c := r.values.get("code"))}
        producers = {p.id: self._known_producer(p) for p in store.known_producers(session, names, taxes, codes)}
        known = store.known_products(session, producers) if producers else []
        products = {p.id: self._known_product(p, producers[p.producer_id]) for p in known}
        for dossier in store.known_dossiers(session, products) if products else []:
            products[dossier.product_id].known.append(dossier)
            if dossier.code:
                self._by_code[dossier.code] = products[dossier.product_id]
        self._codes = set(self._by_code)

    def _known_producer(self, found: KnownProducer) -> ProducerPlan:
        values = {column: getattr(found, column) for column, _ in PRODUCER_COLUMNS}
        plan = ProducerPlan(found.id, found.name, found.folded, values)
        self._by_name[found.folded].append(plan)
        if found.tax_code:
            self._by_tax.setdefault(found.tax_code, plan)
        return plan

    def _known_product(self, found: KnownProduct, producer: ProducerPlan) -> ProductPlan:
        plan = ProductPlan(found.id, producer, found.name, found.folded, found.set_no, found.category)
        self._products.setdefault((id(producer), found.folded), plan)
        return plan

    def run(self) -> Plan:
        """Plan every row."""
        for row in self.contents.rows:
            if row.number in self.skip or any(p.severity in self._stops for p in row.problems):
                self.plan.rows[row.number] = RowPlan("reject")
            else:
                self.plan.rows[row.number] = self._row(row)
        self.plan.changed = tuple(self._changed.values())
        return self.plan

    def _row(self, row: Row) -> RowPlan:
        values = row.values
        done = RowPlan("none")
        code = self._code(row)
        product = self._by_code.get(code) if code else None
        producer = product.producer if product else self._producer(row)
        if product is None:
            product = self._product(row, producer, done)
        else:
            self._same_by_code(row, product, done)
        self._merge_producer(row, producer, done)
        self._merge_product(values, product, done)
        if self.is_register:
            self._recognised(row, product, code, done)
        else:
            self._applied(row, product, code, done)
        if done.action == "none" and done.changes:
            done.action = "update"
        product.rows.append(row.number)
        return done

    def _code(self, row: Row) -> str:
        code: str = row.values.get("code") or ""
        if not code:
            return ""
        try:
            code = str(read_code(code))
        except UserError:
            self.contents.ask(row, "code", "bad_code", "warning", _BAD_CODE, code)
            keep(row, self.contents, "code", code)
            return ""
        return code

    def _same_by_code(self, row: Row, product: ProductPlan, done: RowPlan) -> None:
        if product.id is not None and product.folded != folded(row.values["product"]) and not product.rows:
            product.changes["name"] = product.name
            self._changed[id(product)] = product
            done.changes.append(("product", product.name, row.values["product"]))
            product.name, product.folded = row.values["product"], folded(row.values["product"])
        if product.producer.folded != folded(row.values["producer"]):
            self.contents.ask(
                row, "producer", "other_producer", "warning", _OTHER_PRODUCER, row.values["producer"], kept=product.producer.name
            )

    def _producer(self, row: Row) -> ProducerPlan:
        """The producer a row speaks of: by tax number, else by name and commune, else by name where that leaves no choice."""
        values = row.values
        tax, commune, name = values.get("tax_code") or "", values.get("commune_id"), folded(values["producer"])
        if tax and tax in self._by_tax:
            return self._by_tax[tax]
        named = [p for p in self._by_name.get(name, ()) if not (tax and p.values["tax_code"] and p.values["tax_code"] != tax)]
        found = None
        if commune is not None:
            found = next((p for p in named if p.values["commune_id"] == commune), None) or next(
                (p for p in named if p.values["commune_id"] is None), None
            )
        elif named:
            found = named[0]
        if found is None:
            found = ProducerPlan(None, values["producer"], name, {column: "" for column, _ in PRODUCER_COLUMNS}, {}, row.number)
            found.values["commune_id"] = None
            self._by_name[name].append(found)
            self.plan.producers.append(found)
        if tax:
            self._by_tax.setdefault(tax, found)
        return found

    def _merge_producer(self, row: Row, producer: ProducerPlan, done: RowPlan) -> None:
        """The first row that says something of a producer counts; a later one that says otherwise is asked about."""
        values, kept, given = row.values, producer.values, producer.given
        if not values.get("producer_kind") and not kept["kind"] and "kind" not in given:
            values["producer_kind"] = repair.producer_kind(producer.name).value or ""
        for column, name in PRODUCER_COLUMNS:
            value = values.get(name)
            if not value or value == kept[column]:
                if value:
                    given.setdefault(column, row.number)
                continue
            if column in given:
                if name not in row.filled:
                    self._ask_differs(row, name, value, kept[column], given[column])
                continue
            given[column] = row.number
            if producer.id is not None:
                producer.changes.setdefault(column, kept[column])
                done.changes.append((name, kept[column], value))
                self._changed[id(producer)] = producer
            kept[column] = value

    def _ask_differs(self, row: Row, name: str, value: Any, kept: Any, first: int) -> None:
        if name == "commune_id":
            name, value, kept = "commune", row.values.get("commune", ""), self._commune_of(first)
        self.contents.ask(row, name, "producer_differs", "warning", _DIFFERS, value, kept=kept, first=first)

    def _commune_of(self, number: int) -> str:
        return str(self._row_at[number].values.get("commune", ""))

    def _product(self, row: Row, producer: ProducerPlan, done: RowPlan) -> ProductPlan:
        name = folded(row.values["product"])
        found = self._products.get((id(producer), name))
        if found is None:
            found = ProductPlan(None, producer, row.values["product"], name)
            self._products[(id(producer), name)] = found
            self.plan.products.append(found)
            done.action = "create"
        return found

    def _merge_product(self, values: dict[str, Any], product: ProductPlan, done: RowPlan) -> None:
        given = values.get("set_no")
        if not given or product.rows:
            return
        column, before = ("category", product.category) if isinstance(given, str) else ("set_no", product.set_no)
        if given == before:
            return
        if product.id is not None:
            product.changes[column] = before
            self._changed[id(product)] = product
            done.changes.append(("set_no", before, given))
        setattr(product, column, given)

    def _claim(self, row: Row, code: str, product: ProductPlan) -> str | None:
        """The code for a new dossier of a product, once."""
        if not code or code in self._codes:
            if code and self._by_code.get(code) is not product:
                self.contents.ask(row, "code", "taken_code", "warning", _TAKEN_CODE, code)
                keep(row, self.contents, "code", code)
            return None
        self._codes.add(code)
        self._by_code[code] = product
        return code

    def _duplicate(self, row: Row, product: ProductPlan, first: int, done: RowPlan) -> None:
        self.contents.ask(row, "product", "duplicate_row", "warning", _DUPLICATE, product.name, first=first)
        done.asked = True

    # -- applications ---------------------------------------------------------------------------------------------------

    def _applied(self, row: Row, product: ProductPlan, code: str, done: RowPlan) -> None:
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
            self._duplicate(row, product, same.row, done)
            return
        known = next(
            (d for d in product.known if d.status != "history" and (d.round == wanted["round"] or not wanted["round"])), None
        )
        if known is None:
            values = {
                **wanted,
                "kind": wanted["kind"] or "first",
                "code": self._claim(row, code, product),
                "rulebook": self._rulebook,
                "status": "draft",
                "stars": None,
            }
            self._add(DossierPlan(None, product, row.number, values), done)
            return
        product.planned.append(DossierPlan(known.id, product, row.number, wanted | {"round": known.round}, known=known))
        self._compare(row, product.planned[-1], known, wanted, code, done)

    def _compare(
        self, row: Row, plan: DossierPlan, known: KnownDossier, wanted: dict[str, Any], code: str, done: RowPlan
    ) -> None:
        different = {k: v for k, v in wanted.items() if v not in ("", None) and v != getattr(known, k)}
        if code and not known.code and code not in self._codes:
            different["code"] = self._claim(row, code, plan.product)
        if different and known.status not in (*_OPEN, "history"):
            self.contents.ask(row, "product", "in_session", "warning", _IN_SESSION, plan.product.name)
            done.asked = True
            return
        if different:
            plan.changes = {k: getattr(known, k) for k in different}
            plan.values = different
            done.changes += [(k, getattr(known, k), v) for k, v in different.items()]
            self.plan.dossiers.append(plan)

    def _add(self, plan: DossierPlan, done: RowPlan) -> None:
        plan.product.planned.append(plan)
        self.plan.dossiers.append(plan)
        if done.action != "create":
            if self.is_register:
                assert plan.recognition is not None
                done.changes.append(("current_stars", None, plan.recognition.stars))
                done.action = "update"
            else:
                done.action = "create"

    # -- registers ------------------------------------------------------------------------------------------------------

    def _recognised(self, row: Row, product: ProductPlan, code: str, done: RowPlan) -> None:
        found = register.recognitions(row.values)
        for number, one in enumerate(found):
            latest = number == len(found) - 1
            own = [
                p for p in product.planned if p.recognition and same(p.recognition, one) and (p.row != row.number or one.issued)
            ]
            if own and own[0].row != row.number:
                if latest:
                    self._duplicate(row, product, own[0].row, done)
                continue
            note = (row.values.get("note") or "") if latest else ""
            wanted = {
                "kind": "upgrade" if one.turn == "second" else "first",
                "rulebook": rulebook_of(one.issued, one.year),
                "stars": one.stars,
                "note": with_facts(note, one),
            }
            known = known_recognition(product, one)
            if known is None:
                if one.turn == "first" and len(found) == 1 and (product.known or product.planned):
                    before = max((d.stars or 0 for d in product.known), default=0)
                    wanted["kind"] = "upgrade" if one.stars > before else "reevaluation"
                values = {
                    **wanted,
                    "round": "",
                    "filed_on": None,
                    "samples": None,
                    "status": "history",
                    "code": self._claim(row, code, product) if latest else None,
                }
                self._add(DossierPlan(None, product, row.number, values, one), done)
                continue
            plan = DossierPlan(known.id, product, row.number, {}, one, known)
            product.planned.append(plan)
            self._compare_recognition(row, plan, known, one, wanted, done)

    def _compare_recognition(
        self, row: Row, plan: DossierPlan, known: KnownDossier, one: Recognition, wanted: dict[str, Any], done: RowPlan
    ) -> None:
        wanted = {k: v for k, v in wanted.items() if k != "kind" and v not in ("", None)}
        if known.status != "history":
            if known.stars != one.stars:
                self.contents.ask(row, "product", "in_session", "warning", _IN_SESSION, plan.product.name)
                done.asked = True
            return
        different = {k: v for k, v in wanted.items() if v != getattr(known, k)}
        if known.issued_on and one.issued and known.issued_on != one.issued:
            self.contents.ask(
                row,
                f"{one.turn}_date",
                "date_moved",
                "warning",
                _DATE_MOVED,
                one.issued,
                kept=known.issued_on.strftime("%d/%m/%Y"),
            )
        changes = recognition_changes(known, one)
        if different or changes:
            plan.values, plan.changes = different, {k: getattr(known, k) for k in different}
            plan.recognition_changes = changes
            done.changes += [(k, getattr(known, k), v) for k, v in different.items() if k != "stars" or "stars" not in changes]
            done.changes += [(k, before, after) for k, (before, after) in changes.items()]
            self.plan.dossiers.append(plan)
