"""The advisory team's report to the council: what it scored, found missing, saw on site and proposes for each dossier."""

from __future__ import annotations

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
from ocop_desktop.rules.signatories import TEAM


@dataclass(frozen=True)
class Reviewed:
    """The team's round on one dossier.

    Args:
        points: its total, empty while it has not finished scoring; by_points: the rank these points would give.
        missed: (rank, criteria below its minimum), up to the next rank; missing_papers, visit, opinion: what it noted.
        proposal: in words; comments: (criterion, words).
    """

    place: int
    product: str
    code: str
    producer: str
    points: str
    by_points: str
    missed: tuple[tuple[int, tuple[str, ...]], ...]
    missing_papers: str
    visit: str
    opinion: str
    proposal: str
    comments: tuple[tuple[str, str], ...]

    @property
    def noted(self) -> bool:
        """Whether there is more to tell than the table holds."""
        return bool(self.missed or self.missing_papers or self.visit or self.opinion or self.comments)


@dataclass(frozen=True)
class AdvisoryReport:
    """The report on the dossiers of a session (or on one). ``counts``: (proposal in words, how many)."""

    agency: str
    place: str
    year: int
    to: str
    session: str
    law: str
    lines: tuple[Reviewed, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def about(self) -> str:
        """What the report is on."""
        return self.session or (self.lines[0].product if self.lines else "")

    @property
    def scored(self) -> int:
        """Dossiers the team has finished scoring."""
        return sum(bool(one.points) for one in self.lines)

    @property
    def proposals(self) -> str:
        """What the team proposes, counted: "trình Hội đồng: 2"."""
        return "; ".join(f"{name[0].lower()}{name[1:]}: {count}" for name, count in self.counts)


def papers(report: AdvisoryReport) -> tuple[Paper, ...]:
    """The report."""
    return (Paper(f"Báo cáo của Tổ tư vấn - {report.about}", tuple(_blocks(report))),)


def _blocks(r: AdvisoryReport) -> Iterator[Block]:
    yield Letterhead(r.agency, TEAM, "Số: ……/BC-TTV", place=r.place, year=r.year)
    yield Title("Báo cáo", ("Kết quả tư vấn, đánh giá hồ sơ sản phẩm OCOP", *([r.session] if r.session else [])))
    yield Para(r.to, "address", lead="Kính gửi:")
    yield Para(f"Tổ tư vấn đã xem xét hồ sơ theo Bộ tiêu chí ban hành kèm theo Quyết định số {r.law} của Thủ tướng Chính phủ, "
               "báo cáo như sau:")
    yield Para("I. KẾT QUẢ CHUNG", "heading")
    yield Para(f"{len(r.lines)} hồ sơ, đã chấm xong {r.scored} hồ sơ. Đề nghị của Tổ tư vấn: {r.proposals}.")
    yield Grid((Column("TT", 9, "centre"), Column("Sản phẩm, mã", 46), Column("Chủ thể", 40), Column("Điểm của Tổ", 22, "centre"),
                Column("Hạng theo điểm", 20, "centre"), Column("Đề nghị", 31)),
               tuple((str(one.place), f"{one.product}\n{one.code}" if one.code else one.product, one.producer,
                      one.points or "chưa chấm xong", one.by_points or "–", one.proposal) for one in r.lines), 10.5, bold=(5,))
    yield Para("Điểm của Tổ tư vấn để Hội đồng tham khảo, không tính vào điểm đánh giá của Hội đồng.", "note")
    yield Mark("II. Ý kiến từng hồ sơ")
    yield Para("II. Ý KIẾN VỀ TỪNG HỒ SƠ", "heading")
    noted = [one for one in r.lines if one.noted]
    if not noted:
        yield Para("Tổ tư vấn không ghi ý kiến riêng về hồ sơ nào.")
    for one in noted:
        yield from _opinion(one)
    yield Para(f"Tổ tư vấn báo cáo để {r.to} xem xét, quyết định./.")
    yield Signatures(Signature(("TM. TỔ TƯ VẤN", "TỔ TRƯỞNG"), hint="(Ký, ghi rõ họ tên)"),
                     recipients=("Như trên;", "Thành viên Tổ tư vấn;", "Lưu: VT, hồ sơ phiên."))


def _opinion(one: Reviewed) -> Iterator[Block]:
    yield Para(f"Hồ sơ số {one.place}: {one.product}", "subheading")
    for name, words in opinions(one):
        yield Para(words, "item", lead=f"- {name}:")


def opinions(one: Reviewed) -> Iterator[tuple[str, str]]:
    """What the team noted on a dossier, as (about what, words)."""
    for name, words in (("Giấy tờ còn thiếu", one.missing_papers), ("Đi thực địa", one.visit), ("Ý kiến", one.opinion)):
        if words:
            yield name, _ended(words)
    for stars, criteria in one.missed:
        yield f"Chưa đạt mức tối thiểu của {stars} sao", _ended("; ".join(criteria))
    for criterion, words in one.comments:
        yield f"Tiêu chí {criterion}", _ended(words)


def _ended(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
