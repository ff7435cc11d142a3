"""How the numbers of papers look and with which one a year begins, by office and kind of paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ocop_desktop.actions.letterheads import read_heads
from ocop_desktop.actions.rights import named, need
from ocop_desktop.data import office_papers as rows
from ocop_desktop.data import settings
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules import paper_number
from ocop_desktop.rules.names import one_line
from ocop_desktop.rules.paper_number import KINDS

LAST = 99_999  # no office numbers that many papers of a kind in a year
DECISION = ("committee", "QĐ")  # numbers that are also typed in with certificates
EACH_OWN = "commune"  # every commune counts its own papers


@dataclass(frozen=True)
class KindLine:
    """One kind of paper of one office.

    Args:
        pattern: in force; own: whether the office set it; following: the next number as it will stand on the paper; empty
            where every commune has its own.
        first: with which number the year begins; begun: a number of the year is taken, reserved or cancelled.
    """

    issuer: str
    sign: str
    pattern: str
    own: bool
    following: str
    first: int
    begun: bool


def kinds(session: Session, year: int) -> tuple[KindLine, ...]:
    """Every kind of paper with its pattern and next number.

    Raises:
        UserError: a year no paper is of.
    """
    refuse_year(year)
    codes = {issuer: head.code for issuer, head in read_heads(session).items()}
    kept, most = _kept(session), rows.highest(session, year)
    made = []
    for issuer, sign in dict.fromkeys((*KINDS, *most)):
        pattern, first = _pattern(kept, codes.get(issuer, ""), issuer, sign), _first(kept, issuer, sign, year)
        last = most.get((issuer, sign))
        following = "" if issuer == EACH_OWN else paper_number.told(pattern, first if last is None else last + 1, year)
        if (issuer, sign) == DECISION:
            following = upcoming(session, issuer, sign, year, 1)[0]
        made.append(KindLine(issuer, sign, pattern, bool(kept.get(_key(issuer, sign), {}).get("pattern")), following, first,
                             last is not None))
    return tuple(made)


def pattern_of(session: Session, issuer: str, sign: str) -> str:
    """The pattern of a kind of paper."""
    return _pattern(_kept(session), read_heads(session)[issuer].code, issuer, sign)


def next_number(session: Session, issuer: str, sign: str, year: int, body: str = "") -> int:
    """The number the next paper of a kind gets; ``body``: the commune, where each counts on its own."""
    return paper_number.following(rows.running(session, issuer, sign, year, body), _first(_kept(session), issuer, sign, year))


def upcoming(session: Session, issuer: str, sign: str, year: int, count: int, body: str = "") -> tuple[str, ...]:
    """The next numbers of a kind as papers will have them: those of decisions recorded by hand are passed over.

    Raises:
        UserError: a year no paper is of.
    """
    refuse_year(year)
    pattern, number = pattern_of(session, issuer, sign), next_number(session, issuer, sign, year, body)
    decided, made = rows.decided(session, year) if (issuer, sign) == DECISION else (), list[str]()
    while len(made) < count:
        text = paper_number.told(pattern, number, year)
        if with_number(decided, text) is None:
            made.append(text)
        number += 1
    return tuple(made)


def with_number(decided: Iterable[rows.Decided], text: str) -> rows.Decided | None:
    """The decision of that number, however it is written, or None."""
    return next((one for one in decided if paper_number.alike(one.number, text)), None)


def set_pattern(session: Session, issuer: str, sign: str, pattern: str, who: str = "") -> str:
    """Say how numbers of a kind look; those taken before keep theirs.

    Args:
        pattern: with ``{number}`` or ``{number:02d}`` (also ``{so:02}``) and perhaps ``{year}``; empty: as proposed again.

    Returns:
        the pattern in force.

    Raises:
        UserError: no such kind, or not a pattern.
    """
    need(session, "work")
    refuse_unknown(issuer, sign)
    tidy = paper_number.tidy(one_line(pattern))
    if tidy and (not paper_number.sound(tidy) or len(tidy) > 100):
        raise UserError("Mẫu số văn bản “{pattern}” phải có phần số thứ tự; ví dụ đúng: {example}.", pattern=pattern,
                        example=paper_number.proposed(sign, "UBND"))
    head = read_heads(session)[issuer]
    _change(session, issuer, sign, {"pattern": "" if tidy == paper_number.proposed(sign, head.code) else tidy}, who)
    return pattern_of(session, issuer, sign)


def set_first(session: Session, issuer: str, sign: str, year: int, first: int, who: str = "") -> None:
    """Say with which number a year begins, where earlier ones of the year were given outside the program.

    Raises:
        UserError: no such kind, below 1, or the year has begun already: numbers would be missing or given twice.
    """
    need(session, "work")
    refuse_unknown(issuer, sign)
    refuse_year(year)
    if not 1 <= first <= LAST:
        raise UserError("Số đầu tiên của năm phải từ 1 đến {most}.", most=LAST)
    if first != _first(_kept(session), issuer, sign, year) and (issuer, sign) in rows.highest(session, year):
        raise UserError("Năm {year} đã có số {sign} trong sổ nên không đổi số đầu tiên được nữa; hãy giữ chỗ những số đã cấp bên "
                        "ngoài.", year=year, sign=sign)
    firsts = dict(_kept(session).get(_key(issuer, sign), {}).get("first", {}))
    _change(session, issuer, sign, {"first": firsts | {str(year): first}}, who)


def refuse_unknown(issuer: str, sign: str) -> None:
    """Let a kind of paper pass that an office has.

    Raises:
        UserError: there is no such kind.
    """
    if (issuer, sign) not in KINDS:
        raise UserError("Không có loại văn bản {sign} của “{issuer}”; các loại: {known}.", sign=sign, issuer=issuer,
                        known=", ".join("/".join(key) for key in KINDS))


def refuse_year(year: int) -> None:
    """Let a year pass that papers may be of.

    Raises:
        UserError: it is none.
    """
    if not 2000 <= year <= 2999:
        raise UserError("Năm {year} không đúng; hãy ghi đủ bốn chữ số, ví dụ 2026.", year=year)


def _kept(session: Session) -> dict[str, Any]:
    found: dict[str, Any] = settings.get_setting(session, settings.NUMBERING, {})
    return found


def _key(issuer: str, sign: str) -> str:
    return f"{issuer}/{sign}"


def _pattern(kept: dict[str, Any], code: str, issuer: str, sign: str) -> str:
    return str(kept.get(_key(issuer, sign), {}).get("pattern") or paper_number.proposed(sign, code))


def _first(kept: dict[str, Any], issuer: str, sign: str, year: int) -> int:
    return int(kept.get(_key(issuer, sign), {}).get("first", {}).get(str(year), 1))


def _change(session: Session, issuer: str, sign: str, values: dict[str, Any], who: str) -> None:
    from ocop_desktop.data.changes import record_change

    kept, key = _kept(session), _key(issuer, sign)
    before = kept.get(key, {})
    after = before | values
    settings.put_setting(session, settings.NUMBERING, kept | {key: after})
    record_change(session, named(session, who), "numbering", 0, "saved", {key: before}, {key: after})
