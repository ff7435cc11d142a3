"""The form of a rulebook pack: its sheets, columns and headings. The words are part of the file format, so always Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "long", "number"]


@dataclass(frozen=True)
class Column:
    """A column of a set's sheet: field, heading, width in letters, kind of values."""

    field: str
    heading: str
    width: float
    kind: Kind = "text"


COLUMNS = (
    Column("code", "Mã", 8),
    Column("part", "Phần", 7),
    Column("group", "Nhóm", 24, "long"),
    Column("criterion", "Tiêu chí", 34, "long"),
    Column("criterion_en", "Tiêu chí (tiếng Anh)", 30, "long"),
    Column("number", "Mức", 7, "number"),
    Column("wording", "Nội dung", 52, "long"),
    Column("wording_en", "Nội dung (tiếng Anh)", 46, "long"),
    Column("points", "Điểm", 8, "number"),
    Column("star", "Sao", 7, "number"),
    Column("hint", "Gợi ý, ghi chú", 34, "long"),
    Column("hint_en", "Gợi ý, ghi chú (tiếng Anh)", 30, "long"),
    Column("exclusion", "Bị loại khi", 34, "long"),
    Column("exclusion_en", "Bị loại khi (tiếng Anh)", 30, "long"),
    Column("case", "Trường hợp", 11),
    Column("yes_no", "Có/Không", 10),
    Column("story", "Theo câu chuyện", 11),
    Column("zero_excludes", "0 điểm là loại", 11),
    Column("doubtful", "Nghi vấn", 30, "long"),
)
FIELDS = tuple(column.field for column in COLUMNS)
REMARKS = ("hint", "hint_en", "exclusion", "exclusion_en", "doubtful")
YES = "x"
SET_EXCLUSION = "Loại"  # in the column of codes: a reason that throws any product of the set out

COVER = "Quyết định"
SET_TAB = "Bộ {number}"

# Lines of the cover: key -> words before the value.
DECISION_LINES = {
    "id": "Số quyết định",
    "version": "Bản",
    "signed": "Ngày ký",
    "in_force": "Ngày có hiệu lực",
    "certificate_months": "Hiệu lực giấy chứng nhận (tháng)",
    "amended_by": "Được sửa đổi bởi",
}
TRANSITION_LINES = {
    "previous": "Quyết định trước",
    "finish_days": "Số ngày để đánh giá xong",
    "recognise_days": "Số ngày để công nhận thêm",
    "note": "Ghi chú chuyển tiếp",
    "note_en": "Ghi chú chuyển tiếp (tiếng Anh)",
}
# Tables of the cover: name -> (its title, headings by key).
COVER_TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "lines": ("Mức điểm của các hạng", {"stars": "Hạng sao", "least": "Điểm trung bình tối thiểu"}),
    "part": ("Các phần", {"code": "Phần", "max": "Điểm tối đa", "vi": "Tên phần", "en": "Tên phần (tiếng Anh)"}),
    "industry": ("Các ngành", {"code": "Ngành", "": "", "vi": "Tên ngành", "en": "Tên ngành (tiếng Anh)"}),
    "set": (
        "Các bộ sản phẩm",
        {
            "number": "Bộ",
            "industry": "Ngành",
            "vi": "Tên bộ sản phẩm",
            "en": "Tên bộ (tiếng Anh)",
            "group": "Nhóm",
            "group_en": "Nhóm (tiếng Anh)",
            "subgroup": "Phân nhóm",
            "subgroup_en": "Phân nhóm (tiếng Anh)",
            "agencies": "Cơ quan chủ trì",
            "samples": "Số mẫu",
            "where": "Vị trí trong văn bản",
        },
    ),
}
COVER_WIDTHS = (34, 27, 44, 44, 30, 30, 30, 30, 40, 10, 22)
BETWEEN = "; "  # between agencies, and between amending decisions
HOW_TO = (
    "Sửa thẳng vào các trang “Bộ ...”: một dòng tiêu chí in đậm, dưới là các mức. Điểm ở dòng tiêu chí và dòng nhóm là tối đa. "
    "Cột Sao ghi 3, 4 hoặc 5. Nhập lại tệp này sẽ thành một bản mới, bản cũ giữ nguyên."
)
