"""The programme report of a period as a state paper (Decree 30/2020/NĐ-CP), for PDF and Word alike; always Vietnamese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ocop_desktop.papers.blocks import Block, Column, Grid, Letterhead, Paper, Para, Signature, Signatures, Title, Turn
from ocop_desktop.papers.state_paper import short_date

HEADS = (Column("TT", 0.08, "centre"), Column("Nội dung", 0.34), Column("Trong kỳ", 0.19, "right"),
         Column("Kỳ trước", 0.19, "right"), Column("Tăng, giảm", 0.2, "right"))
TARGETS = (Column("TT", 0.08, "centre"), Column("Chỉ tiêu", 0.38), Column("Mức đề ra", 0.13, "right"),
           Column("Kết quả", 0.15, "right"), Column("Dự báo cuối kỳ", 0.13, "right"), Column("Đánh giá", 0.13, "centre"))
PRODUCTS = (Column("TT", 0.05, "centre"), Column("Sản phẩm", 0.25), Column("Chủ thể", 0.23), Column("Xã, phường", 0.14),
            Column("Hạng", 0.07, "centre"), Column("Ngày cấp", 0.1, "centre"), Column("Tình trạng", 0.16))


@dataclass(frozen=True)
class Line:
    """A figure as words; ``inside``: part of the one above."""

    words: str
    now: str
    before: str
    change: str
    inside: bool = False


@dataclass(frozen=True)
class TargetLine:
    """A target as words."""

    words: str
    least: str
    now: str
    at_end: str
    light: str


@dataclass(frozen=True)
class ProgrammePaper:
    """The report.

    Args:
        body, agency, place: as the office is written; first, last, day: of the period, with those of the one before.
        parts: (heading, figures); periods: (name, source, targets); products: cells of the annex's lines without number.
    """

    body: str
    agency: str
    place: str
    signatory_title: tuple[str, ...]
    signatory_name: str
    first: dt.date
    last: dt.date
    day: dt.date
    before: tuple[dt.date, dt.date, dt.date]
    parts: tuple[tuple[str, tuple[Line, ...]], ...]
    periods: tuple[tuple[str, str, tuple[TargetLine, ...]], ...]
    products: tuple[tuple[str, ...], ...]


def papers(report: ProgrammePaper) -> tuple[Paper, ...]:
    """The report with its annex of products."""
    title = f"Báo cáo Chương trình OCOP từ {short_date(report.first)} đến {short_date(report.last)}"
    return (Paper(title, tuple(_blocks(report))),)


def _blocks(report: ProgrammePaper) -> Iterator[Block]:
    yield Letterhead("", report.body, "Số: ……/BC-……", place=report.place, day=report.day)
    yield Title("Báo cáo", ("Kết quả thực hiện Chương trình Mỗi xã một sản phẩm",
                            f"Từ ngày {short_date(report.first)} đến ngày {short_date(report.last)}"))
    first, last, day = report.before
    yield Para(f"Số liệu tính từ sổ dữ liệu OCOP của tỉnh, theo tình trạng ngày {short_date(report.day)}; sản phẩm tính theo lần "
               f"công nhận mới nhất đến ngày ấy. Kỳ trước để so sánh: từ {short_date(first)} đến {short_date(last)}, tình trạng "
               f"ngày {short_date(day)}.")
    for number, (words, lines) in enumerate(report.parts, 1):
        yield Para(f"{number}. {words}", "heading")
        yield Grid(HEADS, tuple(_rows(lines)))
    for number, (name, source, targets) in enumerate(report.periods, len(report.parts) + 1):
        yield Para(f"{number}. Chỉ tiêu: {name}", "heading")
        if source:
            yield Para(f"Theo {source}.", "note")
        yield Grid(TARGETS, tuple((str(n), t.words, t.least, t.now, t.at_end, t.light) for n, t in enumerate(targets, 1)))
    yield Para("Trên đây là kết quả thực hiện Chương trình Mỗi xã một sản phẩm trong kỳ báo cáo./.")
    yield Signatures(Signature(report.signatory_title, report.signatory_name),
                     recipients=("Bộ Nông nghiệp và Môi trường (để báo cáo);", f"{report.agency};" if report.agency else "……;",
                                 "Lưu: VT."))
    if report.products:
        yield Turn(wide=True)
        yield Title("Phụ lục", ("Sản phẩm được công nhận trong kỳ", f"Tình trạng ngày {short_date(report.day)}"), ruled=False)
        yield Grid(PRODUCTS, tuple((str(n), *cells) for n, cells in enumerate(report.products, 1)), size=10)


def _rows(lines: tuple[Line, ...]) -> Iterator[tuple[str, ...]]:
    number = 0
    for line in lines:
        if line.inside:
            yield "", f"– {line.words}", line.now, line.before, line.change
        else:
            number += 1
            yield str(number), line.words, line.now, line.before, line.change
