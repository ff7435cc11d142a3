"""Form 01 of annex III of Decision 26/2026/QĐ-TTg: registration of a product, with the receipts of commune and province."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocop_desktop.papers.blocks import (
    Block,
    Column,
    Grid,
    Mark,
    Paper,
    Para,
    Signature,
    Signatures,
    Space,
    Title,
    dotted,
    numbered,
)
from ocop_desktop.papers.state_paper import long_date, short_date
from ocop_desktop.papers.state_pdf import MOTTO, NATION


@dataclass(frozen=True)
class RegistrationForm:
    """What the dossier says; empty texts are dotted lines.

    Args:
        kinds: (kind of application, whether it is this one); attachments: papers that go along; samples: how many, as words.
        commune, province: who receives; received: their days.
    """

    commune: str
    province_agency: str
    producer: str
    producer_kind: str
    representative: str
    position: str
    address: str
    phone: str
    email: str
    tax_code: str
    product: str
    code: str
    industry: str
    group: str
    set_name: str
    kinds: tuple[tuple[str, bool], ...]
    attachments: tuple[str, ...]
    samples: str
    filed_on: dt.date | None
    commune_received_on: dt.date | None
    province_received_on: dt.date | None
    round: str = ""


def papers(forms: Sequence[RegistrationForm]) -> tuple[Paper, ...]:
    """One form per dossier."""
    return tuple(Paper(f"Phiếu đăng ký - {form.product}", tuple(_blocks(form)), form.product) for form in forms)


def _blocks(f: RegistrationForm) -> Iterator[Block]:
    yield Para("Mẫu số 01", "note")
    yield Title(NATION, (MOTTO,))
    yield Title("Phiếu đăng ký", ("Đánh giá, phân hạng sản phẩm OCOP",), ruled=False)
    yield Para(_committee(f.commune) if f.commune else dotted("", 60), "address", lead="Kính gửi:")
    yield Para("I. CHỦ THỂ", "heading")
    for name, value in (("Tên chủ thể", f.producer), ("Loại hình", f.producer_kind), ("Người đại diện", f.representative),
                        ("Chức vụ", f.position), ("Địa chỉ", f.address), ("Điện thoại", f.phone), ("Thư điện tử", f.email),
                        ("Mã số thuế", f.tax_code)):
        yield Para(dotted(value, 60), "item", lead=f"{name}:")
    yield Para("II. SẢN PHẨM ĐĂNG KÝ", "heading")
    for name, value in (("Tên sản phẩm", f.product), ("Mã sản phẩm", f.code), ("Ngành", f.industry), ("Nhóm, phân nhóm", f.group),
                        ("Bộ sản phẩm", f.set_name), ("Đợt đánh giá", f.round)):
        yield Para(dotted(value, 60), "item", lead=f"{name}:")
    yield Para("; ".join(f"[{'x' if chosen else '  '}] {kind}" for kind, chosen in f.kinds) + ".", "item", lead="Loại đăng ký:")
    yield Para("III. HỒ SƠ VÀ MẪU SẢN PHẨM KÈM THEO", "heading")
    if f.attachments:
        yield Grid((Column("TT", 9, "centre"), Column("Giấy tờ kèm theo", 156)), numbered([(a,) for a in f.attachments]))
    else:
        yield Para(dotted("", 100), "item")
    yield Para(dotted(f.samples, 20), "item", lead="Số mẫu sản phẩm:")
    yield Para("Chủ thể cam kết thông tin đã khai và giấy tờ kèm theo là đúng sự thật, chịu trách nhiệm trước pháp luật.")
    yield Para(f"Ngày nộp: {long_date(f.filed_on)}." if f.filed_on else "Ngày nộp: ngày …… tháng …… năm 20……", "centre")
    yield Signatures(Signature(("ĐẠI DIỆN CHỦ THỂ",), f.representative, "(Ký, ghi rõ họ tên, đóng dấu nếu có)"))
    yield Space(10)
    yield from _receipts(f)


def _committee(commune: str) -> str:
    return f"Ủy ban nhân dân {commune[:1].lower()}{commune[1:]}" if commune else "Ủy ban nhân dân cấp xã"


def _receipts(f: RegistrationForm) -> Iterator[Block]:
    yield Mark("Biên nhận")
    yield Para("PHẦN TIẾP NHẬN", "heading")
    rows = [(_committee(f.commune), f.commune_received_on),
            (f.province_agency or "Cơ quan quản lý OCOP cấp tỉnh", f.province_received_on)]
    yield Grid((Column("Nơi nhận", 60), Column("Ngày nhận", 32, "centre"), Column("Hồ sơ, số mẫu", 35),
                Column("Người nhận (ký, ghi rõ họ tên)", 38)),
               tuple((who, short_date(day) if day else "……/……/……", "", "") for who, day in rows), high=52)
