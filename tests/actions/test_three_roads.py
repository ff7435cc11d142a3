"""A province's session with ballots by three roads: the shared laptop, paper typed twice, packages; the results are theirs."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

from ocop_desktop.actions import attendance, audit, paper_ballots, results, rulebooks, sessions
from ocop_desktop.actions.paper_ballots import FIRST, SECOND
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import Result
from ocop_desktop.data.tables_paper import PaperSheet
from ocop_desktop.rules.ballot import Ballot, total
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import WorkingRules
from tests.actions.laptops import Hall
from tests.actions.meeting import LAW, answers, hand_in, put_in, rules_of
from tests.actions.province import DOSSIERS, EXCLUDED, LATE, MEMBERS, RECUSED, SPREADS, UNTIL, conclude, near, seats_of

SHARED, PAPER, PACKAGE = range(3), range(3, 6), range(6, 9)
Plan = dict[int, dict[int, Ballot]]


def planned(session: Session, items: list[int]) -> Plan:
    """Every ballot of the session, by dossier and seat."""
    chance, made = random.Random(60), {}
    for number, item in enumerate(items):
        rules = rules_of(session, item)
        base = answers(rules, chance.choice((48, 60, 66, 69, 72, 80)), chance.choice((3, 4)))
        made[number] = {seat: Ballot("", near(rules, base, chance),
                                     "Giấy phép không có thật" if number == EXCLUDED and seat < 6 else None)
                        for seat in seats_of(number)}
    return made


def on_paper(session: Session, hall: Hall, number: int, seat: int, ballot: Ballot, by_key: bool) -> None:
    """One person types the sheet, another types it again."""
    place = hall.items[number], hall.members[seat]
    rules = rules_of(session, place[0])
    points = total(rules, ballot.choices)
    for typing, who, finish in ((FIRST, "Lan", paper_ballots.hand_over), (SECOND, "Hoa", paper_ballots.check)):
        for code, choice in ballot.choices.items() if by_key else list(ballot.choices.items())[:1]:
            paper_ballots.answer(session, *place, typing, code, choice, who)
        sheet = session.query(PaperSheet).filter_by(item_id=place[0], member_id=place[1], typing=typing).one()
        sheet.choices = dict(ballot.choices)
        paper_ballots.words(session, *place, typing, "", ballot.exclusion or "", who)
        assert not finish(session, *place, points, who)


def test_results_are_those_of_the_ballots_whatever_road_they_came_by(db: Database, tmp_path: Path) -> None:
    hall = Hall(db, tmp_path / "usb", DOSSIERS, MEMBERS)
    with db.begin() as session:
        for (number, seat), why in RECUSED.items():
            sessions.recuse(session, hall.items[number], hall.members[seat], why, "Lan")
        attendance.mark_presence(session, hall.items[0], hall.members[LATE], False, True, "Lan")
        attendance.mark_presence(session, hall.items[UNTIL], hall.members[LATE], True, True, "Lan")
        plan = planned(session, hall.items)
        far = {n: Ballot("", answers(rules_of(session, hall.items[n]), 30, 0)) for n in SPREADS}
        for number, ballots in plan.items():
            for seat in SHARED:
                one = far[number] if number in SPREADS and seat == 0 else ballots[seat]
                if one.exclusion or number % 20 == 0:
                    hand_in(session, hall.items[number], hall.members[seat], one.choices, one.exclusion or "")
                else:
                    put_in(session, hall.items[number], hall.members[seat], one.choices)
            for seat in PAPER:
                if seat in ballots:
                    on_paper(session, hall, number, seat, ballots[seat], by_key=number % 20 == 0)
    files = []
    for seat in PACKAGE:
        laptop = hall.laptop(seat)
        with laptop.file() as session:
            for number, ballots in plan.items():
                if seat in ballots:
                    put_in(session, hall.items[number], laptop.member, ballots[seat].choices)
        files.append((laptop.hand_in(tmp_path / "usb"), laptop.code))
    arrived = hall.receive(*(path for path, _code in files), codes=tuple(code for _path, code in files))
    assert [one.complete for one in arrived] == [sum(seat in ballots for ballots in plan.values()) for seat in PACKAGE]
    with db.begin() as session:
        for number in SPREADS:
            item = hall.items[number]
            assert any(m.matter.kind == "spread" for m in results.result_of(session, item).open_matters)
            results.reopen_ballots(session, item, [hall.members[0]], "Chênh lệch quá 10 điểm, đã trao đổi", "Lan")
            hand_in(session, item, hall.members[0], plan[number][0].choices)
        for item in hall.items:
            conclude(session, item)
            results.close_dossier(session, item, "Lan")
        sessions.close_session(session, hall.session_id, "Lan")
    with db.begin() as session:
        stored = session.query(Result).order_by(Result.item_id).all()
        for number, result in enumerate(stored):
            ballots = [Ballot(str(seat), b.choices, b.exclusion) for seat, b in sorted(plan[number].items())]
            gates = {k.removeprefix("gate "): v for k, v in result.conclusions.items() if k.startswith("gate ")}
            direct = evaluate(rulebooks.rulebook(LAW), rules_of(session, hall.items[number]), ballots, WorkingRules(), gates)
            assert Fraction(result.mean_numerator, result.mean_denominator) == direct.mean
            assert (result.stars, result.excluded) == (direct.rank, direct.excluded)
            assert result.stars_by_points == direct.stars_by_points
        assert len(stored) == DOSSIERS and [n for n, r in enumerate(stored) if r.excluded] == [EXCLUDED]
        assert audit.check(session) == ()
