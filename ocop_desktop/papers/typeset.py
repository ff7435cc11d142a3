"""Setting lines of mixed type: measuring, breaking into balanced lines, drawing centred. Lengths in points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from ocop_desktop.papers import fonts

Canvas = Any  # reportlab's canvas has no types


@dataclass(frozen=True)
class Run:
    """Words of one face, size and colour (RGB, 0-1)."""

    text: str
    face: str
    size: float
    colour: tuple[float, float, float]

    @cached_property
    def width(self) -> float:
        """Its length on one line."""
        return fonts.width(self.text, self.face, self.size)


Line = tuple[Run, ...]
_DASH = re.compile(r" ([-–—·&+/])(?= |$)")  # stays at the end of a line, never begins one
GROUPS = """ủy ban|nhân dân|hội đồng|đánh giá|phân hạng|công nhận|kết quả|sản phẩm|giấy chứng nhận|chứng nhận|nông nghiệp|
môi trường|nông thôn|phát triển|công thương|khoa học|công nghệ|văn hóa|thể thao|du lịch|y tế|an toàn|thực phẩm|chất lượng|
văn phòng|điều phối|chương trình|mục tiêu|quốc gia|quản lý|chi cục|trung tâm|thành phố|tổ tư vấn|tư vấn|giao nhận|thu hồi|đề nghị|
thông báo|thành viên|danh sách|đến kỳ"""
_GROUP = re.compile(rf"\b(?:{GROUPS.replace(chr(10), '')})\b|\bvà (?=\w)|\d (?=sao\b)|(?:đợt|năm|ngày|tháng) (?=\d)",
                    re.IGNORECASE)


def bound(words: str) -> str:
    """Words of which those that make one word of two ("đánh giá", "4 sao") stay on one line."""
    return _GROUP.sub(lambda found: found[0].replace(" ", "\xa0"), words)


def length(line: Line) -> float:
    """Length of a line."""
    return sum(run.width for run in line)


def scaled(line: Line, factor: float) -> Line:
    """The same words in another size."""
    return line if factor == 1 else tuple(replace(run, size=run.size * factor) for run in line)


@lru_cache(maxsize=1024)
def broken(line: Line, room: float) -> tuple[Line, ...]:
    """``line`` as the fewest lines no longer than ``room``, of about equal length; a word too long is cut."""
    if length(line) <= room:
        return (tuple(replace(run, text=run.text.replace("\xa0", " ")) if "\xa0" in run.text else run for run in line),)
    words = words_of(line, room)
    sizes = [(sum(run.width for run in word), fonts.width(" ", word[0].face, word[0].size)) for word in words]
    fewest = len(starts_of(sizes, room))
    narrow, wide = max(room / fewest / 2, max(size for size, _ in sizes)), room
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        if len(starts_of(sizes, middle)) <= fewest:
            wide = middle
        else:
            narrow = middle
    starts = starts_of(sizes, wide)
    return tuple(joined(words[start:end]) for start, end in pairwise([*starts, len(words)]))


def words_of(line: Line, room: float) -> list[list[Run]]:
    """Words (each of one or more runs, without blanks) no longer than ``room``."""
    words: list[list[Run]] = [[]]
    for run in line:
        for i, part in enumerate(_DASH.sub("\xa0\\1", run.text).split(" ")):
            if i:
                words.append([])
            for piece in _pieces(replace(run, text=part), room):
                if words[-1] and length(tuple(words[-1])) + piece.width > room:
                    words.append([])
                words[-1].append(piece)
    return [word for word in words if word]


def _pieces(run: Run, room: float) -> Sequence[Run]:
    if not run.text:
        return ()
    if run.width <= room:
        return (run,)
    pieces, used = [""], 0.0
    for letter in run.text:
        wide = fonts.width(letter, run.face, run.size)
        if pieces[-1] and used + wide > room:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += wide
    return [replace(run, text=piece) for piece in pieces]


def starts_of(sizes: Sequence[tuple[float, float]], room: float) -> list[int]:
    """Index of the first word of each line, each line as full as ``room`` (its word, the blank before it)."""
    starts: list[int] = []
    used = 0.0
    for i, (size, blank) in enumerate(sizes):
        if starts and used + blank + size <= room:
            used += blank + size
        else:
            starts.append(i)
            used = size
    return starts


def joined(words: Sequence[Sequence[Run]]) -> Line:
    """Words as one line: runs of one kind together, a blank before each further word."""
    joined: list[tuple[Run, list[str]]] = []
    for number, word in enumerate(words):
        for place, run in enumerate(word):
            text = " " + run.text if number and not place else run.text
            if joined and (joined[-1][0].face, joined[-1][0].size, joined[-1][0].colour) == (run.face, run.size, run.colour):
                joined[-1][1].append(text)
            else:
                joined.append((run, [text]))
    return tuple(replace(run, text="".join(texts).replace("\xa0", " ")) for run, texts in joined)


def draw(canvas: Canvas, line: Line, x: float, y: float, spacing: float = 0) -> None:
    """Draw ``line`` with its middle at ``x`` and its baseline at ``y``; ``spacing`` is set between letters."""
    start = x - (length(line) + spacing * (sum(len(run.text) for run in line) - 1)) / 2
    draw_from(canvas, line, start, y, spacing)


def draw_from(canvas: Canvas, line: Line, x: float, y: float, spacing: float = 0) -> None:
    """Draw ``line`` from ``x`` on, baseline at ``y``."""
    text = canvas.beginText(x, y)
    if spacing:
        text.setCharSpace(spacing)
    colour = None
    for run in line:
        if run.colour != colour:
            colour = run.colour
            text.setFillColorRGB(*colour)
        text.setFont(run.face, run.size)
        text.textOut(run.text)
    if spacing:
        text.setCharSpace(0)
    canvas.drawText(text)
