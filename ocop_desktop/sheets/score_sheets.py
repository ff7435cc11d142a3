"""Layout of score sheets of earlier sessions: one column of totals per agency, or one sheet per member.

Totals are kept as they stand, exact; the mean the sheet prints is checked against them (domain: a published sheet printed the
mean 69.9 as "70" and "4 sao").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ocop_desktop.errors import Place, Problem, UserError
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets.layout import Layout, Template, TemplateColumn
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.sheets.contents import Contents, Row
    from ocop_desktop.sheets.reading import Book

NAME = "scores"
SCORE = "score"  # a column of one agency is the field "score:D" by its letter
COLUMNS: dict[str, tuple[str, str, str]] = {
    "mean": (N_("Điểm trung bình"), "points", (
        "diem trung binh|diem tb|tb|trung binh|diem binh quan|binh quan|diem trung binh hoi dong|tong diem trung binh|"
        "trung binh cong|diem trung binh cong|diem tb hoi dong|diem trung binh chung")),
    "total": (N_("Tổng điểm"), "points", (
        "tong diem|diem|diem danh gia|so diem|diem so|tong so diem|tong cong diem|diem cham|tong diem cham|diem dat")),
    SCORE: (N_("Điểm của một cơ quan"), "points", ""),
}
LINES = ((90, 5), (70, 4), (50, 3), (30, 2), (0, 1))  # Article 4 of the decision; the same in the earlier ones
OF_REGISTERS = frozenset(("first_date", "second_date", "first_decision", "second_decision", "expires_on", "second_stars"))
MOST_OFF = Fraction(1, 20)  # a mean printed with one digit

_NO_SCORES = N_("Dòng {row} không có điểm nào; hãy bỏ qua dòng này hoặc chỉ đúng các cột điểm.")
_MEAN = N_("Ô {cell} ({heading}): ghi {value} nhưng trung bình của {count} điểm là {exact}; giữ nguyên điểm từng cơ quan.")
_STARS = N_("Ô {cell} ({heading}): ghi {value} sao nhưng điểm {exact} là {stars} sao theo thang điểm; hãy xem lại.")
_NOT_THERE = N_("Trang “{sheet}” không có sản phẩm “{value}” của dòng {row} trang “{first}”; thiếu một điểm.")
_TWICE = N_("Trang “{sheet}” có sản phẩm “{value}” ở hai dòng {row} và {other}; hãy bỏ một dòng trong tệp rồi nhập lại.")
_ODD = N_("Trang “{sheet}”, ô {cell}: “{value}” không phải điểm từ 0 đến 100; không lấy điểm này.")


def claims(fields: frozenset[str]) -> int:
    """Points of products, without the decisions a register has."""
    scored = any(f.startswith(SCORE) for f in fields) or fields & {"mean", "total"}
    return 9 if scored and "product" in fields and not fields & OF_REGISTERS else 0


_AGENCY = re.compile(
    r"\b(so|thanh vien|tv ?\d*|hoi dong|diem|ubnd|phong|ban|chi cuc|uy vien|chu tich|thu ky|giam khao|trung tam|lien minh)\b"
)


def unnamed(headings: Sequence[str], cells: Callable[[int], list[Any]]) -> Mapping[int, str]:
    """Columns of nothing but numbers 0-100 under a heading of their own are an agency's or a member's totals."""
    from ocop_desktop.sheets.amounts import points

    found = {}
    for index, heading in enumerate(headings):
        if not heading:
            continue
        filled = [c for c in cells(index) if c not in ("", None)]
        good = [c for c in filled if points(c).value is not None]
        if filled and len(good) * 10 >= len(filled) * (5 if agencies([heading]) else 9):
            found[index] = f"{SCORE}:{index}"
    return found


def agencies(headings: Sequence[str]) -> int:
    """How many headings name an agency or a member."""
    return sum(1 for heading in headings if _AGENCY.search(fold(heading)))


def gather(contents: Contents, book: Book) -> None:
    """Take the totals of further sheets, one per member, into the rows of the first one."""
    if contents.column("total") is None or any(c.field.startswith(SCORE) for c in contents.columns):
        return
    from ocop_desktop.sheets import table_finding

    meant = {c.index: c.field for c in contents.columns}
    first = contents.table.sheet.name
    members = []
    for sheet in book.sheets:
        if sheet.hidden or sheet.name == first:
            continue
        try:
            table = table_finding.find(book, sheet.name)
        except UserError:  # a sheet without a table holds no ballots
            continue
        fields = {c.field for c in table.columns}
        if {"product", "total"} <= fields and len(fields & set(meant.values())) >= 2:
            members.append(table)
    if members:
        _join(contents, members)


def _join(contents: Contents, tables: list[Any]) -> None:
    own = contents.table.sheet.name
    for row in contents.rows:
        row.values["totals"] = [(own, row.values["total"])] if row.values.get("total") else []
    for table in tables:
        at = {c.field: c for c in table.columns if c.field}
        given = _totals_of(contents, table, at)
        for row in contents.rows:
            key = (fold(str(row.values.get("product") or "")), fold(str(row.values.get("producer") or "")))
            found = given.get(key) or given.get((key[0], ""))
            if found:
                row.values["totals"].append((table.sheet.name, found))
            elif key[0]:
                contents.ask(row, "total", "no_total", "warning", _NOT_THERE, row.values["product"], sheet=table.sheet.name,
                             first=own)


def _totals_of(contents: Contents, table: Any, at: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """A member's totals by product and producer; the producer of a blank cell is the one above."""
    from ocop_desktop.sheets.amounts import points
    from ocop_desktop.sheets.repair import as_text, text

    found: dict[tuple[str, str], str] = {}
    where: dict[tuple[str, str], int] = {}
    producer = ""
    for number in table.body:
        row = table.sheet.rows[number]

        def cell(name: str, row: Sequence[Any] = row) -> Any:
            column = at.get(name)
            return row[column.index] if column is not None and column.index < len(row) else ""

        producer = fold(text(cell("producer")).value) or producer
        product = fold(text(cell("product")).value)
        raw = cell("total")
        read = points(raw)
        place = f"{at['total'].letter}{number + 1}"
        if read.value is None:
            if raw not in ("", None):
                contents.problems.append(_elsewhere(contents, table, number + 1, at["total"].letter, "bad_points", _ODD,
                                                    as_text(raw), cell=place))
            continue
        key = (product, producer if "producer" in at else "")
        if key in found:
            contents.problems.append(_elsewhere(contents, table, number + 1, at["product"].letter, "duplicate_row", _TWICE,
                                                as_text(cell("product")), other=where[key]))
            continue
        found[key], where[key] = read.value, number + 1
    return found


