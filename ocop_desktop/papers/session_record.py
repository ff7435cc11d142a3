"""A session's record on paper: rules and their source, attendance, results, totals, conclusions, the chain's head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportlab.platypus import CondPageBreak, Flowable, LongTable, Spacer, TableStyle

from ocop_desktop.papers.criteria_document import (
    BAD,
    CENTRE,
    QUIET,
    RIGHTWARDS,
    TABLE,
    WARN,
    WIDE,
    Bookmark,
    document,
    escaped,
    marked,
    title_lines,
    words,
)
from ocop_desktop.papers.fonts import BOLD, ITALIC
from ocop_desktop.text import _

SIZE = 9.0
LEFT_WIDE = 150  # of the left column of two


@dataclass(frozen=True)
class Vote:
    """One ballot's line: agency, total, totals of the versions before it, the reason it was scored again, what it raised."""

    ballot: str
    total: str
    earlier: str = ""
    reason: str = ""
    exclusion: str = ""


@dataclass(frozen=True)
class Part:
    """One dossier. ``notes``: sentences on recusals, absence, spread, results withdrawn; ``conclusions``: what, value, reason."""

    number: int
    product: str
    producer: str
    code: str
    state: str
    mean: str = ""
    rank: str = ""
    near: bool = False
    votes: tuple[Vote, ...] = ()
    notes: tuple[str, ...] = ()
    conclusions: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Record:
    """The whole record. Pairs are (name, value).

    Args:
        rule_changes: (when, who, what was changed, reason).
        seats: (name, agency, role, presence).
        head: of the audit chain; sha256: of the JSON file that goes along.
    """

    title: str
    under: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, str], ...]
    rule_changes: tuple[tuple[str, str, str, str], ...]
    seats: tuple[tuple[str, str, str, str], ...]
    parts: tuple[Part, ...]
    decisions: tuple[str, ...]
    head: str
    sha256: str
    json_name: str


def render(record: Record) -> bytes:
    """The record as PDF in the language in force."""
    story: list[Flowable] = [Bookmark("record", record.title, 0), *title_lines(record.title, *record.under), Spacer(0, 4)]
    story += [*_section("session", _("Phiên")), _pairs(record.facts)]
    story += [*_section("rules", _("Quy chế của phiên")), _pairs(record.rules)]
    if record.rule_changes:
        heads = (_("Lúc"), _("Người ghi"), _("Thay đổi"), _("Lý do"))
        story += [words(_("Thay đổi quy chế sau phiếu đầu tiên"), 10, BOLD, before=8, after=3),
                  _table(heads, record.rule_changes, (80, 80, 170))]
    heads = (_("Họ tên"), _("Cơ quan"), _("Vai trò"), _("Có mặt"))
    story += [*_section("seats", _("Thành viên")), _table(heads, record.seats, (130, 190, 80))]
    story += [*_section("results", _("Kết quả")), _results(record.parts)]
    for line in record.decisions:
        story.append(words(line, SIZE, before=4))
    story += [*_section("seal", _("Dấu của hồ sơ")), *_seal(record)]
    for part in record.parts:
        story += list(_part(part))
    return document(story, record.title, record.title)


def _section(key: str, title: str) -> list[Flowable]:
    return [CondPageBreak(80), Bookmark(key, title, 1), words(title, 12, BOLD, before=12, after=4)]


def _pairs(pairs: Sequence[tuple[str, str]]) -> LongTable:
    rows = [[words(name, SIZE, colour=QUIET), words(value, SIZE)] for name, value in pairs]
    return LongTable(rows, colWidths=(LEFT_WIDE, WIDE - LEFT_WIDE), splitInRow=1, style=TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), 0)]))


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]], widths: Sequence[float]) -> LongTable:
    rows = [[words(h, SIZE, BOLD) for h in heads], *([words(cell, SIZE) for cell in line] for line in lines)]
    return LongTable(rows, colWidths=(*widths, WIDE - sum(widths)), repeatRows=1, splitInRow=1, style=TableStyle(list(TABLE)))


