"""The words of a session's record on paper, from its plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ocop_desktop import text
from ocop_desktop.actions import rulebooks
from ocop_desktop.rules.ballot import total
from ocop_desktop.rules.terms import COUNCIL_ROLES
from ocop_desktop.rules.working_rules import WorkingRules, read_working_rules
from ocop_desktop.text import N_, _

if TYPE_CHECKING:
    from ocop_desktop.papers.session_record import Part, Record, Vote

Plain = Mapping[str, Any]

STATES = {"draft": N_("Chưa mở"), "open": N_("Đang mở"), "closed": N_("Đã đóng")}
KINDS = {"meeting": N_("Phiên họp"), "written": N_("Lấy ý kiến bằng văn bản")}
GATES = {"majority": N_("quá nửa số phiếu đạt"), "every": N_("mọi phiếu đạt"), "chair": N_("Chủ tịch kết luận")}
SETTINGS = {"quorum": N_("Số lượng có mặt"), "spread": N_("Chênh lệch nhiều nhất"), "gate_rule": N_("Mức tối thiểu của hạng sao"),
            "drop_extremes": N_("Bỏ phiếu cao nhất, thấp nhất"), "secretary_scores": N_("Thư ký chấm điểm"),
            "advisory_shown": N_("Cho xem ý kiến Tổ tư vấn"),
            "digits": N_("Số chữ số thập phân"), "near_line": N_("Đánh dấu gần ngưỡng"), "source": N_("Theo quy chế"),
            "source_date": N_("Ngày quy chế"), "source_article": N_("Điều")}
MATTERS = {"exclusion": N_("Đề nghị loại"), "spread": N_("Chênh lệch"), "gate": N_("Mức tối thiểu"),
           "near_line": N_("Gần ngưỡng")}


def paper_of(record: Plain, sha256: str) -> Record:
    """The paper of a record; ``sha256`` is that of the JSON file that goes along."""
    from ocop_desktop.papers.session_record import Record

    meeting, working = record["session"], read_working_rules(record["working_rules"])
    under = " · ".join(part for part in (meeting["council"], meeting["decision_number"]) if part)
    return Record(
        title=_("Hồ sơ phiên {name}", name=meeting["name"]), under=(under, _("Lập lúc {at}", at=_moment(record["made_at"]))),
        facts=tuple(_facts(meeting)), rules=rules_told(working),
        rule_changes=tuple(_rule_change(c) for c in record["rule_changes"] if c["reason"]),
        seats=tuple((s["name"], s["agency"], COUNCIL_ROLES[s["role"]].said(text.language()), _presence(s, record))
                    for s in record["seats"]),
        parts=tuple(_part(number, d) for number, d in enumerate(record["dossiers"], 1)),
        decisions=tuple(_decisions(record)), head=record["chain"]["head"], sha256=sha256, json_name="ho-so-phien.json")


def rules_told(working: WorkingRules) -> tuple[tuple[str, str], ...]:
    """Working rules as (name, value), their source first."""
    return tuple((_(SETTINGS[key]), setting_told(key, getattr(working, key)))
                 for key in ("source", "source_date", "source_article", "quorum", "spread", "gate_rule", "drop_extremes",
                             "secretary_scores", "advisory_shown", "near_line", "digits"))


def setting_told(key: str, value: object) -> str:
    """One setting's value in words."""
    if key == "gate_rule":
        return _(GATES[str(value)])
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if key == "source_date":
        return text.date(dt.date.fromisoformat(str(value))) if value else _("chưa ghi")
    if key == "quorum":
        return _("từ {share} thành viên", share=str(value))
    if key in ("spread", "near_line"):
        return _("{points} điểm", points=text.points(Fraction(str(value)), 2))
    return str(value) or _("chưa ghi")


def _facts(meeting: Plain) -> Iterator[tuple[str, str]]:
    yield _("Mã phiên"), meeting["code"]
    yield _("Hình thức"), _(KINDS[meeting["kind"]])
    written = meeting["kind"] == "written"
    yield (_("Ngày lấy ý kiến") if written else _("Ngày họp")), _day(meeting["held_on"])
    if meeting["due_on"]:
        yield _("Hạn cuối"), _day(meeting["due_on"])
    if meeting["place"]:
        yield _("Địa điểm"), meeting["place"]
    yield _("Tình trạng"), _(STATES[meeting["status"]])
    yield _("Bộ tiêu chí"), _("Quyết định {law}", law=meeting["rulebook"])


def _rule_change(change: Plain) -> tuple[str, str, str, str]:
    told = [_("{what}: {before} thành {after}", what=_(SETTINGS[key]), before=setting_told(key, change["before"].get(key, "")),
              after=setting_told(key, change["after"][key])) for key in change["after"] if key in SETTINGS]
    return _moment(change["at"]), change["who"], "; ".join(told), change["reason"]


def _presence(seat: Plain, record: Plain) -> str:
    """On the roll, or for how many dossiers where a member came late or left early."""
    sat = [_there(seat, d) for d in record["dossiers"] if d["status"] != "removed"]
    if all(sat) and sat:
        return _("có mặt")
    return _("vắng") if not any(sat) else _("{count} trên {all} hồ sơ", count=sum(sat), all=len(sat))


