"""Whom and what a row speaks of: found by code, tax number, or name, commune and person; asked where that is not certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ocop_desktop.actions.importing_doubts import NEW, Candidate, Choices, InFile, Neighbours, like_products, person_of
from ocop_desktop.actions.importing_plan import PRODUCER_COLUMNS, Plan, ProducerPlan, ProductPlan, folded
from ocop_desktop.data import communes
from ocop_desktop.data import importing as store
from ocop_desktop.data.engine import Session
from ocop_desktop.data.importing import KnownProducer, KnownProduct
from ocop_desktop.errors import UserError
from ocop_desktop.rules.product_code import read_code
from ocop_desktop.sheets.contents import Contents, Row, keep
from ocop_desktop.sheets.likeness import SAME, other_accents
from ocop_desktop.sheets.row_values import RowValues
from ocop_desktop.text import N_

_BAD_CODE = N_("Ô {cell} ({heading}): mã “{value}” không đúng dạng 20-06040-03-2026; chỉ giữ trong ghi chú.")
_LIKE_PRODUCER = N_("Ô {cell} ({heading}): “{value}” có thể là chủ thể {choices}; hãy chọn: là một, là mới, hay bỏ qua.")
_LIKE_PRODUCT = N_("Ô {cell} ({heading}): “{value}” có thể là sản phẩm {choices}; hãy chọn: là một, là mới, hay bỏ qua.")


_PLACES = {column: at for at, (column, _field) in enumerate(PRODUCER_COLUMNS)}


class Identity:
    """Producers and products of a file, known or new."""

    def __init__(self, session: Session, contents: Contents, plan: Plan, choices: Choices) -> None:
        self.contents, self.plan, self.choices = contents, plan, choices
        self.by_code: dict[str, ProductPlan] = {}
        self._session = session
        self._by_name: dict[str, list[ProducerPlan]] = defaultdict(list)
        self._by_tax: dict[str, ProducerPlan] = {}
        self._by_id: dict[int, ProducerPlan] = {}
        self._chosen: dict[tuple[str, int | None], ProducerPlan] = {}
        self._products: dict[tuple[ProducerPlan, str], tuple[ProductPlan, ...]] = {}
        self._of_producer: dict[int, list[ProductPlan]] = defaultdict(list)
        self._named = {folded(name) for name in contents.every("product") if name}
        self._in_file = InFile()
        self._near = self._neighbours(session)
        self._load(session)

    def _neighbours(self, session: Session) -> Neighbours:
        places, phones = set(self.contents.every("commune_id")) - {None}, self._said("phone")
        return Neighbours(store.producers_near(session, places, phones) if places or phones else ())

    def _load(self, session: Session) -> None:
        """Read what the file may speak of."""
        names = map(folded, self._said("producer"))
        found = {p.id: p for p in store.known_producers(session, names, self._said("tax_code"), self._said("code"))}
        placed = {(p.folded, p.commune_id) for p in found.values()}
        for row in self._first_rows(placed):
            self._come_into_question(row, found)
        for one in found.values():
            self._known_producer(one)
        products = {p.id: self._known_product(p) for p in store.known_products(session, found)} if found else {}
        for dossier in store.known_dossiers(session, products) if products else []:
            products[dossier.product_id].known += (dossier,)
            if dossier.code:
                self.by_code[dossier.code] = products[dossier.product_id]

    def _said(self, name: str) -> set[str]:
        """What the rows say in a field."""
        return {value for value in self.contents.every(name) if value}

    def _first_rows(self, placed: set[tuple[str, int | None]]) -> Sequence[Row]:
        """The first row of every producer that is not known by its very name and commune."""
        first: dict[tuple[str, int | None], Row] = {}
        contents = self.contents
        for row, name, commune in zip(contents.rows, contents.every("producer"), contents.every("commune_id"), strict=True):
            if name and (key := (folded(name), commune)) not in placed:
                first.setdefault(key, row)
        return list(first.values())

    def _come_into_question(self, row: Row, found: dict[int, KnownProducer]) -> None:
        name = row.values["producer"]
        certain = self._near.certain(name, row.values.get("commune_id"))
        for one in [certain] if certain else [one for _score, one in self._near.like(name, person_of(row.values))]:
            found.setdefault(one.id, one)

    def _known_producer(self, found: KnownProducer) -> None:
        values = {column: getattr(found, column) for column, _ in PRODUCER_COLUMNS}
        plan = self._by_id[found.id] = ProducerPlan(found.id, found.name, found.folded, values)
        self._by_name[found.folded].append(plan)
        if found.tax_code:
            self._by_tax.setdefault(found.tax_code, plan)

    def _known_product(self, found: KnownProduct) -> ProductPlan:
        producer = self._by_id[found.producer_id]
        plan = ProductPlan(found.id, producer, found.name, found.folded, found.set_no, found.category)
        self._keep(producer, found.folded, plan)
        self._of_producer[id(producer)].append(plan)
        return plan

    # -- a row ----------------------------------------------------------------------------------------------------------

    def code(self, row: Row) -> str:
        """The product code of a row, or empty; one that is none goes into the note."""
        code: str = row.values.get("code") or ""
        if not code:
            return ""
        try:
            return str(read_code(code))
        except UserError:
            self.contents.ask(row, "code", "bad_code", "warning", _BAD_CODE, code)
            keep(row, self.contents, "code", code)
            return ""

    def producer(self, row: Row) -> ProducerPlan | None:
        """The producer of a row: by tax number, by name and commune, by a person's choice; None while it waits for one."""
        values = row.values
        tax, commune, name = values.get("tax_code") or "", values.get("commune_id"), folded(values["producer"])
        if tax and tax in self._by_tax:
            return self._by_tax[tax]
        found = self._chosen.get((name, commune))
        if found is None:
            found, asked = self._by_names(row, tax, commune, name)
            if found is None:
                chosen = self._choice(row, "producer", asked)
                if asked and chosen is None:
                    self._ask(row, "producer", asked)
                    return None
                found = self._picked(chosen) or self._new(row, name)
                if chosen:
                    self._chosen[name, commune] = found
        if tax:
            self._by_tax.setdefault(tax, found)
        return found

    def _by_names(self, row: Row, tax: str, commune: int | None, name: str) -> tuple[ProducerPlan | None, list[Candidate]]:
        """The one that is certain, else those that come into question."""
        written = row.values["producer"]
        named = [p for p in self._by_name.get(name, ()) if not (tax and p.values["tax_code"] and p.values["tax_code"] != tax)]
        here = [p for p in named if commune is None or p.values["commune_id"] in (commune, None)]
        if len(here) > 1:
            here.sort(key=lambda p: p.values["commune_id"] is None)
        same = [p for p in here if not other_accents(written, p.name)]
        if len(same) == 1 or (same and commune is not None):
            return same[0], []
        if here:
            return None, [self._candidate(p, SAME - 1) for p in here]
        certain = self._near.certain(written, commune)
        if certain is not None and self._may_be(certain.tax_code, tax):
            return self._by_id.get(certain.id), []
        if (made := self._in_file.certain(written, commune)) is not None:
            return made, []
        person = person_of(row.values)
        known = [(s, self._by_id[p.id]) for s, p in self._near.like(written, person) if p.id in self._by_id]
        likely = [(s, p) for s, p in (*known, *self._in_file.like(written, person)) if self._may_be(p.values["tax_code"], tax)]
        return None, [self._candidate(p, score) for score, p in sorted(likely, key=lambda pair: -pair[0])]

    @staticmethod
    def _may_be(one: str, other: str) -> bool:
        return not one or not other or one == other

    def _new(self, row: Row, name: str) -> ProducerPlan:
        values = RowValues(_PLACES, [None if column == "commune_id" else "" for column in _PLACES])
        found = ProducerPlan(None, row.values["producer"], name, values, first_row=row.number)
        self._by_name[name].append(found)
        self._in_file.add(found, row)
        self.plan.producers.append(found)
        return found

    def product(self, row: Row, producer: ProducerPlan) -> tuple[ProductPlan | None, bool]:
        """The product of a row, and whether it is new; None while it waits for a choice."""
        written = row.values["product"]
        name = folded(written)
        found = self._products.get((producer, name), ())
        same = next((p for p in found if not other_accents(written, p.name)), None)
        if same is not None:
            return same, False
        known = self._of_producer.get(id(producer), ())
        likely = [(SAME - 1, p) for p in found] or like_products(written, row.values.get("set_no"), known, self._named)
        asked = [Candidate(f"s{p.id}", p.name, producer.name, score) for score, p in likely if p.id is not None]
        chosen = self._choice(row, "product", asked)
        if asked and chosen is None:
            self._ask(row, "product", asked)
            return None, False
        if chosen and chosen != NEW:
            picked = next(p for p in known if f"s{p.id}" == chosen)
            self._keep(producer, name, picked)
            return picked, False
        made = ProductPlan(None, producer, written, name)
        self._keep(producer, name, made)
        self.plan.products.append(made)
        return made, True

    def _keep(self, producer: ProducerPlan, name: str, plan: ProductPlan) -> None:
        self._products[producer, name] = (*self._products.get((producer, name), ()), plan)

    # -- choices --------------------------------------------------------------------------------------------------------

    def _choice(self, row: Row, part: str, asked: list[Candidate]) -> str | None:
        """What a person chose for a row, as long as it can still be chosen; ``same`` is the likeliest."""
        if not self.choices:
            return None
        chosen = self.choices.get((row.number, part)) or self.choices.get((0, part))
        if chosen == "same":
            return asked[0].key if asked else None
        return chosen if chosen == NEW or chosen in {one.key for one in asked} else None

    def _picked(self, chosen: str | None) -> ProducerPlan | None:
        if chosen is None or chosen == NEW:
            return None
        number = int(chosen[1:])
        if chosen[0] == "p":
            return self._by_id[number]
        return next(p for p in self.plan.producers if p.first_row == number)

    def _candidate(self, plan: ProducerPlan, score: int) -> Candidate:
        commune = plan.values["commune_id"]
        unit = communes.by_id(self._session, commune) if commune is not None else None
        facts = [unit.full_name if unit else "", plan.values["phone"], plan.values["representative"]]
        key = f"p{plan.id}" if plan.id is not None else f"r{plan.first_row}"
        return Candidate(key, plan.name, " · ".join(fact for fact in facts if fact), score)

    def _ask(self, row: Row, part: str, asked: list[Candidate]) -> None:
        message = _LIKE_PRODUCER if part == "producer" else _LIKE_PRODUCT
        said = ", ".join(f"“{one.words}”" + (f" ({one.facts})" if one.facts else "") for one in asked)
        values: dict[str, Any] = {"choices": said, "candidates": tuple(asked)}
        self.contents.ask(row, part, f"like_{part}", "warning", message, row.values[part], **values)
