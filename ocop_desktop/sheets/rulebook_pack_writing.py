"""Write a rulebook as one workbook that a clerk can read and edit: a cover and a sheet per set. See ``rulebook_pack_form``."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ocop_desktop.rules.criteria import CriteriaSet, Criterion, Group
from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.sheets import rulebook_pack_form as form
from ocop_desktop.sheets.writing import A4, GREEN, HIGH, LIVE, LONGEST

Row = dict[str, Any]  # field -> value
_LINE = Border(bottom=Side("thin", "FFDDE2DE"))
_HEAD_ROWS = 2  # title and headings of a set's sheet


def write_pack(book: Rulebook, path: Path) -> None:
    """Write ``book`` to ``path`` (.xlsx), whole or not at all; reading it back gives the same rulebook.

    Raises:
        UserError, ProblemsFound: a set of the rulebook cannot be read.
        OSError: the file cannot be written.
    """
    pack = Workbook(write_only=True)
    pack.properties.title, pack.properties.creator = book.id, "OCOP Desktop"
    for style in _styles():
        pack.add_named_style(style)
    _write_cover(pack, book)
    for head in book.heads:
        _write_set(pack, book.set(head.number))
    unfinished = path.with_name(f".{path.name}.moi")
    try:
        pack.save(unfinished)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_set(pack: Workbook, rules: CriteriaSet) -> None:
    page: Any = pack.create_sheet(form.SET_TAB.format(number=rules.number))
    for place, column in enumerate(form.COLUMNS, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = f"D{_HEAD_ROWS + 1}"
    _set_up_print(page)
    page.append([_cell(page, f"Bộ {rules.number}. {rules.name.vi}", "Pack title")])
    page.row_dimensions[_HEAD_ROWS].height = 2 * HIGH + 4
    page.append([_cell(page, column.heading, "Pack head") for column in form.COLUMNS])
    number = _HEAD_ROWS
    for number, (style, row) in enumerate(_rows(rules), _HEAD_ROWS + 1):
        page.row_dimensions[number].height = _height(row)
        page.append([_styled(page, row.get(c.field), style, c) for c in form.COLUMNS])
    page.auto_filter.ref = f"A{_HEAD_ROWS}:{get_column_letter(len(form.COLUMNS))}{number}"
    page.close()


def _rows(rules: CriteriaSet) -> Iterator[tuple[str, Row]]:
    """Every row with its look: reasons of exclusion, then groups, criteria and options in the set's order."""
    for reason in rules.exclusions:
        yield "Pack reason", {"code": form.SET_EXCLUSION, "wording": reason.vi, "wording_en": reason.en}
    waiting = list(rules.groups)
    for criterion in rules.criteria:
        while criterion.group in [g.code for g in waiting]:
            yield "Pack group", _group(waiting.pop(0))
        yield "Pack criterion", _criterion(criterion)
        case = ""
        for option in criterion.options:
            if option.case != case:
                case = option.case
                yield from (("Pack option", _case(letter, criterion)) for letter, _ in criterion.cases if letter == case)
            yield (
                "Pack option",
                {
                    "number": option.level,
                    "wording": option.label.vi,
                    "wording_en": option.label.en,
                    "points": option.points,
                    "star": option.star,
                    "case": option.case,
                },
            )
    yield from (("Pack group", _group(group)) for group in waiting)


def _group(group: Group) -> Row:
    return {"part": group.part, "group": f"{group.code}. {group.name.vi}", "criterion_en": group.name.en, "points": group.max}


def _criterion(c: Criterion) -> Row:
    return {
        "code": c.code,
        "part": c.part,
        "group": c.group,
        "criterion": c.name.vi,
        "criterion_en": c.name.en,
        "points": c.max,
        "hint": c.hint.vi if c.hint else "",
        "hint_en": c.hint.en if c.hint else "",
        "exclusion": c.exclusion.vi if c.exclusion else "",
        "exclusion_en": c.exclusion.en if c.exclusion else "",
        "yes_no": form.YES if c.yes_no else "",
        "story": c.story,
        "zero_excludes": form.YES if c.zero_excludes else "",
        "doubtful": c.doubtful,
    }


def _case(letter: str, criterion: Criterion) -> Row:
    name = dict(criterion.cases)[letter]
    return {"case": letter, "wording": name.vi, "wording_en": name.en}


