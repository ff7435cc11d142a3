"""The register of all recognitions, with their state on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificates as rows
from ocop_desktop.data.certificate_register import RegisterFilter, RegisterRow, register_page
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.certificate_life import State, state_on

PAGE = 128


@dataclass(frozen=True)
class RegisterLine:
    """One recognition. ``state`` is that of the day asked for; ``printable``: it has number and decision, and is not revoked.

    ``extended_until``: the last day it may still be used while its late renewal is handled, or None.
    """

    id: int
    number: str
    product: str
    code: str
    producer: str
    commune: str
    stars: int
    issued_on: dt.date
    expires_on: dt.date
    decision_number: str
    decision_date: dt.date | None
    authority: str
    state: State
    revoked_on: dt.date | None
    revoked_why: str
    printed_at: dt.datetime | None
    dossier_id: int
    printable: bool
    extended_until: dt.date | None = None


@dataclass(frozen=True)
class Register:
    """A page of the register.

    Args:
        count: rows that match; lines: those of the page; states: how many have each state (not narrowed by states).
    """

    count: int
    lines: tuple[RegisterLine, ...]
    states: dict[State, int]


def register(session: Session, on: dt.date, words: str = "", states: tuple[State, ...] = (), stars: int | None = None,
             year: int | None = None, page: int = 0, size: int = PAGE, sort: str = "issued_on",
             descending: bool = True) -> Register:
    """A page of the register as it stands on a day.

    Args:
        on: the day states are told for.
        words: of product, producer, commune, product code or certificate number; accents do not matter.
        states, stars, year (of issue): narrow it; empty and None mean all.
        page: 0 is the first.
        sort: number, product, producer, stars, issued_on or expires_on.

    Raises:
        UserError: nobody is signed in, or the role has not the register.
    """
    need(session, "register")
    wanted = RegisterFilter(on, words, states, stars, year)
    counts, found = register_page(session, wanted, sort, descending, page * size, size)
    count = sum(n for state, n in counts.items() if not states or state in states)
    return Register(count, tuple(_line(row, on) for row in found), counts)


def register_count(session: Session) -> int:
    """How many recognitions there are."""
    need(session, "register")
    return rows.count(session)


def _line(row: RegisterRow, on: dt.date) -> RegisterLine:
    return RegisterLine(
        row.id, row.number or "", row.product, row.code or "", row.producer, row.commune or "", row.stars, row.issued_on,
        row.expires_on, row.decision_number or "", row.decision_date, row.authority or "",
        state_on(on, row.expires_on, row.revoked_on, row.extended_until), row.revoked_on, row.revoked_why, row.printed_at,
        row.dossier_id, bool(row.decision_number and row.number) and row.revoked_on is None, row.extended_until)
