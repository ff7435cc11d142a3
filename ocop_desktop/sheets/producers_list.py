"""Layout of lists of producers alone, without products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocop_desktop.sheets.layout import Layout, Template, TemplateColumn
from ocop_desktop.sheets.template_words import PRODUCER_KINDS
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.sheets.contents import Contents

NAME = "producers"
DETAILS = frozenset(("producer_kind", "tax_code", "commune", "district", "address", "representative", "phone", "email"))
OF_PRODUCTS = frozenset(
    ("product", "set_no", "code", "kind", "samples", "filed_on", "current_stars", "expires_on", "first_stars")
)
_NO_PRODUCER = N_("Dòng {row} thiếu tên chủ thể (ô {cell}); hãy gõ tên hoặc bỏ qua dòng này.")


def claims(fields: frozenset[str]) -> int:
    """A producer with two facts of its own, and nothing of a product."""
    return 8 if "producer" in fields and len(fields & DETAILS) >= 2 and not fields & OF_PRODUCTS else 0


def check(contents: Contents) -> None:
    """Ask for the name where it is missing."""
    for row in contents.rows:
        if not row.values.get("producer") and not any(p.values["field"] == "producer" for p in row.problems):
            contents.ask(row, "producer", "no_producer", "error", _NO_PRODUCER)


LAYOUT = Layout(
    NAME, N_("Danh sách chủ thể"), claims, check, DETAILS | {"producer", "running", "note"}, ("producer",),
    Template(
        "DANH SÁCH CHỦ THỂ OCOP",
        (
            TemplateColumn("STT", 6, "number"),
            TemplateColumn("Tên chủ thể", 40),
            TemplateColumn("Loại hình tổ chức", 28, choices=PRODUCER_KINDS),
            TemplateColumn("Mã số thuế", 16, help="10 chữ số, hoặc 10 chữ số - 3 chữ số."),
            TemplateColumn("Xã/phường", 22),
            TemplateColumn("Địa chỉ", 36),
            TemplateColumn("Người đại diện", 24),
            TemplateColumn("Điện thoại", 14, help="Ô dạng chữ để không mất số 0 đầu."),
            TemplateColumn("Thư điện tử", 24),
        ),
        ((1, "Hợp tác xã Ví Dụ", "Hợp tác xã", "4900000000", "Xã Mẫu Sơn", "Thôn 1", "Nguyễn Thị Ví Dụ", "0912345678", ""),),
    ),
)  # fmt: skip
