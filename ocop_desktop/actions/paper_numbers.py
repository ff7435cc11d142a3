"""The office's register of paper numbers: taken with the record, reserved, cancelled; never missing, never given twice.

Certificates keep their own rule (``rules.certificate_number``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions.number_patterns import (
    DECISION,
    EACH_OWN,
    next_number,
    pattern_of,
    refuse_unknown,
    refuse_year,
    with_number,
)
from ocop_desktop.actions.rights import named, need
from ocop_desktop.data import office_papers as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules import paper_number
from ocop_desktop.rules.names import one_line

if TYPE_CHECKING:
    from ocop_desktop.data.tables_office import PaperNumber

MOST = 500  # numbers taken or reserved at once


@dataclass(frozen=True)
class NumberLine:
    """One number of the register.

    Args:
        body: the commune that counts it, where each has its own; record: what the paper is of outside a session.
    """

    id: int
    issuer: str
    sign: str
    year: int
    number: int
    text: str
    state: str
    about: str
    dated: dt.date | None
    reason: str
    who: str
    body: str
    record: str


@dataclass(frozen=True)
class For:
    """What numbers are taken for.

    Args:
        about: the paper's title, as the register names it; subjects: whose letters in a batch, else one empty name.
        session_id, paper: the session's paper, where it is one.
        records: of whom each letter is otherwise ("dossier:12", "certificate:7"), in the order of the subjects.
        body: the commune that numbers them, where each counts on its own.
    """

    about: str
    subjects: tuple[str, ...] = ("",)
    session_id: int | None = None
    paper: str = ""
    records: tuple[str, ...] = ()
    body: str = ""

    @property
    def letters(self) -> tuple[tuple[str, str], ...]:
        """(subject, record) of each number."""
        return tuple(zip(self.subjects, self.records or ("",) * len(self.subjects), strict=True))


def register(session: Session, year: int | None = None) -> tuple[NumberLine, ...]:
    """The register, the newest year first.

    Raises:
        UserError: a year no paper is of.
    """
    need(session, "work")
    if year is not None:
        refuse_year(year)
    return tuple(_line(row) for row in rows.numbers(session, year))


def take(session: Session, issuer: str, sign: str, day: dt.date, what: For, who: str = "") -> tuple[NumberLine, ...]:
    """Take the next numbers for a paper or the letters of a batch, in this transaction: without it no number is gone.

    Args:
        day: of the paper; its year is that of the number.

    Raises:
        UserError: no such kind, a day of no year papers are of, or before that of the number taken last (such a paper needs a
            reserved number).
    """
    need(session, "work")
    refuse_unknown(issuer, sign)
    refuse_year(day.year)
    dated = [row.dated for row in rows.numbers(session, day.year)
             if (row.issuer, row.sign, row.body, row.state) == (issuer, sign, what.body, "taken") and row.dated]
    if dated and max(dated) > day:
        raise UserError("Đã có số {sign} của văn bản ngày {last}; văn bản ngày {day} không được mang số sau. Hãy dùng một số đã "
                        "giữ chỗ hoặc đổi ngày.", sign=sign, last=f"{max(dated):%d/%m/%Y}", day=f"{day:%d/%m/%Y}")
    return _write(session, issuer, sign, day.year, what, {"state": "taken", "dated": day}, who)


def reserve(session: Session, issuer: str, sign: str, year: int, count: int, reason: str,
            who: str = "") -> tuple[NumberLine, ...]:
    """Keep the next numbers for papers still to come.

    Args:
        reason: for what; it stands in the register.

    Raises:
        UserError: no such kind, no reason, or not a sensible count.
    """
    need(session, "work")
    refuse_unknown(issuer, sign)
    refuse_year(year)
    if issuer == EACH_OWN:
        raise UserError("Mỗi xã, phường đếm số riêng nên không giữ chỗ ở đây; hãy lấy số ở chính công văn, báo cáo của xã.")
    why = one_line(reason)
    if not why:
        raise UserError("Chưa ghi giữ chỗ số cho việc gì.")
    if not 1 <= count <= MOST:
        raise UserError("Chỉ giữ chỗ từ 1 đến {most} số một lần.", most=MOST)
    return _write(session, issuer, sign, year, For("", ("",) * count), {"state": "reserved", "reason": why}, who)


def reserved(session: Session, issuer: str, sign: str, year: int) -> tuple[tuple[int, str], ...]:
    """Numbers kept for a kind of paper in a year, as (id, text)."""
    return tuple((row.id, row.text) for row in rows.numbers(session, year)
                 if (row.issuer, row.sign, row.state) == (issuer, sign, "reserved"))


def use_reserved(session: Session, number_id: int, issuer: str, sign: str, day: dt.date, what: For,
                 who: str = "") -> NumberLine:
    """Give a reserved number to a paper.

    Raises:
        UserError: it is not reserved, is kept for another kind of paper, or the paper is of another year or needs several.
    """
    need(session, "work")
    row = _row(session, number_id)
    if (row.issuer, row.sign) != (issuer, sign):
        raise UserError("Số {number} giữ chỗ cho loại văn bản khác; hãy chọn số giữ chỗ cho loại văn bản này.", number=row.text)
    if len(what.subjects) != 1:
        raise UserError("Giấy tờ này cần {count} số, mỗi thư một số; một số giữ chỗ không đủ. Hãy lấy số tiếp theo.",
                        count=len(what.subjects))
    if row.state != "reserved":
        raise UserError("Số {number} không phải số đang giữ chỗ.", number=row.text)
    if row.year != day.year:
        raise UserError("Số {number} là của năm {year}; văn bản ngày {day} thuộc năm khác.", number=row.text, year=row.year,
                        day=f"{day:%d/%m/%Y}")
    row.state, row.dated, row.about, row.session_id, row.paper = "taken", day, what.about, what.session_id, what.paper
    row.subject, row.record = what.letters[0]
    return _stamped(session, row, who)


def cancel(session: Session, number_id: int, reason: str, who: str = "") -> NumberLine:
    """Cancel a paper's number: it stays in the register as cancelled and is never given again.

    Raises:
        UserError: no reason, it is cancelled already, or a recognition decision has it.
    """
    need(session, "work")
    row, why = _row(session, number_id), one_line(reason)
    if not why:
        raise UserError("Chưa ghi lý do hủy số.")
    if row.state == "cancelled":
        raise UserError("Số {number} đã hủy trước đó: {reason}.", number=row.text, reason=row.reason)
    known = rows.decided(session, row.year) if (row.issuer, row.sign) == DECISION else ()
    if with_number(known, row.text):
        raise UserError("Số {number} là số của một quyết định đã ghi nên không hủy được; hãy ghi quyết định đính chính.",
                        number=row.text)
    row.about = row.about or row.reason  # what a reserved one was for
    row.state, row.reason = "cancelled", why
    return _stamped(session, row, who)


def refuse_other_use(session: Session, text: str, day: dt.date, session_id: int | None = None, revokes: bool = False) -> None:
    """Let a number typed for a decision pass unless the register has it for something else.

    Args:
        session_id: whose recognition decision it is; revokes: it is a revocation decision, of which one may be on several
            certificates.

    Raises:
        UserError: it is reserved, cancelled, or taken for another paper.
    """
    row = _written(session, text, day.year)
    if row is None:
        return
    if row.state == "reserved":
        raise UserError("Số {number} đang giữ chỗ trong sổ ({reason}). Hãy bấm Lấy số ở dự thảo của quyết định này để dùng số "
                        "ấy.", number=row.text, reason=row.reason)
    if row.state == "cancelled":
        raise UserError("Số {number} đã hủy trong sổ số văn bản (lý do: {reason}) nên không dùng lại.", number=row.text,
                        reason=row.reason)
    own = row.paper == "revocation" if revokes else (row.session_id, row.paper) == (session_id, "decision")
    if not own:
        raise UserError("Số {number} đã cấp cho văn bản khác trong sổ: {about}.", number=row.text, about=row.about)


def _written(session: Session, text: str, year: int) -> PaperNumber | None:
    """The number of the register that says the same: "5/qđ-ubnd" is "05/QĐ-UBND"."""
    found = rows.by_text(session, text, year)
    if found is not None:
        return found
    same = [row for row in rows.numbers(session, year) if paper_number.alike(row.text, text)]
    return next((row for row in same if (row.issuer, row.sign) == DECISION), None)


def _write(session: Session, issuer: str, sign: str, year: int, what: For, values: dict[str, Any],
           who: str) -> tuple[NumberLine, ...]:
    from ocop_desktop.data.tables_office import PaperNumber

    if len(what.subjects) > MOST:
        raise UserError("Chỉ lấy nhiều nhất {most} số một lần.", most=MOST)
    number, pattern, made = next_number(session, issuer, sign, year, what.body), pattern_of(session, issuer, sign), []
    decided = rows.decided(session, year) if (issuer, sign) == DECISION else ()
    for subject, record in what.letters:
        number = _after_decisions(session, decided, pattern, number, year)
        row = PaperNumber(issuer=issuer, sign=sign, year=year, number=number,
                          text=paper_number.told(pattern, number, year), about=what.about, session_id=what.session_id,
                          paper=what.paper, subject=subject, record=record, body=what.body, who=named(session, who),
                          at=dt.datetime.now().replace(microsecond=0), **values)
        rows.keep(session, row)
        made.append(_line(row))
        number += 1
    first, last = made[0], made[-1]
    _tell(session, who, first.id, str(values["state"]), first.text if first is last else f"{first.text} – {last.text}")
    return tuple(made)


def _after_decisions(session: Session, decided: Sequence[rows.Decided], pattern: str, number: int, year: int) -> int:
    """The number from ``number`` on that no decision recorded by hand has; theirs enter the register on the way, so that nobody
    gets them again.
    """
    from ocop_desktop.data.tables_office import PaperNumber

    while True:
        text = paper_number.told(pattern, number, year)
        found = with_number(decided, text)
        if found is None:
            return number
        rows.keep(session, PaperNumber(issuer=DECISION[0], sign=DECISION[1], year=year, number=number, text=text,
                                       about="Quyết định đã ghi", session_id=found.session_id, paper=found.paper,
                                       dated=found.date,
                                       at=dt.datetime.now().replace(microsecond=0)))
        number += 1


def _stamped(session: Session, row: PaperNumber, who: str) -> NumberLine:
    row.who, row.at = named(session, who), dt.datetime.now().replace(microsecond=0)
    _tell(session, who, row.id, row.state, row.text)
    return _line(row)


def _tell(session: Session, who: str, number_id: int, what: str, numbers: str) -> None:
    from ocop_desktop.data.changes import record_change

    record_change(session, named(session, who), "paper_number", number_id, what, None, {"numbers": numbers})


def _row(session: Session, number_id: int) -> PaperNumber:
    row = rows.number(session, number_id) if 0 < number_id < 2**63 else None  # SQLite's largest whole number
    if row is None:
        raise UserError("Không tìm thấy số này trong sổ; hãy xem lại sổ số văn bản.")
    return row


def _line(row: PaperNumber) -> NumberLine:
    about = ", ".join(dict.fromkeys(part for part in (row.about, row.subject, row.body) if part))
    return NumberLine(row.id, row.issuer, row.sign, row.year, row.number, row.text, row.state, about, row.dated, row.reason,
                      row.who, row.body, row.record)
