"""The Excel summary: counts, one result table per session, the register of all recognitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ocop_desktop.sheets.charts import Chart, Size
from ocop_desktop.sheets.writing import Column, Sheet, Value
from ocop_desktop.text import N_, _

HEAD = 4  # row of the heads where two lines and a blank one stand above
MOST_BARS = {"communes": 20}
SIZES: dict[str, Size] = {"sets": "tall", "communes": "tall"}
CHARTS = {"stars": N_("Lượt công nhận theo hạng sao"), "industries": N_("Lượt công nhận theo ngành"),
          "sets": N_("Lượt công nhận theo bộ sản phẩm"), "communes": N_("Lượt công nhận theo xã, phường"),
          "kinds": N_("Lượt công nhận theo loại chủ thể"), "applications": N_("Lượt công nhận theo loại đăng ký")}
CHARTS_CUT = {"communes": N_("{count} xã, phường có nhiều lượt công nhận nhất")}


@dataclass(frozen=True)
class ResultRow:
    """One closed result: totals by the label of the ballot; ``mean`` as shown to people."""

    code: str
    product: str
    producer: str
    address: str
    totals: dict[str, int]
    mean: Decimal
    stars: int | None
    note: str = ""


@dataclass(frozen=True)
class SessionTable:
    """The results of a council session in agenda order; ``agencies`` are the labels of its ballots."""

    code: str
    name: str
    held_on: dt.date
    place: str
    agencies: tuple[str, ...]
    digits: int
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True)
class Recognition:
    """One recognition with every field of its product and producer."""

    number: str
    product: str
    code: str
    set_no: int | None
    set_name: str
    producer: str
    kind: str
    commune: str
    commune_code: str
    province: str
    address: str
    representative: str
    phone: str
    stars: int
    issued_on: dt.date
    expires_on: dt.date
    decision_number: str
    decision_date: dt.date | None
    authority: str
    state: str
    standing: bool
    revoked_on: dt.date | None = None
    revoked_why: str = ""
    industry: str = ""
    application: str = ""


@dataclass
class Tally:
    """How many recognitions each group has, by stars, and how many of them still stand."""

    groups: dict[str, list[int]] = field(default_factory=dict)

    def add(self, group: str, stars: int, standing: bool) -> None:
        """Count one."""
        counts = self.groups.setdefault(group, [0, 0, 0, 0, 0])
        counts[min(max(stars, 3), 5) - 3] += 1
        counts[3] += 1
        counts[4] += standing


@dataclass
class Counts:
    """Counts over the register, gathered from its rows."""

    stars: Tally = field(default_factory=Tally)
    industries: Tally = field(default_factory=Tally)
    sets: Tally = field(default_factory=Tally)
    communes: Tally = field(default_factory=Tally)
    kinds: Tally = field(default_factory=Tally)
    applications: Tally = field(default_factory=Tally)

    def add(self, row: Recognition) -> None:
        """Count one recognition."""
        name = f"{row.set_no} {row.set_name}".strip() if row.set_no else _("Chưa rõ bộ")
        for tally, group in ((self.stars, _("{count} sao", count=row.stars)),
                             (self.industries, row.industry or _("Chưa rõ ngành")), (self.sets, name),
                             (self.communes, row.commune or _("Chưa rõ xã")), (self.kinds, row.kind or _("Chưa rõ loại")),
                             (self.applications, row.application or _("Chưa rõ loại đăng ký"))):
            tally.add(group, row.stars, row.standing)

    @property
    def blocks(self) -> tuple[tuple[str, str, list[tuple[str, list[int]]]], ...]:
        """What is counted by, in order: its name, its words, the groups; those with the most first where there are many."""
        return (
            ("stars", _("Hạng sao"), sorted(self.stars.groups.items())),
            ("industries", _("Ngành"), _largest(self.industries)),
            ("sets", _("Bộ sản phẩm"), _largest(self.sets)),
            ("communes", _("Xã, phường"), _largest(self.communes)),
            ("kinds", _("Loại chủ thể"), _largest(self.kinds)),
            ("applications", _("Loại đăng ký"), _largest(self.applications)),
        )


def _largest(tally: Tally) -> list[tuple[str, list[int]]]:
    return sorted(tally.groups.items(), key=lambda pair: (-pair[1][3], pair[0].casefold()))


def results_sheet(table: SessionTable) -> Sheet:
    """The result table of a session (one column per agency)."""
    columns = (
        Column(_("TT"), "number", 5),
        Column(_("Mã sản phẩm"), "wrapped", 18),
        Column(_("Tên sản phẩm"), "wrapped", 26),
        Column(_("Chủ thể"), "wrapped", 26),
        Column(_("Địa chỉ"), "wrapped", 26),
        *(Column(agency, "number", 8.5) for agency in table.agencies),
        Column(_("Điểm đánh giá"), "points", 9, table.digits),
        Column(_("Phân hạng"), "stars", 8),
        Column(_("Ghi chú"), "wrapped", 15),
    )
    rows = [
        (
            number,
            r.code,
            r.product,
            r.producer,
            r.address,
            *(r.totals.get(agency) for agency in table.agencies),
            r.mean,
            r.stars,
            r.note,
        )
        for number, r in enumerate(table.rows, start=1)
    ]
    when = _("Ngày họp {date}", date=f"{table.held_on:%d/%m/%Y}")
    heading = (_("Kết quả đánh giá, phân hạng: {name}", name=table.name), " - ".join(filter(None, (when, table.place))))
    return Sheet(_("Kết quả {code}", code=table.code), columns, rows, heading)


def register_sheet(rows: Iterable[Recognition]) -> Sheet:
    """Every recognition with all its fields, one row each; the header is the first row, for machines too."""
    columns = (
        Column(_("TT"), "number", 7),
        Column(_("Tên sản phẩm"), width=34),
        Column(_("Mã sản phẩm"), width=19),
        Column(_("Bộ số"), "number", 7),
        Column(_("Bộ sản phẩm"), width=30),
        Column(_("Chủ thể"), width=34),
        Column(_("Loại chủ thể"), width=22),
        Column(_("Xã, phường"), width=20),
        Column(_("Mã xã"), width=8),
        Column(_("Tỉnh, thành phố"), width=18),
        Column(_("Địa chỉ"), width=34),
        Column(_("Người đại diện"), width=22),
        Column(_("Điện thoại"), width=14),
        Column(_("Hạng sao"), "stars", 9),
        Column(_("Ngày công nhận"), "date", 12),
        Column(_("Ngày hết hạn"), "date", 12),
        Column(_("Số quyết định"), width=18),
        Column(_("Ngày quyết định"), "date", 12),
        Column(_("Cơ quan quyết định"), width=26),
        Column(_("Số giấy chứng nhận"), width=20),
        Column(_("Tình trạng"), width=18),
        Column(_("Ngày thu hồi"), "date", 12),
        Column(_("Lý do thu hồi"), width=24),
    )
    return Sheet(_("Sổ công nhận"), columns, _register_rows(rows), pages_wide=2)


def _register_rows(rows: Iterable[Recognition]) -> Iterator[Sequence[Value]]:
    for number, r in enumerate(rows, start=1):
        yield (
            number,
            r.product,
            r.code,
            r.set_no,
            r.set_name,
            r.producer,
            r.kind,
            r.commune,
            r.commune_code,
            r.province,
            r.address,
            r.representative,
            r.phone,
            r.stars,
            r.issued_on,
            r.expires_on,
            r.decision_number,
            r.decision_date,
            r.authority,
            r.number,
            r.state,
            r.revoked_on,
            r.revoked_why,
        )


def counts_sheet(counts: Counts, on: dt.date) -> Sheet:
    """Counts by stars, industry, set, commune, kinds of producer and application, as one table that can be filtered."""
    columns = (
        Column(_("Phân theo"), "wrapped", 18),
        Column(_("Nhóm"), "wrapped", 52),
        Column(_("3 sao"), "number", 10),
        Column(_("4 sao"), "number", 10),
        Column(_("5 sao"), "number", 10),
        Column(_("Cộng"), "number", 10),
        Column(_("Còn hiệu lực"), "number", 13),
    )
    heading = (_("Tổng hợp sản phẩm OCOP đã được công nhận"), _("Tình trạng đến ngày {date}", date=f"{on:%d/%m/%Y}"))
    return Sheet(_("Tổng hợp"), columns, tuple(_count_rows(counts)), heading)


def _count_rows(counts: Counts) -> Iterator[Sequence[Value]]:
    total = [sum(column) for column in zip(*counts.stars.groups.values(), strict=True)] or [0, 0, 0, 0, 0]
    yield (_("Toàn bộ"), _("Tất cả sản phẩm"), *total)
    for _key, words, groups in counts.blocks:
        for group, figures in groups:
            yield (words, group, *figures)


def count_charts(counts: Counts) -> Iterator[Chart]:
    """Charts over the rows of ``counts_sheet``; none where nothing is counted."""
    row = HEAD + 2  # under the row of all
    for key, words, groups in counts.blocks:
        if not groups:
            return
        some = min(len(groups), MOST_BARS.get(key, len(groups)))
        series = tuple((3 + place, str(3 + place)) for place in range(3) if any(figures[place] for _name, figures in groups))
        yield Chart(_(CHARTS[key]) if some == len(groups) else _(CHARTS_CUT[key], count=some), words, _("Số lượt công nhận"),
                    _("Tổng hợp"), HEAD, row, row + some - 1, 2, ((6, "before"), (7, "now")) if key == "stars" else series,
                    key != "stars", SIZES.get(key, "half"))
        row += len(groups)
