"""The attendance list of a session, to be signed at the door."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ocop_desktop.papers.blocks import Column, Grid, Letterhead, Paper, Para, Signature, Signatures, Title, numbered
from ocop_desktop.papers.state_paper import long_date

GUESTS = 2  # lines for people who are not of the council


@dataclass(frozen=True)
class AttendanceList:
    """Who is expected: (name, position and agency, role)."""

    body: str
    council: str
    session: str
    held_on: dt.date
    place: str
    members: tuple[tuple[str, str, str], ...]
    secretary: str = ""


def papers(made: AttendanceList) -> tuple[Paper, ...]:
    """The list, with lines for guests."""
    columns = (Column("TT", 9, "centre"), Column("Họ và tên", 36), Column("Chức vụ, cơ quan", 46),
               Column("Vai trò", 27, "centre"), Column("Ký tên", 28), Column("Giờ đến, ghi chú", 22))
    rows = [(*member, "", "") for member in made.members] + [("", "", "Khách mời", "", "")] * GUESTS
    when = long_date(made.held_on)
    return (Paper(f"Danh sách dự họp - {made.session}", (
        Letterhead(made.body, made.council),
        Title("Danh sách thành viên dự họp", ("Hội đồng đánh giá, phân hạng sản phẩm OCOP", made.session)),
        Para(f"{when[0].upper()}{when[1:]}.", lead="Thời gian:"), Para(f"{made.place or '…………………………'}.", lead="Địa điểm:"),
        Grid(columns, numbered(rows), 11, high=30),
        Para("Tổng số thành viên có mặt: ……/……. Người vắng ghi lý do ở cột cuối."),
        Signatures(Signature(("THƯ KÝ HỘI ĐỒNG",), made.secretary, "(Ký, ghi rõ họ tên)")))),)
