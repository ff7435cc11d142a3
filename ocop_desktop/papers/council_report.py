"""The council's report to the provincial people's committee: how it worked, what it came to, what it proposes."""

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
)
from ocop_desktop.papers.result_table import ResultTable, result_annex
from ocop_desktop.papers.state_paper import basis_in_law, long_date


@dataclass(frozen=True)
class Reported:
    """A product as the report names it: points and rank as shown; reason: why it has no rank, or what the next one lacks."""

    code: str
    product: str
    producer: str
    address: str
    mean: str
    rank: str
    reason: str = ""


@dataclass(frozen=True)
class CouncilReport:
    """Everything the report says.

    Args:
        bases: the decision that set the council up and the working rules, as sentences without their end.
        quorum: a sentence; ranks: heads of the statistics' columns; by_industry, by_kind, by_commune: (name, one count per rank).
        recognised: 3 and 4 stars; potential: for the Ministry; others: fewer than 3 stars or thrown out.
        removed, not_closed: products as sentences, without any score.
        table: the annex, one column per agency.
    """

    body: str
    council: str
    place: str
    year: int
    session: str
    held_on: dt.date
    where: str
    written: bool
    law: str
    bases: tuple[str, ...]
    quorum: str
    ranks: tuple[str, ...]
    by_industry: tuple[tuple[str, tuple[int, ...]], ...]
    by_kind: tuple[tuple[str, tuple[int, ...]], ...]
    by_commune: tuple[tuple[str, tuple[int, ...]], ...]
    recognised: tuple[Reported, ...]
    potential: tuple[Reported, ...]
    others: tuple[Reported, ...]
    removed: tuple[str, ...]
    not_closed: tuple[str, ...]
    table: ResultTable
    chair: str

    @property
    def count(self) -> int:
        """Closed dossiers."""
        return len(self.recognised) + len(self.potential) + len(self.others)


def papers(report: CouncilReport) -> tuple[Paper, ...]:
    """The report with the table of scores as its annex."""
    return (Paper(f"Báo cáo kết quả của Hội đồng - {report.session}", tuple(_blocks(report))),)


def _blocks(r: CouncilReport) -> Iterator[Block]:
    yield Letterhead(r.body, r.council, "Số: ……/BC-HĐ", place=r.place, year=r.year)
    yield Title("Báo cáo", ("Kết quả đánh giá, phân hạng sản phẩm OCOP", r.session))
    yield Para(r.body or "Ủy ban nhân dân cấp tỉnh", "address", lead="Kính gửi:")
    for base in (basis_in_law(r.law), *r.bases):
        yield Para(f"{base};", "basis")
    yield Para(f"{r.council} báo cáo kết quả như sau:")
    yield Mark("I. Tổ chức đánh giá")
    yield Para("I. TỔ CHỨC ĐÁNH GIÁ", "heading")
    yield Para(f"Hội đồng {how(r)}. {r.quorum}")
    yield from _statistics(r)
    yield from _products(r)
    yield from _proposals(r)
    yield from result_annex(r.table, "Phụ lục")


def how(r: CouncilReport) -> str:
    """How the council worked: "họp ngày … tại …"."""
    if r.written:
        return f"lấy ý kiến bằng văn bản, kết quả tính đến {long_date(r.held_on)}"
    return f"họp {long_date(r.held_on)}{' tại ' + r.where if r.where else ''}"


def _statistics(r: CouncilReport) -> Iterator[Block]:
    yield Mark("II. Kết quả")
    yield Para("II. KẾT QUẢ", "heading")
    whole = totals(r)
    yield Para(f"Hội đồng đã chốt kết quả {r.count} hồ sơ ({in_words(r.ranks, whole)}).")
    share = 91 / (len(r.ranks) + 1)
    columns = (Column("Nội dung", 74), *(Column(rank, share, "centre") for rank in r.ranks), Column("Cộng", share, "centre"))
    rows: list[tuple[str, ...]] = []
    for heading, lines in (("Theo ngành", r.by_industry), ("Theo loại đăng ký", r.by_kind), ("Theo địa bàn", r.by_commune)):
        rows.append((heading,))
        rows += [(name, *(str(count) if count else "–" for count in counts), str(sum(counts))) for name, counts in lines]
    rows.append(("Cộng", *map(str, whole), str(sum(whole))))
    yield Grid(columns, tuple(rows), 11, bold=(len(columns) - 1,))


