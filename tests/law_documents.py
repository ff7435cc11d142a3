"""Documents in the shape of a published decision, made for tests: many layouts, web pages and Word files, with known faults.

The words are invented from the rulebook's own labels. Where the text of the decision lies beside the repository
(``../shared/data``) it can be used instead; documents go to a temporary folder only.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ocop_desktop import paths
from ocop_desktop.rules.rulebook import CriteriaSet, Rulebook, read_rulebook

LAW = Path(__file__).resolve().parents[2] / "shared" / "data" / "decision-26-2026.json"
FILLER = (
    "theo hướng dẫn hiện hành",
    "được xác nhận bằng hồ sơ kèm theo",
    "trong kỳ xem xét",
    "căn cứ tài liệu của chủ thể",
    "do cơ quan có trách nhiệm ghi nhận",
)
Fault = tuple[int, str, str, str, int | None, int | None]  # set, criterion, option, what, document, rulebook


@dataclass(frozen=True)
class Option:
    choice: str
    case: str
    text: str
    points: int | None
    star: int | None


@dataclass(frozen=True)
class Criterion:
    code: str
    part: str
    group: str
    text: str
    max: int | None
    options: tuple[Option, ...]
    notes: tuple[str, ...] = ()
    yes_no: bool = False
    cases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SetText:
    number: int
    name: str
    exclusion: str
    groups: dict[str, tuple[str, int]]  # code -> name, points
    parts: dict[str, tuple[str, int]]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Cell:
    lines: tuple[str, ...]
    wide: int = 1
    tall: int = 1
    inside: tuple[tuple[Cell, ...], ...] = ()  # rows of a table in the cell


@dataclass(frozen=True)
class Layout:
    """How a document is laid out; the values are told apart in ``law_document_writer``.

    Args:
        columns: two, code, max, stars, merged, cell, text, wide.
        heading: how a set is announced; ``{n}`` number, ``{name}`` name, ``{NAME}`` in capitals.
        mark: how a star mark is typed; ``{n}`` the number, ``{stars}`` as many asterisks, ``{signs}`` as many stars.
        mark_at: end, start, bracket (before one), column, points.
        most: how a maximum is typed in the text, or empty where it stands in the points column.
    """

    name: str
    columns: str = "two"
    kind: str = "html"
    bullet: str = "□ "
    code: str = "{code}. "
    heading: str = "BỘ SẢN PHẨM: {NAME}"
    mark: str = "({n} sao)"
    mark_at: str = "end"
    most: str = ""
    points: str = "{n}"
    encoding: str = "utf-8"
    split: int = 0
    header: bool = True
    repeat_header: bool = False
    noise: bool = False
    twice: bool = False
    decomposed: bool = False
    messy: bool = False
    yes_no_rows: bool = False
    notes_in_cell: bool = False
    page_table: bool = False
    upper: bool = False
    heading_in_table: bool = False
    shuffled: bool = False


LAYOUTS = (
    Layout("official two columns", most=""),
    Layout("code column", columns="code", code="", mark="***", mark_at="end", bullet="o ", messy=True, noise=True),
    Layout(
        "code column docx",
        columns="code",
        kind="docx",
        code="",
        bullet="- ",
        mark="{stars}",
        repeat_header=True,
        split=9,
        noise=True,
    ),
    Layout(
        "maximum column",
        columns="max",
        code="",
        mark="{signs}",
        mark_at="start",
        bullet="☐ ",
        heading="{n}. Bộ sản phẩm: {name}",
        split=14,
    ),
    Layout(
        "star column", columns="stars", code="", mark="{n} sao", mark_at="column", bullet="", heading="{n}. {NAME}", noise=True
    ),
    Layout(
        "merged criteria",
        columns="merged",
        most=" ({n} điểm)",
        mark="({stars})",
        bullet="+ ",
        heading="Bộ sản phẩm {name}",
        yes_no_rows=True,
    ),
    Layout(
        "merged docx",
        columns="merged",
        kind="docx",
        most=" [{n}]",
        mark="({n} sao)",
        bullet="□ ",
        heading="BỘ SẢN PHẨM: {NAME}",
        noise=True,
    ),
    Layout("all in one cell", columns="cell", mark="{n}*", bullet="□ ", heading="BỘ SẢN PHẨM: {NAME}", yes_no_rows=True),
    Layout("all in one cell docx", columns="cell", kind="docx", code="{code} ", mark="{stars}", bullet="o ", split=7),
    Layout(
        "points in the text", columns="text", most=" ({n} điểm)", points=" ({n} điểm)", mark="({n} sao)", bullet="- ", noise=True
    ),
    Layout(
        "points after a colon",
        columns="text",
        kind="docx",
        most=": {n} điểm",
        points=": {n} điểm",
        mark="***",
        mark_at="start",
        bullet="□ ",
    ),
    Layout(
        "mark before the bracket",
        mark="{stars}",
        mark_at="bracket",
        points="{n} điểm",
        bullet="o",
        messy=True,
        decomposed=True,
        upper=True,
    ),
    Layout("marks with the points", mark=" {stars}", mark_at="points", bullet="□ ", twice=True, encoding="utf-16", noise=True),
    Layout(
        "wide",
        columns="wide",
        code="",
        mark="Bắt buộc từ {n} sao",
        mark_at="column",
        bullet="",
        page_table=True,
        noise=True,
        points="0{n}",
    ),
    Layout("page in a table", page_table=True, mark="{stars}", bullet="q ", repeat_header=True, split=11, notes_in_cell=True),
    Layout(
        "spaced asterisks", kind="docx", mark="{spaced}", bullet="• ", points="({n})", split=5, twice=True, notes_in_cell=True
    ),
    Layout("no codes", code="", mark="({n} sao)", bullet="- ", kind="docx"),
    Layout("no codes or bullets", columns="merged", code="", mark="{stars}", bullet="", most=" ({n} điểm)"),
    Layout("no headings", heading="", mark="{stars}", columns="code", code="", split=12),
    Layout(
        "headings in the table",
        heading="{n}. BỘ SẢN PHẨM: {NAME}",
        heading_in_table=True,
        columns="max",
        code="",
        shuffled=True,
        mark="{n}*",
    ),
    Layout(
        "numbers of sets",
        heading="Bộ sản phẩm số {n}",
        columns="nested",
        mark="{signs}",
        mark_at="start",
        bullet="o ",
        shuffled=True,
    ),
    Layout(
        "star figures",
        columns="stars",
        code="",
        mark="{n}",
        mark_at="column",
        bullet="+ ",
        kind="docx",
        header=True,
        split=20,
        repeat_header=True,
    ),
    Layout(
        "figures first",
        columns="text",
        most=" [{n}]",
        points=" [{n}]",
        mark="{stars}",
        mark_at="start",
        bullet="",
        heading="{NAME}",
    ),
)


def named(name: str) -> Layout:
    return next(layout for layout in LAYOUTS if layout.name == name)


@cache
def rulebook() -> Rulebook:
    return read_rulebook(paths.resources() / "rulebooks" / "26-2026")


def _inflate(label: str, chance: random.Random) -> str:
    words = label.split(" ")
    filler = chance.choice(FILLER)
    return " ".join([*words, filler]) if chance.random() < 0.7 else f"{' '.join(words)} ({filler}, ...)"


def invented(seed: int) -> list[SetText]:
    """Every set in words made from the rulebook's labels."""
    chance = random.Random(seed)
    book = rulebook()
    return [_invented(book.set(head.number), book, chance) for head in book.heads]


