"""Who signs for each office and from when to when; a paper dated D takes who signs on D."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from ocop_desktop.actions.rights import named, need
from ocop_desktop.data import settings
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError
from ocop_desktop.rules.names import one_line
from ocop_desktop.rules.signatories import ISSUERS, Signatory, faults, read_lines, who_signs

__all__ = ["ENTITY", "Signatory", "add", "change", "listed", "on", "remove", "set_undated", "tidied"]

ENTITY = "signatory"  # in the audit trail


def listed(session: Session) -> tuple[Signatory, ...]:
    """Everybody who signs, by office and first day."""
    return tuple(_read(one) for one in settings.get_setting(session, settings.SIGNATORIES, []))


def on(session: Session, issuer: str, day: dt.date) -> Signatory | None:
    """Who signs for an office on a day, or nobody."""
    return who_signs(listed(session), issuer, day)


def add(session: Session, one: Signatory, who: str = "", end_earlier: bool = False) -> Signatory:
    """Note who signs.

    Args:
        end_earlier: let a person whose time goes on past the first day of ``one`` sign to the day before.

    Returns:
        the signatory as kept.

    Raises:
        ProblemsFound: what is missing or wrong, each with the field as its column; somebody else signs on one of those days.
    """
    return _put(session, None, one, who, end_earlier)


def change(session: Session, old: Signatory, one: Signatory, who: str = "") -> Signatory:
    """Correct a signatory, or set the last day.

    Raises:
        UserError: the old one is not in the list any more.
        ProblemsFound: as ``add``.
    """
    return _put(session, old, one, who, False)


def remove(session: Session, old: Signatory, who: str = "") -> None:
    """Take a signatory out of the list; papers dated in that time have a dotted line again.

    Raises:
        UserError: there is no such signatory.
    """
    need(session, "work")
    people = list(listed(session))
    if old not in people:
        raise UserError("Người ký này không còn trong danh sách; hãy xem lại danh sách người ký.")
    people.remove(old)
    _keep(session, people, who, "removed", _plain(old), None)


def set_undated(session: Session, issuer: str, lines: Sequence[str], name: str, day: dt.date) -> None:
    """Let an office say who signs now without saying since when (the set-up, an example); one who signs on ``day`` is corrected.

    Where the office keeps times and nobody signs on that day, nothing is written.
    """
    people = list(listed(session))
    current = who_signs(people, issuer, day)
    made = read_lines(issuer, lines, name)
    if current is not None:
        people.remove(current)
        made = replace(made, first=current.first, last=current.last)
    elif any(p.issuer == issuer for p in people):
        return
    if made.lines or made.name:
        people.append(made)
    if current != made:
        _keep(session, people, "", "saved", _plain(current) if current else None, _plain(made))


def _put(session: Session, old: Signatory | None, one: Signatory, who: str, end_earlier: bool) -> Signatory:
    need(session, "work")
    people, made = list(listed(session)), tidied(one)
    if old is not None:
        if old not in people:
            raise UserError("Người ký này không còn trong danh sách; hãy xem lại danh sách người ký.")
        people.remove(old)
    problems = [replace(found, values=_told(made), place=Place(column=key), kind=f"signatory_{key}")
                for key, found in faults(made)]
    for other in [p for p in people if p.meets(made)]:
        if end_earlier and made.first and (other.first or dt.date.min) < made.first:
            people[people.index(other)] = replace(other, last=made.first - dt.timedelta(days=1))
        else:
            problems.append(_meeting(other))
    if problems:
        raise ProblemsFound(problems)
    people.append(made)
    _keep(session, people, who, "changed" if old else "created", _plain(old) if old else None, _plain(made))
    return made


def _meeting(other: Signatory) -> Problem:
    values = _told(other) | {"office": Problem(ISSUERS[other.issuer].vi)}
    return Problem("{name} đã ký cho {office} trong thời gian này ({first} – {last}). Mỗi ngày chỉ một người ký: hãy đánh dấu "
                   "cho người ấy thôi ký từ hôm trước, đặt ngày cuối cho người ấy, hoặc đổi ngày.", values,
                   Place(column="first"), kind="signatory_first")


def _told(one: Signatory) -> dict[str, Any]:
    first = f"{one.first:%d/%m/%Y}" if one.first else Problem("từ trước")
    days = {"first": first, "last": f"{one.last:%d/%m/%Y}" if one.last else Problem("chưa có hạn")}
    return asdict(one) | days


def _keep(session: Session, people: list[Signatory], who: str, what: str, before: dict[str, Any] | None,
          after: dict[str, Any] | None) -> None:
    from ocop_desktop.data.changes import record_change

    order = list(ISSUERS)
    people.sort(key=lambda p: (order.index(p.issuer), p.first or dt.date.min, p.name))
    settings.put_setting(session, settings.SIGNATORIES, [_plain(p) for p in people])
    record_change(session, named(session, who), ENTITY, 0, what, before, after)


def _plain(one: Signatory) -> dict[str, Any]:
    days = {key: day.isoformat() if day else None for key, day in (("first", one.first), ("last", one.last))}
    return asdict(one) | days


def _read(plain: dict[str, Any]) -> Signatory:
    days = {key: dt.date.fromisoformat(plain[key]) if plain.get(key) else None for key in ("first", "last")}
    return Signatory(**(plain | days))


def tidied(one: Signatory) -> Signatory:
    """A signatory as it is kept."""
    made = replace(one, name=one_line(one.name), title=one_line(one.title), head=one_line(one.head),
                   collective=one_line(one.collective))
    return made if made.way else replace(made, head="")
