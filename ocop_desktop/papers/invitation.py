"""The invitation of each council member, with the agenda; in a written round the request for an opinion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
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
    Turn,
    numbered,
)
from ocop_desktop.papers.state_paper import long_date


@dataclass(frozen=True)
class Invitation:
    """What the invitations say.

    Args:
        members: (name, position and agency, role); agenda: (code, product, producer, set, kind of application).
        due_on: last day of a written round, else None.
        signatory: lines and name under the invitation.
    """

    body: str
    agency: str
    place_of_issue: str
    year: int
    council: str
    session: str
    held_on: dt.date
    place: str
    chair: str
    members: tuple[tuple[str, str, str], ...]
    agenda: tuple[tuple[str, str, str, str, str], ...]
    due_on: dt.date | None = None
    signatory: tuple[str, ...] = ("GIÁM ĐỐC",)
    signatory_name: str = ""


def papers(made: Invitation) -> tuple[Paper, ...]:
    """One invitation per member, each with the agenda."""
    return tuple(Paper(f"Giấy mời - {name}", tuple(_blocks(made, name, where, role)), f"{name} ({where})" if where else name)
                 for name, where, role in made.members)


def _blocks(m: Invitation, name: str, where: str, role: str) -> Iterator[Block]:
    yield Letterhead(m.body, m.agency, "Số: ……/GM", place=m.place_of_issue, year=m.year)
    written = m.due_on is not None
    yield Title("Giấy mời", (("Cho ý kiến bằng văn bản về" if written else "Họp") + " đánh giá, phân hạng sản phẩm "
                                                                                    "OCOP", m.session))
    yield Para(", ".join(part for part in (name, where) if part) + f" – {role} Hội đồng", "address", lead="Kính mời: Ông (Bà)")
    agenda = f"{len(m.agenda)} hồ sơ theo chương trình kèm theo"
    if m.due_on is not None:
        yield Para(f"Chấm điểm và cho ý kiến bằng văn bản về {agenda}.", lead="Nội dung:")
        yield Para(f"trước hết {long_date(m.due_on)}.", lead="Thời hạn gửi phiếu:")
    else:
        yield Para(f"Họp {m.council}: đánh giá, phân hạng {agenda}.", lead="Tới dự:")
        yield Para(f"Ông (Bà) {m.chair}." if m.chair else "……………………………", lead="Chủ trì:")
        yield Para(f"……… giờ ………, {long_date(m.held_on)}.", lead="Thời gian:")
        yield Para(f"{m.place or '……………………………'}.", lead="Địa điểm:")
    yield Para("Phiếu đánh giá được phát cho từng hồ sơ. Thành viên có lợi ích hoặc quan hệ với chủ thể của hồ sơ nào thì báo "
               "Thư ký trước khi chấm và không chấm hồ sơ đó./.")
    yield Signatures(Signature(m.signatory, m.signatory_name), recipients=("Như trên;", "Lưu: VT."))
    yield Turn()
    yield Title("Chương trình", ("Danh sách hồ sơ đánh giá, phân hạng", m.session), ruled=False)
    yield Grid((Column("TT", 9, "centre"), Column("Mã sản phẩm", 36, "centre"), Column("Sản phẩm", 38), Column("Chủ thể", 36),
                Column("Bộ sản phẩm", 40), Column("Loại hồ sơ", 24, "centre")), numbered(m.agenda), 10.5)