def _invented(criteria: CriteriaSet, book: Rulebook, chance: random.Random) -> SetText:
    return SetText(
        criteria.number,
        criteria.name.vi,
        "Hồ sơ bị loại khi: " + "; ".join(w.vi for w in criteria.exclusions) if criteria.exclusions else "",
        {g.code: (g.name.vi, g.max) for g in criteria.groups},
        {p: (w.vi, criteria.part_max[p]) for p, w in book.parts.items()},
        tuple(
            Criterion(
                c.code,
                c.part,
                c.group,
                c.name.vi + (f" ({c.hint.vi})" if c.hint and chance.random() < 0.5 else ""),
                c.max,
                ()
                if c.yes_no
                else tuple(Option(o.choice, o.case, _inflate(o.label.vi, chance), o.points, o.star) for o in c.options),
                (f"Ghi chú: {c.exclusion.vi}",) if c.exclusion else (),
                c.yes_no,
                tuple((case, words.vi) for case, words in c.cases),
            )
            for c in criteria.criteria
        ),
    )


def of_the_law() -> list[SetText]:
    """Every set in the words of the decision; only where its text lies beside the repository."""
    book = rulebook()
    raw = json.loads(LAW.read_text(encoding="utf-8"))
    return [_law_set(s, book) for s in raw["sets"]]


