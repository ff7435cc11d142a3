"""An open session to score in, for tests."""

from __future__ import annotations

import datetime as dt

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Council, CouncilSession, Dossier, Member, Producer, Product, SessionMember

LAW = "26/2026/QĐ-TTg"
PRODUCTS = ((11, "Chè Shan tuyết Mẫu Sơn"), (26, "Làng du lịch cộng đồng Quỳnh Sơn"), (16, "Nước khoáng Mẫu Sơn"))


def open_hall(session: Session) -> None:
    """Write an open session: items 1 (set 11), 2 (set 26), 3 (set 16), members 1 and 2, secretary 3."""
    council = Council(id=1, name="Hội đồng tỉnh")
    council.members = [Member(id=n, seat=n, name=name, agency=agency, role=role) for n, name, agency, role in (
        (1, "Ông Hoàng", "Sở Công Thương", "member"), (2, "Bà Lan", "Sở Y tế", "member"), (3, "Cô Thu", "Chi cục", "secretary"))]
    session.add_all([council, Producer(id=1, name="HTX Mẫu Sơn Xanh", folded="htx mau son xanh")])
    session.flush()
    session.add(CouncilSession(id=1, code="D2-2026", name="Đợt 2 – 2026", council_id=1, held_on=dt.date(2026, 11, 20),
                               status="open", rulebook=LAW, working_rules={"secretary_scores": False}))
    session.flush()
    session.add_all([SessionMember(session_id=1, member_id=n) for n in (1, 2, 3)])
    for n, (number, name) in enumerate(PRODUCTS, 1):
        session.add(Product(id=n, producer_id=1, name=name, folded=name.lower(), set_no=number))
        session.flush()
        session.add(Dossier(id=n, product_id=n, code=f"20-05980-0{n}-2026", rulebook=LAW, status="in_session"))
        session.flush()
        session.add(AgendaItem(id=n, session_id=1, dossier_id=n, position=n))
    session.flush()
