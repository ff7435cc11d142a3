"""One criteria set on paper: title, source, what throws a dossier out, and the table of criteria and options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.platypus import Flowable, LongTable, Paragraph, Spacer, TableStyle

from ocop_desktop.papers.criteria_document import (
    BAD,
    BAD_SOFT,
    CENTRE,
    GROUP,
    PART,
    QUIET,
    RIGHTWARDS,
    TABLE,
    WARN,
    WIDE,
    Bookmark,
    StarMark,
    document,
    escaped,
    figure,
    marked,
    source,
    title_lines,
    words,
)
from ocop_desktop.papers.fonts import BOLD, ITALIC, SERIF
from ocop_desktop.rules.rulebook import CriteriaSet, Criterion, Option, Rulebook
from ocop_desktop.text import _, language

CODE, MARK, POINTS = 34, 74, 44
COLUMNS = (CODE, WIDE - CODE - MARK - POINTS, MARK, POINTS)
Cell = Any  # words, a flowable, or a list of them: reportlab has no types
Row = tuple[str, list[Cell]]


def render(found: CriteriaSet, book: Rulebook, words_from: str = "") -> bytes:
    """The set as PDF in the language in force; what is too long goes on on further pages under a repeated head.

    Args:
        words_from: name of the document the set's words are from, where they are the law's own; said under the title.
    """
    said = language()
    title = _("Bộ {number}. {name}", number=found.number, name=found.name.said(said))
    lines = [source(book, found.place.said(said))]
    if words_from:
        lines.append(_("In lời văn của luật, theo tệp {file}", file=words_from))
    story = [Bookmark("set", title, 0), *title_lines(title, _place(found), _facts(found), *lines),
             *exclusion_box(found), Spacer(0, 8), _table(found, book)]
    return document(story, title, f"{title} · {source(book)}")


def _place(found: CriteriaSet) -> str:
    said = language()
    parts = [_("Ngành {code}: {name}", code=found.industry, name=found.industry_name.said(said))]
    for name in (found.group, found.subgroup):
        if name and name.said(said) not in parts and name.vi != found.name.vi:
            parts.append(name.said(said))
    return " · ".join(parts)


def _facts(found: CriteriaSet) -> str:
    agencies = ", ".join(name.said(language()) for name in found.agencies)
    facts = [_("Chủ trì: {agencies}", agencies=agencies) if agencies else "",
             _("{count} mẫu sản phẩm", count=found.samples) if found.samples else _("không nộp mẫu sản phẩm"),
             _("{count} tiêu chí", count=len(found.criteria)),
             _("{count} mức", count=sum(len(c.options) for c in found.criteria))]
    return " · ".join(fact for fact in facts if fact)


def exclusion_box(found: CriteriaSet) -> Iterator[Flowable]:
    """What throws a dossier out, in a box; nothing where the set names nothing."""
    if not found.exclusions:
        return
    said = language()
    lines: list[Flowable] = [words(_("Hồ sơ bị loại khi"), 10, BOLD, colour=BAD)]
    lines += [marked(f"– {escaped(x.said(said))}", 9.5, indent=8) for x in found.exclusions]
    yield LongTable([[line] for line in lines], colWidths=(WIDE,), style=TableStyle([
        ("FONT", (0, 0), (-1, -1), SERIF), ("BACKGROUND", (0, 0), (-1, -1), BAD_SOFT),
        ("BOX", (0, 0), (-1, -1), 0.6, BAD), ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5), ("LEFTPADDING", (0, 0), (-1, -1), 8)]))


def _table(found: CriteriaSet, book: Rulebook) -> LongTable:
    rows = list(_rows(found, book))
    head: list[Cell] = [words(_("Mã"), 9, BOLD), words(_("Tiêu chí và các mức"), 9, BOLD),
                        words(_("Mức tối thiểu của hạng"), 9, BOLD, align=CENTRE), words(_("Điểm"), 9, BOLD, align=RIGHTWARDS)]
    looks = list(TABLE)
    for place, (kind, _cells) in enumerate(rows, 1):
        if kind in ("part", "group"):
            looks.append(("BACKGROUND", (0, place), (-1, place), PART if kind == "part" else GROUP))
        if kind in ("part", "group", "criterion"):
            looks.append(("NOSPLIT", (0, place), (-1, place + 1)))  # a heading is not the last line of a page
        if kind == "criterion":
            looks.append(("LINEABOVE", (0, place), (-1, place), 0.6, QUIET))
    return LongTable([head, *(cells for _kind, cells in rows)], colWidths=COLUMNS, repeatRows=1, style=TableStyle(looks))


def _rows(found: CriteriaSet, book: Rulebook) -> Iterator[Row]:
    said, part, group = language(), "", ""
    groups = {(g.part, g.code): g for g in found.groups}
    for criterion in found.criteria:
        if criterion.part != part:
            part, group = criterion.part, ""
            name = f"{part}. {book.parts[part].said(said)}" if part in book.parts else part
            yield "part", [[Bookmark(f"part-{part}", name, 1), words(part, 10.5, BOLD)],
                           words(book.parts[part].said(said) if part in book.parts else part, 10.5, BOLD), "",
                           figure(found.part_max[part], 10.5, BOLD)]
        for code in _new_groups(criterion.group, group):
            if (part, code) in groups:
                one = groups[part, code]
                yield "group", [words(code, 10, BOLD, colour=QUIET), words(one.name.said(said), 10, BOLD, colour=QUIET), "",
                                figure(one.max, 10, BOLD)]
        group = criterion.group
        yield from _criterion(criterion)


def _new_groups(now: str, before: str) -> list[str]:
    """Codes of the groups that begin: "6" and "6.1" where "6.1" follows "5"."""
    if now == before or not now:
        return []
    steps = now.split(".")
    codes = [".".join(steps[: n + 1]) for n in range(len(steps))]
    return [code for code in codes if not f"{before}.".startswith(f"{code}.")]


def _criterion(c: Criterion) -> Iterator[Row]:
    said = language()
    name = c.name.said(said)
    cell: list[Flowable] = [Bookmark(f"criterion-{c.code}", f"{c.code} {name}", 2), words(name, 10, BOLD), *_notes(c)]
    most = words(_("tối đa {points}", points=c.max), 8.5, align=RIGHTWARDS, colour=QUIET)
    yield "criterion", [words(c.code, 10, BOLD), cell, "", most]
    case = ""
    cases = dict(c.cases)
    for option in c.options:
        if option.case != case:
            case = option.case
            yield "case", ["", words(cases[case].said(said), 9.5, ITALIC), "", ""]
        yield "option", _option(option)


def _option(o: Option) -> list[Cell]:
    return [words(o.choice, 9, colour=QUIET, align=RIGHTWARDS), words(o.label.said(language()), 10),
            StarMark(o.star) if o.star else "", figure(o.points)]


def _notes(c: Criterion) -> Iterator[Paragraph]:
    said = language()
    if c.hint:
        yield words(c.hint.said(said), 9, ITALIC, colour=QUIET)
    if c.yes_no:
        yield words(_("Câu hỏi có hoặc không"), 9, SERIF, colour=QUIET)
    if c.story:
        yield words(_("Chỉ tính khi tiêu chí {code} trên 0 điểm", code=c.story), 9, SERIF, colour=QUIET)
    if c.exclusion:
        yield words(_("Trường hợp bị loại: {reason}", reason=c.exclusion.said(said)), 9, SERIF, colour=BAD)
    if c.zero_excludes:
        yield words(_("0 điểm ở đây thì dừng đánh giá"), 9, SERIF, colour=BAD)
    if c.doubtful:
        yield words(_("Số liệu cần xem lại: {reason}", reason=c.doubt.said(language())), 9, SERIF, colour=WARN)
