"""A province's session for tests: nine members and sixty dossiers, through the actions a clerk and members use."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from ocop_desktop.actions import attendance, results, sessions
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.ballot import Ballot, settle
from ocop_desktop.rules.rulebook import CriteriaSet
from tests.actions.meeting import answers, hand_in, open_meeting, put_in, rules_of

DOSSIERS, MEMBERS = 60, 9
RECUSED = {(4, 3): "Người thân ở hợp tác xã", (31, 6): "Cùng tổ chức với chủ thể"}  # (dossier, seat)
LATE, UNTIL = 8, 6  # this seat comes when the seventh dossier is called
SPREADS = (9, 22, 47)
EXCLUDED = 15


@dataclass
class Province:
    """The session, its items and members, and every ballot as handed in last, by dossier and seat."""

    session_id: int
    items: list[int]
    members: list[int]
    ballots: dict[int, dict[int, Ballot]] = field(default_factory=dict)
    first: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)


def hold(session: Session) -> Province:
    """Hold the whole session and close every dossier; two recusals, one late member, three spreads, one exclusion."""
    chance = random.Random(60)
    id, items, members = open_meeting(session, DOSSIERS, MEMBERS)
    made = Province(id, items, members)
    for (dossier, seat), why in RECUSED.items():
        sessions.recuse(session, items[dossier], members[seat], why, "Lan")
    attendance.mark_presence(session, items[0], members[LATE], False, True, "Lan")
    attendance.mark_presence(session, items[UNTIL], members[LATE], True, True, "Lan")
    for number, item in enumerate(items):
        _score(session, made, number, item, chance)
        conclude(session, item)
        results.close_dossier(session, item, "Lan")
    sessions.close_session(session, id, "Lan")
    return made


def seats_of(number: int) -> list[int]:
    """Seats that score a dossier."""
    return [s for s in range(MEMBERS) if (number, s) not in RECUSED and not (s == LATE and number < UNTIL)]


def _score(session: Session, made: Province, number: int, item: int, chance: random.Random) -> None:
    rules = rules_of(session, item)
    base = answers(rules, chance.choice((48, 60, 66, 69, 72, 80)), chance.choice((3, 4)))
    made.ballots[number] = {}
    for seat in seats_of(number):
        choices = near(rules, base, chance)
        if number in SPREADS and seat == 0:
            far = answers(rules, 30, 0)
            hand_in(session, item, made.members[0], far)
            made.first[number, 0] = far
            made.ballots[number][0] = Ballot("", far)
            continue
        raised = "Giấy phép không có thật" if number == EXCLUDED and seat < 6 else None
        if raised or number % 20 == 0:  # some by every single key, the rest written at once
            hand_in(session, item, made.members[seat], choices, raised or "")
        else:
            put_in(session, item, made.members[seat], choices)
        made.ballots[number][seat] = Ballot("", choices, raised)
    if number in SPREADS:
        again = list(made.ballots[number])
        results.reopen_ballots(session, item, [made.members[s] for s in again], "Chênh lệch quá 10 điểm, đã trao đổi", "Lan")
        for seat in again:
            nearer = seat == 0 and number != SPREADS[2]
            choices = near(rules, base, chance) if nearer else dict(made.ballots[number][seat].choices)
            hand_in(session, item, made.members[seat], choices)
            made.ballots[number][seat] = Ballot("", choices)


def near(rules: CriteriaSet, base: dict[str, str], chance: random.Random) -> dict[str, str]:
    """The same answers with one or two criteria a step lower."""
    choices = dict(base)
    for criterion in chance.sample([c for c in rules.criteria if not c.cases and not c.zero_excludes], 2):
        level = criterion.level(choices[criterion.code])
        if level > 1:
            choices[criterion.code] = criterion.options[level - 2].choice
    return settle(rules, choices)


def conclude(session: Session, item: int) -> None:
    for view in results.result_of(session, item).open_matters:
        matter = view.matter
        value = matter.values[-1] if matter.proposed is None else matter.proposed
        results.conclude(session, item, matter.kind, matter.code, value, "Hội đồng đã xem minh chứng", "Lan")