def totals(r: CouncilReport) -> tuple[int, ...]:
    """Closed dossiers per rank."""
    return tuple(sum(counts[place] for _name, counts in r.by_industry) for place in range(len(r.ranks)))


def in_words(ranks: tuple[str, ...], counts: tuple[int, ...]) -> str:
    """Counts per rank: "3 sao: 2; bị loại: 1"."""
    return "; ".join(f"{rank[0].lower()}{rank[1:]}: {count}" for rank, count in zip(ranks, counts, strict=True))


def _products(r: CouncilReport) -> Iterator[Block]:
    for heading, lines, reason in (("Sản phẩm đạt 3 và 4 sao", r.recognised, ""),
                                   ("Sản phẩm tiềm năng 5 sao", r.potential, ""),
                                   ("Sản phẩm chưa đạt 3 sao hoặc bị loại", r.others, "Lý do, nội dung còn thiếu")):
        if lines:
            yield Mark(heading, 2)
            yield Para(heading, "subheading")
            yield _list(lines, reason)
    for heading, sentences in (("Hồ sơ rút khỏi phiên:", r.removed), ("Hồ sơ chưa chốt kết quả khi lập báo cáo:", r.not_closed)):
        if sentences:
            yield Para(heading)
            for line in sentences:
                yield Para(f"- {line}", "item")


def _list(lines: tuple[Reported, ...], reason: str) -> Grid:
    """Products with points and rank; the code leads to the annex."""
    columns = [Column("TT", 9, "centre"), Column("Sản phẩm, mã", 50), Column("Chủ thể, địa chỉ", 54), Column("Điểm", 14, "right"),
               Column("Phân hạng", 20, "centre")]
    if reason:
        columns[1:3] = [Column("Sản phẩm, mã", 38), Column("Chủ thể, địa chỉ", 38)]
        columns.append(Column(reason, 46))
    return Grid(tuple(columns), tuple(
        (str(number), f"{one.product}\n{one.code}" if one.code else one.product,
         f"{one.producer}\n{one.address}" if one.address else one.producer, one.mean, one.rank,
         *([one.reason] if reason else [])) for number, one in enumerate(lines, 1)), 10.5, bold=(4,))


def _proposals(r: CouncilReport) -> Iterator[Block]:
    yield Mark("III. Đề nghị")
    yield Para("III. ĐỀ NGHỊ", "heading")
    yield Para(f"{r.council} đề nghị {r.body or 'Ủy ban nhân dân cấp tỉnh'}:")
    for number, words in enumerate(proposals(r), 1):
        yield Para(f"{number}. {words}", "item")
    yield Para("Điểm của từng thành viên ở Phụ lục kèm theo. Hội đồng trân trọng báo cáo./.")
    yield Signatures(Signature(("TM. HỘI ĐỒNG", "CHỦ TỊCH"), r.chair),
                     recipients=("Như trên;", "Thành viên Hội đồng;", "Lưu: VT, hồ sơ phiên."))


def proposals(r: CouncilReport) -> tuple[str, ...]:
    """What the council asks for, a sentence each."""
    asked = []
    if r.recognised:
        asked.append(f"Xem xét, công nhận kết quả đánh giá, phân hạng {len(r.recognised)} sản phẩm đạt 3 và 4 sao.")
    if r.potential:
        asked.append(f"Xem xét, đề nghị Bộ Nông nghiệp và Môi trường đánh giá, phân hạng {len(r.potential)} sản phẩm tiềm năng 5 "
                     "sao.")
    if not asked:
        asked.append("Biết, chỉ đạo hướng dẫn các chủ thể hoàn thiện sản phẩm để đăng ký ở đợt sau.")
    return tuple(asked)
