"""Layout of registration lists: one row is one product that wants to be assessed."""

from __future__ import annotations

from ocop_desktop.sheets.contents import Contents, Row
from ocop_desktop.text import N_

NAME = "applications"
WORDS = N_("Danh sách đăng ký đánh giá")
_NO_PRODUCT = N_("Dòng {row} thiếu tên sản phẩm (ô {cell}); hãy gõ tên hoặc bỏ qua dòng này.")
_NO_PRODUCER = N_("Dòng {row} thiếu tên chủ thể (ô {cell}); hãy gõ tên hoặc bỏ qua dòng này.")


def check(contents: Contents) -> None:
    """Ask about every row that lacks a product or a producer."""
    for row in contents.rows:
        require_names(contents, row)


def require_names(contents: Contents, row: Row) -> None:
    """Ask for the product's and the producer's name where one is missing; error cells ask for themselves."""
    for name, kind, message in (("product", "no_product", _NO_PRODUCT), ("producer", "no_producer", _NO_PRODUCER)):
        if not row.values.get(name) and not any(p.kind == "error_cell" and p.values["field"] == name for p in row.problems):
            contents.ask(row, name, kind, "error", message)