def _elsewhere(contents: Contents, table: Any, number: int, letter: str, kind: str, message: str, value: str,
               **values: Any) -> Problem:
    said = {"sheet": table.sheet.name, "row": number, "value": value, "field": "total", **values}
    return Problem(message, said, Place(contents.file, table.sheet.name, number, letter), value, "warning", kind)


def check(contents: Contents) -> None:
    """Gather each row's totals; ask where the printed mean or stars are not what the totals say."""
    from ocop_desktop.sheets.applications import require_names

    agencies = [(c.field, c.heading.split(" · ")[-1]) for c in contents.columns if c.field.startswith(f"{SCORE}:")]
    for row in contents.rows:
        require_names(contents, row)
        values = row.values
        if "totals" not in values:
            values["totals"] = [(heading, values[name]) for name, heading in agencies if values.get(name) is not None]
            if not agencies and values.get("total"):
                values["totals"] = [(contents.table.sheet.name, values["total"])]
        _check_row(contents, row)


def _check_row(contents: Contents, row: Row) -> None:
    totals = [Fraction(points) for _agency, points in row.values["totals"]]
    if not totals:
        if not row.values.get("mean") and not any(p.values["field"].startswith(SCORE) for p in row.problems):
            contents.ask(row, "mean", "no_scores", "error", _NO_SCORES)
        return
    exact = sum(totals, Fraction(0)) / len(totals)
    printed = row.values.get("mean")
    if printed is not None and len(totals) > 1:
        off = abs(Fraction(printed) - exact)
        if off > MOST_OFF or (off and stars_of(Fraction(printed)) != stars_of(exact)):
            contents.ask(row, "mean", "mean_differs", "warning", _MEAN, printed, count=len(totals), exact=shown(exact))
    stars = row.values.get("first_stars") or row.values.get("current_stars")
    if stars and stars > stars_of(exact):  # a gate may lower the rank, nothing raises it
        name = "first_stars" if row.values.get("first_stars") else "current_stars"
        contents.ask(row, name, "stars_differ", "warning", _STARS, stars, exact=shown(exact), stars=stars_of(exact))


def stars_of(mean: Fraction) -> int:
    """Stars by points (Article 4)."""
    return next(stars for line, stars in LINES if mean >= line)


def shown(mean: Fraction) -> str:
    """A mean cut, never rounded up, to two digits, with the decimal comma: 69.996 is "69,99"."""
    hundredths = mean * 100
    whole, rest = divmod(hundredths.numerator // hundredths.denominator, 100)
    return f"{whole},{rest:02d}"


LAYOUT = Layout(
    NAME, N_("Bảng điểm phiên trước"), claims, check,
    frozenset((*COLUMNS, "running", "product", "producer", "commune", "code", "set_no", "round", "first_stars", "current_stars",
               "note", "producer_kind", "address", "representative", "phone", "tax_code")),
    ("product", "producer"),
    Template(
        "BẢNG ĐIỂM PHIÊN ĐÁNH GIÁ",
        (
            TemplateColumn("STT", 6, "number"),
            TemplateColumn("Tên sản phẩm", 40),
            TemplateColumn("Tên chủ thể", 36),
            TemplateColumn("Xã/phường", 20),
            TemplateColumn("Đợt", 16, help="Tên phiên, ví dụ Đợt 1 - 2022."),
            TemplateColumn("Sở Nông nghiệp và Môi trường", 16, "points", help="Mỗi cơ quan một cột; đổi tên cột theo hội đồng."),
            TemplateColumn("Sở Công Thương", 16, "points"),
            TemplateColumn("Sở Y tế", 16, "points"),
            TemplateColumn("Điểm trung bình", 14, "points", help="Được so với trung bình chính xác của các cột điểm."),
            TemplateColumn("Hạng sao", 10, choices=("1", "2", "3", "4", "5")),
        ),
        ((1, "Chè Ví Dụ", "Hợp tác xã Ví Dụ", "Xã Mẫu Sơn", "Đợt 1 - 2022", 70, 69.5, 70.5, 70, "4"),),
    ),
    gather=gather,
    unnamed=unnamed,
)  # fmt: skip