def _law_set(raw: dict, book: Rulebook) -> SetText:
    criteria = book.set(raw["no"])
    groups: dict[str, tuple[str, int]] = {}
    found: list[Criterion] = []

    def walk(node: dict, part: str, group: str) -> None:
        if "options" in node:
            rules = criteria.by_code[node["code"]]
            options = tuple(
                Option(o.choice, o.case, _unmarked(r["text"]), o.points, o.star)
                for r, o in zip(node["options"], rules.options, strict=True)
                if r["text"]
            )
            notes = tuple(n for n in node.get("notes", ()) if "Trường hợp" not in n)
            cases = tuple(("ab"[i], n[3:]) for i, n in enumerate(n for n in node.get("notes", ()) if "Trường hợp" in n))
            found.append(Criterion(node["code"], part, group, node["text"], node["max"], options, notes, rules.yes_no, cases))
            return
        if "text" in node:
            groups[node["code"]] = (node["text"], node["max"])
        for child in node["children"]:
            walk(child, part, node["code"] if "text" in node else "")

    for part in raw["parts"]:
        walk(part, part["code"], "")
    parts = {p: (w.vi, criteria.part_max[p]) for p, w in book.parts.items()}
    return SetText(raw["no"], raw["name"], raw["dossier_exclusion"] or "", groups, parts, tuple(found))


def _unmarked(text: str) -> str:
    return text.replace("* * * *", "").strip()


def with_faults(sets: list[SetText], chance: random.Random, count: int) -> tuple[list[SetText], set[Fault]]:
    """Change ``count`` figures at random: points, maxima and marks; the second value tells exactly which."""
    told: set[Fault] = set()
    touched: set[tuple[int, str]] = set()
    changed = {s.number: list(s.criteria) for s in sets}
    while len(told) < count:
        number = chance.choice(list(changed))
        at = chance.randrange(len(changed[number]))
        criterion = changed[number][at]
        if (number, criterion.code) in touched or not criterion.options:
            continue
        touched.add((number, criterion.code))
        what = chance.choice(("points", "points", "empty", "max", "star", "star"))
        if what == "max":
            value = chance.choice([criterion.max + 1, criterion.max + 10])
            changed[number][at] = replace(criterion, max=value)
            told.add((number, criterion.code, "", "max", value, criterion.max))
            continue
        n = chance.randrange(len(criterion.options))
        option = criterion.options[n]
        if what == "star":
            value = chance.choice([v for v in (None, 3, 4, 5) if v != option.star])
            option, fault = replace(option, star=value), (number, criterion.code, option.choice, "star", value, option.star)
        else:
            value = None if what == "empty" else chance.choice([option.points + 10, option.points + 1, option.points + 2])
            option, fault = replace(option, points=value), (number, criterion.code, option.choice, "points", value, option.points)
        told.add(fault)
        changed[number][at] = replace(criterion, options=(*criterion.options[:n], option, *criterion.options[n + 1 :]))
    return [replace(s, criteria=tuple(changed[s.number])) for s in sets], told
