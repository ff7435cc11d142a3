"""What the columns of a criteria table mean: our own headings, and those offices use; the header may stand anywhere above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ocop_desktop.rules.names import fold
from ocop_desktop.sheets import law_marks
from ocop_desktop.sheets.reading import Sheet
from ocop_desktop.sheets.repair import as_text
from ocop_desktop.sheets.rulebook_pack_form import COLUMNS, FIELDS

LOOK_AT = 60  # rows searched for the header
LOOK_INTO = 400  # rows looked into for what a column holds
_ENOUGH = 2  # columns that must be understood
_CUT, _SHORTEST = 88, 5

_SYNONYMS = {
    "set": "bo|bo so|so bo|bo san pham|bo sp|ma bo|stt bo|set|set no|set number|product set|bo tieu chi|bo san pham so|ten bo|"
    "ten bo san pham|nhom san pham|san pham|bo tieu chi so",
    "part": "phan|thuoc phan|ten phan|part|section|hop phan|phan danh gia|cau phan|part code|ma phan",
    "group": "nhom|nhom tieu chi|ten nhom|group|criteria group|tieu chi nhom|nhom noi dung|noi dung danh gia|muc lon|"
    "thuoc nhom|tieu chi lon|tieu chi chinh|group code|group name|ma nhom",
    "code": "ma|ma tieu chi|ma so|so tieu chi|code|criterion code|ky hieu|ma tc|so hieu|so hieu tieu chi|tt tieu chi|"
    "stt tieu chi|muc tieu chi|ma so tieu chi",
    "running": "tt|stt|so tt|so thu tu|no",
    "criterion": "tieu chi|ten tieu chi|criterion|criteria|criterion name|noi dung tieu chi|tieu chi danh gia|"
    "tieu chi thanh phan|tieu chi con|tieu chi cham diem|cac tieu chi|tieu chi cu the|ten cac tieu chi",
    "criterion_en": "tieu chi tieng anh|criterion english|criterion en|english criterion|ten tieu chi tieng anh|"
    "criterion name en",
    "number": "muc so|so muc|thu tu muc|stt muc|option no|option number|lua chon so|phuong an so|"
    "ma muc|ma phuong an|so phuong an|stt phuong an",
    "option": "muc|phuong an|lua chon|option|choice|options|cac muc|cac phuong an|muc danh gia|muc cham|thang danh gia|"
    "muc diem danh gia|cac lua chon|muc lua chon|phuong an lua chon|phuong an cham diem",
    "wording": "noi dung|noi dung muc|muc do dat|muc do|mo ta|wording|option text|label|noi dung lua chon|mo ta muc|wording vi|"
    "noi dung tieng viet|dien giai|noi dung phuong an|noi dung yeu cau|text|description|muc dat duoc|mo ta phuong an|"
    "yeu cau danh gia|noi dung cham|noi dung cham diem|option wording",
    "wording_en": "noi dung tieng anh|english|tieng anh|wording en|wording english|noi dung en|option english|english wording",
    "points": "diem|so diem|points|score|diem so|thang diem|diem chuan|muc diem|point|diem dat|diem cham|diem danh gia|"
    "diem phuong an|diem muc",
    "max": "diem toi da|toi da|max|maximum|max points|diem tieu chi|diem cao nhat|max score|so diem toi da",
    "star": "sao|dau sao|hang sao|star|stars|star mark|gate|dieu kien sao|yeu cau sao|sao bat buoc|so sao|muc sao|"
    "sao toi thieu|dieu kien hang sao|star marks|dieu kien bat buoc",
    "hint": "goi y ghi chu|ghi chu|goi y|note|notes|hint|huong dan|chu thich|hints|luu y|huong dan cham|remarks",
    "hint_en": "goi y ghi chu tieng anh|ghi chu tieng anh|hint en|note en|notes en|goi y tieng anh",
    "exclusion": "bi loai khi|loai khi|bi loai|exclusion|truong hop bi loai|truong hop loai|ho so bi loai|dieu kien loai|"
    "bi loai neu",
    "exclusion_en": "bi loai khi tieng anh|exclusion en|bi loai tieng anh",
    "case": "truong hop|case|truong hop ap dung",
    "yes_no": "co/khong|yes/no|co khong|yes no|co hoac khong",
    "story": "theo cau chuyen|cau chuyen|story|phu thuoc cau chuyen|phu thuoc",
    "zero_excludes": "0 diem la loai|zero excludes|0 diem bi loai|khong diem la loai",
    "doubtful": "nghi van|doubtful|cho nghi van",
}
_WORDS = {word: field for field, words in _SYNONYMS.items() for word in words.split("|")}
_OWN = {fold(column.heading): column.field for column in COLUMNS}


@dataclass(frozen=True)
class Header:
    """Where a table begins.

    Args:
        row: 0-based last row of its header.
        at: field -> 0-based column; ``single``: criteria and options share one column of text.
        own: all the columns of our own form are there.
        words: folded headings, to know the header when it is repeated.
    """

    row: int
    at: Mapping[str, int]
    own: bool
    words: frozenset[str]
    single: bool = False


@lru_cache(maxsize=1024)
def meaning(heading: str) -> str:
    """The field a heading means ("option" where only its content tells number from text), or empty."""
    plain = re.sub(r"[\s_]+", " ", fold(heading)).strip(" .:*-–")
    bare = re.sub(r"\s*[(\[].*?[)\]]", "", plain).strip(" .:*-–,")
    flat = " ".join(re.sub(r"[()\[\],]", " ", plain).split())
    for form in (flat, plain, bare):
        if form in _WORDS:
            return _WORDS[form]
    if len(bare) < _SHORTEST:
        return ""
    from rapidfuzz import fuzz, process

    found = process.extractOne(flat, [w for w in _WORDS if len(w) >= _SHORTEST], scorer=fuzz.ratio, score_cutoff=_CUT)
    return _WORDS[found[0]] if found else ""


def find_header(sheet: Sheet) -> Header | None:
    """The header of a sheet's criteria table, or None when it has none."""
    best: Header | None = None
    for number in range(min(LOOK_AT, len(sheet.rows))):
        row = sheet.rows[number]
        if sum(isinstance(c, str) and bool(c.strip()) for c in row) < 2:
            continue
        for depth in (1, 2):
            found = _header(sheet, number, depth)
            if found and (best is None or len(found.at) > len(best.at)):
                best = found
    return best and _settled(sheet, best)


