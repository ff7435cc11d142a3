"""Criteria tables as offices keep them, made from a rulebook: four layouts, none of them our own form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from ocop_desktop.rules.rulebook import CriteriaSet, Criterion, Rulebook

Line = list[Any]


def sets_of(book: Rulebook, numbers: Iterable[int] = ()) -> list[CriteriaSet]:
    return [book.set(n) for n in numbers or book.head]


def titled(name: str, points: int) -> str:
    return f"{name} ({points} điểm)"


def group_name(rules: CriteriaSet, code: str) -> str:
    return next((titled(f"{g.code}. {g.name.vi.upper()}", g.max) for g in rules.groups if g.code == code), "")


def part_name(book: Rulebook, part: str) -> str:
    return titled(f"Phần {part}: {book.parts[part].vi}", book.part_max[part])


def starred(text: str, star: int | None) -> str:
    return f"{text} ({star} sao)" if star else text


def write_one_sheet(book: Rulebook, path: Path, numbers: Iterable[int] = ()) -> Path:
    """One sheet, six columns, a title above, blanks as above, stars in the wording, empty columns far to the right."""
    pack = Workbook()
    page = pack.active
    page.title = "Tieu chi"
    page.append(["BỘ TIÊU CHÍ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP"])
    page.append([])
    page.append(["Bộ sản phẩm", "Phần", "Nhóm tiêu chí", "Tiêu chí", "Phương án", "Điểm"])
    for rules in sets_of(book, numbers):
        shown: Line = ["", "", ""]
        for c in rules.criteria:
            above: Line = [f"Bộ {rules.number}", part_name(book, c.part), group_name(rules, c.group)]
            first = [new if new != old else None for new, old in zip(above, shown, strict=True)]
            shown = above
            for n, o in enumerate(c.options):
                named = titled(f"{c.code} {c.name.vi}", c.max) if n == 0 else None
                label = starred(o.label.vi, o.star)
                page.append([*(first if n == 0 else [None] * 3), named, f"{o.choice}. {label}" if o.case else label, o.points])
    page.cell(1, 60).number_format = "0.00"
    page.cell(2, 40).value = " "
    pack.save(path)
    return path


def write_sheet_per_set(book: Rulebook, path: Path, numbers: Iterable[int] = ()) -> Path:
    """A sheet per set, other order of columns, merged cells, notes and a total below."""
    pack = Workbook()
    pack.remove(pack.active)
    for rules in sets_of(book, numbers):
        page = pack.create_sheet(f"Bo so {rules.number:02d}")
        page.append([f"Bộ sản phẩm: {rules.name.vi}"])
        page.append(
            ["STT", "Điểm tối đa", "Mã TC", "Tên tiêu chí", "Mức", "Nội dung mức", "Dấu sao", "Số điểm", "Thuộc phần", "Nhóm"]
        )
        page.append([])
        row = 4
        for number, c in enumerate(rules.criteria, 1):
            for n, o in enumerate(c.options):
                head = [number, c.max, c.code, c.name.vi] if n == 0 else [None] * 4
                page.append(
                    [
                        *head,
                        o.choice,
                        o.label.vi,
                        f"{o.star} sao" if o.star else None,
                        o.points,
                        *((c.part, group_name(rules, c.group).partition(" (")[0] or None) if n == 0 else (None, None)),
                    ]
                )
            if len(c.options) > 1:
                for column in "ABCDIJ":
                    page.merge_cells(f"{column}{row}:{column}{row + len(c.options) - 1}")
            row += len(c.options)
        page.append([None, None, None, "Tổng cộng", None, None, None, 100])
        page.append([])
        page.append(["Ghi chú: bảng do phòng nghiệp vụ lập"])
    pack.save(path)
    return path


def write_flat(book: Rulebook, path: Path, numbers: Iterable[int] = ()) -> Path:
    """English headings, nothing blank."""
    pack = Workbook()
    page = pack.active
    page.append(["points", "option", "stars", "label", "criterion", "criterion name", "group", "part", "set"])
    page["E1"].value = "code"
    for rules in sets_of(book, numbers):
        for c in rules.criteria:
            for o in c.options:
                page.append([o.points, o.choice, o.star, o.label.vi, c.code, c.name.vi, c.group, c.part, rules.number])
    pack.save(path)
    return path


def write_like_the_law(book: Rulebook, path: Path, numbers: Iterable[int] = ()) -> Path:
    """Three columns as printed: parts, groups, criteria and options below one another."""
    pack = Workbook()
    pack.remove(pack.active)
    for rules in sets_of(book, numbers):
        page = pack.create_sheet(f"{rules.number}. {rules.name.vi}"[:28].replace("/", "-"))
        page.append(["TT", "Tiêu chí", "Điểm"])
        for row in _printed(book, rules):
            page.append(row)
    pack.save(path)
    return path


def _printed(book: Rulebook, rules: CriteriaSet) -> Iterator[Line]:
    part, groups = "", list(rules.groups)
    for c in rules.criteria:
        if c.part != part:
            part = c.part
            yield [None, f"PHẦN {part}: {book.parts[part].vi.upper()} ({book.part_max[part]} điểm)", None]
        while c.group in [g.code for g in groups]:
            group = groups.pop(0)
            yield [group.code, group.name.vi.upper(), group.max]
        yield [c.code, c.name.vi, c.max]
        yield from _options(c)


def _options(c: Criterion) -> Iterator[Line]:
    case = ""
    for o in c.options:
        if o.case != case:
            case = o.case
            yield [None, dict(c.cases)[case].vi, None]
        yield [None, starred(f"□ {o.label.vi}", o.star), o.points]


LAYOUTS = {
    "one sheet": write_one_sheet,
    "sheet per set": write_sheet_per_set,
    "flat": write_flat,
    "like the law": write_like_the_law,
}
