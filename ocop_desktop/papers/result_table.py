"""The result table: one column per member's agency, across, its head repeated (annex of the minutes, or a paper of its own)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ocop_desktop.papers.blocks import (
    Block,
    Column,
    Grid,
    Letterhead,
    Mark,
    Paper,
    Para,
    Signature,
    Signatures,
    Title,
    Turn,
)
from ocop_desktop.papers.state_paper import long_date

SIZES = ((9, 9.0), (11, 8.5), (13, 8.0), (99, 7.0))  # letters of the table by the number of agencies
CODE = 3.15  # millimetres a product code takes per point of size


@dataclass(frozen=True)
class ResultRow:
    """A closed dossier: place on the agenda, texts, one total per agency ("KC" not scoring, "V" away), points, rank."""

    place: int
    code: str
    product: str
    producer: str
    address: str
    totals: tuple[str, ...]
    mean: str
    rank: str


@dataclass(frozen=True)
class ResultTable:
    """The table of a session.

    Args:
        agencies: short names, heads of the columns; names: (short, agency, member), the legend.
        note: how the mean is reckoned, in a sentence.
    """

    body: str
    council: str
    session: str
    held_on: dt.date
    agencies: tuple[str, ...]
    names: tuple[tuple[str, str, str], ...]
    rows: tuple[ResultRow, ...]
    note: str
    chair: str = ""
    secretary: str = ""


def papers(table: ResultTable) -> tuple[Paper, ...]:
    """The table as a paper of its own."""
    title = f"Bảng tổng hợp kết quả đánh giá, phân hạng - {table.session}"
    made = (Letterhead(table.body, table.council, "Số: ……/BTH-HĐ"),
            Title("Bảng tổng hợp kết quả", ("Đánh giá, phân hạng sản phẩm OCOP", f"{table.session}, {long_date(table.held_on)}")))
    end = Signatures(Signature(("CHỦ TỊCH HỘI ĐỒNG",), table.chair), Signature(("THƯ KÝ",), table.secretary))
    return (Paper(title, (Turn(wide=True), *made, *table_blocks(table), end)),)


def result_annex(table: ResultTable, title: str) -> Iterator[Block]:
    """The table as an annex across."""
    yield Turn(wide=True)
    yield Mark(f"{title}. Kết quả")
    yield Title(title, (f"Kết quả chấm điểm của thành viên Hội đồng, {table.session}",), ruled=False)
    yield from table_blocks(table)


def table_blocks(table: ResultTable) -> Iterator[Block]:
    """The legend, then the table."""
    legend = "; ".join(f"{short}: {agency} ({member})" for short, agency, member in table.names)
    yield Para(f"{legend}.", "note", lead="Cột điểm:")
    yield Para(table.note, "note")
    count = max(len(table.agencies), 6)
    size = next(size for most, size in SIZES if count <= most)
    one = min(13.0, 117 / count)  # millimetres of an agency's column; what is left is the names'
    names = (262 - 8 - CODE * size - 16 - 19 - count * one) / 3
    columns = (Column("TT", 8, "centre"), Column("Mã sản phẩm", CODE * size, "centre"), Column("Tên sản phẩm", names),
               Column("Chủ thể", names), Column("Địa chỉ", names), *(Column(_breaking(a), one, "centre") for a in table.agencies),
               Column("Điểm đánh giá", 16, "right"), Column("Phân hạng", 19, "centre"))
    last = len(columns) - 1
    rows = tuple((str(r.place), r.code, r.product, r.producer, r.address, *r.totals, r.mean, r.rank) for r in table.rows)
    yield Grid(columns, rows, size, bold=(last - 1, last))
    if not rows:
        yield Para("Chưa có hồ sơ nào được chốt kết quả.", "note")


def _breaking(head: str) -> str:
    """A head that may be broken after its hyphens."""
    return head.replace("-", "- ")