def _there(seat: Plain, dossier: Plain) -> bool:
    if dossier["result"]:
        return any(s["member_id"] == seat["member_id"] and s["present"] for s in dossier["result"]["snapshot"]["seats"])
    return bool(dossier["present"].get(seat["ballot"], seat["present"]))


def _part(number: int, dossier: Plain) -> Part:
    from ocop_desktop.papers.session_record import Part

    head = {"number": number, "product": dossier["product"], "producer": dossier["producer"], "code": dossier["code"] or ""}
    result = dossier["result"]
    if result is None:
        state = _("Đã rút khỏi phiên") if dossier["status"] == "removed" else _("Chưa chốt")
        return Part(**head, state=state, notes=tuple(_recusals(dossier["recusals"])))
    snapshot = result["snapshot"]
    working = read_working_rules(snapshot["working_rules"])
    rank = _("Bị loại") if result["excluded"] else _("{count} sao", count=result["stars"])
    return Part(**head, state=_("Đã chốt {at}", at=_moment(result["closed_at"])),
                mean=text.points(Fraction(result["mean"]), working.digits), rank=rank,
                near=snapshot["outcome"]["near_line"] is not None, votes=tuple(_vote(b, snapshot) for b in snapshot["ballots"]),
                notes=tuple(_notes(dossier, snapshot)), conclusions=tuple(_conclusion(c) for c in snapshot["conclusions"]))


def _vote(ballot: Plain, snapshot: Plain) -> Vote:
    from ocop_desktop.papers.session_record import Vote

    rules = rulebooks.criteria(snapshot["rulebook"]["id"], snapshot["dossier"]["set"])
    earlier = ", ".join(str(total(rules, e["choices"])) for e in ballot["earlier"])
    raised = _("Đề nghị loại: {reason}", reason=ballot["exclusion"]) if ballot["exclusion"] else ""
    return Vote(ballot["member"], str(total(rules, ballot["choices"])), earlier, ballot["reopened_why"], raised)


def _notes(dossier: Plain, snapshot: Plain) -> Iterator[str]:
    absent = [s["label"] for s in snapshot["seats"] if s["scores"] and not s["present"]]
    if absent:
        yield _("Vắng: {who}.", who=", ".join(absent))
    yield from _recusals(dossier["recusals"])
    for a, b, points in snapshot["outcome"]["spread"]["over"]:
        yield _("Chênh lệch: {a} và {b} {points} điểm.", a=a, b=b, points=points)
    for paper in dossier.get("paper", ()):
        yield _("Phiếu giấy {ballot}: {typed} nhập, {checked} nhập lại để kiểm tra.", ballot=paper["ballot"],
                typed=paper["typed_by"], checked=paper["checked_by"]) + _hand_total(paper)
    for gone in dossier["withdrawn"]:
        yield _("Đã mở lại kết quả lúc {at}: {reason} (chủ trì: {chair}). Kết quả trước đó nằm nguyên văn trong tệp kèm theo.",
                at=_moment(gone["at"]), reason=gone["reason"].rstrip("."), chair=gone["chair"])


def _hand_total(paper: Plain) -> str:
    """What the sheet's own total says where it is not what its options come to."""
    if paper["hand_total"] == paper["counted"]:
        return ""
    return " " + _("Tổng ghi trên phiếu {hand}, các mức đã chọn cộng lại {counted} điểm.", hand=paper["hand_total"],
                   counted=paper["counted"])


def _recusals(recusals: Any) -> Iterator[str]:
    for one in recusals:
        yield _("{member} không chấm: {reason}.", member=one["ballot"], reason=one["reason"].rstrip("."))


def _conclusion(made: Plain) -> tuple[str, str, str]:
    what = f"{_(MATTERS[made['kind']])} {made['code']}".strip()
    match made["kind"], made["value"]:
        case "exclusion", value:
            said = _("loại") if value else _("không loại")
        case "gate", value:
            said = _("đạt {stars} sao", stars=value) if value else _("chưa đạt")
        case "spread", _value:
            said = _("giữ nguyên điểm")
        case _:
            said = _("đã xem, giữ nguyên")
    chair = _("chủ trì: {chair}", chair=made["chair"]) if made.get("chair") else ""
    reason = made["reason"].rstrip(".")
    return what, said, " ".join(part for part in (f"{reason}." if reason else "", f"({chair})" if chair else "") if part)


def _decisions(record: Plain) -> Iterator[str]:
    for one in record["decisions"]:
        yield _("Quyết định {number} ngày {date}.", number=one["number"], date=_day(one["date"]))
        if one["corrects"]:
            yield _("Đính chính Quyết định {number}.", number=one["corrects"])
    if record["certificates"]:
        yield _("{count} giấy chứng nhận đã cấp theo kết quả của phiên.", count=len(record["certificates"]))


def _day(value: str) -> str:
    return text.date(dt.date.fromisoformat(value))


def _moment(value: str) -> str:
    at = dt.datetime.fromisoformat(value)
    return f"{text.clock(at)} {text.date(at.date())}"
