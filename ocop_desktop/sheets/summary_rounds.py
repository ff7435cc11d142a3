"""Sheets of the summary about scoring: every member's points, star conditions that were missed, one round beside the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ocop_desktop.sheets.charts import Chart
from ocop_desktop.sheets.writing import Column, Sheet, Value
from ocop_desktop.text import _

HEAD = 4  # row of the heads where two lines and a blank one stand above


@dataclass(frozen=True)
class MemberLine:
    """One member's points for one dossier; ``parts`` and ``total`` None for a member who did not score it.

    Args:
        note: scored again, dropped as an extreme, recused, with the reason.
    """

    session: str
    code: str
    product: str
    set_no: int | None
    member: str
    agency: str
    parts: Mapping[str, int] | None
    total: int | None
    exclusion: str = ""
    note: str = ""
    opinion: str = ""


@dataclass(frozen=True)
class GateLine:
    """A star condition a dossier did not meet.

    Args:
        stars: the rank it is a condition for; least: the answer that rank needs; met, ballots: how many met it, of how many.
        lowered: whether the points alone would have given that rank; mean: as shown.
    """

    session: str
    code: str
    product: str
    mean: Decimal
    by_points: int
    rank: int
    stars: int
    criterion: str
    least: str
    met: int
    ballots: int
    lowered: bool


@dataclass(frozen=True)
class Round:
    """One session in figures: ``figures`` are counts by (group, name), groups and names in the order they are to stand."""

    code: str
    name: str
    held_on: dt.date
    figures: Mapping[tuple[str, str], int | Decimal]


def members_sheet(lines: Iterable[MemberLine]) -> Sheet:
    """Every ballot that counts, with the points of each part."""
    columns = (
        Column(_("Phiên"), "wrapped", 9),
        Column(_("Mã sản phẩm"), "wrapped", 18),
        Column(_("Tên sản phẩm"), "wrapped", 26),
        Column(_("Bộ số"), "number", 6),
        Column(_("Thành viên"), "wrapped", 20),
        Column(_("Cơ quan"), "wrapped", 22),
        *(Column(_("Phần {part}", part=part), "number", 7) for part in "ABC"),
        Column(_("Tổng điểm"), "number", 8),
        Column(_("Đề nghị loại"), "wrapped", 16),
        Column(_("Ghi chú"), "wrapped", 22),
        Column(_("Ý kiến"), "wrapped", 28),
    )
    heading = (_("Điểm của từng thành viên"), _("Phiếu được tính của những hồ sơ đã chốt; điểm từng phần và tổng điểm"))
    return Sheet(_("Điểm thành viên"), columns, _member_rows(lines), heading)


def _member_rows(lines: Iterable[MemberLine]) -> Iterator[Sequence[Value]]:
    for one in lines:
        parts = [one.parts.get(part) if one.parts else None for part in "ABC"]
        yield (one.session, one.code, one.product, one.set_no, one.member, one.agency, *parts, one.total, one.exclusion, one.note,
               one.opinion)


def gates_sheet(lines: Iterable[GateLine]) -> Sheet:
    """Star conditions that were missed, one each."""
    columns = (
        Column(_("Phiên"), "wrapped", 9),
        Column(_("Mã sản phẩm"), "wrapped", 18),
        Column(_("Tên sản phẩm"), "wrapped", 26),
        Column(_("Điểm đánh giá"), "points", 9),
        Column(_("Hạng theo điểm"), "stars", 9),
        Column(_("Phân hạng"), "stars", 9),
        Column(_("Điều kiện của hạng"), "stars", 11),
        Column(_("Tiêu chí"), "wrapped", 32),
        Column(_("Cần đạt ít nhất"), "wrapped", 40),
        Column(_("Phiếu đạt"), "number", 8),
        Column(_("Số phiếu"), "number", 8),
        Column(_("Làm hạ hạng"), "wrapped", 9),
    )
    heading = (_("Điều kiện hạng sao chưa đạt"),
               _("“Làm hạ hạng”: đủ điểm cho hạng ấy, chỉ thiếu điều kiện. Hồ sơ bị loại không tính"))
    return Sheet(_("Điều kiện chưa đạt"), columns, _gate_rows(lines), heading)


def _gate_rows(lines: Iterable[GateLine]) -> Iterator[Sequence[Value]]:
    for one in lines:
        yield (one.session, one.code, one.product, one.mean, one.by_points, one.rank, one.stars, one.criterion, one.least,
               one.met, one.ballots, _("Có") if one.lowered else "")


def comparison_sheet(before: Round, now: Round) -> Sheet:
    """The latest round beside the one before it."""
    columns = (
        Column(_("Phân theo"), "wrapped", 18),
        Column(_("Nội dung"), "wrapped", 48),
        Column(before.code, "number", 16),
        Column(now.code, "number", 16),
        Column(_("Tăng, giảm"), "change", 14),
    )
    heading = (_("So sánh với đợt trước"), _("{before} ({day}) và {now} ({today})", before=before.name, now=now.name,
                                            day=f"{before.held_on:%d/%m/%Y}", today=f"{now.held_on:%d/%m/%Y}"))
    return Sheet(_("So sánh đợt trước"), columns, tuple(_compared(before, now)), heading)


def _keys(before: Round, now: Round) -> list[tuple[str, str]]:
    """Figures of either round, those of one group together, in the order of the latest."""
    found = dict.fromkeys([*now.figures, *before.figures])
    groups = list(dict.fromkeys(group for group, _name in found))
    return sorted(found, key=lambda key: groups.index(key[0]))


def _compared(before: Round, now: Round) -> Iterator[Sequence[Value]]:
    for key in _keys(before, now):
        old, new = before.figures.get(key, 0), now.figures.get(key, 0)
        yield (*key, old, new, new - old)


def comparison_chart(before: Round, now: Round, group: str) -> Chart:
    """Ranks of both rounds side by side.

    Args:
        group: the one whose rows are drawn.
    """
    rows = [HEAD + 1 + place for place, key in enumerate(_keys(before, now)) if key[0] == group]
    return Chart(_("Kết quả {now} so với {before}", now=now.code, before=before.code), group, _("Số hồ sơ"),
                 _("So sánh đợt trước"), HEAD, rows[0], rows[-1], 2, ((3, "before"), (4, "now")), stacked=False, size="whole")
