"""Two sets or two rulebooks side by side on paper: only the differences, named in words and coloured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, LongTable, Spacer, TableStyle

from ocop_desktop import text
from ocop_desktop.papers.criteria_document import (
    BAD,
    BAD_SOFT,
    GOOD,
    GOOD_SOFT,
    HEAD,
    LINE,
    PART,
    QUIET,
    TABLE,
    WARN,
    WARN_SOFT,
    WIDE,
    Bookmark,
    StarMark,
    document,
    escaped,
    marked,
    source,
    title_lines,
    words,
)
from ocop_desktop.papers.fonts import BOLD, SERIF
from ocop_desktop.rules.criteria import SetHead
from ocop_desktop.rules.criteria_comparison import CHANGE_WORDS, KIND_WORDS, Comparison, Line, Side, changed_words
from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.text import _, language

WHAT = 84
SIDE = (WIDE - WHAT) / 2
SURFACES = {"added": GOOD_SOFT, "removed": BAD_SOFT}
TAGS = {"strike": "#A32A22", "u": "#1B6B4A"}
INKS: dict[str, Color] = {"added": GOOD, "removed": BAD, "points": WARN, "star": WARN}


@dataclass(frozen=True)
class ComparisonSheet:
    """What is compared: two rulebooks, and a set of each unless they are compared whole."""

    left: Rulebook
    left_set: SetHead | None
    right: Rulebook
    right_set: SetHead | None
    comparison: Comparison


def render(sheet: ComparisonSheet) -> bytes:
    """The differences as PDF in the language in force."""
    title = _("So sánh bộ tiêu chí")
    left, right = side_name(sheet.left, sheet.left_set), side_name(sheet.right, sheet.right_set)
    story: list[Flowable] = [Bookmark("comparison", title, 0),
                             *title_lines(title, _("Bên trái: {left}", left=left), _("Bên phải: {right}", right=right),
                                          summary(sheet.comparison), source(sheet.right))]
    if sheet.comparison.lines:
        story += [Spacer(0, 4), _table(sheet, left, right)]
    return document(story, title, f"{title}: {left} – {right}")


def side_name(book: Rulebook, head: SetHead | None) -> str:
    """What stands on one side: set and decision."""
    law = _("Quyết định {law}, bản {version}", law=book.decision, version=book.version) if book.version > 1 else \
        _("Quyết định {law}", law=book.decision)
    return f"{_('Bộ {number}. {name}', number=head.number, name=head.name.said(language()))} · {law}" if head else law


def summary(found: Comparison) -> str:
    """The counts in one sentence."""
    if not found.lines:
        return _("Hai bên giống nhau hoàn toàn.")
    if not (found.same or found.differing or found.added or found.removed):
        return _("{count} chỗ khác nhau.", count=found.changes)
    return _("{count} chỗ khác nhau: {differing} tiêu chí khác, {added} tiêu chí thêm, {removed} tiêu chí bỏ; "
             "{same} tiêu chí giống hệt.", count=found.changes,
             differing=found.differing, added=found.added, removed=found.removed, same=found.same)


def _table(sheet: ComparisonSheet, left: str, right: str) -> LongTable:
    rows: list[list[object]] = [[words(_("Khác ở"), 9, BOLD), words(left, 9, BOLD), words(right, 9, BOLD)]]
    looks = [*TABLE, ("LINEBEFORE", (1, 0), (-1, -1), 0.3, LINE)]
    for line in sheet.comparison.lines:
        place = len(rows)
        rows.append(_row(line, place))
        if line.kind in ("set", "criterion"):
            looks.append(("BACKGROUND", (0, place), (-1, place), PART if line.kind == "set" else HEAD))
        if line.kind in ("set", "criterion") and place < len(sheet.comparison.lines):
            looks.append(("NOSPLIT", (0, place), (-1, place + 1)))
        for column, side in ((1, line.left), (2, line.right)):
            if side is not None and line.changes and line.kind not in ("set", "criterion"):
                surface = SURFACES.get(line.changes[0], WARN_SOFT)
                looks.append(("BACKGROUND", (column, place), (column, place), surface))
    return LongTable(rows, colWidths=(WHAT, SIDE, SIDE), repeatRows=1, style=TableStyle(looks))


def _row(line: Line, place: int) -> list[object]:
    what: list[Flowable] = []
    if line.kind == "set":
        side = line.right or line.left
        assert side is not None
        what.append(Bookmark(f"line-{place}", _("Bộ {number}. {name}", number=side.code, name=side.words.said(language())), 1))
    if line.kind in KIND_WORDS:
        what.append(words(text.say(KIND_WORDS[line.kind]), 8.5, colour=QUIET))
    what += [words(text.say(CHANGE_WORDS[change]), 8.5, BOLD, colour=INKS.get(change, QUIET)) for change in line.changes]
    left, right = both_sides(line)
    return [what or "", _side(line, line.left, left, "strike"), _side(line, line.right, right, "u")]


def both_sides(line: Line) -> tuple[tuple[str, tuple[tuple[int, int], ...]], tuple[str, tuple[tuple[int, int], ...]]]:
    """The words of each side with the places where they differ; in the other language where only that one differs."""
    said = language()
    if "words" not in line.changes and "words_en" in line.changes:
        said = "en"
    left, right = (side.words.said(said) if side else "" for side in (line.left, line.right))
    if line.left is None or line.right is None:
        return (left, ()), (right, ())
    mine, theirs = changed_words(left, right)
    return (left, mine), (right, theirs)


def _side(line: Line, side: Side | None, said: tuple[str, tuple[tuple[int, int], ...]], tag: str) -> list[Flowable]:
    if side is None:
        return [words("–", 9, colour=QUIET)]
    sentence, places = said
    bold = line.kind in ("set", "criterion", "part", "lines", "group")
    code = f"{escaped(_('Bộ {number}', number=side.code) if line.kind == 'set' else side.code)} · " if side.code else ""
    points = ""
    if side.points is not None:
        points = escaped(_("{count} điểm", count=side.points)).replace(" ", "&nbsp;")
        points = f"  <b>{points}</b>" if "points" in line.changes else f'  <font color="#55605A">{points}</font>'
    cell: list[Flowable] = [marked(f"{code}{_marked(sentence, places, tag)}{points}", 9.5, BOLD if bold else SERIF)]
    if side.star:
        cell.append(StarMark(side.star, 6.5))
    return cell


def _marked(sentence: str, places: tuple[tuple[int, int], ...], tag: str) -> str:
    return "".join(_pieces(sentence.replace("★", "sao") if language() == "vi" else sentence.replace("★", "stars"), places, tag))


def _pieces(sentence: str, places: tuple[tuple[int, int], ...], tag: str) -> Iterator[str]:
    at = 0
    for start, long in places:
        yield _blank(sentence[at:start])
        yield f'<{tag}><font color="{TAGS[tag]}">{escaped(sentence[start:start + long])}</font></{tag}>'
        at = start + long
    yield _blank(sentence[at:])


def _blank(piece: str) -> str:
    """Escaped words with the blanks at their ends."""
    if not piece.strip():
        return " " if piece else ""
    return (" " if piece[0].isspace() else "") + escaped(piece) + (" " if piece[-1].isspace() else "")