def _results(parts: Sequence[Part]) -> LongTable:
    rows: list[list[object]] = [[words(_("TT"), SIZE, BOLD, align=RIGHTWARDS), words(_("Mã sản phẩm"), SIZE, BOLD),
                                 words(_("Sản phẩm, chủ thể"), SIZE, BOLD), words(_("Điểm"), SIZE, BOLD, align=RIGHTWARDS),
                                 words(_("Kết quả"), SIZE, BOLD, align=CENTRE)]]
    for part in parts:
        mean = f"{part.mean} *" if part.near else part.mean
        rows.append([words(str(part.number), SIZE, align=RIGHTWARDS), words(part.code, SIZE),
                     [words(part.product, SIZE), words(part.producer, SIZE - 1, colour=QUIET)],
                     words(mean, SIZE, align=RIGHTWARDS), words(part.rank or part.state, SIZE, align=CENTRE)])
    if any(part.near for part in parts):
        note = words(_("* cách một ngưỡng hạng sao không quá mức quy chế đánh dấu"), SIZE - 1, ITALIC, colour=QUIET)
        rows.append(["", "", note, "", ""])
    widths = (28, 96, WIDE - 28 - 96 - 60 - 84, 60, 84)
    return LongTable(rows, colWidths=widths, repeatRows=1, splitInRow=1, style=TableStyle(list(TABLE)))


def _seal(record: Record) -> Iterator[Flowable]:
    yield words(_("Nhật ký của tệp dữ liệu kết thúc ở mục dưới đây; mọi mục trước đó không sửa được mà dấu này còn đúng."), SIZE)
    yield words(_grouped(record.head), SIZE, BOLD, before=3, after=3)
    yield words(_("Kiểm tra: ocop-desktop check --db TỆP.ocop --head {head}…", head=record.head.partition(":")[0] + ":"
                  + record.head.partition(":")[2][:16]), SIZE, colour=QUIET)
    yield words(_("SHA-256 của {file}:", file=record.json_name), SIZE, before=6)
    yield words(_grouped(record.sha256), SIZE, BOLD)


def _grouped(text: str) -> str:
    """``SEQ:HASH`` with a blank after every eight digits of the hash, to be read aloud and typed."""
    seq, colon, digits = text.rpartition(":")
    return f"{seq}{colon}" + " ".join(digits[n:n + 8] for n in range(0, len(digits), 8))


def _part(part: Part) -> Iterator[Flowable]:
    title = f"{part.number}. {part.product}"
    yield CondPageBreak(120)
    yield Bookmark(f"part-{part.number}", title, 1)
    yield words(title, 11, BOLD, before=14, after=1)
    told = " · ".join(t for t in (part.code, part.producer, part.state, part.mean, part.rank) if t)
    yield words(told, SIZE, colour=QUIET, after=4)
    if part.votes:
        yield _votes(part.votes)
    for note in part.notes:
        yield words(note, SIZE, before=3)
    for what, value, reason in part.conclusions:
        yield marked(f"<b>{escaped(what)}: {escaped(value)}</b> {escaped(reason)}", SIZE, before=3)


def _votes(votes: Sequence[Vote]) -> LongTable:
    rows: list[list[object]] = [[words(_("Phiếu"), SIZE, BOLD), words(_("Tổng điểm"), SIZE, BOLD, align=RIGHTWARDS),
                                 words(_("Lần trước"), SIZE, BOLD, align=RIGHTWARDS), words(_("Ghi chú"), SIZE, BOLD)]]
    for vote in votes:
        notes: list[Flowable] = [words(vote.reason, SIZE - 1, colour=WARN)] if vote.reason else []
        notes += [words(vote.exclusion, SIZE - 1, colour=BAD)] if vote.exclusion else []
        rows.append([words(vote.ballot, SIZE), words(vote.total, SIZE, align=RIGHTWARDS),
                     words(vote.earlier, SIZE, align=RIGHTWARDS), notes or ""])
    return LongTable(rows, colWidths=(190, 60, 60, WIDE - 310), repeatRows=1, splitInRow=1, style=TableStyle(list(TABLE)))