def _header(sheet: Sheet, first: int, depth: int) -> Header | None:
    texts = _headings(sheet, first, depth)
    if texts is None:
        return None
    own = {_OWN.get(fold(text)): index for index, text in reversed(list(enumerate(texts))) if fold(text) in _OWN}
    if set(own) == set(FIELDS):
        return Header(first + depth - 1, {f: i for f, i in own.items() if f}, True, frozenset(map(fold, texts)))
    at: dict[str, int] = {}
    for index, text in enumerate(texts):
        field = meaning(text) if text else ""
        if field and field not in at:
            at[field] = index
    if len(at) < _ENOUGH or not {"points", "max"} & set(at) or not {"criterion", "code", "group"} & set(at):
        return None
    return Header(first + depth - 1, at, False, frozenset(fold(t) for t in texts if t))


def _headings(sheet: Sheet, first: int, depth: int) -> list[str] | None:
    """The words of each column's heading; of two rows, the lower ones together with those above where they are needed."""
    if depth == 1:
        return [as_text(c).strip() if isinstance(c, str) else "" for c in sheet.rows[first]]
    if first + 1 >= len(sheet.rows) or any(not isinstance(c, str) for c in sheet.rows[first + 1]):
        return None
    upper, lower = sheet.rows[first], sheet.rows[first + 1]
    texts, group = [], ""
    for index in range(max(len(upper), len(lower))):
        above = as_text(upper[index]).strip() if index < len(upper) else ""
        below = as_text(lower[index]).strip() if index < len(lower) else ""
        group = above or (group if below else "")
        whole = f"{group} {below}".strip()
        texts.append((whole if meaning(whole) else below if meaning(below) else whole) if below else above)
    return texts


def _settled(sheet: Sheet, header: Header) -> Header:
    """Decide by their content what "Mức" and the like hold, and whether one column holds criteria and options."""
    at = dict(header.at)
    if header.own:
        return header
    running = at.pop("running", None)
    if running is not None and "code" not in at and _codes(sheet, header.row, running):
        at["code"] = running
    if "option" in at:
        index = at.pop("option")
        field = "number" if _numbers(sheet, header.row, index) else "wording"
        at.setdefault(field, index)
    single = "wording" not in at and "criterion" in at and _mixed(sheet, header.row, at)
    return Header(header.row, at, False, header.words, single)


def _column(sheet: Sheet, after: int, index: int) -> list[Any]:
    rows = sheet.rows[after + 1 : after + 1 + LOOK_INTO]
    return [row[index] for row in rows if index < len(row) and row[index] not in ("", None)]


def _numbers(sheet: Sheet, after: int, index: int) -> bool:
    values = [as_text(v).strip() for v in _column(sheet, after, index)]
    short = [v for v in values if re.fullmatch(r"(?:mức\s*)?[a-eA-E]?\s*\d{1,2}[.)]?", v, re.I)]
    return bool(values) and 2 * len(short) > len(values)


def _codes(sheet: Sheet, after: int, index: int) -> bool:
    """Whether a column of numbers holds codes of criteria ("1.1") rather than a running number."""
    values = [as_text(v).strip() for v in _column(sheet, after, index)]
    return 4 * sum(bool(re.fullmatch(r"\d{1,2}(\.\d{1,2})+\.?", v)) for v in values) > len(values)


def _mixed(sheet: Sheet, after: int, at: Mapping[str, int]) -> bool:
    """Whether the column of criteria also holds their options: many rows with a figure and no code."""
    index = at["criterion"]
    coded = plain = 0
    for row in sheet.rows[after + 1 : after + 1 + LOOK_INTO]:
        text = as_text(row[index]).strip() if index < len(row) else ""
        code = "code" in at and at["code"] < len(row) and as_text(row[at["code"]]).strip()
        if text:
            has_code = bool(code) or bool(law_marks.head(text).code)
            coded, plain = coded + has_code, plain + (not has_code)
    return "number" not in at and plain > coded > 0


def texts_of(row: Sequence[Any], at: Mapping[str, int]) -> dict[str, Any]:
    """The filled cells of a row by field, as they stand."""
    return {
        field: row[index]
        for field, index in at.items()
        if index < len(row) and row[index] is not None and (not isinstance(row[index], str) or row[index].strip())
    }
