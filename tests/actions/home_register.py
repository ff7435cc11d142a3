"""A small register around one day, with every state the first screen counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ocop_desktop.actions import office
from ocop_desktop.data import batches
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import (
    AgendaItem,
    Ballot,
    Certificate,
    Council,
    CouncilSession,
    Dossier,
    Member,
    Producer,
    Product,
    Result,
)
from ocop_desktop.rules.certificate_life import end_of
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.working_rules import WorkingRules

DAY = dt.date(2026, 11, 23)
ROUND = "Đợt 2 - 2026"
# (year, three stars, four stars, five stars): recognised on 15 December, or 1 March in the year of DAY
YEARS = ((2020, 3, 1, 0), (2021, 5, 1, 0), (2022, 8, 2, 0), (2023, 7, 3, 0), (2024, 9, 3, 1), (2025, 11, 4, 0), (2026, 6, 2, 0))


def fill(session: Session, day: dt.date = DAY) -> None:
    """Write the register: recognitions of seven years, a session today, one next month, one closed, drafts, an import."""
    office.save_office(session, replace(office.proposed_office(session, "20"), signatory_name="Đoàn Thanh Sơn"))
    maker = Producer(name="Hợp tác xã Mẫu Sơn", folded=fold("Hợp tác xã Mẫu Sơn"), kind="cooperative")
    session.add(maker)
    session.flush()
    for year, three, four, five in YEARS:
        issued = dt.date(year, 3, 1) if year == 2026 else dt.date(year, 12, 15)
        for stars in (3,) * three + (4,) * four + (5,) * five:
            recognise(session, maker, stars, issued)
    # 17 March 2024 + 36 months ends 114 days after DAY: late; 1 May 2024: 159 days: due; revoked and not yet issued: neither
    for issued in (dt.date(2024, 3, 17), dt.date(2024, 5, 1), dt.date(2024, 5, 2)):
        recognise(session, maker, 3, issued)
    recognise(session, maker, 4, dt.date(2025, 6, 1)).revoked_on = dt.date(2026, 1, 5)
    recognise(session, maker, 3, dt.date(2026, 12, 1))
    _sessions(session, maker, day)
    for number in range(7):
        _dossier(session, maker, f"Chè Shan {number}", "draft", ROUND)
    counts = {"created": 41, "updated": 12, "unchanged": 3, "rejected": 2}
    batches.add_batch(session, "ha-lang.xlsx", "0" * 64, "list", {}, counts, dt.datetime.combine(day, dt.time(9, 5)))


def recognise(session: Session, maker: Producer, stars: int, issued: dt.date) -> Certificate:
    """Add a product recognised on a day."""
    dossier = _dossier(session, maker, f"Hoa hồi {issued}", "history", "", stars)
    made = Certificate(dossier_id=dossier.id, stars=stars, issued_on=issued, expires_on=end_of(issued))
    session.add(made)
    session.flush()
    return made


def _dossier(session: Session, maker: Producer, name: str, status: str, held: str, stars: int | None = None) -> Dossier:
    product = Product(producer_id=maker.id, name=name, folded=fold(name), set_no=11)
    session.add(product)
    session.flush()
    made = Dossier(product_id=product.id, rulebook="26/2026/QĐ-TTg", status=status, round=held, stars=stars)
    session.add(made)
    session.flush()
    return made


def _sessions(session: Session, maker: Producer, day: dt.date) -> None:
    council = Council(name="Hội đồng cấp tỉnh", members=[Member(name="Lương Thị Hạnh", agency="Sở Y tế", role="chair")])
    session.add(council)
    session.flush()
    plan = (("2026-2", "Đợt 2 - 2026", day, "open", 12, 7), ("2026-3", "Đợt bổ sung", day + dt.timedelta(days=30), "draft", 2, 0),
            ("2026-1", "Đợt 1 - 2026", day - dt.timedelta(days=90), "closed", 3, 3))
    for code, name, held, status, count, begun in plan:
        meeting = CouncilSession(code=code, name=name, council_id=council.id, held_on=held, status=status,
                                 rulebook="26/2026/QĐ-TTg", working_rules=WorkingRules().as_plain())
        session.add(meeting)
        session.flush()
        for place in range(count):
            closed = status == "closed"
            dossier = _dossier(session, maker, f"Miến dong {code} {place}", "closed" if closed else "in_session", ROUND)
            item = AgendaItem(session_id=meeting.id, dossier_id=dossier.id, position=place + 1)
            item.status = "closed" if closed else "open"
            session.add(item)
            session.flush()
            if place < begun:
                session.add(Ballot(item_id=item.id, member_id=council.members[0].id))
            if closed:  # 2, 3 and 4 stars: two of them can be recognised
                session.add(_result(item, place + 2))


def _result(item: AgendaItem, stars: int) -> Result:
    return Result(item_id=item.id, mean_numerator=65, mean_denominator=1, stars_by_points=stars, stars=stars,
                  rulebook="26/2026/QĐ-TTg", rulebook_fingerprint="", snapshot={}, conclusions={},
                  closed_at=dt.datetime(2026, 8, 25, 11, 30))
