"""Dates as an .ics file (RFC 5545) that Outlook, Thunderbird and telephones read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarEntry:
    """One whole day. ``key`` stays the same for the same matter, so that importing again moves it instead of doubling it."""

    key: str
    on: dt.date
    title: str
    detail: str = ""


def calendar_file(name: str, entries: Iterable[CalendarEntry], made_at: dt.datetime) -> bytes:
    """The file's content.

    Args:
        name: of the calendar, as the other program shows it.
        made_at: moment of writing, UTC.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//OCOP Desktop//vi")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@ocop-desktop")
        event.add("dtstamp", made_at)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + dt.timedelta(days=1))
        event.add("summary", entry.title)
        if entry.detail:
            event.add("description", entry.detail)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
