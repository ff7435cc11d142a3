"""Everything that falls due, in one list by day, and as a calendar file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ocop_desktop import workdays
from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.inspections import inspections
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificate_fate as rows
from ocop_desktop.data import home
from ocop_desktop.data.engine import reading_of
from ocop_desktop.exchange.calendar_file import CalendarEntry, calendar_file
from ocop_desktop.rules.deadlines import (
    COMMUNE_ANSWERS,
    reevaluation_due,
    renewal_window,
    revocation_due,
    rounds,
)
from ocop_desktop.text import _

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

Kind = Literal["round", "session", "commune", "reevaluation", "window_opens", "window_closes", "expires", "extension",
               "revocation", "inspection", "follow_up"]


@dataclass(frozen=True)
class Due:
    """One matter that falls due.

    Args:
        on: the last day for it, or the day it happens; days_left: from the day asked about, negative when past.
        title: what, in the language in force; detail: who to call.
        handled: somebody is at it already (a re-evaluation dossier is under way).
        about: the kind of record behind it ("dossier", "certificate", "session", "inspection", "") and its number.
    """

    kind: Kind
    on: dt.date
    days_left: int
    title: str
    detail: str = ""
    handled: bool = False
    about: tuple[str, int] = ("", 0)

    @property
    def key(self) -> str:
        """The same for the same matter whenever it is asked for; a round has no record, so its day tells it."""
        record, number = self.about
        return f"{self.kind}-{record}-{number}" if record else f"{self.kind}-{self.on.isoformat()}"


def due(session: Session, first: dt.date, last: dt.date, today: dt.date) -> tuple[Due, ...]:
    """What falls due between two days, and of what runs already also what is past, by day.

    Args:
        first, last: both days counted.
        today: the day ``days_left`` is counted from.
    """
    need(session, "register")
    found = [*_rounds(first, last, today), *_meetings(session, first, last, today), *_certificates(session, first, last, today),
             *_running(session, last, today), *_checks(session, last, today)]
    return tuple(sorted(found, key=lambda d: (d.on, d.kind, d.title)))


def as_calendar(session: Session, first: dt.date, last: dt.date, today: dt.date, made_at: dt.datetime) -> bytes:
    """The same list as an .ics file; a matter keeps its identity from file to file."""
    entries = (CalendarEntry(d.key, d.on, d.title, d.detail) for d in due(session, first, last, today))
    return calendar_file(_("Hạn của chương trình OCOP"), entries, made_at)


def write_calendar(session: Session, path: Path, first: dt.date, last: dt.date, today: dt.date) -> None:
    """Write ``as_calendar`` into a file, whole or not at all. Raises UserError when it cannot be written there."""
    made = as_calendar(session, first, last, today, dt.datetime.now(dt.UTC))
    write_whole({path: made})


def _rounds(first: dt.date, last: dt.date, today: dt.date) -> Iterator[Due]:
    for year in range(first.year, last.year + 2):
        for one in rounds(year):
            words = {"round": one.name}
            proposed = (_("Hạn đề nghị đánh giá cấp tỉnh, đợt {round}", **words) if one.level == "provincial"
                        else _("Hạn đề nghị đánh giá cấp trung ương, đợt {round}", **words))
            ranked = (_("Hạn xong đánh giá cấp tỉnh, đợt {round}", **words) if one.level == "provincial"
                      else _("Hạn xong đánh giá cấp trung ương, đợt {round}", **words))
            for day, title in ((one.proposed_before, proposed), (one.ranked_before, ranked)):
                before = day - dt.timedelta(days=1)  # the law says "before" the day
                if first <= before <= last:
                    yield Due("round", before, (before - today).days, title)


def _meetings(session: Session, first: dt.date, last: dt.date, today: dt.date) -> Iterator[Due]:
    for id, _code, name, held_on, _status, dossiers, _untouched in home.meetings(reading_of(session)):
        if first <= held_on <= last:
            yield Due("session", held_on, (held_on - today).days, _("Họp {session}", session=name),
                      _("{count} hồ sơ", count=dossiers), about=("session", id))


def _certificates(session: Session, first: dt.date, last: dt.date, today: dt.date) -> Iterator[Due]:
    reach = last + dt.timedelta(days=180)
    for certificate, product, producer, phone, commune, _product_id, handled in rows.ending(session, first, reach):
        opens, closes = renewal_window(certificate.expires_on)
        extended = certificate.extended_until
        days: tuple[tuple[Kind, dt.date | None, str], ...] = (
            ("window_opens", opens, _("Bắt đầu nhận hồ sơ đánh giá lại “{product}”", product=product)),
            ("window_closes", closes, _("Hết kỳ nộp đánh giá lại “{product}”", product=product)),
            ("expires", certificate.expires_on, _("Giấy chứng nhận “{product}” hết 36 tháng", product=product)),
            ("extension", extended, _("Hết gia hạn giấy chứng nhận “{product}”", product=product)))
        detail = ", ".join(filter(None, (producer, commune, phone)))
        for kind, day, title in days:
            if day is not None and first <= day <= last:
                yield Due(kind, day, (day - today).days, title, detail, bool(handled), ("certificate", certificate.id))


def _running(session: Session, last: dt.date, today: dt.date) -> Iterator[Due]:
    """Clocks that run: past days are told too, for they still wait."""
    for dossier, product, received in rows.waiting_at_commune(session):
        if received is not None and (day := workdays.workdays_after(received, COMMUNE_ANSWERS)) <= last:
            yield Due("commune", day, (day - today).days, _("Xã trả lời hồ sơ “{product}”", product=product),
                      _("15 ngày làm việc từ {date}", date=f"{received:%d/%m/%Y}"), about=("dossier", dossier))
    for dossier, product, received in rows.reevaluations(session):
        if received is not None and (day := reevaluation_due(received)) <= last:
            yield Due("reevaluation", day, (day - today).days, _("Xong đánh giá lại “{product}”", product=product),
                      _("45 ngày từ {date}", date=f"{received:%d/%m/%Y}"), about=("dossier", dossier))
    for certificate in rows.concluded(session):
        assert certificate.concluded_on is not None
        if (day := revocation_due(certificate.concluded_on)) <= last:
            yield Due("revocation", day, (day - today).days,
                      _("Thu hồi giấy chứng nhận “{product}”", product=certificate.dossier.product.name), certificate.conclusion,
                      about=("certificate", certificate.id))


def _checks(session: Session, last: dt.date, today: dt.date) -> Iterator[Due]:
    for line in inspections(session, today):
        if line.held_on is None and line.planned_on <= last:
            yield Due("inspection", line.planned_on, (line.planned_on - today).days,
                      _("Kiểm tra “{product}”", product=line.product), ", ".join(filter(None, (line.producer, line.commune))),
                      about=("inspection", line.id))
        elif line.state in ("following", "late") and line.follow_up_due is not None and line.follow_up_due <= last:
            day = line.follow_up_due
            yield Due("follow_up", day, (day - today).days, _("Khắc phục sau kiểm tra “{product}”", product=line.product),
                      line.follow_up, about=("inspection", line.id))
