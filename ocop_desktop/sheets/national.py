"""Layout of the programme's national data layer: nine columns with fixed names, one recognised product a row."""

from __future__ import annotations

from ocop_desktop.sheets import register
from ocop_desktop.sheets.layout import Layout, Template, TemplateColumn
from ocop_desktop.text import N_

NAME = "national"
HEADINGS = ("MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian", "Ma_SanPham", "TenSanPham", "XepHang", "ChuTheSXKD", "DoanhThuNam",
            "TrangThai")
REVENUE = "DoanhThuNam"  # million VND a year; no column of the register holds it, so it stands in the note under this name
EXACT = {"ma_ocop": "code", "ma_donvihanhchinh": "commune", "ma_thoigian": "first_year", "ma_sanpham": "set_no",
         "tensanpham": "product", "xephang": "first_stars", "chuthesxkd": "producer", "trangthai": "ignore", "doanhthunam": ""}


def never(_fields: frozenset[str]) -> int:
    """Only its own headings tell it."""
    return 0


LAYOUT = Layout(
    NAME, N_("Lớp dữ liệu quốc gia"), never, register.check_names_and_stars, register.TAKEN, ("product", "producer"),
    Template(
        "LỚP DỮ LIỆU QUỐC GIA SẢN PHẨM OCOP",
        (
            TemplateColumn("MA_OCOP", 22, help="Mã sản phẩm, ví dụ 20-06040-03-2026; chưa có thì để trống."),
            TemplateColumn("Ma_DonViHanhChinh", 20, help="Mã xã 5 chữ số."),
            TemplateColumn("Ma_ThoiGian", 14, "year", help="Năm công nhận."),
            TemplateColumn("Ma_SanPham", 14, help="Số bộ sản phẩm, 1 đến 26."),
            TemplateColumn("TenSanPham", 40),
            TemplateColumn("XepHang", 10, choices=("3*", "4*", "5*")),
            TemplateColumn("ChuTheSXKD", 40),
            TemplateColumn("DoanhThuNam", 14, help="Triệu đồng một năm."),
            TemplateColumn("TrangThai", 22, help="Chương trình tự tính từ ngày cấp; không đọc cột này khi nhập."),
        ),
        (("20-06040-03-2026", "06040", 2026, "11", "Chè Ví Dụ", "4*", "Hợp tác xã Ví Dụ", "850", "Còn hiệu lực"),),
    ),
    exact=EXACT,
)  # fmt: skip