def _write_cover(pack: Workbook, book: Rulebook) -> None:
    page: Any = pack.create_sheet(form.COVER)
    for place, width in enumerate(form.COVER_WIDTHS, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    _set_up_print(page)
    page.append([_cell(page, "Bộ tiêu chí đánh giá, phân hạng sản phẩm OCOP", "Pack title")])
    page.append([_cell(page, form.HOW_TO, "Pack note")])
    values = {
        "id": book.decision,
        "version": book.version,
        "signed": book.signed,
        "in_force": book.in_force,
        "certificate_months": book.certificate_months,
        "amended_by": form.BETWEEN.join(book.amended_by),
    }
    _lines(page, "Quyết định", {form.DECISION_LINES[key]: value for key, value in values.items()})
    _table(page, "lines", [{"stars": stars, "least": least} for stars, least in sorted(book.lines.items(), reverse=True)])
    _table(
        page,
        "part",
        [{"code": code, "max": book.part_max[code], "vi": name.vi, "en": name.en} for code, name in book.parts.items()],
    )
    industries = {h.industry: h.industry_name for h in book.heads}
    _table(page, "industry", [{"code": code, "vi": name.vi, "en": name.en} for code, name in industries.items()])
    _table(page, "set", [_listed(book.set(h.number)) for h in book.heads])
    t = book.transition
    if t:
        said = {
            "previous": t.previous,
            "finish_days": t.finish_days,
            "recognise_days": t.recognise_days,
            "note": t.note.vi if t.note else "",
            "note_en": t.note.en if t.note else "",
        }
        _lines(page, "Chuyển tiếp", {form.TRANSITION_LINES[key]: value for key, value in said.items()})
    page.close()


def _listed(s: CriteriaSet) -> Row:
    return {
        "number": s.number,
        "industry": s.industry,
        "vi": s.name.vi,
        "en": s.name.en,
        "group": s.group.vi,
        "group_en": s.group.en,
        "subgroup": s.subgroup.vi if s.subgroup else "",
        "subgroup_en": s.subgroup.en if s.subgroup else "",
        "agencies": form.BETWEEN.join(s.lead_agencies),
        "samples": s.samples,
        "where": s.where,
    }


def _lines(page: Any, title: str, lines: dict[str, Any]) -> None:
    page.append([])
    page.append([_cell(page, title, "Pack section")])
    for words, value in lines.items():
        long = isinstance(value, str) and len(value) > form.COVER_WIDTHS[1]
        style = "Pack date" if isinstance(value, dt.date) else "Pack note" if long else "Pack value"
        page.append([_cell(page, words, "Pack option"), _cell(page, value, style)])


def _table(page: Any, name: str, rows: list[Row]) -> None:
    title, headings = form.COVER_TABLES[name]
    page.append([])
    page.append([_cell(page, title, "Pack section")])
    page.append([_cell(page, heading, "Pack head") for heading in headings.values()])
    for row in rows:
        page.append([_cell(page, row.get(key), "Pack value") for key in headings])


def _styled(page: Any, value: Any, style: str, column: form.Column) -> Any:
    if value in (None, "") and style in ("Pack option", "Pack reason"):
        return None
    if style == "Pack criterion" and column.field in form.REMARKS:
        return _cell(page, value, "Pack remark")
    return _cell(page, value, f"{style} number" if column.kind == "number" and style in _NUMBERED else style)


def _cell(page: Any, value: Any, style: str) -> Any:
    """A cell with its look; text stays text whatever it begins with."""
    cell: Any = WriteOnlyCell(page)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
    cell.value = None if value == "" else value
    cell._style = copy(_looks()[style])  # as ``cell.style = style`` does, which looks through every style for each cell
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(LIVE)
    return cell


@cache
def _looks() -> dict[str, Any]:
    """The styles as cells keep them; every pack adds the same ones in the same order."""
    pack, styles = Workbook(write_only=True), _styles()
    for style in styles:
        pack.add_named_style(style)
    return {style.name: style.as_tuple() for style in styles}


def _height(row: Row) -> float:
    """Points a row needs for its longest cell; viewers do not all measure by themselves."""
    lines = max(-(-len(str(row.get(c.field) or "")) // int(c.width)) for c in form.COLUMNS if c.kind == "long")
    return HIGH * max(1, lines) + 3


def _set_up_print(page: Any) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"1:{_HEAD_ROWS}"


_NUMBERED = ("Pack option", "Pack criterion", "Pack group")


def _styles() -> list[NamedStyle]:
    def look(name: str, fill: str = "", **font: Any) -> NamedStyle:
        paint: dict[str, Any] = {"fill": PatternFill("solid", fill)} if fill else {}
        across = "center" if name.endswith(("number", "head")) else "left"
        placed = Alignment(
            vertical="center" if name == "head" else "top", wrap_text=name not in ("title", "note"), horizontal=across
        )
        form = "dd/mm/yyyy" if name == "date" else "General"
        return NamedStyle(
            f"Pack {name}",
            Font(name="Calibri", **{"sz": 11, **font}),
            border=_LINE,
            alignment=placed,
            number_format=form,
            **paint,
        )

    return [
        look("title", b=True, sz=14),
        look("note", i=True, color="FF5B6B62"),
        look("section", b=True, sz=12, color=GREEN),
        look("head", GREEN, b=True, color="FFFFFFFF"),
        look("value"),
        look("date"),
        look("option"),
        look("option number"),
        look("criterion", "FFEEF4F0", b=True),
        look("remark", "FFEEF4F0"),
        look("criterion number", "FFEEF4F0", b=True),
        look("group", "FFD5E6DB", b=True, color=GREEN),
        look("group number", "FFD5E6DB", b=True, color=GREEN),
        look("reason", color="FFA33B2E"),
    ]
