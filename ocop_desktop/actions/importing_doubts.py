"""Rows that may speak of something known under another name: who comes into question, and what a person chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ocop_desktop.actions.importing_plan import ProducerPlan, ProductPlan, folded
from ocop_desktop.data.importing import KnownProducer
from ocop_desktop.sheets.contents import Row
from ocop_desktop.sheets.likeness import (
    ASKED,
    MAYBE,
    SAME,
    Person,
    digits,
    name_score,
    other_accents,
    producer_score,
    spoken,
)

NEW = "new"
PARTS = ("producer", "product")  # of a row, that may be something known
Choices = Mapping[tuple[int, str], str]  # (1-based row, ``producer`` or ``product``) -> NEW or the key of a candidate
MOST = 4  # candidates shown
SLIP, ASKED_IN_FILE = 95, 90  # two new names of one file: nearly the same letters, or the same person besides


@dataclass(frozen=True)
class Candidate:
    """Something known that a row may speak of.

    Args:
        key: what a choice names it by: "p12" the producer, "s7" the product of that number, "r5" the producer of row 5.
        words: its name; facts: what tells it; score: 0-100.
    """

    key: str
    words: str
    facts: str
    score: int


def person_of(values: Mapping[str, Any]) -> Person:
    """What a row says of its producer beside the name."""
    return Person(values.get("commune_id"), values.get("phone") or "", values.get("representative") or "")


class Neighbours:
    """Producers near those of a file: in its communes or with its phones. Buckets keep the comparisons few."""

    def __init__(self, known: Iterable[KnownProducer]) -> None:
        self._by_spoken: dict[str, list[KnownProducer]] = defaultdict(list)
        self._by_digits: dict[tuple[str, ...], list[KnownProducer]] = defaultdict(list)
        for one in known:
            self._by_spoken[spoken(one.name)].append(one)
            self._by_digits[digits(one.name)].append(one)

    def certain(self, name: str, commune_id: int | None) -> KnownProducer | None:
        """The one of this name written out, in the same commune; accents do not contradict."""
        found = [p for p in self._by_spoken.get(spoken(name), ())
                 if commune_id is not None and p.commune_id == commune_id and not other_accents(name, p.name)]
        return found[0] if len(found) == 1 else None

    def like(self, name: str, person: Person) -> list[tuple[int, KnownProducer]]:
        """Who comes into question, the likeliest first."""
        found = []
        for one in self._by_digits.get(digits(name), ()):
            near = (one.commune_id is not None and one.commune_id == person.commune_id) or (
                person.phone and person.phone == one.phone) or spoken(one.name) == spoken(name)
            if near and (alike := name_score(name, one.name)) >= MAYBE:
                score = producer_score(alike, person, Person(one.commune_id, one.phone, one.representative))
                if score >= ASKED:
                    found.append((score, one))
        return sorted(found, key=lambda pair: (-pair[0], pair[1].id))[:MOST]


class InFile:
    """Producers new in this file, so that one written three ways is asked about and not made three times."""

    def __init__(self) -> None:
        self._near: dict[tuple[int | None, tuple[str, ...]], list[tuple[ProducerPlan, Person]]] = defaultdict(list)

    def add(self, plan: ProducerPlan, row: Row) -> None:
        """Remember a producer that a row makes."""
        person = person_of(row.values)
        self._near[person.commune_id, digits(plan.name)].append((plan, person))

    def certain(self, name: str, commune_id: int | None) -> ProducerPlan | None:
        """The one of this name written out, in the same commune."""
        for plan, _person in self._near.get((commune_id, digits(name)), ()):
            if commune_id is not None and spoken(plan.name) == spoken(name) and not other_accents(name, plan.name):
                return plan
        return None

    def like(self, name: str, person: Person) -> list[tuple[int, ProducerPlan]]:
        """Who comes into question, the likeliest first."""
        found: list[tuple[int, ProducerPlan]] = []
        if person.commune_id is None:
            return found
        for plan, other in self._near.get((person.commune_id, digits(name)), ()):
            alike = name_score(name, plan.name)
            if alike >= MAYBE and (score := producer_score(alike, person, other)) >= (ASKED if alike >= SLIP else ASKED_IN_FILE):
                found.append((score, plan))
        return sorted(found, key=lambda pair: (-pair[0], pair[1].first_row))[:MOST]


def like_products(name: str, set_no: Any, known: Iterable[ProductPlan], spoken_for: set[str]) -> list[tuple[int, ProductPlan]]:
    """Products of one producer that a name may mean; those that other rows name themselves are out of question."""
    found = []
    for one in known:
        if one.id is None or one.folded in spoken_for:
            continue
        if isinstance(set_no, int) and one.set_no is not None and one.set_no != set_no:
            continue
        alike = name_score(name, one.name)
        if alike >= MAYBE and one.folded != folded(name):
            found.append((min(alike, SAME - 1), one))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].id or 0))[:MOST]
