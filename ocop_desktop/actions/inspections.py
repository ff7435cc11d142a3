"""Checks (kiểm tra, giám sát) of certified products: planned, held, followed up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificate_fate as rows
from ocop_desktop.data import photos as kept
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.tables_programme import Inspection
from ocop_desktop.errors import UserError
from ocop_desktop.rules.names import fold

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session


@dataclass(frozen=True)
class Findings:
    """What an inspection found.

    Args:
        held_on: its day; team: who took part; label_right: whether the OCOP mark is used rightly, None when not looked at.
        follow_up: what the producer has to do; follow_up_due: until when.
    """

    held_on: dt.date
    team: str
    findings: str
    label_right: bool | None = None
    follow_up: str = ""
    follow_up_due: dt.date | None = None


@dataclass(frozen=True)
class InspectionLine:
    """One inspection. ``state``: planned, overdue, held, following (something is to follow), late (its day is past)."""

    id: int
    product_id: int
    product: str
    producer: str
    commune: str
    planned_on: dt.date
    held_on: dt.date | None
    team: str
    findings: str
    label_right: bool | None
    follow_up: str
    follow_up_due: dt.date | None
    follow_up_done: dt.date | None
    state: str
    photos: int = 0


def plan_inspection(session: Session, product_id: int, on: dt.date, team: str = "", who: str = "") -> int:
    """Plan an inspection of a product; its id.

    Raises:
        UserError: the product was never recognised.
    """
    need(session, "work")
    if rows.latest_of_product(session, product_id) is None:
        raise UserError("Sản phẩm này chưa được công nhận nên chưa có gì để kiểm tra.")
    made = rows.add_inspection(session, Inspection(product_id=product_id, planned_on=on, team=" ".join(team.split())))
    record_change(session, who, "inspection", made, "planned", None, {"product": product_id, "planned_on": on.isoformat()})
    return made


def record_inspection(session: Session, inspection_id: int, found: Findings, today: dt.date, who: str = "") -> None:
    """Write what an inspection found.

    Raises:
        UserError: no team or findings, held on a day to come, or a follow-up without its day or due before the inspection.
    """
    need(session, "work")
    inspection = _get(session, inspection_id)
    if not found.team.strip() or not found.findings.strip():
        raise UserError("Cần ghi thành phần đoàn và nội dung kiểm tra.")
    if found.held_on > today:
        raise UserError("Ngày kiểm tra {date} chưa đến; hãy sửa ngày.", date=f"{found.held_on:%d/%m/%Y}")
    if found.follow_up.strip() and (found.follow_up_due is None or found.follow_up_due < found.held_on):
        raise UserError("Việc phải khắc phục cần có hạn, không sớm hơn ngày kiểm tra {date}.", date=f"{found.held_on:%d/%m/%Y}")
    inspection.held_on, inspection.team = found.held_on, " ".join(found.team.split())
    inspection.findings, inspection.label_right = found.findings.strip(), found.label_right
    inspection.follow_up = found.follow_up.strip()
    inspection.follow_up_due = found.follow_up_due if inspection.follow_up else None
    record_change(session, who, "inspection", inspection.id, "held", None,
                  {"held_on": found.held_on.isoformat(), "findings": inspection.findings, "follow_up": inspection.follow_up})
    session.flush()


def finish_follow_up(session: Session, inspection_id: int, on: dt.date, who: str = "") -> None:
    """Note that what an inspection asked for is done.

    Raises:
        UserError: nothing was asked for, or the day is before the inspection.
    """
    need(session, "work")
    inspection = _get(session, inspection_id)
    if not inspection.follow_up or inspection.held_on is None:
        raise UserError("Lần kiểm tra này không có việc phải khắc phục.")
    if on < inspection.held_on:
        raise UserError("Ngày khắc phục xong {date} có trước ngày kiểm tra; hãy sửa ngày.", date=f"{on:%d/%m/%Y}")
    inspection.follow_up_done = on
    record_change(session, who, "inspection", inspection.id, "followed_up", None, {"done_on": on.isoformat()})
    session.flush()


def inspections(session: Session, today: dt.date, product_id: int | None = None) -> tuple[InspectionLine, ...]:
    """Inspections of a product, or all; what is late first, then the newest plan."""
    need(session, "register")
    photos = kept.counts(session)
    lines = [_line(one, today, photos.get(one.id, 0)) for one in rows.inspections(session, product_id)]
    return tuple(sorted(lines, key=lambda line: line.state not in ("overdue", "late")))


def suggest_certified(session: Session, words: str) -> tuple[tuple[int, str, str], ...]:
    """Products ever recognised, by words of their name; accents do not matter: (number, name, producer)."""
    return tuple((id, name, producer) for id, name, producer in rows.certified_named(session, fold(words)))


def _line(one: Inspection, today: dt.date, photos: int) -> InspectionLine:
    producer = one.product.producer
    commune = f"{producer.commune.kind} {producer.commune.name}" if producer.commune else ""
    return InspectionLine(one.id, one.product_id, one.product.name, producer.name, commune, one.planned_on, one.held_on, one.team,
                          one.findings, one.label_right, one.follow_up, one.follow_up_due, one.follow_up_done, _state(one, today),
                          photos)


def _state(one: Inspection, today: dt.date) -> str:
    if one.held_on is None:
        return "overdue" if one.planned_on < today else "planned"
    if not one.follow_up or one.follow_up_done is not None:
        return "held"
    return "late" if one.follow_up_due is not None and one.follow_up_due < today else "following"


def _get(session: Session, inspection_id: int) -> Inspection:
    found = rows.get_inspection(session, inspection_id)
    if found is None:
        raise UserError("Không tìm thấy lần kiểm tra này; hãy mở lại danh sách.")
    return found
