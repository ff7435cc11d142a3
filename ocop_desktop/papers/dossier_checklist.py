"""The checklist of a dossier: what is there, what is missing, for whoever receives and checks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocop_desktop.papers.blocks import (
    Block,
    Column,
    Grid,
    Letterhead,
    Paper,
    Para,
    Signature,
    Signatures,
    Title,
    numbered,
)


@dataclass(frozen=True)
class DossierChecklist:
    """One dossier.

    Args:
        papers: (what, whether needed, whether there, number and dates); missing: what is still missing, required first.
        done, total: required things that are there, of how many.
    """

    body: str
    agency: str
    product: str
    code: str
    producer: str
    address: str
    kind: str
    papers: tuple[tuple[str, str, str, str], ...]
    samples: str
    missing: tuple[str, ...]
    wished: tuple[str, ...]
    done: int
    total: int


def papers(lists: Sequence[DossierChecklist]) -> tuple[Paper, ...]:
    """One list per dossier."""
    return tuple(Paper(f"Phiếu kiểm tra hồ sơ - {one.product}", tuple(_blocks(one)), one.product) for one in lists)


def _blocks(c: DossierChecklist) -> Iterator[Block]:
    yield Letterhead(c.body, c.agency)
    yield Title("Phiếu kiểm tra hồ sơ", ("Đăng ký đánh giá, phân hạng sản phẩm OCOP",))
    for name, value in (("Sản phẩm", c.product), ("Mã sản phẩm", c.code), ("Chủ thể", c.producer), ("Địa chỉ", c.address),
                        ("Loại hồ sơ", c.kind), ("Mẫu sản phẩm", c.samples)):
        if value:
            yield Para(value, "item", lead=f"{name}:")
    yield Grid((Column("TT", 9, "centre"), Column("Giấy tờ", 66), Column("Phải có", 18, "centre"), Column("Đã có", 16, "centre"),
                Column("Số, ngày cấp, hiệu lực", 56)), numbered(c.papers))
    yield Para(f"{c.done}/{c.total} nội dung bắt buộc.", lead="Đã đủ:")
    if c.missing:
        yield Para("Còn thiếu:", "subheading")
        for line in c.missing:
            yield Para(f"- {line}", "item")
    else:
        yield Para("Không thiếu nội dung bắt buộc nào.")
    if c.wished:
        yield Para("; ".join(c.wished) + ".", lead="Nên bổ sung:")
    yield Para("Ngày …… tháng …… năm 20……", "centre")
    yield Signatures(Signature(("NGƯỜI KIỂM TRA",), "", "(Ký, ghi rõ họ tên)"),
                     Signature(("NGƯỜI NỘP HỒ SƠ",), "", "(Ký, ghi rõ họ tên)"))
