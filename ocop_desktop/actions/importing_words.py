"""What an import's fields, layouts and repairs are called, and what may be typed for a commune; for screens."""

from __future__ import annotations

from ocop_desktop.data import communes
from ocop_desktop.data.engine import Session
from ocop_desktop.sheets.contents import REPAIRS
from ocop_desktop.sheets.headings import FIELDS
from ocop_desktop.sheets.layouts import LAYOUTS
from ocop_desktop.sheets.mapping import Mapping
from ocop_desktop.text import N_, _

__all__ = ["Mapping", "commune_choices", "field_words", "fields", "layout_words", "problem_words", "repair_words"]


PROBLEMS: dict[str, str] = {
    "like_producer": N_("Chủ thể gần giống"),
    "like_product": N_("Sản phẩm gần giống"),
    "unknown_commune": N_("Xã không có"),
    "ambiguous_commune": N_("Xã chưa rõ"),
    "no_commune": N_("Thiếu xã"),
    "old_commune": N_("Xã tên cũ"),
    "duplicate_row": N_("Dòng trùng"),
    "two_stars": N_("Hai hạng sao"),
    "stars_contradict": N_("Hạng sao mâu thuẫn"),
    "stars_differ": N_("Sao khác điểm"),
    "mean_differs": N_("Trung bình khác điểm"),
    "bad_stars": N_("Hạng sao sai"),
    "no_stars": N_("Thiếu hạng sao"),
    "few_stars": N_("Dưới 3 sao"),
    "year_contradicts": N_("Năm khác ngày"),
    "second_before_first": N_("Lần 2 trước lần 1"),
    "expiry": N_("Ngày hết hạn lệch"),
    "no_date": N_("Thiếu ngày công nhận"),
    "date_moved": N_("Ngày công nhận đổi"),
    "bad_date": N_("Ngày sai"),
    "month": N_("Chỉ có tháng"),
    "year": N_("Chỉ có năm"),
    "bad_phone": N_("Điện thoại sai"),
    "bad_tax_code": N_("Mã số thuế sai"),
    "bad_kind": N_("Loại hình chưa rõ"),
    "bad_set": N_("Bộ sản phẩm sai"),
    "bad_count": N_("Số lượng sai"),
    "bad_number": N_("Số sai"),
    "bad_application": N_("Lần đăng ký chưa rõ"),
    "bad_code": N_("Mã sản phẩm sai"),
    "taken_code": N_("Mã đã dùng"),
    "other_producer": N_("Chủ thể khác"),
    "producer_differs": N_("Chủ thể ghi hai cách"),
    "in_session": N_("Hồ sơ đã vào phiên"),
    "error_cell": N_("Ô lỗi"),
    "legacy": N_("Phông chữ cũ"),
    "no_product": N_("Thiếu tên sản phẩm"),
    "no_producer": N_("Thiếu chủ thể"),
    "bad_money": N_("Số tiền sai"),
    "no_unit": N_("Chưa rõ đơn vị tiền"),
    "no_amount": N_("Thiếu số tiền"),
    "no_source": N_("Thiếu nguồn vốn"),
    "bad_source": N_("Nguồn vốn chưa rõ"),
    "no_funding_year": N_("Thiếu năm"),
    "bad_points": N_("Điểm sai"),
    "no_scores": N_("Không có điểm"),
    "no_total": N_("Thiếu một điểm"),
    "bad_period": N_("Thời gian sai"),
    "no_period": N_("Thiếu thời gian"),
    "bad_activity": N_("Loại hoạt động chưa rõ"),
    "no_activity": N_("Thiếu nội dung"),
    "part_above_whole": N_("Nhiều hơn tổng số"),
}


def fields() -> tuple[tuple[str, str], ...]:
    """Every field a column may be, with its words, in the order of a register."""
    return tuple((name, _(words)) for name, (words, _reader) in FIELDS.items())


def field_words(name: str) -> str:
    """The words of one field, or its own name."""
    return _(FIELDS[name][0]) if name in FIELDS else name


def layout_words(name: str) -> str:
    """What a layout is called."""
    return next((_(layout.words) for layout in LAYOUTS if layout.name == name), name)


def problem_words(kind: str) -> str:
    """What a kind of question is about, in a few words; for filtering."""
    return _(PROBLEMS[kind]) if kind in PROBLEMS else kind


def repair_words(kind: str) -> str:
    """What a repair did."""
    return _(REPAIRS[kind]) if kind in REPAIRS else kind


def commune_choices(session: Session, words: str, province: str = "") -> tuple[tuple[str, str], ...]:
    """Communes whose name holds ``words``: (name to write, full name), the likeliest first."""
    found = communes.find_communes(session, words, province or None, limit=12)
    return tuple((unit.full_name, unit.province) for unit in found)
