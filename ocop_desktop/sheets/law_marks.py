"""What is typed around the law's words: bullets, codes, points, star marks. Each is read and taken off the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ocop_desktop.rules.names import fold as fold_slowly

_STARS = "*＊∗⁎★⭐✩✭✮"
_BOXES = "□☐☑☒■▪▫◻◼◽❏❑❒○●◯•·∙‣⁃▢⬜◊◇♦►▶➢➤❖✓✔\uf000-\uf0ff¨§"
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper() and unicodedata.normalize("NFC", c) == c)
_WORDS = {"ba": 3, "bon": 4, "nam": 5}
_ASKS = r"(?:≥|>=|từ|đạt|hạng|mức|tối thiểu|yêu cầu|bắt buộc|điều kiện|áp dụng)"
_LEAD = rf"(?:(?:{_ASKS}|đối với|cho|với|sản phẩm|tiêu chuẩn|là)[\s:]*){{0,6}}"
_N_SAO = rf"(?:{_ASKS}[\s:]*{_LEAD})?(?P<n>[345]|ba|bốn|năm)\s*[\-–]?\s*sao(?:\s*(?:trở lên|ocop))?"
_OPEN, _CLOSE = r"[(\[{<]", r"[)\]}>]"
_RUN = re.compile(rf"{_OPEN}?\s*([{_STARS}](?:\s?[{_STARS}☆]){{2,4}})\s*{_CLOSE}?")
_DIGIT_STAR = re.compile(rf"{_OPEN}?(?<![\d,.%])\b([345])\s?[{_STARS}](?![{_STARS}])\s*{_CLOSE}?")
_BRACKETED = re.compile(rf"{_OPEN}\s*{_LEAD}{_N_SAO}\s*{_CLOSE}", re.I)
_AT_END = re.compile(rf"[\s,;:.\-–]{{0,6}}(?<!\w){_N_SAO}\s*[.;]?$", re.I)
_AT_START = re.compile(rf"^{_N_SAO}\s*[:;.\-–)]*\s+", re.I)
_BY_BRACKET = re.compile(rf"(?<!\w){_N_SAO}\s*(?=\()|(?<=\))\s*{_N_SAO.replace('?P<n>', '?P<m>')}(?=\s|$)", re.I)
_WHOLE_STAR = re.compile(rf"^{_OPEN}?\s*{_LEAD}{_N_SAO}\s*{_CLOSE}?$", re.I)

_DIGIT = re.compile(r"\d")
_POINT = r"(?:điểm|điêm|đ)\b\.?"
_IN_BRACKETS = re.compile(rf"\s*{_OPEN}\s*(?:tối đa|điểm|max)?\s*:?\s*(\d{{1,3}})\s*{_POINT}\s*{_CLOSE}", re.I)
_SQUARE = re.compile(r"\s*\[\s*(\d{1,3})\s*\]")
_POINTS_END = re.compile(r"(?:\s*[:\-–—]\s*|\s+|^)(?:tối đa\s*)?(\d{1,3})\s*điểm\s*\.?$", re.I)
_LEADERS = re.compile(r"\s*(?:\.{4,200}|…{2,100}|_{3,200})\s*(\d{1,3})$")
_POINTS_MIDDLE = re.compile(r"\s*[:\-–—]\s*(?:tối đa\s*)?(\d{1,3})\s*điểm\s*(?=\()", re.I)  # "Tên: 3 điểm (giải thích)"
_POINTS_START = re.compile(r"^(\d{1,3})\s*điểm\s*[:\-–—.]+\s*", re.I)
_MAX_WORD = re.compile(r"[\s,;:(\-–]{0,6}(?:điểm\s+)?tối đa\s*:?\s*(\d{1,3})\s*(?:điểm)?\s*\)?\.?$", re.I)
_FIGURE = re.compile(rf"^{_OPEN}?\s*(?:tối đa|điểm|max)?\s*:?\s*(\d{{1,3}})(?:[.,]0+)?\s*(?:{_POINT})?\s*{_CLOSE}?$", re.I)
_MISREAD = re.compile(rf"^{_OPEN}?(?=[^\s\d]*[lIO|])[lIO|\d]{{1,2}}(?:[.,][0Oo]+)?\s*(?i:{_POINT})?\s*{_CLOSE}?$")  # of a scan
_BETWEEN_FIGURES = re.compile(r"[\s/;]+")
_NO_FIGURE = re.compile(rf"^(?:[\-–—…._\s]|{_OPEN}|{_CLOSE}|điểm)*$", re.I)

_BULLET = re.compile(
    rf"^(?:[{_BOXES}\-–—−+]\s*|\[\s?[xX]?\s?\]\s*|\(\s\)\s*|\*\s+|[oqØ]\s+(?=\S)|[oq](?=[{_UPPER}\d≥≤<>])|[OvVnüu0]\s+(?=[{_UPPER}≥<>≤(\"“]))+"
)
_SIGNS = re.compile(rf"[{_BOXES}\-–—−]+")
_PART = re.compile(r"^(?:phần|mục)\s+([A-DIVX]+|\d)\b\s*[.:)\-–]*\s*", re.I)
_CODE = re.compile(r"^(?:tiêu chí\s+)?(\d{1,2}(?:\s?\.\s?\d{1,2}){1,3})\s?\.?\s*[:)\-–]?\s*(?=\D|$)", re.I)
_WHOLE_CODE = re.compile(rf"^(?:[Tt]iêu chí\s+)?(\d{{1,2}})(?:\s?[.):]\s*|\s?[-–]\s+(?=[{_UPPER}])|\s+(?=[{_UPPER}]))(?=\D)")
_PART_LETTER = re.compile(r"^([A-D])\s?[.)]\s*(?=\S)")
_LETTER = re.compile(r"^([a-eđ])\s?[.)]\s+(?=\S)")
_ALONE = re.compile(r"^\(?(?:tiêu chí\s+)?([A-D]|[IVX]{1,4}|\d{1,2}(?:\s?\.\s?\d{1,2}){0,3}|[a-eđ])\s?[.):]?$", re.I)
_CASE = re.compile(r"^(?:[a-e]\s?[.)]\s*)?truong hop\s*(?:thu\s*)?(\d|mot|hai|nhat|a|b)\b|^([ab])\s?[.)]\s*doi voi\b")
_CASES = {"1": "a", "mot": "a", "nhat": "a", "a": "a", "2": "b", "hai": "b", "b": "b"}
_NOTE = re.compile(
    r"^\(?\s*(?:ghi chu|chu y|luu y|yeu cau\s*:|yeu cau\b.{0,20}:|lua chon (?:mot|1) trong|chi ap dung"
    r"|ap dung bat buoc|huong dan cham|bi loai neu|ho so bi loai|khong danh gia|khong xem xet|chon (?:mot|1) trong|\(?\*\)|gom:)"
)


_SURE_NOTE = re.compile(r"^(?:ghi chu|chu y|luu y|chi ap dung khi)\b")
_LETTERS = str.maketrans("lI|Oo", "11100")
LONGEST = 2_500  # signs; longer texts are no row of a criteria table, and patterns are not tried on them
fold = lru_cache(maxsize=60_000)(fold_slowly)  # the same words come back in every set


class Mark(NamedTuple):
    """What was read and the text without it."""

    value: int | None
    text: str


@dataclass(frozen=True)
class Head:
    """What a line begins with: ``bullet`` sign, ``code`` ("1.1", "A", "b"), ``case`` letter; ``text`` is what follows."""

    bullet: str
    code: str
    case: str
    part: bool
    text: str


@lru_cache(maxsize=8192)
def star(text: str) -> Mark:
    """Take the star marks off ``text``: "***", "(3 sao)", "3*", "★★★", before or after a bracket; the highest counts."""
    if len(text) > LONGEST or ("sao" not in text.casefold() and not any(c in text for c in _STARS)):
        return Mark(None, text)
    found: list[int] = []
    for pattern in (_WHOLE_STAR, _RUN, _BRACKETED, _DIGIT_STAR, _BY_BRACKET, _AT_END, _AT_START):
        while match := pattern.search(text):
            value = next(g for g in match.groups() if g)
            if value[0] in _STARS:
                found.append(sum(1 for c in value if c in _STARS))
            else:
                found.append(int(value) if value.isdigit() else _WORDS[fold(value)])
            text = _cut(text, match)
    return Mark(max(found, default=None), text)


def points_in(text: str, bare: bool) -> Mark:
    """Take "(5 điểm)", "[5]" off ``text``; with ``bare`` also "5 điểm" at its end or beginning and leaders ("..... 5")."""
    if len(text) > LONGEST or not _DIGIT.search(text):
        return Mark(None, text)
    patterns = [_IN_BRACKETS, _SQUARE]
    if bare:
        patterns += [_MAX_WORD, _POINTS_END, _POINTS_START, _LEADERS, _POINTS_MIDDLE]
    for pattern in patterns:
        matches = list(pattern.finditer(text))
        if matches:
            return Mark(int(matches[-1].group(1)), _cut(text, matches[-1]))
    return Mark(None, text)


@lru_cache(maxsize=8192)
def figure(text: str) -> int | None:
    """The whole text as points: "3", "03", "3 điểm", "(3)", "[3]", "3,0", of a scan "l" and "O"; None for anything else."""
    if _MISREAD.match(text):
        text = text.translate(_LETTERS)
    found = _FIGURE.match(text)
    return int(found.group(1)) if found else None


def figures(text: str) -> list[int] | None:
    """Every number of a line of a points cell ("4 1"); empty for a blank or a dash; None when it holds words."""
    if _NO_FIGURE.match(text):
        return []
    one = figure(text)
    if one is not None:
        return [one]
    several = [figure(piece) for piece in _BETWEEN_FIGURES.split(text)]
    found = [n for n in several if n is not None]
    return found if len(found) == len(several) and len(found) < 12 else None


def code_alone(text: str) -> str:
    """The code a cell holds and nothing else: "1.1", "A", "II", "b"; empty for anything else."""
    found = _ALONE.match(" ".join(text.split()))
    return found.group(1).replace(" ", "") if found else ""


def bullet_alone(text: str) -> bool:
    """Whether a cell holds only a bullet."""
    return text in ("o", "q", "ü", "Ø", "v", "n", "[]", "[ ]", "( )", "+", "*") or bool(_SIGNS.fullmatch(text))


def begins_note(folded: str) -> bool:
    """Whether a line begins as a remark does: "Ghi chú", "Chú ý", "Yêu cầu:"."""
    return bool(_NOTE.match(folded))


def begins_note_surely(folded: str) -> bool:
    """Whether even a line with a bullet is a remark."""
    return bool(_SURE_NOTE.match(folded))


def is_note(text: str, folded: str) -> bool:
    """Whether a line explains rather than offers: "Ghi chú", "Chú ý", "Yêu cầu:", or a remark wholly in brackets."""
    return begins_note(folded) or (text.startswith("(") and text.endswith(")") and text.count("(") == 1)


@lru_cache(maxsize=8192)
def head(text: str) -> Head:
    """Split what ``text`` begins with from what it says."""
    bullet = _BULLET.match(text)
    sign = ""
    if bullet:
        sign, text = bullet.group(0).strip()[:1], text[bullet.end() :].lstrip()
    case = _CASE.match(fold(text[:40]))
    if case:
        return Head("", "", _CASES[case.group(1) or case.group(2)], False, text)
    part = _PART.match(text)
    if part:
        return Head(sign, part.group(1).upper(), "", True, text[part.end() :])
    if not sign or sign in "-–+":
        code = _CODE.match(text) or _WHOLE_CODE.match(text)
        if code:
            return Head("", re.sub(r"\s", "", code.group(1)), "", False, text[code.end() :].lstrip(" .:-–"))
        letter = _PART_LETTER.match(text)
        if letter:
            return Head("", letter.group(1), "", True, text[letter.end() :])
    letter = _LETTER.match(text)
    if letter:
        return Head(letter.group(1) + ")", "", "", False, text[letter.end() :])
    return Head(sign, "", "", False, text)


def _cut(text: str, match: re.Match[str]) -> str:
    """``text`` without the match: nothing else changes, but no blank is left before a stop and no empty brackets."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if before.endswith("(") and after.startswith(")"):
        before, after = before[:-1].rstrip(), after[1:].lstrip()
    if not after or not before:
        return before + after
    return before + after if after[0] in ",;:)" or re.match(r"\.(?!\.)", after) else f"{before} {after}"
