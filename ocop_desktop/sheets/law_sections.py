"""Where in a document the criteria table of each product set begins and ends: by its heading, its codes and its names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook
from ocop_desktop.sheets.law_alignment import align, entries, name_likeness, numbers, score
from ocop_desktop.sheets.law_lines import Statement
from ocop_desktop.sheets.law_marks import fold

_LEAST = 4  # criteria a table must show to count as one
_TRIED = 6  # sets compared row by row where no heading tells
_TAIL = 30  # statements kept after the last criterion: its options and notes
_FRAME = re.compile(  # words that announce a set; its name is what follows them
    r"[\divx]+|[a-d]|bo|so|sp|san|pham|tieu|chi|cac|noi|dung|bang|bieu|mau|phu|luc|phieu|danh|gia|cham|diem|phan|hang|doi|voi|cua"
    r"|cho|nhom|nganh|loai|ten"
)
_AFTER = re.compile(r"\s*(?:\((?:kem theo|ban hanh|tiep|tt)\b.*|\(?(?:tiep theo)\)?\s*|[.;:]+)$")
_NUMBER = re.compile(r"\bbo (?:san pham |tieu chi )?(?:so )?(\d{1,2})\b")


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
        _place(run, runs[n - 1].codes[-1][0] if n else -1, said, headings)
    for n, (run, number) in enumerate(zip(runs, _owners(runs, said, sets, book), strict=True)):
        after = runs[n + 1].codes[0][0] if n + 1 < len(runs) else len(said)
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


def _tails(folded: str) -> list[str]:
    """What a line may name once the words that announce a set are taken off its beginning, one by one."""
    found = []
    pieces = [folded, folded[folded.rindex("bo san pham") :]] if "bo san pham" in folded else [folded]
    for piece in pieces:  # "Ngành: ... Bộ sản phẩm: ..." may stand in one line
        words = _plain(_AFTER.sub("", piece)).split()
        framed = next((n for n, word in enumerate(words) if not _FRAME.fullmatch(word)), len(words))
        found += [" ".join(words[n:]) for n in range(framed + 1) if n < len(words)]
    return found


def _name_scores(folded: str, names: dict[str, int]) -> dict[int, float]:
    tails = _tails(folded)
    tails = [text for text in tails if len(text) <= 160]
    for text in tails:
        if text in names:
            return {names[text]: 1.0}
    found: dict[int, float] = {}
    for text in tails:
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


def _owners(runs: Sequence[_Found], said: Sequence[Statement], sets: Sequence[CriteriaSet], book: Rulebook) -> list[int]:
    """The set each run is for: by its heading, then by what it holds, each set once; their order only breaks ties."""
    likely = [_likely(run, said, sets) for run in runs]
    found = {n: fits[0][1] for n, fits in enumerate(likely) if len(fits) == 1}
    rows = {criteria.number: entries(criteria, book) for criteria in sets}
    fits: list[tuple[float, int, int]] = []
    for n, run in enumerate(runs):
        if n in found:
            continue
        statements = said[run.start : run.codes[-1][0] + _TAIL // 2]
        for _, number in likely[n]:
            pairs = align(rows[number], statements)
            whole = sum(score(rows[number][i], statements[j]) for i, j in pairs.items())
            follows = n > 0 and number - 1 in [found.get(n - 1), *(other for _, other in likely[n - 1])]
            fits.append((whole / len(rows[number]) + 0.1 * run.headings.get(number, 0.0) + 0.02 * follows, n, number))
    once = len(runs) <= len(sets)
    for _, n, number in sorted(fits, key=lambda fit: -fit[0]):
        if n not in found and not (once and number in found.values()):
            found[n] = number
    free = [criteria.number for criteria in sets if criteria.number not in found.values()]
    for n in range(len(runs)):
        if n not in found:
            rest = [number for _, number in likely[n] if number in free] or (free if once else [])
            found[n] = rest[0] if rest else likely[n][0][1]
            free = [number for number in free if number != found[n]]
    return [found[n] for n in range(len(runs))]


def _likely(run: _Found, said: Sequence[Statement], sets: Sequence[CriteriaSet]) -> list[tuple[float, int]]:
    """Sets a run may be for, the likeliest first; only one where its heading says so."""
    by_code = {code: said[j] for j, code in reversed(run.codes)}

    def content(criteria: CriteriaSet) -> float:
        hits = 0.0
        for criterion in criteria.criteria:
            statement = by_code.get(criterion.code)
            if statement is not None:
                hits += name_likeness(fold(criterion.name.vi), statement.folded)
                hits += 0.2 if criterion.max in numbers(statement) else 0.0
        return hits / (1.2 * max(len(criteria.criteria), 1))

    held = sorted(((content(criteria), criteria.number) for criteria in sets), reverse=True)
    best = held[0][0]
    told = max(run.headings, key=run.headings.__getitem__, default=0)
    near = [fit for fit in held if fit[0] > best - 0.12]
    if told and run.headings[told] > 0.75 and told in [number for _, number in near]:  # else it is a word of a menu or list
        return [(best, told)]
    return near[:_TRIED]
