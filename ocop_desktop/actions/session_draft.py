"""A session about to be created: what is filled in, what is wrong or unusual in it. No database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ocop_desktop.errors import Problem
from ocop_desktop.rules.council import USUAL_SIZE
from ocop_desktop.rules.names import LONGEST_NAME, fold, tidy_name
from ocop_desktop.rules.terms import COUNCIL_ROLES
from ocop_desktop.rules.working_rules import WorkingRules

SessionKind = Literal["meeting", "written"]


@dataclass(frozen=True)
class SeatDraft:
    """A member to be seated. ``scores`` None: as the working rules say (the secretary does not)."""

    name: str
    agency: str
    agency_short: str = ""
    position: str = ""
    role: str = "member"
    scores: bool | None = None
    present: bool = True
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Draft:
    """A session about to be created.

    Args:
        council_id: an existing council; kept when the seats are its members, else a new council is written.
        seats: its members.
        dossier_ids: the agenda, in order.
        rules: working rules; the office's default when None.
        kind: meeting, or written: opinions on re-evaluations without a meeting; then ``held_on`` is the day they are asked for.
    """

    code: str
    name: str
    held_on: dt.date
    place: str = ""
    council_id: int | None = None
    council_name: str = ""
    decision_number: str = ""
    decision_date: dt.date | None = None
    seats: tuple[SeatDraft, ...] = ()
    dossier_ids: tuple[int, ...] = ()
    rules: WorkingRules | None = None
    kind: SessionKind = "meeting"


def warnings(draft: Draft) -> tuple[Problem, ...]:
    """What is unusual in a draft though allowed."""
    return tuple(_unusual(draft))


def _unusual(draft: Draft) -> Iterator[Problem]:
    few, many = USUAL_SIZE
    if draft.seats and not few <= len(draft.seats) <= many:
        yield Problem("Hội đồng có {count} thành viên; thường là {few}-{many}.",
                      {"count": len(draft.seats), "few": few, "many": many}, severity="warning", kind="council_size")
    if draft.seats and not any(s.role == "secretary" for s in draft.seats):
        yield Problem("Hội đồng chưa có thư ký.", severity="warning", kind="no_secretary")


def scores(seat: SeatDraft, working: WorkingRules) -> bool:
    """Whether a member will score: all but the secretary, unless the working rules let that one score too."""
    return seat.scores if seat.scores is not None else seat.role != "secretary" or working.secretary_scores


def scoring_seats(draft: Draft) -> int:
    """How many of a draft's members will score."""
    return sum(scores(seat, draft.rules or WorkingRules()) for seat in draft.seats)


def faults(draft: Draft) -> tuple[Problem, ...]:
    """What keeps a draft from being created, except what only the file knows."""
    return tuple(_wrong(draft))


def _wrong(draft: Draft) -> Iterator[Problem]:
    if not draft.code.strip():
        yield Problem("Chưa có mã phiên; ví dụ 2026-2.", kind="code")
    if not draft.name.strip():
        yield Problem("Chưa có tên phiên; ví dụ Phiên 2 - 2026.", kind="name")
    if not draft.council_name.strip():
        yield Problem("Chưa có tên hội đồng.", kind="council")
    if not draft.dossier_ids:
        yield Problem("Chương trình phiên chưa có hồ sơ; hãy chọn ít nhất một.", kind="agenda")
    chairs = sum(s.role == "chair" for s in draft.seats)
    if chairs != 1:
        yield Problem("Hội đồng cần đúng một chủ tịch; hiện có {count}.", {"count": chairs}, kind="chair")
    twice = Counter((fold(s.name), fold(s.agency)) for s in draft.seats)
    for number, seat in enumerate(draft.seats, 1):
        if max(len(tidy_name(seat.name)), len(tidy_name(seat.agency))) > LONGEST_NAME:
            yield Problem("Thành viên thứ {number} có họ tên hoặc cơ quan dài quá {most} ký tự; hãy viết gọn lại.",
                          {"number": number, "most": LONGEST_NAME}, kind="member")
        if not tidy_name(seat.name) or not tidy_name(seat.agency):
            yield Problem("Thành viên thứ {number} thiếu họ tên hoặc cơ quan.", {"number": number}, kind="member")
        elif twice[fold(seat.name), fold(seat.agency)] > 1:
            yield Problem("{name} ({agency}) có hai lần trong hội đồng.", {"name": seat.name, "agency": seat.agency},
                          kind="member_twice")
        if seat.role not in COUNCIL_ROLES:
            yield Problem("Vai trò “{role}” không có trong hội đồng.", {"role": seat.role}, kind="role")
