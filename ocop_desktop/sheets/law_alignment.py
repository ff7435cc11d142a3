"""Lay the statements of a document beside the rows of a set, in order, so that a missing or an extra row shifts nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ocop_desktop.rules.rulebook import CriteriaSet, Option, Rulebook
from ocop_desktop.sheets.law_lines import Statement
from ocop_desktop.sheets.law_marks import fold

PART, GROUP, CRITERION, CASE, OPTION = "part", "group", "criterion", "case", "option"
_ROMAN = {"A": ("A", "I", "1"), "B": ("B", "II", "2"), "C": ("C", "III", "3"), "D": ("D", "IV", "4")}
_SKIP_ENTRY = {PART: 0.2, GROUP: 0.2, CRITERION: 1.0, CASE: 0.2, OPTION: 0.6}
_NEVER = -9.0
_LONGEST = 300_000  # products of rows that are still laid beside each other at once


@dataclass(frozen=True, eq=False)
class Entry:
    """One row a criteria table has: ``code`` of the part, group or criterion it is or belongs to."""

    kind: str
    code: str
    name: str
    words: frozenset[str]
    max: int | None = None
    choice: str = ""
    case: str = ""
    star: int | None = None


def entries(criteria: CriteriaSet, book: Rulebook) -> list[Entry]:
    """The rows of the set's table in order; options of yes/no criteria are left out, their words being the criterion's."""
    found: list[Entry] = []
    groups = {g.code: g for g in criteria.groups}
    part = ""
    told: set[str] = set()
    for criterion in criteria.criteria:
        if criterion.part != part:
            part = criterion.part
            found.append(_entry(PART, part, book.parts[part].vi, criteria.part_max[part]))
        pieces = criterion.code.split(".")
        for code in (".".join(pieces[:n]) for n in range(1, len(pieces))):
            if code in groups and code not in told:
                told.add(code)
                found.append(_entry(GROUP, code, groups[code].name.vi, groups[code].max))
        found.append(_entry(CRITERION, criterion.code, criterion.name.vi, criterion.max))
        if criterion.yes_no:
            continue
        cases = dict(criterion.cases)
        case = ""
        for option in criterion.options:
            if option.case and option.case != case:
                case = option.case
                found.append(_entry(CASE, criterion.code, cases[case].vi, None, case=case))
            found.append(_of_option(criterion.code, option))
    return found


def _entry(kind: str, code: str, name: str, most: int | None, case: str = "") -> Entry:
    folded = fold(name)
    return Entry(kind, code, folded, _words(folded), most, case=case)


def _of_option(code: str, option: Option) -> Entry:
    folded = fold(option.label.vi)
    return Entry(OPTION, code, folded, _words(folded), option.points, option.choice, option.case, option.star)


@lru_cache(maxsize=16_384)
def _words(folded: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", folded))


@lru_cache(maxsize=200_000)
def name_likeness(name: str, text: str) -> float:
    """How far ``text`` begins with ``name`` or says the same, 0 to 1; both folded."""
    if text.startswith(name):
        return 1.0
    start = text[: len(name) + 3]
    found = max(fuzz.ratio(name, start), 0.93 * fuzz.token_sort_ratio(name, start))
    if len(text) < 3 * len(name) + 20:  # in a long sentence the words of a short name are found by chance
        found = max(found, 0.9 * fuzz.token_set_ratio(name, text))
    return found / 100


def _option_likeness(entry: Entry, statement: Statement) -> float:
    """Share of the label's words the statement has (the law says more, so the other way counts little), and the numbers."""
    if not entry.words or not statement.words:
        return 0.0
    common = len(entry.words & statement.words)
    recall = 0.85 * common / len(entry.words) + 0.15 * common / len(statement.words)
    mine, theirs = _figures(entry.words), _figures(statement.words)
    if not mine and not theirs:
        return recall
    return 0.6 * recall + 0.4 * len(mine & theirs) / len(mine | theirs)


@lru_cache(maxsize=16_384)
def _figures(words: frozenset[str]) -> frozenset[str]:
    return frozenset(w.lstrip("0") for w in words if w.isdigit())


def numbers(statement: Statement) -> list[int]:
    """Every number the statement gives as points: of cells that hold one, and typed into the text."""
    beside = [cell[0] for cell in statement.figures if len(cell) == 1]
    return beside if statement.typed is None else [*beside, statement.typed]


def score(entry: Entry, statement: Statement) -> float:
    """How well a statement stands for a row; below 0 it is better left alone."""
    if entry.kind == OPTION:
        return _score_option(entry, statement)
    if entry.kind == CASE:
        return 3.0 if statement.case == entry.case else _NEVER
    if statement.note or statement.case or (statement.bullet and statement.bullet not in "-+–"):
        return _NEVER
    likeness = name_likeness(entry.name, statement.folded)
    if entry.kind == PART:
        if not statement.part and likeness < 0.9:
            return _NEVER
        return (2.5 if statement.part and statement.code in _ROMAN.get(entry.code, (entry.code,)) else -1.0) + 1.5 * likeness
    if statement.part:
        return _NEVER
    if likeness < 0.65 and statement.code != entry.code:
        return _NEVER
    found = 3.0 * likeness - 1.5
    if statement.code:
        found += 3.0 if statement.code == entry.code else (-0.6 if likeness > 0.95 else -2.5)
    if statement.bullet:
        found -= 1.0
    if entry.max is not None and entry.max in numbers(statement):
        found += 0.3
    return found


