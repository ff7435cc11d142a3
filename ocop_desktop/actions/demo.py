"""The example province: earlier years as a provincial report shows them, and a current round to try the program on.

Figures of 2019-2022 are those of one province's programme report: 105 dossiers registered, 94 recognised (73 with three stars,
21 with four); on 2 June 2023 84 are valid (65 and 19) and 10 have expired.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop import paths
from ocop_desktop.actions import certificates, office, opening, results, rulebooks, scoring, sessions
from ocop_desktop.actions.demo_ballots import answered_half, base_choices, member_choices
from ocop_desktop.actions.demo_history import AUTHORITY, Province, add_history
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data import ballots, communes, search
from ocop_desktop.data import demo as rows
from ocop_desktop.data import dossiers as dossier_rows
from ocop_desktop.errors import UserError
from ocop_desktop.rules import product_code
from ocop_desktop.rules.rulebook import CriteriaSet
from ocop_desktop.rules.terms import LEGAL_PAPERS

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

PROVINCE = "20"
WHO = "Bà Lan"
# (points of the product, stars its answers allow): what the example's sessions score.
CLOSED_ROUND = ((62, 3), (58, 3), (66, 3), (78, 4), (55, 3), (73, 4), (64, 3), (46, 2))
OPEN_ROUND = ((74, 4), (69, 4), (86, 3), (60, 3), (81, 4), (57, 3), (63, 3), (72, 4), (54, 3), (76, 4), (61, 3), (68, 3))
APART = OPEN_ROUND[3]  # one member stands far below the others
PROGRESS = ((9, 9),) * 5 + ((5, 7), (4, 6)) + ((0, 0),) * 5  # ballots finished and begun, per dossier
ADVISED = {OPEN_ROUND[5]: "supplement", OPEN_ROUND[10]: "return"}  # the others are put to the council
COMMENTS = ("Đã xem hợp đồng bản gốc, sản lượng khớp sổ bán hàng.", "Ảnh chụp còn mờ, nên chụp lại trước khi ra Hội đồng.")
MISSING = "Phiếu kiểm nghiệm còn hạn; bản sao hợp đồng mua nguyên liệu."
FOUND = "Xưởng sạch, có sổ theo dõi lô; chưa có biển báo khu vực đóng gói."
PREPARED = 14  # further dossiers, not on an agenda


def create(path: Path, today: dt.date | None = None) -> None:
    """Make a new file with the example province.

    Args:
        path: a file that does not exist yet.
        today: the day the current round is held (today when not given).

    Raises:
        UserError: the file exists, or cannot be written.
    """
    if path.exists():
        raise UserError("Tệp {file} đã có; dữ liệu mẫu chỉ được ghi vào tệp mới.", file=str(path))
    database = opening.open_or_create(path)
    try:
        with database.begin() as session:
            fill(session, today or dt.date.today())
    except BaseException:
        database.close()
        path.unlink(missing_ok=True)
        raise
    database.close()


def fill(session: Session, today: dt.date) -> None:
    """Write the example into an empty file: office, earlier years, one decided session, one open session, dossiers waiting."""
    words = tomllib.loads((paths.resources() / "demo" / "lang-son.toml").read_text(encoding="utf-8"))
    units = [(u.code, u.name, u.full_name) for u in communes.by_province(session, PROVINCE)]
    province = Province(words, units)
    own = office.proposed_office(session, PROVINCE)
    office.save_office(session, replace(own, signatory_name=words["council"][0][0]))
    add_history(session, province)
    rows.add_programme(session, words)
    earlier = today - dt.timedelta(days=75)
    _closed_session(session, province, earlier)
    _open_session(session, province, today)
    for number in range(PREPARED):
        _dossier(session, province, today, today - dt.timedelta(days=16 + number), ready=number % 3 == 0)
    search.refresh_search(session)


def _dossier(session: Session, province: Province, held: dt.date, filed: dt.date, ready: bool) -> int:
    book = rulebooks.current(held)
    product, set_no = province.next_product(session)
    commune = province.place[0]
    code = product_code.propose_code(PROVINCE, commune, filed.year, dossier_rows.codes_of(session, PROVINCE, commune, filed.year))
    row = rows.DossierRow(
        product_id=product,
        code=str(code),
        kind="first",
        rulebook=book.id,
        round=f"{held.year}-{1 if held.month <= 7 else 2}",
        status="ready" if ready else "draft",
        filed_on=filed,
        samples=book.set(set_no).samples,
    )
    dossier = rows.add_dossier(session, row)
    papers = [
        k for k in LEGAL_PAPERS if k in ("business_registration", "quality_declaration", "food_safety", "production_conditions")
    ]
    rows.add_papers(
        session, dossier, papers if ready else papers[: province.chance.randint(1, 3)], filed - dt.timedelta(days=200)
    )
    if ready:
        rows.add_self_score(session, dossier, base_choices(book.set(set_no), 72, 4, province.chance))
    return dossier


def _draft(session: Session, province: Province, day: dt.date, ids: tuple[int, ...]) -> sessions.Draft:
    seats = tuple(
        sessions.SeatDraft(name, agency, short, position, role)
        for name, agency, short, position, role in province.words["council"]
    )
    return replace(
        sessions.propose(session, day),
        held_on=day,
        place="Hội trường Sở Nông nghiệp và Môi trường",
        council_name="Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp tỉnh",
        decision_number="1253/QĐ-UBND",
        decision_date=dt.date(day.year if day >= dt.date(day.year, 6, 12) else day.year - 1, 6, 12),
        seats=seats,
        dossier_ids=ids,
    )


def _closed_session(session: Session, province: Province, day: dt.date) -> None:
    ids = tuple(_dossier(session, province, day, day - dt.timedelta(days=40), ready=True) for _ in CLOSED_ROUND)
    meeting = sessions.create(session, _draft(session, province, day, ids), WHO)
    sessions.open_session(session, meeting, WHO)
    noon = dt.datetime.combine(day, dt.time(11, 30))
    for (item, members, rules), (points, stars) in zip(_agenda(session, meeting), CLOSED_ROUND, strict=True):
        base = base_choices(rules, points, stars, province.chance)
        _advise(session, item, rules, base, stars, day, "council")
        for member in members:
            rows.add_ballot(session, item, member, member_choices(rules, base, stars, province.chance), noon)
        _conclude_all(session, item)
        results.close_dossier(session, item, WHO, noon + dt.timedelta(hours=4, minutes=10))
    sessions.close_session(session, meeting, WHO)
    decided = day + dt.timedelta(days=12)
    decision = certificates.record_decision(session, "2117/QĐ-UBND", decided, AUTHORITY, meeting)
    ready = [c.result_id for c in certificates.certifiable(session, meeting)]
    certificates.issue(session, ready, decision, decided)


def _open_session(session: Session, province: Province, day: dt.date) -> None:
    """Twelve dossiers, nine members, 54 of 108 ballots finished; one dossier has a spread over the limit."""
    ids = tuple(_dossier(session, province, day, day - dt.timedelta(days=30), ready=True) for _ in OPEN_ROUND)
    meeting = sessions.create(session, _draft(session, province, day, ids), WHO)
    sessions.open_session(session, meeting, WHO)
    now = dt.datetime.combine(day, dt.time(9, 40))
    for agenda_item, target, (done, begun) in zip(_agenda(session, meeting), OPEN_ROUND, PROGRESS, strict=True):
        item, members, rules = agenda_item
        base = base_choices(rules, *target, province.chance)
        _advise(session, item, rules, base, target[1], day, ADVISED.get(target, "council"))
        for seat, member in enumerate(members[:begun]):
            choices = member_choices(rules, base, target[1], province.chance, most=2)
            if target == APART and seat == 4:
                choices = base_choices(rules, target[0] - 14, 2, province.chance)
            if seat < done:
                rows.add_ballot(session, item, member, choices, now)
            else:
                rows.add_ballot(session, item, member, answered_half(choices, province.chance), None)


def _advise(session: Session, item: int, rules: CriteriaSet, base: Mapping[str, str], stars: int, day: dt.date,
            proposal: str) -> None:
    """The advisory team's round on one dossier, ten days before the meeting; its own chance leaves the others as they are."""
    chance = random.Random(item)
    row = ballots.standing(session, item, 1)
    seen = dt.datetime.combine(day - dt.timedelta(days=10), dt.time(16, 5))
    comments = dict(zip(chance.sample([c.code for c in rules.criteria], 2), COMMENTS, strict=True))
    more = {"proposal": proposal, "proposed_on": seen.date(), "proposed_by": "Ông Vy Văn Thành"} if proposal else {}
    if proposal == "supplement":
        more |= {"missing_papers": MISSING, "visit_needed": True, "visited_on": seen.date(), "finding": FOUND}
    choices = member_choices(rules, dict(base), stars, chance, most=4)
    rows.add_advisory(session, row.dossier_id, row.rulebook, rules.number, choices, comments,
                      finished_at=seen if proposal else None, **more)


def _agenda(session: Session, meeting: int) -> list[tuple[int, list[int], CriteriaSet]]:
    """Each item with the members who score it and its criteria set, in the order of the agenda."""
    seen = matrix(session, meeting)
    members = [s.member_id for s in seen.seats if s.scores]
    return [(row.item_id, members, scoring.open_ballot(session, row.item_id, members[0]).rules) for row in seen.rows]


def _conclude_all(session: Session, item: int) -> None:
    """Conclude every open matter as the council's own rules propose, or leave the mean as it is."""
    for view in results.result_of(session, item).open_matters:
        matter = view.matter
        value = matter.values[-1] if matter.proposed is None else matter.proposed
        results.conclude(session, item, matter.kind, matter.code, value, "Hội đồng đã xem lại, thống nhất.", WHO)
