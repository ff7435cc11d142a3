"""What another office's file brings, in words: records, their fields and values."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from ocop_desktop import text
from ocop_desktop.rules.targets import MEASURES
from ocop_desktop.rules.terms import ACTIVITY_KINDS, FUNDING_SOURCES
from ocop_desktop.text import N_, _
from ocop_desktop.ui.dossier_words import FIELDS, KINDS, said

if TYPE_CHECKING:
    from ocop_desktop.rules.merging import Addition

PARTS = {"producer": "producer", "product": "product", "dossier": "registration"}  # records as the dossier's form calls them
NEW = {"producer": N_("Chủ thể mới"), "product": N_("Sản phẩm mới"), "dossier": N_("Hồ sơ mới"),
       "certificate": N_("Công nhận mới"), "inspection": N_("Lần kiểm tra mới"), "inspection_photo": N_("Ảnh kiểm tra mới"),
       "activity": N_("Hoạt động mới"), "funding": N_("Kinh phí mới"), "target": N_("Chỉ tiêu mới")}
OTHERS = {
    "certificate": {
        "number": N_("Số giấy"), "stars": N_("Hạng sao"), "issued_on": N_("Ngày cấp"), "expires_on": N_("Hết 36 tháng"),
        "decision": N_("Quyết định"), "decided_on": N_("Ngày quyết định"), "authority": N_("Cơ quan công nhận"),
        "revoked_on": N_("Ngày thu hồi"), "revoked_why": N_("Lý do thu hồi"), "revoked_ground": N_("Căn cứ thu hồi"),
        "concluded_on": N_("Ngày kết luận"), "conclusion": N_("Văn bản kết luận"), "revoked_by": N_("Số quyết định thu hồi"),
        "extended_until": N_("Được lưu hành đến"), "extended_why": N_("Lý do gia hạn")},
    "inspection": {
        "planned_on": N_("Ngày dự kiến kiểm tra"), "held_on": N_("Ngày kiểm tra"), "team": N_("Thành phần đoàn kiểm tra"),
        "findings": N_("Nội dung, kết quả kiểm tra"), "label_right": N_("Sử dụng nhãn hiệu OCOP"),
        "follow_up": N_("Việc chủ thể phải khắc phục"), "follow_up_due": N_("Hạn khắc phục"),
        "follow_up_done": N_("Ngày khắc phục xong")},
    "activity": {
        "kind": N_("Loại hoạt động"), "name": N_("Nội dung"), "begins_on": N_("Từ ngày"), "ends_on": N_("Đến ngày"),
        "place": N_("Địa điểm"), "events": N_("Số cuộc"), "people": N_("Người dự"), "women": N_("Trong đó nữ"),
        "minorities": N_("Trong đó dân tộc thiểu số"), "documents": N_("Bộ tài liệu"), "cost_vnd": N_("Kinh phí (đồng)"),
        "note": N_("Ghi chú")},
    "funding": {"amount_vnd": N_("Số tiền (đồng)"), "note": N_("Ghi chú")},
    "target": {"least": N_("Chỉ tiêu"), "note": N_("Ghi chú")},
    "product": {"photo": N_("Ảnh sản phẩm")}, "producer": {"note": N_("Ghi chú")}}


def about(entity: str, told: str) -> str:
    """What a record is about, as ``rules.merging`` tells it."""
    if entity == "funding":
        source, _blank, year = told.rpartition(" ")
        return _("{source}, năm {year}", source=FUNDING_SOURCES[source].said(text.language()), year=year)
    if entity == "target":
        return MEASURES[told].words.said(text.language())
    return ACTIVITY_KINDS[told].said(text.language()) if entity == "activity" and told in ACTIVITY_KINDS else told


def field_name(entity: str, field: str) -> str:
    """A field of a record."""
    known = OTHERS.get(entity, {}).get(field) or FIELDS[_place(entity, field)]
    return _(known)


def said_of(entity: str, field: str, value: Any) -> str:
    """A value of a field."""
    if value in (None, ""):
        return "–"
    place = _place(entity, field)
    if place in KINDS:
        return said(KINDS[place], str(value))
    if field == "photo":
        return _("có ảnh")
    if field == "label_right":
        return _("Đúng quy định") if value else _("Chưa đúng")
    if isinstance(value, int) and field != "year":
        return text.number(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return text.date(dt.date.fromisoformat(value))
    return str(value)


def summary_of(one: Addition) -> str:
    """A new record in a few words."""
    key = {"certificate": "issued_on", "inspection": "planned_on", "activity": "begins_on", "funding": "amount_vnd",
           "target": "least", "inspection_photo": "name"}.get(one.entity)
    words = said_of(one.entity, key, one.values[key]) if key else ""
    if one.entity == "target":
        words += " %" if MEASURES[one.about].unit == "share" else ""
        return " · ".join(filter(None, (words, one.values.get("period"))))
    return words


def _place(entity: str, field: str) -> str:
    return f"{PARTS.get(entity, entity)}.{'commune_id' if field == 'commune' else field}"
