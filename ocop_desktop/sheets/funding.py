"""Layout of the programme's money: source, amount, year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ocop_desktop.rules.terms import FUNDING_SOURCES
from ocop_desktop.sheets.amounts import SMALLEST, Money, unit_of
from ocop_desktop.sheets.layout import Layout, Template, TemplateColumn
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.sheets.contents import Contents, Row

NAME = "funding"
COLUMNS: dict[str, tuple[str, str, str]] = {
    "source": (N_("Nguồn vốn"), "source", "nguon von|nguon|nguon kinh phi|nguon huy dong|nguon ngan sach|loai nguon von"),
    "amount": (N_("Số tiền"), "money", (
        "so tien|tong von|so von|so tien huy dong|kinh phi huy dong|von huy dong|gia tri|tong so tien|so kinh phi")),
    "funding_year": (N_("Năm"), "year", "nam thuc hien|nam ngan sach|nam ke hoach|nien do|nam huy dong"),
}

_NO_AMOUNT = N_("Dòng {row} thiếu số tiền (ô {cell}); hãy gõ số tiền hoặc bỏ qua dòng này.")
_NO_YEAR = N_("Dòng {row} thiếu năm (ô {cell}); hãy gõ năm hoặc bỏ qua dòng này.")
_FAR_YEAR = N_("Ô {cell} ({heading}): năm {value} ngoài khoảng {first} đến {last}; hãy gõ đúng năm.")
_NO_SOURCE = N_("Dòng {row} thiếu nguồn vốn (ô {cell}); hãy gõ nguồn hoặc bỏ qua dòng này.")
_UNIT = N_("Ô {cell} ({heading}): “{value}” chưa rõ đơn vị tiền; hãy gõ cả đơn vị, ví dụ “17,5 tỷ” hoặc “1.250.000 đồng”.")
_UNSURE = N_("Ô {cell} ({heading}): “{value}” đọc được hai cách; hãy gõ rõ, ví dụ “1250 triệu” hoặc “1,25 triệu”.")

FIRST_YEAR, LAST_YEAR = 2010, 2100  # a programme's money is not older; outside it a digit too many or too few was typed


def claims(fields: frozenset[str]) -> int:
    """Money has a source and an amount; with a count of people it is an activity."""
    return 12 if "source" in fields and fields & {"amount", "cost"} and not fields & {"people", "activity", "product"} else 0


def check(contents: Contents) -> None:
    """Ask for source, amount and year where one is missing, and for the unit of the money."""
    for row in contents.rows:
        asked = {p.values["field"] for p in row.problems}
        for name, message in (("source", _NO_SOURCE), ("amount", _NO_AMOUNT), ("funding_year", _NO_YEAR)):
            if row.values.get(name) in ("", None) and name not in asked:
                contents.ask(row, name, f"no_{name}", "error", message)
        ask_far_year(contents, row, "funding_year", row.values.get("funding_year"))
        settle(contents, row, "amount")


def ask_far_year(contents: Contents, row: Row, name: str, year: int | None) -> None:
    """Ask for a year that is not one of the programme's."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        contents.ask(row, name, "far_year", "error", _FAR_YEAR, year, first=FIRST_YEAR, last=LAST_YEAR)


def settle(contents: Contents, row: Row, name: str) -> None:
    """Turn a sum as written into whole VND by the unit of its cell or heading; ask where that is not certain."""
    written: Any = row.values.get(name)
    if not isinstance(written, Money):
        return
    column = contents.column(name)
    unit = written.unit or (unit_of(column.heading) if column else None)
    shown = written.words or (str(written.value) if written.value.denominator == 1 else format(float(written.value), "g"))
    row.values[name] = None
    if written.unsure and (unit or 1) > 1:
        contents.ask(row, name, "bad_money", "error", _UNSURE, shown)
        return
    amount = written.value * (unit or 1)
    if amount.denominator != 1 or (unit is None and 0 < amount < SMALLEST):
        contents.ask(row, name, "no_unit", "error", _UNIT, shown)
        return
    row.values[name] = int(amount)


LAYOUT = Layout(
    NAME, N_("Nguồn vốn của chương trình"), claims, check, frozenset((*COLUMNS, "running", "note")),
    ("source", "amount", "funding_year"),
    Template(
        "NGUỒN VỐN THỰC HIỆN CHƯƠNG TRÌNH OCOP",
        (
            TemplateColumn("STT", 6, "number"),
            TemplateColumn("Năm", 8, "year"),
            TemplateColumn("Nguồn vốn", 28, choices=tuple(words.vi for words in FUNDING_SOURCES.values())),
            TemplateColumn("Số tiền (đồng)", 20, "number", help="Đơn vị ghi ở tiêu đề: đồng, nghìn đồng, triệu đồng, tỷ đồng."),
            TemplateColumn("Ghi chú", 40),
        ),
        (
            (1, 2026, "Ngân sách trung ương", 3_200_000_000, ""),
            (2, 2026, "Vốn của chủ thể", 1_150_000_000, "đối ứng máy móc"),
        ),
    ),
    reads_as={"first_year": "funding_year", "cost": "amount", "round": "funding_year", "period": "funding_year",
              "first_date": "funding_year"},
)  # fmt: skip
