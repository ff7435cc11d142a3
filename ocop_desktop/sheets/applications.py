"""Layout of registration lists: one row is one product that wants to be assessed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ocop_desktop.sheets.layout import Layout, Template, TemplateColumn
from ocop_desktop.sheets.template_words import APPLICATION_KINDS, PRODUCER_KINDS, SETS
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.sheets.contents import Contents, Row

NAME = "applications"
WORDS = N_("Danh sách đăng ký đánh giá")
TAKEN = frozenset((
    "running", "product", "set_no", "code", "producer", "producer_kind", "tax_code", "commune", "district", "address",
    "representative", "phone", "email", "kind", "samples", "round", "filed_on", "note"))
_NO_PRODUCT = N_("Dòng {row} thiếu tên sản phẩm (ô {cell}); hãy gõ tên hoặc bỏ qua dòng này.")
_NO_PRODUCER = N_("Dòng {row} thiếu tên chủ thể (ô {cell}); hãy gõ tên hoặc bỏ qua dòng này.")


def check(contents: Contents) -> None:
    """Ask about every row that lacks a product or a producer."""
    for row, product, producer in zip(contents.rows, contents.every("product"), contents.every("producer"), strict=True):
        if not (product and producer):
            require_names(contents, row)


def require_names(contents: Contents, row: Row) -> None:
    """Ask for the product's and the producer's name where one is missing; error cells ask for themselves."""
    for name, kind, message in (("product", "no_product", _NO_PRODUCT), ("producer", "no_producer", _NO_PRODUCER)):
        if not row.values.get(name) and not any(p.kind == "error_cell" and p.values["field"] == name for p in row.problems):
            contents.ask(row, name, kind, "error", message)


def claims(fields: frozenset[str]) -> int:
    """A list of products with nothing special is a registration list."""
    own = len(fields & {"kind", "samples", "filed_on"})
    return 2 * own if own else 1


LAYOUT = Layout(
    NAME, WORDS, claims, check, TAKEN, ("product", "producer"),
    Template(
        "DANH SÁCH ĐĂNG KÝ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP",
        (
            TemplateColumn("STT", 6, "number"),
            TemplateColumn("Tên sản phẩm", 36),
            TemplateColumn("Bộ sản phẩm", 12, choices=SETS, help="Số bộ 1 đến 26 theo Quyết định 26/2026/QĐ-TTg."),
            TemplateColumn("Tên chủ thể", 36),
            TemplateColumn("Loại hình tổ chức", 26, choices=PRODUCER_KINDS),
            TemplateColumn("Mã số thuế", 16, help="10 chữ số, hoặc 10 chữ số - 3 chữ số."),
            TemplateColumn("Xã/phường", 20),
            TemplateColumn("Địa chỉ", 34),
            TemplateColumn("Người đại diện", 22),
            TemplateColumn("Điện thoại", 14, help="Ô dạng chữ để không mất số 0 đầu."),
            TemplateColumn("Thư điện tử", 22),
            TemplateColumn("Lần đăng ký", 14, choices=APPLICATION_KINDS),
            TemplateColumn("Đợt", 14, help="Ví dụ Đợt 2 - 2026."),
            TemplateColumn("Ngày nộp", 12, "date"),
            TemplateColumn("Số sản phẩm mẫu", 10, "number", help="5; du lịch (bộ 26) không cần mẫu."),
            TemplateColumn("Mã sản phẩm", 22, help="Ví dụ 20-06040-03-2026; chưa có thì để trống."),
            TemplateColumn("Ghi chú", 30),
        ),
        ((1, "Chè Ví Dụ", "11", "Hợp tác xã Ví Dụ", "Hợp tác xã", "4900000000", "Xã Mẫu Sơn", "Thôn 1, xã Mẫu Sơn",
          "Nguyễn Thị Ví Dụ", "0912345678", "", "Lần đầu", "Đợt 2 - 2026", dt.date(2026, 8, 12), 5, "", ""),),
    ),
)  # fmt: skip
