"""The draft of the decision that revokes a certificate (Article 9 of Decision 26/2026/QĐ-TTg). Always Vietnamese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocop_desktop.papers.blocks import Block, Letterhead, Paper, Para, Signature, Signatures, Title
from ocop_desktop.papers.state_paper import long_date, short_date

RECIPIENTS = ("Như Điều cuối;", "Bộ Nông nghiệp và Môi trường (để báo cáo);", "Ủy ban nhân dân xã, phường nơi có chủ thể;",
              "Lưu: VT.")


@dataclass(frozen=True)
class RevocationDraft:
    """The draft for one certificate.

    Args:
        number, day: of the decision where it is recorded already, else empty; year: of the draft.
        authority: who decides; agency: who proposes it; law: number of the rules in force ("26/2026/QĐ-TTg").
        certificate, recognised, recognised_on, recognised_by: number of the certificate; decision it rests on, where known.
        ground: why (Article 9); conclusion, concluded_on: the authority's paper and its day.
    """

    body: str
    agency: str
    place: str
    number: str
    day: dt.date | None
    year: int
    authority: str
    law: str
    certificate: str
    recognised: str
    recognised_on: dt.date | None
    recognised_by: str
    issued_on: dt.date
    product: str
    code: str
    producer: str
    address: str
    stars: int
    ground: str
    conclusion: str
    concluded_on: dt.date
    signatory: tuple[str, ...]
    signatory_name: str


def papers(drafts: Sequence[RevocationDraft]) -> tuple[Paper, ...]:
    """A decision for each certificate."""
    return tuple(Paper(f"Dự thảo Quyết định thu hồi Giấy chứng nhận - {one.product}", tuple(_blocks(one)), one.product)
                 for one in drafts)


def _blocks(d: RevocationDraft) -> Iterator[Block]:
    yield Letterhead("", d.body, f"Số: {d.number or '……/QĐ-UBND'}", place=d.place, day=d.day, year=d.year)
    yield Title("Quyết định", ("Về việc thu hồi Giấy chứng nhận sản phẩm OCOP",))
    yield Para(d.authority.upper(), "order")
    yield Para("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "basis")
    yield Para(f"Căn cứ Điều 9 Quyết định số {d.law} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, phân "
               "hạng sản phẩm Chương trình mỗi xã một sản phẩm;", "basis")
    if d.recognised:
        yield Para(f"Căn cứ {recognition(d)};", "basis")
    yield Para(f"Căn cứ {conclusion(d)};", "basis")
    yield Para(f"Theo đề nghị của {d.agency or 'cơ quan quản lý OCOP cấp tỉnh'} tại Tờ trình số ……/TTr ngày …… tháng …… năm "
               f"{d.year}.", "basis")
    yield Para("QUYẾT ĐỊNH:", "order")
    for number, words in enumerate(_articles(d), 1):
        yield Para(words, lead=f"Điều {number}.")
    yield Signatures(Signature(d.signatory, d.signatory_name), recipients=RECIPIENTS)


def recognition(d: RevocationDraft) -> str:
    """The decision the certificate rests on, with its day."""
    when = f" {long_date(d.recognised_on)}" if d.recognised_on else ""
    by = f" của {d.recognised_by}" if d.recognised_by else ""
    return f"Quyết định số {d.recognised}{when}{by} về công nhận kết quả đánh giá, phân hạng sản phẩm OCOP"


def conclusion(d: RevocationDraft) -> str:
    """The paper with its day, once."""
    words = d.conclusion.strip().rstrip(" .;,")
    said = any(day in words for day in (long_date(d.concluded_on), short_date(d.concluded_on)))
    return words if said else f"{words}, {long_date(d.concluded_on)}"


def _articles(d: RevocationDraft) -> Iterator[str]:
    paper = f"Giấy chứng nhận số {d.certificate}" if d.certificate else "Giấy chứng nhận"
    code = f" (mã sản phẩm {d.code})" if d.code else ""
    address = f", địa chỉ: {d.address}" if d.address else ""
    yield (f"Thu hồi {paper}, cấp {long_date(d.issued_on)} cho sản phẩm “{d.product}”{code}, hạng {d.stars} sao, của "
           f"{d.producer}{address}.")
    yield f"Lý do thu hồi: {d.ground[:1].lower()}{d.ground[1:]}."
    yield (f"Giấy chứng nhận nêu tại Điều 1 hết giá trị kể từ ngày Quyết định này có hiệu lực. {d.producer} nộp lại bản gốc cho "
           f"{d.agency or 'cơ quan quản lý OCOP cấp tỉnh'}, ngừng dùng nhãn hiệu OCOP và hạng sao trên sản phẩm, bao bì, tài "
           "liệu quảng cáo.")
    yield (f"Quyết định này có hiệu lực từ ngày ký. Chánh Văn phòng Ủy ban nhân dân, Thủ trưởng các sở, ngành có liên quan, Chủ "
           f"tịch Ủy ban nhân dân xã, phường nơi có chủ thể và {d.producer} chịu trách nhiệm thi hành Quyết định này./.")
