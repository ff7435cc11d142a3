"""Letters that tell the results: one to each commune, one to each producer with what is missing for the next star."""

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
    numbered,
)
from ocop_desktop.papers.state_paper import long_date


@dataclass(frozen=True)
class Sender:
    """Who writes, and about which session; ``decision``: "Quyết định số ... ngày ..." where there is one."""

    body: str
    agency: str
    place: str
    year: int
    council: str
    session: str
    held_on: dt.date
    decision: str = ""
    signatory: tuple[str, ...] = ("GIÁM ĐỐC",)
    signatory_name: str = ""


@dataclass(frozen=True)
class Told:
    """One product's result as a letter tells it.

    Args:
        parts: (name of the part, most points, mean); missing: the sentence on the next star, empty at the top or when excluded.
        gates, more: (criterion, what to reach, points it brings): conditions first, then points.
        reason: why it was excluded.
    """

    code: str
    product: str
    mean: str
    rank: str
    parts: tuple[tuple[str, str, str], ...] = ()
    missing: str = ""
    gates: tuple[tuple[str, str, str], ...] = ()
    more: tuple[tuple[str, str, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class CommuneNotice:
    """To a commune: its products as (code, product, producer, points, rank, what is missing)."""

    commune: str
    lines: tuple[tuple[str, str, str, str, str, str], ...]


@dataclass(frozen=True)
class ProducerNotice:
    """To a producer; ``mark``: what tells the letter from those to others, as each has its own number."""

    producer: str
    representative: str
    address: str
    products: tuple[Told, ...]
    mark: str


def commune_papers(sender: Sender, notices: tuple[CommuneNotice, ...]) -> tuple[Paper, ...]:
    """One letter per commune."""
    return tuple(Paper(f"Thông báo kết quả - {n.commune}", tuple(_to_commune(sender, n)), n.commune) for n in notices)


def producer_papers(sender: Sender, notices: tuple[ProducerNotice, ...]) -> tuple[Paper, ...]:
    """One letter per producer."""
    return tuple(Paper(f"Thông báo kết quả - {n.producer}", tuple(_to_producer(sender, n)), n.mark) for n in notices)


def _head(s: Sender, to: str) -> Iterator[Block]:
    about = "V/v thông báo kết quả đánh giá, phân hạng sản phẩm OCOP"
    yield Letterhead(s.body, s.agency, "Số: ……/TB", about, s.place, year=s.year)
    yield Para(to, "address", lead="Kính gửi:")
    by = f"{s.decision}, " if s.decision else ""
    agency = s.agency or s.body or "Cơ quan quản lý OCOP"
    yield Para(f"Căn cứ {by}kết quả họp {s.council} {long_date(s.held_on)} ({s.session}), {agency} thông báo kết quả như sau:")


def _foot(s: Sender, first: str) -> Signatures:
    return Signatures(Signature(s.signatory, s.signatory_name), recipients=(first, "Lưu: VT, hồ sơ sản phẩm."))


def _to_commune(s: Sender, n: CommuneNotice) -> Iterator[Block]:
    yield from _head(s, f"Ủy ban nhân dân {n.commune[0].lower()}{n.commune[1:]}")
    yield Grid((Column("TT", 9, "centre"), Column("Sản phẩm, mã", 42), Column("Chủ thể", 36), Column("Điểm", 14, "right"),
                Column("Kết quả", 18, "centre"), Column("Còn thiếu cho hạng sao tiếp theo", 46)),
               numbered([(f"{product}\n{code}" if code else product, producer, mean, rank, missing)
                         for code, product, producer, mean, rank, missing in n.lines]), 10.5, bold=(4,))
    yield Para(f"Đề nghị Ủy ban nhân dân {n.commune[0].lower()}{n.commune[1:]} thông báo đến các chủ thể, hướng dẫn hoàn thiện "
               "những nội dung còn thiếu để đăng ký nâng hạng ở đợt sau./.")
    yield _foot(s, "Như trên;")


def _to_producer(s: Sender, n: ProducerNotice) -> Iterator[Block]:
    who = f"{n.producer}{' (người đại diện: ' + n.representative + ')' if n.representative else ''}"
    yield from _head(s, f"{who}{', ' + n.address if n.address else ''}")
    for number, told in enumerate(n.products, 1):
        yield Mark(told.product)
        yield Para(f"{number}. Sản phẩm: {told.product}" if len(n.products) > 1 else f"Sản phẩm: {told.product}", "heading")
        if told.code:
            yield Para(told.code, lead="Mã sản phẩm:")
        yield from _result(told)
    yield Para("Nội dung cần hoàn thiện được tính từ phiếu chấm của Hội đồng; việc nâng hạng do Hội đồng đánh giá lại khi chủ "
               "thể đăng ký, theo hồ sơ và minh chứng tại thời điểm đó./.")
    yield _foot(s, "Như trên;")


def _result(told: Told) -> Iterator[Block]:
    yield Para(f"{told.mean} điểm, {told.rank[0].lower()}{told.rank[1:]}.", lead="Kết quả:")
    if told.reason:
        yield Para(f"{told.reason}.", lead="Lý do bị loại:")
    if told.parts:
        yield Para("; ".join(f"{name}: {mean}/{most}" for name, most, mean in told.parts) + ".", lead="Điểm từng phần:")
    if told.missing:
        yield Para(told.missing, lead="Hạng tiếp theo:")
    rows: list[tuple[str, ...]] = []
    for heading, steps in (("Điều kiện phải đạt (mức tối thiểu của hạng sao)", told.gates),
                           ("Điểm cần thêm, tiêu chí tăng nhiều điểm nhất trước", told.more)):
        if steps:
            rows += [(heading,), *steps]
    if rows:
        yield Grid((Column("Tiêu chí", 55), Column("Mức cần đạt", 90), Column("Tăng", 20, "right")), tuple(rows), 11)
