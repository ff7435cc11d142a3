"""The province's letter that asks the Ministry to assess the products that may have 5 stars."""

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
    numbered,
)
from ocop_desktop.papers.state_paper import basis_in_law, long_date

PAPERS = ("Phiếu đăng ký, báo cáo tự đánh giá và giấy tờ minh chứng của chủ thể (Mẫu số 01, 02);",
          "Báo cáo đánh giá của cấp xã (Mẫu số 03);",
          "Biên bản họp, bảng tổng hợp điểm, phiếu đánh giá của Hội đồng cấp tỉnh;")
SAMPLES = "Mẫu sản phẩm, trừ dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch."


@dataclass(frozen=True)
class Potential:
    """A product: parts are the means of the parts as shown, in their order; papers: legal papers the dossier holds."""

    code: str
    product: str
    producer: str
    representative: str
    phone: str
    address: str
    set_name: str
    parts: tuple[str, ...]
    mean: str
    papers: tuple[str, ...]


@dataclass(frozen=True)
class MinistryRequest:
    """The letter.

    Args:
        body: who asks; to: the Ministry; part_names: heads of the parts' columns ("A /40").
        decision: the recognition decision of the same session in words, or empty; line: points 5 stars begin at.
        signatory, signatory_name: below the letter.
    """

    body: str
    place: str
    year: int
    to: str
    law: str
    council: str
    session: str
    held_on: dt.date
    line: int
    decision: str
    part_names: tuple[str, ...]
    products: tuple[Potential, ...]
    signatory: tuple[str, ...]
    signatory_name: str


def papers(request: MinistryRequest) -> tuple[Paper, ...]:
    """The letter with its list across."""
    return (Paper(f"Đề nghị đánh giá sản phẩm tiềm năng 5 sao - {request.session}", tuple(_blocks(request))),)


def _blocks(r: MinistryRequest) -> Iterator[Block]:
    about = "V/v đề nghị đánh giá, phân hạng sản phẩm OCOP tiềm năng 5 sao"
    body, count = r.body or "Ủy ban nhân dân cấp tỉnh", len(r.products)
    yield Letterhead("", r.body or body, "Số: ……/UBND-……", about, r.place, year=r.year)
    yield Para(r.to, "address", lead="Kính gửi:")
    yield Para(f"{basis_in_law(r.law)}; kết quả họp {r.council} {long_date(r.held_on)} ({r.session})"
               f"{'; ' + r.decision if r.decision else ''}, {body} đề nghị {r.to} đánh giá, phân hạng {count} sản phẩm được Hội "
               f"đồng cấp tỉnh chấm từ {r.line} điểm trở lên và đạt các điều kiện của hạng 5 sao:")
    for number, one in enumerate(r.products, 1):
        yield Para(f"{number}. {one.product}{' (' + one.code + ')' if one.code else ''}, {one.producer}: {one.mean} điểm"
                   f"{'.' if number == count else ';'}", "item")
    yield Para("Danh sách chi tiết ở Phụ lục. Hồ sơ của mỗi sản phẩm gửi kèm gồm:")
    for words in (*PAPERS, SAMPLES):
        yield Para(f"- {words}", "item")
    yield Para(f"{body} kính đề nghị {r.to} xem xét, tổ chức đánh giá, phân hạng theo quy định./.")
    yield Signatures(Signature(r.signatory, r.signatory_name),
                     recipients=("Như trên;", "Ủy ban nhân dân các xã, phường có sản phẩm;", "Các chủ thể có sản phẩm;",
                                 "Lưu: VT."))
    yield from _annex(r, body)


def _annex(r: MinistryRequest, body: str) -> Iterator[Block]:
    yield Turn(wide=True)
    yield Mark("Phụ lục. Danh sách sản phẩm tiềm năng 5 sao")
    yield Title("Phụ lục", (f"Danh sách {len(r.products)} sản phẩm OCOP tiềm năng 5 sao",), ruled=False)
    yield Para(f"(Kèm theo Công văn số ……/UBND-…… ngày …… tháng …… năm {r.year} của {body})", "centre")
    parts = tuple(Column(name, 14, "right") for name in r.part_names)
    yield Grid((Column("TT", 9, "centre"), Column("Sản phẩm, mã", 52), Column("Chủ thể, người đại diện, điện thoại", 52),
                Column("Địa chỉ", 40), Column("Bộ sản phẩm", 28), *parts, Column("Điểm", 15, "right"),
                Column("Giấy tờ trong hồ sơ", 40)),
               numbered([(_lines(one.product, one.code), _lines(one.producer, one.representative, one.phone), one.address,
                          one.set_name, *one.parts, one.mean, "\n".join(one.papers) or "–") for one in r.products]), 9.5,
               bold=(5 + len(parts),))


def _lines(*words: str) -> str:
    return "\n".join(word for word in words if word)
