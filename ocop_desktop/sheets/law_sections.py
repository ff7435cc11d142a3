"""Where in a document the criteria table of each product set begins and ends: by its heading, its codes and its names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.sheets.law_alignment import name_likeness, numbers
from ocop_desktop.sheets.law_lines import Statement
from ocop_desktop.sheets.law_marks import fold

_LEAST = 4  # criteria a table must show to count as one
_TAIL = 30  # statements kept after the last criterion: its options and notes
_FRAME = re.compile(
    r"^(?:[\divx]+[.):]?\s+|[a-d][.)]\s+|phu luc\s+[\divx.\-]*\s*:?\s*|(?:bo )?tieu chi\s+(?:danh gia,? phan hang\s+)?"
    r"|phieu (?:danh gia|cham diem)\s+|(?:doi voi|cua|cho)\s+|(?:san pham|nhom|bo)\s*:\s*"
    r"|(?:bo|nhom|phan nhom)\s+san pham\s*(?:so\s*)?\d*\s*[:.\-–]*\s*|bo\s+(?:so\s*)?\d+\s*[:.\-–]*\s*)+"
)
_AFTER = re.compile(r"\s*(?:\((?:kem theo|ban hanh|tiep|tt)\b.*|\(?(?:tiep theo)\)?\s*|[.;:]+)$")
_NUMBER = re.compile(r"\bbo (?:san pham )?(?:so )?(\d{1,2})\b")


@dataclass
class Section:
    """Statements of one criteria table and the set it is for."""

    set: int
    statements: list[Statement]
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()


@dataclass
class _Known:
    """Names of criteria and groups over all sets."""

    by_code: dict[str, set[str]] = field(default_factory=dict)
    by_start: dict[str, dict[str, str]] = field(default_factory=dict)  # first word -> name -> a code it has

    def code_of(self, statement: Statement) -> str:
        """The code of the criterion or group the statement names, or empty."""
        if statement.bullet or statement.note or statement.case or statement.part or len(statement.text) > 600:
            return ""
        if statement.code:
            names = self.by_code.get(statement.code, ())
            return statement.code if any(name_likeness(n, statement.folded) >= 0.8 for n in names) else ""
        named = self.by_start.get(statement.folded.split(" ", 1)[0], {})
        fitting = [n for n in named if statement.folded.startswith(n) and len(statement.folded) < 2 * len(n) + 60]
        return named[max(fitting, key=len)] if fitting else ""


@dataclass
class _Found:
    """A run of criteria before it is known whose they are."""

    codes: list[tuple[int, str]]  # place of the statement, code
    start: int = 0
    headings: dict[int, float] = field(default_factory=dict)


def order(code: str) -> tuple[int, ...]:
    """A code as numbers, for comparing: "6.1.1" -> (6, 1, 1)."""
    return tuple(int(piece) for piece in code.split(".") if piece.isdigit())


def sections(said: Sequence[Statement], book: Rulebook) -> list[Section]:
    """Criteria tables in reading order; the same set may come more than once (annex and appendix)."""
    sets = [book.set(head.number) for head in book.heads]
    known = _known(sets)
    names = _names(sets)
    evidence = [(j, code) for j, statement in enumerate(said) if (code := known.code_of(statement))]
    headings = {j: fits for j in range(len(said)) if (fits := _heading(said, j, names))}
    runs = [run for run in _runs(evidence, headings) if len({code for _, code in run.codes}) >= _LEAST]
    found: list[Section] = []
    for n, run in enumerate(runs):
        before = runs[n - 1].codes[-1][0] if n else -1
        _place(run, before, said, headings)
        after = runs[n + 1].codes[0][0] if n + 1 < len(runs) else len(said)
        number = _whose(run, said, sets, found[-1].set if found else 0)
        section = Section(number, [], order(run.codes[0][1]), max(order(code) for _, code in run.codes))
        section.statements = list(said[run.start : min(run.codes[-1][0] + _TAIL, after)])
        found.append(section)
    for n, section in enumerate(found[:-1]):  # what stands before the next table's heading is not this one's
        nexts = found[n + 1].statements
        if nexts and nexts[0] in section.statements:
            del section.statements[section.statements.index(nexts[0]) :]
    return _joined(found)


def _joined(found: list[Section]) -> list[Section]:
    """A table that goes on under a repeated heading is one table."""
    joined: list[Section] = []
    for section in found:
        if joined and joined[-1].set == section.set and section.first > joined[-1].last:
            joined[-1].statements += section.statements
            joined[-1].last = section.last
        else:
            joined.append(section)
    return joined


def _known(sets: Sequence[CriteriaSet]) -> _Known:
    known = _Known()
    for criteria in sets:
        for code, words in [(g.code, g.name) for g in criteria.groups] + [(c.code, c.name) for c in criteria.criteria]:
            name = fold(words.vi)
            known.by_code.setdefault(code, set()).add(name)
            if len(name) > 8:
                known.by_start.setdefault(name.split(" ", 1)[0], {}).setdefault(name, code)
    return known


def _plain(folded: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", folded))


def _names(sets: Sequence[CriteriaSet]) -> dict[str, int]:
    """Plain names -> set; a name that two sets share is left out."""
    found: dict[str, set[int]] = {}
    for criteria in sets:
        words = [criteria.name.vi, re.sub(r"\(.*?\)", "", criteria.name.vi)]
        words.append((criteria.subgroup or criteria.group).vi)
        for word in words:
            found.setdefault(_plain(fold(word)), set()).add(criteria.number)
    whole = {_plain(fold(criteria.name.vi)): criteria.number for criteria in sets}
    return {name: whole.get(name, min(numbers)) for name, numbers in found.items() if len(numbers) == 1 or name in whole}


def _heading(said: Sequence[Statement], j: int, names: dict[str, int]) -> dict[int, float]:
    """Sets whose name this line may be, with how sure; empty for ordinary lines."""
    statement = said[j]
    if statement.note or len(statement.whole) > 400 or (statement.bullet and "san pham" not in statement.folded):
        return {}
    if statement.table and not _alone(said, j):
        return {}  # a row of the classification, not a heading
    found = _name_scores(fold(statement.whole), names)
    if not found and re.search(r"bo san pham\s*(?:so\s*)?\d*\s*[:.\-–]?\s*$", statement.folded) and j + 1 < len(said):
        found = _name_scores(said[j + 1].folded, names)
    elif "bo san pham" in statement.folded and max(found.values(), default=0) < 0.95 and j + 1 < len(said):
        joined = _name_scores(f"{fold(statement.whole)} {said[j + 1].folded}", names)
        found = joined if max(joined.values(), default=0) > max(found.values(), default=0) else found
    number = _NUMBER.search(statement.folded)
    if number and len(statement.folded) < 60 and int(number.group(1)) in names.values():
        found.setdefault(int(number.group(1)), 0.8)
    return found


def _alone(said: Sequence[Statement], j: int) -> bool:
    """Whether a statement is all that its row of a table says."""
    here = said[j]
    beside = [s for s in said[max(j - 1, 0) : j + 2] if s is not here and (s.table, s.row) == (here.table, here.row)]
    return not beside and not here.figures and not (here.code and here.whole == here.text)


def _name_scores(folded: str, names: dict[str, int]) -> dict[int, float]:
    tails = [folded]
    if "bo san pham" in folded:
        tails.append(folded[folded.rindex("bo san pham") :])
    found: dict[int, float] = {}
    for tail in tails:
        text = _plain(_AFTER.sub("", _FRAME.sub("", tail)))
        if not text or len(text) > 160:
            continue
        if text in names:
            return {names[text]: 1.0}
        for name, number in names.items():
            likeness = fuzz.ratio(name, text, score_cutoff=84) / 100
            if likeness:
                found[number] = max(found.get(number, 0.0), likeness)
    best = max(found.values(), default=0.0)
    return {number: value for number, value in found.items() if value > best - 0.05}


def _runs(evidence: Sequence[tuple[int, str]], headings: dict[int, dict[int, float]]) -> list[_Found]:
    """Criteria in order belong together; one that begins again begins another table."""
    runs: list[_Found] = []
    highest: tuple[int, ...] = ()
    current: int | None = None
    sure = [(j, max(found, key=found.__getitem__)) for j, found in sorted(headings.items()) if max(found.values()) > 0.9]
    at = 0
    for j, code in evidence:
        told = None
        while at < len(sure) and sure[at][0] <= j:
            told = sure[at][1]
            at += 1
        again = bool(highest) and order(code)[0] == 1 and highest[0] >= 2
        if not runs or again or (told and told != current and len({c for _, c in runs[-1].codes}) >= _LEAST):
            runs.append(_Found([]))
            highest = ()
            current = told
        runs[-1].codes.append((j, code))
        highest = max(highest, order(code))
    return runs


def _place(run: _Found, before: int, said: Sequence[Statement], headings: dict[int, dict[int, float]]) -> None:
    """Find the heading over a run: the surest of the nearest ones after the table before it."""
    first = run.codes[0][0]
    run.start = first
    for j in range(first, max(before, first - 80), -1):
        if said[j].part and said[j].code in ("A", "I", "1"):
            run.start = j
            break
    for j in (i for i in range(first, max(before, first - 80), -1) if i in headings):
        better = {n: v for n, v in headings[j].items() if v > max(run.headings.values(), default=0.0) + 0.02}
        if better:
            run.headings = better
            run.start = j


def _whose(run: _Found, said: Sequence[Statement], sets: Sequence[CriteriaSet], last: int) -> int:
    """The set a run is for: its heading first, then what it holds; the order of the sets only breaks ties."""
    by_code = {code: said[j] for j, code in reversed(run.codes)}

    def content(criteria: CriteriaSet) -> float:
        hits = 0.0
        for criterion in criteria.criteria:
            statement = by_code.get(criterion.code)
            if statement is not None:
                hits += name_likeness(fold(criterion.name.vi), statement.folded)
                hits += 0.2 if criterion.max in numbers(statement) else 0.0
        return hits / (1.2 * max(len(criteria.criteria), 1))

    held = {criteria.number: content(criteria) for criteria in sets}
    best = max(held.values())

    def rank(criteria: CriteriaSet) -> float:
        heading = run.headings.get(criteria.number, 0.0) if held[criteria.number] > 0.6 * best else 0.0
        return 2.0 * heading + held[criteria.number] + (0.04 if criteria.number == last + 1 else 0.0)

    return max(sets, key=rank).number
