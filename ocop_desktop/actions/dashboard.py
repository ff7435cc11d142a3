"""The programme on a day, as charts show it in a meeting; and the list behind every bar."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop import text
from ocop_desktop.actions.collecting import uncollected
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificate_fate, programme
from ocop_desktop.data import dashboard as rows
from ocop_desktop.data.dashboard import AT_MOST, Standing
from ocop_desktop.data.engine import reading_of
from ocop_desktop.data.programme import Span
from ocop_desktop.rules.terms import PRODUCER_KINDS
from ocop_desktop.text import _

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

__all__ = ["AT_MOST", "Bar", "Dashboard", "Standing", "behind", "dashboard", "dossier_of"]

YEARS, MONTHS = 10, 12


@dataclass(frozen=True)
class Bar:
    """One bar: its words, products by stars, and what ``behind`` takes for its list."""

    words: str
    by_stars: Mapping[int, int]
    narrowed: Mapping[str, Any]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.by_stars.values())


@dataclass(frozen=True)
class Dashboard:
    """The programme on ``day``.

    Args:
        in_force: products in force by stars; renewal: of them due or late for re-evaluation; expired, revoked: the others.
        charts: bars of "year", "industry", "set", "commune", "kind", "month".
        money: VND by (year, source), the last years.
    """

    day: dt.date
    in_force: Mapping[int, int]
    renewal: int
    expired: int
    revoked: int
    charts: Mapping[str, tuple[Bar, ...]]
    money: Mapping[tuple[int, str], int]


def dashboard(session: Session, day: dt.date) -> Dashboard:
    """Count the programme as it stood on a day; what came after it is not counted. Asks for the right to the register."""
    need(session, "register")
    with uncollected():  # searching 100,000 rows for dead cycles takes longer than counting them
        return _counted(session, day)


def _counted(session: Session, day: dt.date) -> Dashboard:
    found: dict[str, dict[Any, dict[int, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    first = dt.date(day.year - YEARS + 1, 1, 1)
    ever, revoked, years = rows.recognised(session, first, day)
    for chart, counted in (*rows.counts(session, day, _last_ahead(day)).items(), ("year", years)):
        for (key, stars), count in counted.items():
            found[chart][key][stars] += count
    in_force: dict[int, int] = defaultdict(int)
    for by in found["state"].values():
        for stars, count in by.items():
            in_force[stars] += count
    renewal = sum(sum(found["state"][state].values()) for state in ("due", "late"))
    communes = _largest(_communes(found["commune"], rows.commune_names(reading_of(session))))
    charts = {"year": _years(found["year"]), **_sets(found["set"], day), "kind": _kinds(found["kind"]), "commune": communes,
              "month": _months(found["month"], day)}
    return Dashboard(day, dict(in_force), renewal, ever - revoked - sum(in_force.values()), revoked, charts,
                     programme.money(session, Span(first, day, day)))


def behind(session: Session, day: dt.date, narrowed: Mapping[str, Any]) -> tuple[int, tuple[Standing, ...]]:
    """The products a bar of a day counts: how many, and the first ``AT_MOST`` of them by name."""
    need(session, "register")
    return rows.behind(reading_of(session), day, narrowed)


def dossier_of(session: Session, product_id: int) -> int | None:
    """The dossier to open for a product: the one under way, else that of its latest recognition."""
    running = certificate_fate.open_dossier_of(session, product_id)
    latest = certificate_fate.latest_of_product(session, product_id)
    return running.id if running else latest.dossier_id if latest else None


def _last_ahead(day: dt.date) -> dt.date:
    """The last day of the twelve months that begin with the day's."""
    return dt.date(day.year + 1, day.month, 1) - dt.timedelta(days=1)


def _largest(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    return tuple(sorted(bars, key=lambda bar: (-bar.total, bar.words)))


def _years(found: Mapping[Any, dict[int, int]]) -> tuple[Bar, ...]:
    if not found:
        return ()
    return tuple(Bar(str(year), found.get(year, {}), {"year": str(year)}) for year in range(min(found), max(found) + 1))


def _sets(found: Mapping[Any, dict[int, int]], day: dt.date) -> dict[str, tuple[Bar, ...]]:
    from ocop_desktop.actions import rulebooks

    heads = {head.number: head for head in rulebooks.current(max(day, dt.date.today())).heads}
    sets, industries = [], defaultdict[str, dict[int, int]](lambda: defaultdict(int))
    for number, by in found.items():
        head = heads.get(number)
        words = _("Bộ {number}: {name}", number=number, name=head.name.said(text.language())) if head else _("Chưa rõ bộ")
        sets.append(Bar(words, by, {"in_force": 1, "set": number or 0}))
        industry = head.industry_name.said(text.language()) if head else _("Chưa rõ ngành")
        for stars, count in by.items():
            industries[industry][stars] += count
    inside: dict[str, list[int]] = defaultdict(list)
    for number in found:
        head = heads.get(number)
        inside[head.industry_name.said(text.language()) if head else _("Chưa rõ ngành")].append(number or 0)
    return {"set": _largest(tuple(sets)),
            "industry": _largest(tuple(Bar(words, by, {"in_force": 1, "sets": tuple(inside[words])})
                                       for words, by in industries.items()))}


def _kinds(found: Mapping[Any, dict[int, int]]) -> tuple[Bar, ...]:
    return _largest(tuple(
        Bar(PRODUCER_KINDS[kind].said(text.language()) if kind in PRODUCER_KINDS else _("Chưa rõ loại hình"), by,
            {"in_force": 1, "kind": kind}) for kind, by in found.items()))


def _communes(found: Mapping[Any, dict[int, int]], names: Mapping[int, str]) -> tuple[Bar, ...]:
    return tuple(Bar(names.get(commune) or _("Chưa rõ xã"), by, {"in_force": 1, "commune": commune or 0})
                 for commune, by in found.items())


def _months(found: Mapping[Any, dict[int, int]], day: dt.date) -> tuple[Bar, ...]:
    months = [divmod(day.year * 12 + day.month - 1 + ahead, 12) for ahead in range(MONTHS)]
    keys = [f"{year}-{month + 1:02d}" for year, month in months]
    return tuple(Bar(f"{key[5:]}/{key[2:4]}", found.get(key, {}), {"month": key}) for key in keys)
