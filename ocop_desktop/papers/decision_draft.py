"""The draft of the recognition decision with its annex of products (form 1.2 of annex III of Decree 30/2020/NĐ-CP)."""

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

ROMAN = ("I", "II", "III", "IV")
RECIPIENTS = ("Như Điều cuối;", "Bộ Nông nghiệp và Môi trường (để báo cáo);", "Ủy ban nhân dân các xã, phường có sản phẩm;",
              "Lưu: VT.")


@dataclass(frozen=True)
class Recognised:
    """A product of the annex."""

    code: str
    product: str
    producer: str
    address: str
    mean: str


@dataclass(frozen=True)
class DecisionDraft:
    """The draft.

    Args:
        number, day: of the decision where it is recorded already, else empty; year: of the draft.
        authority: who decides ("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"); agency: who proposes it.
        groups: (stars, products) from the highest; potential: products forwarded to the Ministry as potential 5 stars.
        months: how long a recognition holds.
        key: fingerprint of the key that signs the certificates' codes; empty without one.
    """

    body: str
    agency: str
    place: str
    number: str
    day: dt.date | None
    year: int
    authority: str
    council: str
    session: str
    held_on: dt.date
    law: str
    months: int
    groups: tuple[tuple[int, tuple[Recognised, ...]], ...]
    potential: tuple[Recognised, ...]
    signatory: tuple[str, ...]
    signatory_name: str
    key: str = ""

    @property
    def count(self) -> int:
        """Products recognised."""
        return sum(len(products) for _stars, products in self.groups)


def papers(draft: DecisionDraft) -> tuple[Paper, ...]:
    """The decision with its annexes."""
    return (Paper(f"Dự thảo Quyết định công nhận - {draft.session}", tuple(_blocks(draft))),)


def _blocks(d: DecisionDraft) -> Iterator[Block]:
    yield Letterhead("", d.body, f"Số: {d.number or '……/QĐ-UBND'}", place=d.place, day=d.day, year=d.year)
    yield Title("Quyết định", (f"Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP năm {d.held_on.year}, {d.session}",))
    yield Para(d.authority.upper(), "order")
    yield Para("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "basis")
    yield Para(f"Căn cứ Quyết định số {d.law} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, phân hạng "
               "sản phẩm Chương trình mỗi xã một sản phẩm;", "basis")
    yield Para(f"Căn cứ Biên bản họp {d.council} {long_date(d.held_on)};", "basis")
    yield Para(f"Theo đề nghị của {d.agency or 'cơ quan quản lý OCOP cấp tỉnh'} tại Tờ trình số ……/TTr ngày …… tháng …… năm "
               f"{d.year}.",
               "basis")
    yield Para("QUYẾT ĐỊNH:", "order")
    yield from _articles(d)
    yield Signatures(Signature(d.signatory, d.signatory_name), recipients=RECIPIENTS)
    if d.groups:
        name = "Phụ lục I" if d.potential else "Phụ lục"
        yield from _annex(name, f"Danh sách {d.count} sản phẩm được công nhận hạng sao", d, True)
    if d.potential:
        name = "Phụ lục II" if d.groups else "Phụ lục"
        yield from _annex(name, f"Danh sách {len(d.potential)} sản phẩm tiềm năng 5 sao", d, False)


def _articles(d: DecisionDraft) -> Iterator[Block]:
    told = ", ".join(f"{len(products)} sản phẩm hạng {stars} sao" for stars, products in d.groups)
    articles = []
    if d.groups:
        articles.append(f"Công nhận kết quả đánh giá, phân hạng {d.count} sản phẩm OCOP ({told}), {d.session} (danh sách kèm "
                        f"theo). Kết quả có giá trị {d.months} tháng kể từ ngày cấp Giấy chứng nhận.")
    if d.potential:
        articles.append(f"Giao {d.agency or 'cơ quan quản lý OCOP cấp tỉnh'} hoàn thiện hồ sơ {len(d.potential)} sản phẩm tiềm "
                        f"năng 5 sao (Phụ lục{' II' if d.groups else ''}), trình Bộ Nông nghiệp và Môi trường đánh giá, phân "
                        "hạng.")
    articles.append("Chủ thể có sản phẩm được công nhận được dùng nhãn hiệu OCOP theo hạng sao, có trách nhiệm giữ chất lượng "
                    "sản phẩm theo hồ sơ đã đánh giá và chịu sự kiểm tra, giám sát theo quy định.")
    articles.append("Quyết định này có hiệu lực từ ngày ký. Chánh Văn phòng Ủy ban nhân dân, Thủ trưởng các sở, ngành, Chủ "
                    "tịch Ủy ban nhân dân các xã, phường, các chủ thể và cá nhân, tổ chức có liên quan chịu trách nhiệm thi "
                    "hành Quyết định này./.")
    for number, words in enumerate(articles, 1):
        yield Para(words, lead=f"Điều {number}.")


def _annex(name: str, about: str, d: DecisionDraft, ranked: bool) -> Iterator[Block]:
    yield Turn(wide=True)
    yield Mark(f"{name}. {about}")
    when = long_date(d.day) if d.day else f"ngày …… tháng …… năm {d.year}"
    yield Title(name, (about,), ruled=False)
    yield Para(f"(Kèm theo Quyết định số {d.number or '……/QĐ-UBND'} {when} của {d.authority})", "centre")
    columns = (Column("TT", 10, "centre"), Column("Mã sản phẩm", 38, "centre"), Column("Tên sản phẩm", 66), Column("Chủ thể", 60),
               Column("Địa chỉ", 54), Column("Điểm", 15, "right"), Column("Phân hạng", 20, "centre"))
    rows: list[tuple[str, ...]] = []
    groups = d.groups if ranked else ((5, d.potential),)
    for place, (stars, products) in enumerate(groups):
        rank = f"{stars} sao" if ranked else "Tiềm năng 5 sao"
        if ranked:
            rows.append((f"{ROMAN[place]}. HẠNG {stars} SAO: {len(products)} SẢN PHẨM",))
        rows += [(str(number), p.code, p.product, p.producer, p.address, p.mean, rank) for number, p in enumerate(products, 1)]
    yield Grid(columns, tuple(rows), 11, bold=(6,))
    if ranked and d.key:
        yield Para(f"Mã QR trên Giấy chứng nhận được ký bằng khóa của {d.body}. Dấu khóa, để đối chiếu khi nhận khóa công khai: "
                   f"{d.key}.")
