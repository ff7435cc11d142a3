"""Layout of the programme's activities: what was done, when, where, with whom, for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocop_desktop.rules.terms import ACTIVITY_KINDS
from ocop_desktop.sheets import funding
from ocop_desktop.sheets.amounts import activity_kind
from ocop_desktop.sheets.layout import Layout, Template, TemplateColumn
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.sheets.contents import Contents, Row

NAME = "activities"
COLUMNS: dict[str, tuple[str, str, str]] = {  # field -> (words, reader, folded headings)
    "activity": (N_("Nội dung hoạt động"), "text", (
        "noi dung|noi dung hoat dong|ten hoat dong|hoat dong|ten hoi nghi|ten lop|ten su kien|noi dung thuc hien|"
        "ten lop tap huan|ten hoi nghi, lop tap huan|noi dung cong viec")),
    "activity_kind": (N_("Loại hoạt động"), "activity", "loai hoat dong|nhom hoat dong|hinh thuc hoat dong|loai su kien"),
    "period": (N_("Thời gian"), "period", "thoi gian|thoi gian thuc hien|thoi gian to chuc|ngay to chuc|ngay thuc hien|ky"),
    "place": (N_("Địa điểm"), "text", "dia diem to chuc|dia diem thuc hien|noi to chuc"),
    "events": (N_("Số cuộc, số lớp"), "whole", (
        "so cuoc|so lop|so hoi nghi|so cuoc, so lop|so hoat dong|so buoi|so cuoc/lop|so lop/cuoc|so lop, cuoc|"
        "so lop tap huan|so cuoc hoi nghi|so luong lop|so luong cuoc")),
    "people": (N_("Số người tham gia"), "whole", (
        "so nguoi|so nguoi tham gia|so luot nguoi|nguoi tham gia|so nguoi tham du|so dai bieu|so hoc vien|luot nguoi|"
        "nguoi tham du|so nguoi du|nguoi du|tong so nguoi|so luong nguoi|so luong nguoi tham gia|so luong nguoi tham du")),
    "women": (N_("Trong đó nữ"), "whole", "nu|so nu|phu nu|trong do nu|nu gioi|so phu nu|trong do: nu"),
    "minorities": (N_("Dân tộc thiểu số"), "whole", (
        "dan toc thieu so|dtts|so nguoi dtts|nguoi dan toc thieu so|trong do dan toc thieu so|nguoi dtts|dong bao dtts")),
    "documents": (N_("Số bộ tài liệu"), "whole", (
        "so tai lieu|tai lieu|so bo tai lieu|tai lieu cap phat|bo tai lieu|so to roi|so luong tai lieu")),
    "cost": (N_("Kinh phí"), "money", "kinh phi|kinh phi thuc hien|chi phi|tong kinh phi|kinh phi to chuc"),
}

_NOTHING = N_("Dòng {row} chưa có nội dung hoạt động (ô {cell}); hãy gõ nội dung hoặc bỏ qua dòng này.")
_NO_KIND = N_("Dòng {row}: chưa rõ loại hoạt động của “{value}”; cần một trong: {choices}.")
_NO_TIME = N_("Dòng {row} chưa rõ thời gian (ô {cell}); cần ngày, tháng, quý hoặc năm, ví dụ 12/05/2022 hoặc tháng 5/2022.")
_MORE = N_("Ô {cell} ({heading}): {value} nhiều hơn số người tham gia ({people}); hãy xem lại.")


def claims(fields: frozenset[str]) -> int:
    """An activity has a name or a kind, and a time or a count."""
    counted = fields & {"people", "women", "minorities", "documents", "events", "period", "first_date", "cost", "place"}
    return 10 + len(counted) if fields & {"activity", "activity_kind"} and counted and "product" not in fields else 0


def check(contents: Contents) -> None:
    """Ask for kind and time; counts of a part must not be above the whole; money needs a unit."""
    choices = ", ".join(words.vi for words in ACTIVITY_KINDS.values())
    for row in contents.rows:
        _kind(contents, row, choices)
        if not row.values.get("period") and not any(p.values["field"] == "period" for p in row.problems):
            contents.ask(row, "period", "no_period", "error", _NO_TIME)
        else:
            time = row.values.get("period")
            funding.ask_far_year(contents, row, "period", time.begins.year if time else None)
        people = row.values.get("people")
        for part in ("women", "minorities"):
            value = row.values.get(part)
            if people is not None and value is not None and value > people:
                contents.ask(row, part, "part_above_whole", "warning", _MORE, value, people=people)
        funding.settle(contents, row, "cost")


def _kind(contents: Contents, row: Row, choices: str) -> None:
    values = row.values
    if not values.get("activity") and not values.get("activity_kind"):
        contents.ask(row, "activity", "no_activity", "error", _NOTHING)
    elif not values.get("activity_kind") and not any(p.values["field"] == "activity_kind" for p in row.problems):
        values["activity_kind"] = activity_kind(values.get("activity", "")).value
        if not values["activity_kind"]:
            contents.ask(row, "activity_kind", "bad_activity", "error", _NO_KIND, values.get("activity", ""), choices=choices)


LAYOUT = Layout(
    NAME, N_("Hoạt động của chương trình"), claims, check, frozenset((*COLUMNS, "running", "note")), ("period",),
    Template(
        "HOẠT ĐỘNG CỦA CHƯƠNG TRÌNH OCOP",
        (
            TemplateColumn("STT", 6, "number"),
            TemplateColumn("Loại hoạt động", 26, choices=tuple(words.vi for words in ACTIVITY_KINDS.values())),
            TemplateColumn("Nội dung", 44, "wrapped", help="Tên hội nghị, lớp tập huấn, hội chợ…"),
            TemplateColumn("Thời gian", 16, help="12/05/2022, 12-14/05/2022, tháng 5/2022, quý II/2022 hoặc 2022."),
            TemplateColumn("Địa điểm", 24),
            TemplateColumn("Số cuộc", 9, "number", help="Để trống là 1."),
            TemplateColumn("Số người tham gia", 12, "number"),
            TemplateColumn("Trong đó nữ", 10, "number"),
            TemplateColumn("Dân tộc thiểu số", 10, "number"),
            TemplateColumn("Số bộ tài liệu", 10, "number"),
            TemplateColumn("Kinh phí (đồng)", 18, "number", help="Đơn vị ghi ở tiêu đề: đồng, nghìn đồng, triệu đồng, tỷ đồng."),
            TemplateColumn("Ghi chú", 24),
        ),
        (
            (1, "Tập huấn", "Viết câu chuyện sản phẩm", "12-14/05/2026", "Xã Mẫu Sơn", 1, 40, 22, 35, 40, 12_500_000, ""),
            (2, "Hội nghị tuyên truyền", "Phổ biến Quyết định 26/2026", "tháng 6/2026", "Trung tâm tỉnh", 3, 210, 96, 150, 210,
             45_000_000, ""),
        ),
    ),
    reads_as={"address": "place", "first_date": "period", "filed_on": "period", "first_year": "period", "kind": "activity_kind",
              "amount": "cost", "round": "period", "commune": "place", "samples": "events"},
)  # fmt: skip
