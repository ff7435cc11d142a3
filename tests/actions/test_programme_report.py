"""The programme report: the example's figures, and counts against a plain recount of random histories."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import delete

from ocop_desktop.actions import dashboard, programme_report
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.programme import Span
from ocop_desktop.data.tables import Certificate, Dossier, Producer, Product
from ocop_desktop.errors import UserError
from ocop_desktop.rules.certificate_life import IN_FORCE, state_on

FIRST, LAST, REPORTED = dt.date(2019, 1, 1), dt.date(2022, 12, 31), dt.date(2023, 6, 2)


@pytest.fixture(scope="module")
def example(tmp_path_factory, example_of):
    path = tmp_path_factory.mktemp("programme") / "mau.ocop"
    example_of(path, dt.date(2026, 11, 23))
    db = open_or_create(path)
    yield db
    db.close()


def test_the_report_of_2019_to_2022(example: Database) -> None:
    with example.begin() as session:
        told = programme_report.as_plain(programme_report.report(session, FIRST, LAST, REPORTED))
    targets = told.pop("targets")
    assert told == {
        "from": "2019-01-01", "to": "2022-12-31", "as_of": "2023-06-02", "conferences": 679, "people_reached": 31_000,
        "trainings": 90, "people_trained": 3_600, "document_sets": 31_000, "money_vnd": 17_500_000_000, "registered": 105,
        "certified": 94, "certified_by_stars": {"3": 73, "4": 21, "5": 0}, "valid": 84,
        "valid_by_stars": {"3": 65, "4": 19, "5": 0}, "expired": 10, "revoked": 0}
    assert [(t["measure"], t["least"]) for t in targets] == [
        ("new_products", 50), ("tourism_villages", 3), ("renewed", 40), ("cooperatives", 40), ("companies", 10)]


def test_every_figure_has_its_list(example: Database) -> None:
    with example.begin() as session:
        made = programme_report.report(session, FIRST, LAST, REPORTED)
        lengths = {name: len(programme_report.behind(session, name, made.span))
                   for name in ("registered", "certified", "valid", "expired", "revoked")}
        for target in made.periods[0].targets:
            span = Span(made.periods[0].begins_on, made.periods[0].ends_on, REPORTED)
            assert len(programme_report.behind(session, target.measure, span)) == target.now.part
    assert lengths == {"registered": 105, "certified": 94, "valid": 84, "expired": 10, "revoked": 0}


@pytest.mark.parametrize(("first", "last", "day"), [(LAST, FIRST, REPORTED), (FIRST, LAST, dt.date(2018, 1, 1))])
def test_a_period_the_wrong_way_round_is_refused(example: Database, first: dt.date, last: dt.date, day: dt.date) -> None:
    with example.begin() as session, pytest.raises(UserError, match="hãy sửa ngày"):
        programme_report.report(session, first, last, day)


@dataclass(frozen=True)
class Told:
    """One recognition as the test made it."""

    product: int
    producer: int
    kind: str
    set_no: int
    stars: int
    filed: dt.date | None
    issued: dt.date
    expires: dt.date
    revoked: dt.date | None
    extended: dt.date | None


def made_history(session: Session, chance: random.Random) -> list[Told]:
    """Recognitions of a few products, written to the file and told."""
    told = []
    for _ in range(chance.randint(1, 4)):
        producer = Producer(name="A", folded="a", kind=chance.choice(("cooperative", "company", "household")))
        for _ in range(chance.randint(1, 3)):
            product = Product(producer=producer, name="B", folded="b", set_no=chance.choice((11, 26)))
            days = sorted(chance.sample(range(0, 3000), chance.randint(0, 3)))
            for day in days:
                issued = dt.date(2019, 1, 1) + dt.timedelta(days=day)
                expires = issued + dt.timedelta(days=1095)
                revoked = issued + dt.timedelta(days=chance.randint(0, 1200)) if chance.random() < 0.2 else None
                extended = expires + dt.timedelta(days=chance.randint(1, 180)) if chance.random() < 0.3 else None
                filed = issued - dt.timedelta(days=chance.randint(30, 120)) if chance.random() < 0.7 else None
                dossier = Dossier(product=product, status="history", filed_on=filed, search="b")
                stars = chance.choice((3, 3, 4, 5))
                session.add(Certificate(dossier=dossier, stars=stars, issued_on=issued, expires_on=expires, revoked_on=revoked,
                                        extended_until=extended))
                session.flush()
                told.append(Told(product.id, producer.id, producer.kind, product.set_no or 0, stars, filed, issued, expires,
                                 revoked, extended))
    session.flush()
    return told


def recount(told: list[Told], first: dt.date, last: dt.date, day: dt.date) -> dict[str, object]:
    """The same figures from the list, product by product."""
    last = min(last, day)
    found = {"registered": 0, "certified": [0] * 6, "valid": [0] * 6, "expired": 0, "revoked": 0, "new_products": 0,
             "tourism_villages": 0, "renewed": 0, "renewed_of": 0, "in_force": 0, "four_stars": 0}
    holding: dict[int, str] = {}
    for _product, lines in groupby(told, key=lambda t: t.product):
        life = list(lines)
        found["registered"] += any(first <= (t.filed or t.issued) <= last for t in life)
        before = any(t.issued < first for t in life)
        within = [t for t in life if first <= t.issued <= last]
        now = [t for t in life if t.issued <= day]
        state = ""
        if now:
            it = now[-1]
            standing = it.expires >= day or (it.extended is not None and it.extended >= day)
            state = "revoked" if it.revoked and it.revoked <= day else "valid" if standing else "expired"
            if state == "valid":
                holding[it.producer] = it.kind
                found["in_force"] += 1
                found["four_stars"] += it.stars >= 4
        if within:
            found["certified"][within[-1].stars] += 1
            if state == "valid":
                found["valid"][now[-1].stars] += 1
            else:
                found[state] += 1
            found["new_products"] += not before
            found["renewed"] += before
            found["tourism_villages"] += life[0].set_no == 26
        found["renewed_of"] += before
    kinds = list(holding.values())
    return {**found, "cooperatives": (kinds.count("cooperative"), len(kinds)), "companies": (kinds.count("company"), len(kinds))}


def test_counts_agree_with_a_recount_of_random_histories(db: Database, chance: random.Random) -> None:
    with db.begin() as session:
        for _ in range(250):
            for table in (Certificate, Dossier, Product, Producer):
                session.execute(delete(table))
            told = made_history(session, chance)
            first, last, day = sorted(dt.date(2018, 6, 1) + dt.timedelta(days=chance.randint(0, 4000)) for _ in range(3))
            if chance.random() < 0.3:
                last, day = day, last
            expected = recount(told, first, last, day)
            made = programme_report.report(session, first, last, day)
            assert {s: n for s, n in enumerate(expected["certified"]) if n} == made.certified
            assert {s: n for s, n in enumerate(expected["valid"]) if n} == made.valid
            for name in ("registered", "expired", "revoked"):
                assert getattr(made, name) == expected[name]
            for measure in ("new_products", "tourism_villages", "in_force", "four_stars"):
                assert programme_report.measured(session, measure, made.span).part == expected[measure], measure
            for measure in ("cooperatives", "companies"):
                found = programme_report.measured(session, measure, made.span)
                assert (found.part, found.whole) == expected[measure]
            found = programme_report.measured(session, "renewed", made.span)
            assert (found.part, found.whole) == (expected["renewed"], expected["renewed_of"])
            agrees(session, told, day)


def agrees(session: Session, told: list[Told], day: dt.date) -> None:
    """The dashboard of a day against the list, and a list behind a bar of each chart against its bar."""
    now = {}
    for one in sorted((t for t in told if t.issued <= day), key=lambda t: t.issued):
        now[one.product] = one
    states = {product: state_on(day, one.expires, one.revoked, one.extended) for product, one in now.items()}
    held = [one for product, one in now.items() if states[product] in IN_FORCE]
    made = dashboard.dashboard(session, day)
    assert {stars: n for stars, n in made.in_force.items() if n} == Counter(one.stars for one in held)
    assert (made.renewal, made.expired, made.revoked) == (
        sum(state in ("due", "late") for state in states.values()), *(
            sum(state == gone for state in states.values()) for gone in ("expired", "revoked")))
    assert sorted(bar.total for bar in made.charts["set"]) == sorted(Counter(one.set_no for one in held).values())
    assert sorted(bar.total for bar in made.charts["kind"]) == sorted(Counter(one.kind for one in held).values())
    years = {(t.product, t.issued.year, t.stars) for t in told if t.issued <= day and t.issued.year > day.year - 10}
    assert {int(bar.words): bar.total for bar in made.charts["year"] if bar.total} == Counter(year for _p, year, _s in years)
    ahead = dt.date(day.year + 1, day.month, 1)
    months = Counter(f"{t.expires:%m/%y}" for p, t in now.items() if states[p] in ("valid", "due", "late") and t.expires < ahead)
    assert {bar.words: bar.total for bar in made.charts["month"] if bar.total} == months
    for bars in made.charts.values():
        for bar in bars[:1] if bars is not made.charts["year"] else ():
            assert dashboard.behind(session, day, bar.narrowed)[0] == bar.total


def test_the_dashboard_follows_what_is_written_and_what_is_taken_back(tmp_path: Path, example_of: Callable[..., Path]) -> None:
    example_of(tmp_path / "mau.ocop", dt.date(2026, 11, 23))
    db = open_or_create(tmp_path / "mau.ocop")

    def standing() -> int:
        with db.begin() as session:
            return sum(dashboard.dashboard(session, REPORTED).in_force.values())

    before = standing()

    def revoke(session: Session) -> int:
        one = session.query(Certificate).filter(Certificate.issued_on > dt.date(2022, 1, 1), Certificate.stars >= 3,
                                                Certificate.issued_on <= REPORTED).order_by(Certificate.issued_on).first()
        one.revoked_on = dt.date(2023, 1, 1)
        return sum(dashboard.dashboard(session, REPORTED).in_force.values())

    with pytest.raises(UserError), db.begin() as session:
        assert revoke(session) == before - 1
        raise UserError("thôi")
    assert standing() == before
    with db.begin() as session:
        revoke(session)
    assert standing() == before - 1
    db.close()
