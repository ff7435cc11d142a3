"""Every recognition of three stars and more in memory: where products stand on any day is then counted in milliseconds.

Read in one pass when it is first asked for, and kept with the open file until anything is written. The tables stay the only
truth: nothing of this is on the disk.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ocop_desktop.data.engine import database_of, reading_of
from ocop_desktop.rules.certificate_life import RENEWAL_CLOSES, RENEWAL_OPENS

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.file import Reading

# The places of a recognition; days are ISO texts, which compare as days do. ``UNTIL``: the day its product was recognised again,
# from which that one counts; None where it was not.
PRODUCT, ISSUED, STARS, EXPIRES, REVOKED, EXTENDED, ID, UNTIL = range(8)
Recognition = tuple[Any, ...]
DAYS = 4  # days whose recognitions in force are kept



def _columns(*names: str) -> str:
    """A select of whole columns, each as one JSON text: half the time of as many rows."""
    return "SELECT " + ", ".join(f"json_group_array({name})" for name in names)


_ALL = _columns("dossier.product_id", "issued_on", "certificate.stars", "expires_on", "revoked_on", "extended_until",
                "certificate.id") + """
    FROM certificate CROSS JOIN dossier ON dossier.id = certificate.dossier_id WHERE certificate.stars >= 3"""
_PRODUCTS = _columns("product.id", "set_no", "kind", "commune_id", "producer_id") + """
    FROM json_each(?) CROSS JOIN product ON product.id = value CROSS JOIN producer ON producer.id = product.producer_id"""


class Product(NamedTuple):
    """What a product is counted by; ``commune``, ``producer``: their numbers."""

    set_no: int | None
    kind: str
    commune: int | None
    producer: int


@dataclass(frozen=True)
class Recognitions:
    """All recognitions.

    Args:
        every: in no order; revoked, extended, followed: those of them; a product recognised again was recognised before.
        years: all of them by (year, stars).
        again: day and stars of recognitions of a product recognised before; None where not in that year with those stars.
        products, days: what was asked of them so far.
    """

    every: list[Recognition]
    revoked: list[Recognition]
    extended: list[Recognition]
    followed: list[Recognition]
    years: Mapping[tuple[str, int], int]
    again: list[tuple[str, int | None]]
    products: dict[int, Product] = field(default_factory=dict)
    days: dict[str, list[Recognition]] = field(default_factory=dict)

    def within(self, first: str, last: str) -> list[Recognition]:
        """The recognitions issued from one day to another."""
        return [one for one in self.every if first <= one[ISSUED] <= last]

    def standing(self, day: str) -> list[Recognition]:
        """The recognitions products stand by on a day, whatever their state."""
        return [one for one in self.every if one[ISSUED] <= day and (one[UNTIL] is None or one[UNTIL] > day)]

    def in_force(self, day: str) -> list[Recognition]:
        """The recognitions products stand by on a day and that are in force on it, extended ones too."""
        if day not in self.days:
            if len(self.days) >= DAYS:
                self.days.clear()
            self.days[day] = self._in_force(day)
        return self.days[day]

    def _in_force(self, day: str) -> list[Recognition]:
        running = [one for one in self.every if one[EXPIRES] >= day and one[ISSUED] <= day]
        running += [one for one in self.extended if one[EXPIRES] < day <= one[EXTENDED] and one[ISSUED] <= day]
        return [one for one in running
                if (one[UNTIL] is None or one[UNTIL] > day) and (one[REVOKED] is None or one[REVOKED] > day)]

    def gone(self, day: str) -> int:
        """Products that stand by a revoked recognition on a day."""
        return sum(1 for one in self.revoked
                   if one[REVOKED] <= day and one[ISSUED] <= day and (one[UNTIL] is None or one[UNTIL] > day))

    def recognised(self, day: str) -> tuple[int, Mapping[tuple[str, int], int]]:
        """Products recognised until a day: how many, and by (year, stars), where one counts once a year and star."""
        later = [one for one in self.every if one[ISSUED] > day]
        years = Counter(self.years)
        years.subtract((one[ISSUED][:4], one[STARS]) for one in later)
        again = [(on, stars) for on, stars in self.again if on <= day]
        total = sum(years.values()) - len(again)
        years.subtract((on[:4], stars) for on, stars in again if stars is not None)
        return total, years

    def facts(self, reading: Reading, found: Iterable[Recognition]) -> list[Product]:
        """What the products of recognitions are counted by, in their order."""
        wanted = [one[PRODUCT] for one in found]
        unknown = sorted(product for product in wanted if product not in self.products)
        if unknown:
            ids, *facts = map(json.loads, reading.execute(_PRODUCTS, (json.dumps(unknown),)).fetchone())
            self.products.update(zip(ids, map(Product._make, zip(*facts, strict=True)), strict=True))
        return list(map(self.products.__getitem__, wanted))


def of(session: Session) -> Recognitions:
    """The recognitions of the file as this session sees it."""
    reading, database = reading_of(session), database_of(session)
    stamp, writing = database.stamp
    at, kept = database.remembered
    if at == stamp and not writing and isinstance(kept, Recognitions):
        return kept
    found = read(reading)
    if not writing:  # what a transaction wrote may be taken back
        database.remembered = stamp, found
    return found


def read_ahead(session: Session, day: dt.date) -> None:
    """Read what a first look at the programme on a day will ask for."""
    known = of(session)
    known.facts(reading_of(session), known.in_force(day.isoformat()))


def read(reading: Reading) -> Recognitions:
    """Read all recognitions."""
    columns = [json.loads(column) for column in reading.execute(_ALL).fetchone()]
    found: list[Recognition] = list(zip(*columns, repeat(None), strict=False))
    again: list[tuple[str, int | None]] = []
    followed: list[Recognition] = []
    if len(set(columns[PRODUCT])) < len(found):
        by_product = Counter(columns[PRODUCT])
        several: dict[int, list[Recognition]] = defaultdict(list)
        for one in found:
            if by_product[one[PRODUCT]] > 1:
                several[one[PRODUCT]].append(one)
        found = [one for one in found if by_product[one[PRODUCT]] == 1]
        for group in several.values():
            group = list(_followed(group, again))
            found += group
            followed += group[:-1]
    revoked, extended = ([one for one in found if one[place] is not None] if any(columns[place]) else []
                         for place in (REVOKED, EXTENDED))
    years = Counter(zip(map(itemgetter(slice(4)), columns[ISSUED]), columns[STARS], strict=True))
    return Recognitions(found, revoked, extended, followed, years, again)


def _followed(group: list[Recognition], again: list[tuple[str, int | None]]) -> Iterator[Recognition]:
    """One product's recognitions with the day of the next; what repeats goes into ``again``."""
    group.sort(key=itemgetter(ISSUED, ID))
    known: set[tuple[str, int]] = set()
    for place, one in enumerate(group):
        year = one[ISSUED][:4], one[STARS]
        if place:
            again.append((one[ISSUED], one[STARS] if year in known else None))
        known.add(year)
        yield (*one[:UNTIL], group[place + 1][ISSUED]) if place + 1 < len(group) else one


def state(one: Recognition, day: str, late: str, due: str) -> str:
    """The state of a recognition in force, as ``rules.certificate_life.state_on``.

    Args:
        late, due: the last days that end before the time for renewal closes, and when it opens (``lines``).
    """
    if one[EXPIRES] < day:
        return "extended"
    return "late" if one[EXPIRES] < late else "due" if one[EXPIRES] <= due else "valid"


def lines(day: dt.date) -> tuple[str, str]:
    """``late`` and ``due`` of a day."""
    return (day + dt.timedelta(days=RENEWAL_CLOSES)).isoformat(), (day + dt.timedelta(days=RENEWAL_OPENS)).isoformat()
