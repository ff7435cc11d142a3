"""The Excel summary: counts, one result table per session, the register of all recognitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ocop_desktop.sheets.writing import Column, Sheet, Value
from ocop_desktop.text import _


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
    """Counts over the register, gathered while its rows are written."""

    stars: Tally = field(default_factory=Tally)
    sets: Tally = field(default_factory=Tally)
    communes: Tally = field(default_factory=Tally)
    kinds: Tally = field(default_factory=Tally)

    def gather(self, rows: Iterable[Recognition]) -> Iterator[Recognition]:
        """Count ``rows`` as they pass."""
        for row in rows:
            self.stars.add(_("{count} sao", count=row.stars), row.stars, row.standing)
            name = f"{row.set_no} {row.set_name}".strip() if row.set_no else _("Chưa rõ bộ")
            self.sets.add(name, row.stars, row.standing)
            self.communes.add(row.commune or _("Chưa rõ xã"), row.stars, row.standing)
            self.kinds.add(row.kind or _("Chưa rõ loại"), row.stars, row.standing)
            yield row


def results_sheet(table: SessionTable) -> Sheet:
    """The result table of a session (one column per agency)."""
    columns = (
        Column(_("TT"), "number", 5),
        Column(_("Mã sản phẩm"), "wrapped", 20),
        Column(_("Tên sản phẩm"), "wrapped", 32),
        Column(_("Chủ thể"), "wrapped", 32),
        Column(_("Địa chỉ"), "wrapped", 34),
        *(Column(agency, "number", 11) for agency in table.agencies),
        Column(_("Điểm đánh giá"), "points", 11, table.digits),
        Column(_("Phân hạng"), "stars", 10),
        Column(_("Ghi chú"), "wrapped", 18),
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
    """Counts by stars, set, commune and producer kind, as one table that can be filtered."""
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
    for words, tally in (
        (_("Hạng sao"), counts.stars),
        (_("Bộ sản phẩm"), counts.sets),
        (_("Xã, phường"), counts.communes),
        (_("Loại chủ thể"), counts.kinds),
    ):
        for group, figures in sorted(tally.groups.items(), key=lambda pair: _order(pair[0])):
            yield (words, group, *figures)


def _order(group: str) -> tuple[int, str]:
    """Numbered groups by their number, the others by name."""
    first = group.split(" ", 1)[0]
    return (int(first), group) if first.isdigit() else (10**6, group.casefold())
