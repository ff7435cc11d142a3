"""The example province's earlier years: producers, products and recognitions of 2019-2025, without ballots."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ocop_desktop.data import demo as rows
from ocop_desktop.rules.certificate_life import end_of

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

AUTHORITY = "Ủy ban nhân dân tỉnh Lạng Sơn"
BATCH = 3  # products of one producer, more or less


@dataclass
class Province:
    """What the demo draws from, and what it has made so far.

    Args:
        words: resources/demo/lang-son.toml.
        communes: (code, name, full name) of the province's units.
    """

    words: dict[str, Any]
    communes: list[tuple[str, str, str]]
    chance: random.Random = field(default_factory=lambda: random.Random(2026))
    recognised: list[tuple[int, int, int]] = field(default_factory=list)  # product id, set, stars
    used: set[str] = field(default_factory=set)
    producer: int = 0
    place: tuple[str, str, str] = ("", "", "")
    left: int = 0

    def person(self) -> tuple[str, str]:
        """A name and its sex."""
        middle = self.chance.choice(self.words["middles"])
        name = f"{self.chance.choice(self.words['families'])} {middle} {self.chance.choice(self.words['givens'])}"
        return name, "Nữ" if middle in ("Thị", "Thu", "Kim") else "Nam"

    def next_product(self, session: Session) -> tuple[int, int]:
        """Make one more product, of the same producer for a while; returns its id and set."""
        if self.left == 0:
            self._next_producer(session)
        self.left -= 1
        while True:
            what, set_no = self.chance.choice(self.words["products"])
            name = f"{what} {self.place[1]}"
            if name not in self.used:
                break
        self.used.add(name)
        return rows.add_product(session, self.producer, name, set_no), set_no

    def _next_producer(self, session: Session) -> None:
        kinds = [k for k in self.words["producers"] for _ in range(k[2])]
        while True:
            self.place = self.chance.choice(self.communes)
            kind, pattern, _ = self.chance.choice(kinds)
            person, sex = self.person()
            name = pattern.format(place=self.place[1], person=person)
            if name not in self.used:
                break
        self.used.add(name)
        self.left = self.chance.randint(1, BATCH)
        phone = "09" + "".join(self.chance.choice("0123456789") for _ in range(8))
        founded = dt.date(self.chance.randint(2010, 2018), self.chance.randint(1, 12), self.chance.randint(1, 28))
        self.producer = rows.add_producer(
            session,
            rows.ProducerRow(
                name=name,
                kind=kind,
                commune_code=self.place[0],
                representative=person,
                sex=sex,
                phone=phone,
                address=f"Thôn {self.chance.randint(1, 12)}, {self.place[2].lower()[:1]}{self.place[2][1:]}",
                registration_number=f"14{self.chance.randint(10**7, 10**8 - 1)}",
                founded=founded,
            ),
        )


def add_history(session: Session, province: Province) -> None:
    """Add every earlier round: recognised dossiers with decision and dates, failed ones without."""
    for held in province.words["rounds"]:
        again = _earlier(province, held.get("again", 0))
        for stars in (3,) * held["three"] + (4,) * held["four"] + (None,) * held["failed"]:
            earlier = next(again, None) if stars else None
            _add(session, province, held, stars, earlier)


def _earlier(province: Province, count: int) -> Iterator[tuple[int, int, int]]:
    """Products recognised in earlier rounds, the oldest first, each once: they come for re-evaluation or an upgrade."""
    taken, province.recognised = province.recognised[:count], province.recognised[count:]
    return iter(taken)


def _add(
    session: Session, province: Province, held: dict[str, Any], stars: int | None, earlier: tuple[int, int, int] | None
) -> None:
    product, set_no = earlier[:2] if earlier else province.next_product(session)
    kind = "first" if earlier is None else "upgrade" if stars and stars > earlier[2] else "reevaluation"
    issued: dt.date = held["issued"]
    law = "148/2023/QĐ-TTg" if issued >= dt.date(2023, 3, 6) else "1048/2019/QĐ-TTg"
    row = rows.DossierRow(
        product_id=product,
        kind=kind,
        rulebook=law,
        round=f"{issued.year}-{1 if issued.month <= 7 else 2}",
        status="history" if stars else "closed",
        filed_on=issued - dt.timedelta(days=province.chance.randint(60, 100)),
        stars=stars or 2,
        samples=5,
        issued=issued if stars else None,
        expires=end_of(issued) if stars else None,
        decision=held["decision"],
        authority=AUTHORITY,
    )
    rows.add_dossier(session, row)
    if stars:
        province.recognised.append((product, set_no, stars))