def _score_option(entry: Entry, statement: Statement) -> float:
    if statement.note or statement.case or statement.part or "." in statement.code:
        return -3.0
    likeness = _option_likeness(entry, statement)
    told = numbers(statement)
    if likeness < 0.25 and not told:
        return -3.0
    found = 3.5 * likeness - 0.6 + (0.4 if statement.bullet else 0.0)
    if not statement.table and not told:
        found -= 1.2  # a line between tables is seldom an option: page numbers, running heads
    if told:
        found += 0.6 if entry.max in told else -0.2
    if statement.star or entry.star:
        found += 0.2 if statement.star == entry.star else -0.1
    return found


def _skip(statement: Statement) -> float:
    if statement.note or statement.case or statement.part:
        return 0.05
    return 0.7 if statement.bullet and numbers(statement) else 0.4


def align(rows: Sequence[Entry], said: Sequence[Statement]) -> dict[int, int]:
    """Index of the statement for each row that has one, in order on both sides."""
    found: dict[int, int] = {}
    at, upto = 0, 0
    for row, statement in [*_anchors(rows, said), (len(rows), len(said))]:
        found.update({at + i: upto + j for i, j in _align_between(rows[at:row], said[upto:statement]).items()})
        if row < len(rows):
            found[row] = statement
        at, upto = row + 1, statement + 1
    _give_back(rows, said, found)
    return found


def _give_back(rows: Sequence[Entry], said: Sequence[Statement], found: dict[int, int]) -> None:
    """Options laid to a criterion whose own row is missing go back to the criterion above where that one lacks some."""
    for i, row in enumerate(rows):
        if row.kind != CRITERION or i in found or i == 0:
            continue
        above = max((k for k in range(i) if rows[k].kind == CRITERION and k in found), default=None)
        if above is None or rows[i - 1].kind != OPTION:
            continue
        end = next((k for k in range(i + 1, len(rows)) if rows[k].kind != OPTION), len(rows))
        lacking = [k for k in range(above + 1, i) if rows[k].kind == OPTION and k not in found]
        wrongly = [k for k in range(i + 1, end) if k in found]
        if not lacking or not wrongly:
            continue
        first, last = found[above] + 1, found[wrongly[-1]] + 1
        for k in range(above + 1, end):
            found.pop(k, None)
        again = _align_between(rows[above + 1 : i], said[first:last])
        found.update({above + 1 + k: first + j for k, j in again.items()})


def _anchors(rows: Sequence[Entry], said: Sequence[Statement]) -> list[tuple[int, int]]:
    """Criteria and groups that are beyond doubt - same code and name, once on each side - in rising order."""
    where: dict[str, list[int]] = {}
    for j, statement in enumerate(said):
        if not (statement.bullet or statement.note or statement.part or statement.case):
            where.setdefault(statement.code, []).append(j)
    names = [row.name for row in rows]
    pairs = []
    for i, row in enumerate(rows):
        if row.kind in (GROUP, CRITERION):
            sure = [j for j in where.get(row.code, ()) if name_likeness(row.name, said[j].folded) >= 0.8]
            if not sure and sum(n.startswith(row.name) or row.name.startswith(n) for n in names) == 1:
                sure = [j for j in where.get("", ()) if said[j].folded.startswith(row.name)]
            if len(sure) == 1:
                pairs.append((i, sure[0]))
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(j)
            ends.append(n)
        else:
            tails[place], ends[place] = j, n
    found = []
    n = ends[-1] if ends else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _align_between(rows: Sequence[Entry], said: Sequence[Statement]) -> dict[int, int]:
    """Best alignment by dynamic programming: each row and each statement is matched once or skipped at a cost."""
    if not rows or not said or len(rows) * len(said) > _LONGEST:
        return {}
    gaps = [_skip(s) for s in said]
    best = [0.0]
    for gap in gaps:
        best.append(best[-1] - gap)
    steps: list[bytearray] = []
    for row in rows:
        leave = _SKIP_ENTRY[row.kind]
        now = [best[0] - leave]
        step = bytearray(len(said) + 1)
        for j, statement in enumerate(said):
            take, above, left = best[j] + score(row, statement), best[j + 1] - leave, now[j] - gaps[j]
            if take >= above and take >= left:
                now.append(take)
                step[j + 1] = 1
            elif above >= left:
                now.append(above)
            else:
                now.append(left)
                step[j + 1] = 2
        steps.append(step)
        best = now
    return _walk_back(steps, len(rows), len(said))


def _walk_back(steps: list[bytearray], i: int, j: int) -> dict[int, int]:
    found = {}
    while i and j:
        step = steps[i - 1][j]
        if step == 1:
            found[i - 1] = j - 1
            i, j = i - 1, j - 1
        elif step == 2:
            j -= 1
        else:
            i -= 1
    return found
