"""The minutes of a session from its data: closed results from their snapshots, attendance, working rules, the chain's head."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import audit, reopening
from ocop_desktop.actions.meeting_facts import Closed, Item, Meeting, comma, criterion_name, rules_source, shorts
from ocop_desktop.actions.sessions import RULES
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.changes import lines_of
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.scoring import shown
from ocop_desktop.rules.spread import pairs
from ocop_desktop.rules.terms import COUNCIL_ROLES
from ocop_desktop.rules.working_rules import WorkingRules

if TYPE_CHECKING:
    from ocop_desktop.papers.minutes import Discussed, MatterLine, Minutes
    from ocop_desktop.papers.presence_table import PresenceTable
    from ocop_desktop.papers.result_table import ResultTable

GATES = {"majority": "đạt khi quá nửa số phiếu đạt", "every": "đạt khi mọi phiếu đạt",
         "chair": "do Chủ tịch kết luận khi phiếu khác nhau"}
NAMES = {"quorum": "Số thành viên có mặt tối thiểu", "spread": "Chênh lệch tối đa giữa hai phiếu",
         "gate_rule": "Điều kiện của hạng sao", "drop_extremes": "Bỏ phiếu cao nhất và thấp nhất",
         "secretary_scores": "Thư ký chấm điểm", "advisory_shown": "Thành viên được xem ý kiến của Tổ tư vấn",
         "near_line": "Đánh dấu điểm gần ngưỡng hạng sao",
         "digits": "Số chữ số thập phân của điểm", "source": "Số quy chế", "source_date": "Ngày quy chế",
         "source_article": "Điều của quy chế"}
MATTERS = {"exclusion": "Đề nghị loại", "spread": "Chênh lệch", "near_line": "Điểm gần ngưỡng hạng sao"}
RANKS = ("Tiềm năng 5 sao", "4 sao", "3 sao", "2 sao", "1 sao", "Bị loại")
CRITERIA_TOLD = 3  # criteria named where two ballots are far apart


def minutes(session: Session, meeting: Meeting, made_at: dt.datetime | None = None) -> Minutes:
    """The minutes; dossiers that are not closed are named without any score.

    Args:
        made_at: the moment (now when not given).
    """
    from ocop_desktop.papers.minutes import Minutes

    ranks = Counter(closed.rank for _item, closed in meeting.closed)
    return Minutes(
        body=meeting.office.body, council=meeting.council, session=meeting.name, held_on=meeting.held_on, place=meeting.place,
        written=meeting.kind == "written", decision_number=meeting.decision_number, decision_date=meeting.decision_date,
        law=meeting.law, source=rules_source(meeting.working), chair=meeting.chair, secretary=meeting.secretary,
        members=tuple(_members(meeting)), quorum=quorum_in_words(meeting), recusals=tuple(_recusals(meeting)),
        rules=rules_in_words(meeting.working), rule_changes=tuple(_rule_changes(session, meeting.id)),
        results=tuple(_result(item, closed) for item, closed in meeting.closed),
        counts=tuple((rank, ranks[rank]) for rank in RANKS if ranks[rank]),
        discussed=tuple(_discussed(session, meeting)), removed=tuple(removed(session, meeting)),
        not_closed=tuple(named(i) for i in meeting.items if i.status == "open"), table=result_table(meeting),
        presence=presence_table(meeting), head=str(audit.head(session)),
        made_at=made_at or dt.datetime.now().replace(microsecond=0))


def named(item: Item) -> str:
    """A dossier as the papers name it."""
    code = f" ({item.code})" if item.code else ""
    return f"Hồ sơ số {item.position}: “{item.product}”{code}, {item.producer}"


def rules_in_words(working: WorkingRules) -> tuple[tuple[str, str], ...]:
    """Working rules as Vietnamese (name, value)."""
    keys = ("quorum", "spread", "gate_rule", "drop_extremes", "secretary_scores", "advisory_shown", "near_line", "digits")
    return tuple((NAMES[key], _value(key, getattr(working, key))) for key in keys)


def _value(key: str, value: Any) -> str:
    if key == "gate_rule":
        return GATES[str(value)]
    if isinstance(value, bool):
        return "có" if value else "không"
    match key:
        case "quorum":
            return f"{value} số thành viên chấm điểm, có Chủ tịch hoặc Phó Chủ tịch"
        case "spread" | "near_line":
            return f"{comma(shown(Fraction(str(value)), 2))} điểm"
        case "source_date":
            return f"{dt.date.fromisoformat(str(value)):%d/%m/%Y}" if value else "chưa ghi"
    return str(value) or "chưa ghi"


def _rule_changes(session: Session, session_id: int) -> Iterator[str]:
    for line in lines_of(session, "session", [session_id], RULES):
        after, before = dict(line.after or {}), line.before or {}
        reason = str(after.pop("reason", "")).rstrip(".")
        if reason:
            told = "; ".join(f"{NAMES[key].lower()} từ “{_value(key, before.get(key, ''))}” thành “{_value(key, after[key])}”"
                             for key in after if key in NAMES and after[key] != before.get(key))
            yield f"Lúc {line.at:%H giờ %M} ngày {line.at:%d/%m/%Y}: {told}. Lý do: {reason}."


def _members(meeting: Meeting) -> Iterator[Any]:
    from ocop_desktop.papers.minutes import MemberLine

    for seat in meeting.seats:
        where = ", ".join(part for part in (meeting.positions.get(seat.member_id, ""), seat.agency) if part)
        yield MemberLine(seat.name, where, COUNCIL_ROLES[seat.role].vi, presence_in_words(meeting, seat.member_id))


def presence_in_words(meeting: Meeting, member_id: int) -> str:
    """For what part of the meeting a member was there."""
    there = [any(s.member_id == member_id and s.present for s in item.seats) for item in meeting.on_agenda]
    numbers = [item.position for item in meeting.on_agenda]
    if not there:
        seat = next(s for s in meeting.seats if s.member_id == member_id)
        return "Có mặt" if seat.present else "Vắng"
    if all(there):
        return "Có mặt"
    if not any(there):
        return "Vắng"
    first, last = there.index(True), len(there) - 1 - there[::-1].index(True)
    if all(there[first:]):
        return f"Đến từ hồ sơ số {numbers[first]}"
    if all(there[:last + 1]):
        return f"Đến hết hồ sơ số {numbers[last]}"
    return f"Có mặt {sum(there)}/{len(there)} hồ sơ"


def quorum_in_words(meeting: Meeting) -> str:
    """How many sit in the council, and that the closed dossiers had enough of them."""
    scoring = sum(s.scores for s in meeting.seats)
    said = f"Hội đồng có {len(meeting.seats)} người, trong đó {scoring} người chấm điểm."
    met = [closed.snapshot["quorum"] for _item, closed in meeting.closed]
    if met:
        least = min(met, key=lambda q: q["present"])
        said += (f" Mọi hồ sơ đã chốt đều đủ số lượng có mặt; ít nhất là {least['present']}/{least['seats']} người, cần từ "
                 f"{least['needed']} người.")
    return said


def _recusals(meeting: Meeting) -> Iterator[tuple[str, str, str, str]]:
    for item in meeting.on_agenda:
        for seat in item.seats:
            if seat.member_id in item.recused:
                yield seat.name, seat.agency, item.product, item.recused[seat.member_id].rstrip(".")


def _result(item: Item, closed: Closed) -> Any:
    from ocop_desktop.papers.minutes import ResultLine

    missing = closed.outcome.next.gates if closed.outcome.next and not closed.excluded else ()
    unmet = f"{closed.outcome.next.stars} sao: {', '.join(missing)}" if closed.outcome.next and missing else "–"
    by_points = f"{closed.outcome.stars_by_points} sao"
    return ResultLine(item.position, item.code, item.product, item.producer, closed.mean, by_points, unmet, closed.rank)


def _discussed(session: Session, meeting: Meeting) -> Iterator[Discussed]:
    from ocop_desktop.papers.minutes import Discussed

    gone = reopening.withdrawn(session, [item.id for item, _closed in meeting.closed])
    for item, closed in meeting.closed:
        opened = tuple(f"Kết quả đã chốt được mở lại lúc {w.at:%H giờ %M} ngày {w.at:%d/%m/%Y}, rồi chốt lại. Lý do: "
                       f"{w.reason.rstrip('.')}. Chủ trì: {w.chair}." for w in gone.get(item.id, ()))
        yield Discussed(
            f"Hồ sơ số {item.position}: {item.product}", (*_notes(closed), *opened),
            tuple(_matters(item, closed.snapshot["conclusions"])),
            tuple((f"{v.name} ({v.label})" if v.name not in v.label else v.label, v.opinion) for v in closed.basis.votes
                  if v.opinion.strip()))


def _notes(closed: Closed) -> Iterator[str]:
    outcome, basis = closed.outcome, closed.basis
    again: dict[str, list[str]] = {}
    for vote in basis.votes:
        if vote.earlier:
            before = ", ".join(map(str, vote.earlier))
            again.setdefault(vote.reopened_why.strip().rstrip("."), []).append(
                f"{vote.label}: điểm trước {before}, điểm được tính {outcome.totals[vote.label]}")
    for why, lines in again.items():
        yield f"Chấm lại{f' (lý do: {why})' if why else ''}. {'; '.join(lines)}."
    far = [f"{pair.high} và {pair.low} chênh {pair.points} điểm, khác nhau nhiều nhất ở "
           + ", ".join(gap.code for gap in pair.gaps[:CRITERIA_TOLD])
           for pair in pairs(basis.rules, basis.ballots, outcome.spread_over)]
    if far:
        yield f"Chênh lệch quá giới hạn {comma(shown(basis.working.spread, 2))} điểm: {'; '.join(far)}."
    raised: dict[str, list[str]] = {}
    for one in outcome.exclusions:
        where = f" (tiêu chí {one.criterion})" if one.criterion else ""
        raised.setdefault(one.reason.strip().rstrip("."), []).append(one.member + where)
    for why, members in raised.items():
        yield f"Đề nghị loại hồ sơ: {', '.join(members)}. Lý do ghi trên phiếu: {why}."


def _matters(item: Item, made: Iterable[Mapping[str, Any]]) -> Iterator[MatterLine]:
    """Conclusions; those of one kind, value and reason together."""
    from ocop_desktop.papers.minutes import MatterLine

    found: dict[tuple[str, str, str, str], list[str]] = {}
    for one in made:
        key = one["kind"], _said(one), one["reason"].strip().rstrip("."), one.get("chair") or ""
        found.setdefault(key, []).append(criterion_name(item, one["code"]) if one["kind"] == "gate" else "")
    for (kind, said, reason, chair), names in found.items():
        what, told = (f"Điều kiện {said}", "; ".join(names)) if kind == "gate" else (MATTERS[kind], said)
        yield MatterLine(what, told, reason, chair)


def _said(made: Mapping[str, Any]) -> str:
    match made["kind"], made["value"]:
        case "exclusion", value:
            return "Hội đồng loại hồ sơ" if value else "Hội đồng không loại hồ sơ"
        case "gate", value:
            return f"công nhận đạt mức {value} sao" if value else "chưa đạt"
        case "spread", _value:
            return "giữ nguyên điểm"
        case _:
            return "đã xem, giữ nguyên"


def removed(session: Session, meeting: Meeting) -> Iterator[str]:
    """Dossiers taken off the agenda with the reason, as sentences."""
    for item in meeting.items:
        if item.status == "removed":
            change = rows.last_change(session, "agenda_item", item.id, "removed")
            reason = str(((change.after if change else None) or {}).get("reason", "")).rstrip(".")
            yield f"{named(item)}{'. Lý do: ' + reason if reason else ''}."


def result_table(meeting: Meeting) -> ResultTable:
    """One column per agency; "KC" where a member did not score, "V" where one was away, brackets round totals left out."""
    from ocop_desktop.papers.result_table import ResultRow, ResultTable

    seats = meeting.scoring
    heads = shorts(seats)
    rows = tuple(ResultRow(item.position, item.code, item.product, item.producer, item.producer_address,
                           tuple(_total(item, closed, s.member_id) for s in seats), closed.mean, closed.rank)
                 for item, closed in meeting.closed)
    return ResultTable(meeting.office.body, meeting.council, meeting.name, meeting.held_on,
                       tuple(heads[s.member_id] for s in seats),
                       tuple((heads[s.member_id], s.agency or s.name, s.name) for s in seats), rows, _note(meeting),
                       meeting.chair, meeting.secretary)


def _note(meeting: Meeting) -> str:
    said = "Điểm đánh giá là trung bình cộng các phiếu hợp lệ, giữ chính xác khi xếp hạng; KC: không chấm, V: vắng."
    if any(closed.outcome.left_out for _item, closed in meeting.closed):
        said += " Điểm trong ngoặc là phiếu cao nhất hoặc thấp nhất không tính vào trung bình theo quy chế."
    return said


def _total(item: Item, closed: Closed, member_id: int) -> str:
    vote = next((v for v in closed.basis.votes if v.member_id == member_id), None)
    if vote is not None:
        total = str(closed.outcome.totals[vote.label])
        return f"({total})" if vote.label in closed.outcome.left_out else total
    if member_id in item.recused:
        return "KC"
    return "V" if any(s.member_id == member_id and not s.present for s in item.seats) else "–"


def presence_table(meeting: Meeting) -> PresenceTable:
    """Who was there for which dossier."""
    from ocop_desktop.papers.presence_table import PresenceTable

    heads = shorts(meeting.seats)
    return PresenceTable(meeting.name, tuple(heads[s.member_id] for s in meeting.seats),
                         tuple((item.position, item.product, tuple(_mark(item, s.member_id) for s in meeting.seats), _met(item))
                               for item in meeting.on_agenda))


def _mark(item: Item, member_id: int) -> str:
    from ocop_desktop.papers import presence_table as marks

    seat = next((s for s in item.seats if s.member_id == member_id), None)
    if seat is None or not seat.present:
        return marks.AWAY
    if member_id in item.recused:
        return marks.RECUSED
    return marks.HERE if seat.scores else marks.AUDITING


def _met(item: Item) -> str:
    if item.closed:
        return f"{item.closed.snapshot['quorum']['present']}/{item.closed.snapshot['quorum']['seats']}"
    able = [s for s in item.seats if s.scores and s.member_id not in item.recused]
    return f"{sum(s.present for s in able)}/{len(able)}"
