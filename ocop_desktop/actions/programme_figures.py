"""The programme report as people read it: figures in sections, each beside that of the period before, and the list behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ocop_desktop.actions import activities, programme_report
from ocop_desktop.actions.programme_report import ProgrammeReport
from ocop_desktop.data.programme import ActivitySums, ListedProducer, ListedProduct, Span
from ocop_desktop.rules.reporting import previous
from ocop_desktop.rules.rulebook import Words
from ocop_desktop.rules.terms import ACTIVITY_KINDS, FUNDING_SOURCES

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

Source = Literal["products", "activities", "money"]
ALWAYS = ("conference", "training")  # kinds of activities a report tells even where there were none
_PEOPLE = Words("người dự", "people reached")


@dataclass(frozen=True)
class Figure:
    """One figure.

    Args:
        inside: part of the figure above it; money: in VND.
        value, before: in the period, and in the one before.
        source, name: what ``behind`` takes for its list.
        counts: field of ``ActivityForm`` that is summed up, for a figure of activities.
    """

    words: Words
    value: int
    before: int
    source: Source
    name: str = ""
    inside: bool = False
    money: bool = False
    counts: str = "events"


@dataclass(frozen=True)
class Part:
    """Figures under a heading."""

    words: Words
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Compared:
    """The report of a period beside that of the period before."""

    now: ProgrammeReport
    before: ProgrammeReport
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Listed:
    """One line behind a figure that is no product: an activity, or money of a source and year.

    Args:
        kind: of ACTIVITY_KINDS or FUNDING_SOURCES; name: of the activity, or the note of the money; money: VND.
        counted: what this line adds to the figure.
    """

    kind: str
    name: str
    year: int
    on: dt.date | None = None
    place: str = ""
    people: int | None = None
    money: int | None = None
    counted: int | None = None


def compare(session: Session, first: dt.date, last: dt.date, as_of: dt.date) -> Compared:
    """Count a period and the one before it.

    Args:
        first, last, as_of: as for ``programme_report.report``.

    Raises:
        UserError: as ``programme_report.report``.
    """
    now = programme_report.report(session, first, last, as_of)
    before = programme_report.report(session, *previous(first, last, as_of))
    return Compared(now, before, (
        Part(Words("Tuyên truyền, tập huấn, hỗ trợ", "Awareness, training, support"), tuple(_activities(now, before))),
        Part(Words("Kinh phí huy động (đồng)", "Money mobilised (VND)"), tuple(_money(now, before))),
        Part(Words("Sản phẩm", "Products"), tuple(_products(now, before)))))


def behind(session: Session, figure: Figure, span: Span) -> tuple[ListedProduct | ListedProducer | Listed, ...]:
    """The products, activities or amounts a figure counts in a period."""
    if figure.source == "products":
        return programme_report.behind(session, figure.name, span)
    if figure.source == "activities":
        return tuple(_activity(form, figure.counts) for form in activities_of(session, span, figure.name))
    return money_behind(session, span, figure.name)


def money_behind(session: Session, span: Span, source: str = "") -> tuple[Listed, ...]:
    """The lines of money of the years a period touches, of a source ("" for all)."""
    return tuple(Listed(form.source, form.note, form.year, money=form.amount_vnd, counted=form.amount_vnd)
                 for form in money_of(session, span, source))


def activities_of(session: Session, span: Span, kind: str = "") -> tuple[activities.ActivityForm, ...]:
    """Activities that began in the period, of a kind ("" for all), the newest first."""
    found = activities.activities(session, span.first, min(span.last, span.day), kind)
    return tuple(form for _id, form in found)


def money_of(session: Session, span: Span, source: str = "") -> tuple[activities.FundingForm, ...]:
    """Money of the years the period touches, of a source ("" for all), the newest first."""
    found = activities.funding(session, span.first.year, min(span.last, span.day).year)
    return tuple(form for _id, form in found if source in ("", form.source))


def _activity(form: activities.ActivityForm, counts: str) -> Listed:
    return Listed(form.kind, form.name, form.begins_on.year, form.begins_on, form.place, form.people, form.cost_vnd,
                  getattr(form, counts))


def _activities(now: ProgrammeReport, before: ProgrammeReport) -> Iterator[Figure]:
    for kind, words in ACTIVITY_KINDS.items():
        a, b = now.of(kind), before.of(kind)
        if kind in ALWAYS or a.events or b.events:
            yield Figure(words, a.events, b.events, "activities", kind)
            yield Figure(_PEOPLE, a.people, b.people, "activities", kind, inside=True, counts="people")
            if kind in ALWAYS:
                yield Figure(Words("trong đó nữ", "of them women"), a.women, b.women, "activities", kind, inside=True,
                             counts="women")
                yield Figure(Words("trong đó dân tộc thiểu số", "of them ethnic minorities"), a.minorities, b.minorities,
                             "activities", kind, inside=True, counts="minorities")
    yield Figure(Words("Bộ tài liệu đã phát", "Sets of documents handed out"), now.document_sets, before.document_sets,
                 "activities", counts="documents")
    yield Figure(Words("Chi cho hoạt động (đồng)", "Cost of the activities (VND)"), _cost(now.activities),
                 _cost(before.activities), "activities", money=True, counts="cost_vnd")


def _cost(sums: Mapping[str, ActivitySums]) -> int:
    return sum(one.cost_vnd for one in sums.values())


def _money(now: ProgrammeReport, before: ProgrammeReport) -> Iterator[Figure]:
    yield Figure(Words("Tổng kinh phí huy động", "All money mobilised"), now.money_vnd, before.money_vnd, "money", money=True)
    for source, words in FUNDING_SOURCES.items():
        a, b = (sum(amount for (_year, its), amount in made.money.items() if its == source) for made in (now, before))
        yield Figure(words, a, b, "money", source, inside=True, money=True)


def _products(now: ProgrammeReport, before: ProgrammeReport) -> Iterator[Figure]:
    yield Figure(Words("Sản phẩm đăng ký", "Products registered"), now.registered, before.registered, "products", "registered")
    for name, words, a, b in (
            ("certified", Words("Sản phẩm được công nhận từ 3 sao", "Products recognised with 3 stars or more"), now.certified,
             before.certified),
            ("valid", Words("Trong số đó còn hiệu lực", "Of them in force"), now.valid, before.valid)):
        yield Figure(words, sum(a.values()), sum(b.values()), "products", name)
        for stars in (3, 4, 5):
            yield Figure(Words(f"{stars} sao", f"{stars} stars"), a.get(stars, 0), b.get(stars, 0), "products",
                         f"{name}_{stars}", inside=True)
    yield Figure(Words("Hết hiệu lực", "Expired"), now.expired, before.expired, "products", "expired")
    yield Figure(Words("Đã thu hồi", "Revoked"), now.revoked, before.revoked, "products", "revoked")
