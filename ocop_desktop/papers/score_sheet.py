"""The score sheet of one product: every criterion by member with its mean, the parts' means, star gates met and unmet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
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

SIZES = ((11, 9.0), (13, 8.5), (99, 7.5))  # letters of the table by the number of members
MOST, MEAN, CODE = 9.5, 13.0, 10.0  # millimetres of columns


@dataclass(frozen=True)
class Gate:
    """A rank's gates: how many criteria have one, and the codes of those whose minimum the council holds not to be met."""

    stars: int
    count: int
    unmet: tuple[str, ...]

    @property
    def told(self) -> str:
        """How many criteria meet the minimum, and which do not."""
        met = f"đạt {self.count - len(self.unmet)}/{self.count} tiêu chí"
        return f"{met}; chưa đạt: {', '.join(self.unmet)}." if self.unmet else f"{met}."


@dataclass(frozen=True)
class ScoreSheet:
    """A closed dossier's scores.

    Args:
        heads: of the members' columns; names: (head, agency, member), the legend.
        rows: a part's head as one text, or code, criterion, most points, points of each member, mean, gates in words.
        totals: rows of sums: name, most points, each member's, mean; the whole is the last one.
        left_out: members whose total is not counted by the working rules.
        mean, by_points, rank: what it came to ("69,9", "3 sao", "Bị loại"); reason: why it was thrown out.
    """

    body: str
    council: str
    session: str
    held_on: dt.date
    place: int
    code: str
    product: str
    producer: str
    set_name: str
    law: str
    heads: tuple[str, ...]
    names: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...]
    gates: tuple[Gate, ...]
    left_out: tuple[str, ...]
    mean: str
    by_points: str
    rank: str
    reason: str
    chair: str
    secretary: str


def papers(sheets: Sequence[ScoreSheet]) -> tuple[Paper, ...]:
    """One sheet per closed dossier, in the order of the agenda."""
    return tuple(Paper(f"Bảng tổng hợp điểm - {one.product}", tuple(_blocks(one)), f"{one.place}. {one.product}")
                 for one in sheets)


def _blocks(s: ScoreSheet) -> Iterator[Block]:
    yield Turn(wide=True)
    yield Letterhead(s.body, s.council, "Số: ……/BTH-HĐ")
    yield Title("Bảng tổng hợp điểm", (s.product, f"{s.session}, {long_date(s.held_on)}"))
    code = f"mã sản phẩm {s.code}; " if s.code else ""
    yield Para(f"số {s.place}; {code}chủ thể {s.producer}. {s.set_name} (Quyết định số {s.law}).", "note", lead="Hồ sơ:")
    legend = "; ".join(f"{head}: {agency} ({member})" for head, agency, member in s.names)
    yield Para(f"{legend}.", "note", lead="Cột điểm:")
    yield from _table(s)
    yield from _gates(s)
    yield from _result(s)


def _table(s: ScoreSheet) -> Iterator[Block]:
    count = max(len(s.heads), 5)
    size = next(size for most, size in SIZES if count <= most)
    one, gates = min(12.0, 149 / count), 52 if count <= 9 else 44 if count <= 11 else 38
    columns = (Column("Mã", CODE, "centre"), Column("Tiêu chí", 262 - CODE - MOST - MEAN - gates - count * one),
               Column("Tối đa", MOST, "centre"), *(Column(head, one, "centre") for head in s.heads),
               Column("Trung bình", MEAN, "right"), Column("Điều kiện hạng sao", gates))
    sums = tuple(("", *row, "") for row in s.totals)
    yield Grid(columns, (*s.rows, *sums), size, bold=(len(columns) - 2,), tight=True)


def _gates(s: ScoreSheet) -> Iterator[Block]:
    yield Mark("Điều kiện hạng sao")
    for gate in s.gates:
        yield Para(gate.told, "note", lead=f"Điều kiện hạng {gate.stars} sao:")


def result_in_words(s: ScoreSheet) -> str:
    """What the dossier came to, and how."""
    left = f", không tính phiếu cao nhất, thấp nhất theo quy chế: {', '.join(s.left_out)}" if s.left_out else ""
    why = f" Lý do: {s.reason}." if s.reason else ""
    return (f"{s.mean} điểm (trung bình cộng các phiếu hợp lệ{left}); hạng theo điểm: {s.by_points}; "
            f"phân hạng: {s.rank[0].lower()}{s.rank[1:]}.{why}")


def _result(s: ScoreSheet) -> Iterator[Block]:
    yield Para(result_in_words(s), lead="Kết quả:")
    yield Signatures(Signature(("CHỦ TỊCH HỘI ĐỒNG",), s.chair, "(Ký, ghi rõ họ tên)"),
                     Signature(("THƯ KÝ",), s.secretary, "(Ký, ghi rõ họ tên)"))
