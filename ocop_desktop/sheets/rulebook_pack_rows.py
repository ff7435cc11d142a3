"""The rows of a criteria table as sets, groups, criteria and options, each value with its cell. Nothing is judged here but cells.

In our own form every cell says what it says. In looser tables a blank cell means "as above", titles carry points and stars,
and rows of one cell are headings of a part, a group or a set, totals, or notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ocop_desktop.errors import Place
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets import law_marks
from ocop_desktop.sheets.reading import Sheet
from ocop_desktop.sheets.repair import as_text
from ocop_desktop.sheets.rulebook_pack_columns import Header, texts_of
from ocop_desktop.sheets.rulebook_pack_form import SET_EXCLUSION
from ocop_desktop.sheets.rulebook_pack_raw import NOT_A_NUMBER, UNNUMBERED, Cells, RawCriterion, RawGroup, RawOption, RawSet
from ocop_desktop.text import N_

_SET = re.compile(
    r"^(?:bo tieu chi(?: san pham)?|bo san pham|bo|set)\s*(?:so|no\.?)?\s*:?\s*(\d{1,3})\b|^(\d{1,3})(?:\s*[.):\-–]|$)"
)
_SET_TITLE = re.compile(r"^(?:[ivx]+\.?\s*)?(?:bo tieu chi(?: san pham)?|bo san pham|bo|set)\s*(?:so|no\.?)?\s*:?\s*(\d{1,3})\b")
_PART = re.compile(r"^(?:phần|mục|part|section)\s*([A-Z])\b\s*[.:)\-–]*\s*(.*)$|^([A-Z])(?:\s*[.:)\-–]\s*(.*))?$", re.I | re.S)
_GROUP = re.compile(r"^(?:nhóm\s*)?(\d+(?:\.\d+)*)(?:\s*[.):\-–]\s*|\s+|$)(.*)$", re.I | re.S)
_TOTAL = re.compile(
    r"^(?:tong(?: cong| so)?|cong)(?: diem)?(?: (?:phan [a-d]|nhom \d+|ca bo|toan bo|cac phan|bo (?:so )?\d+)\b.{0,40})?\s*[:.]?$"
)
_OF_ALL = re.compile(r"^(?:tong|cong)(?:(?! (?:phan|nhom)\b).)*$")
_CASE = re.compile(r"^([a-e])\s?(\d{1,2})$")
_CASE_NUMBER = re.compile(r"^([a-e]\d{1,2})\s*[.):]\s+(.*)$", re.S)


NO_SET = N_("Dòng {row} (trang “{sheet}”) chưa biết thuộc bộ sản phẩm nào; cần cột Bộ, hoặc tên trang như “Bộ 11”.")
SET_NOT_KNOWN = N_("Ô {cell} (trang “{sheet}”): không nhận ra bộ sản phẩm “{value}”; cần số của bộ, ví dụ 11.")
NO_POINTS = N_("Ô {cell} (trang “{sheet}”): mức này của tiêu chí {code} chưa có điểm.")
STRAY = N_("Dòng {row} (trang “{sheet}”) không thuộc tiêu chí nào; hãy kiểm tra ô {cell}.")
_NAMES = (
    "criterion",
    "criterion_en",
    "hint",
    "hint_en",
    "exclusion",
    "exclusion_en",
    "yes_no",
    "story",
    "zero_excludes",
    "doubtful",
)


class RowReader(Cells):
    """Reads one sheet into sets. ``names`` are folded names of sets with their numbers, ``parts`` of parts with their letters."""

    def __init__(
        self, file: str, sheet: Sheet, header: Header, number: int | None, names: Mapping[str, int], parts: Mapping[str, str]
    ) -> None:
        super().__init__(file, sheet, header)
        self.names, self.parts = names, parts
        self.sets: list[RawSet] = []
        self._current: RawSet | None = None
        self._criterion: RawCriterion | None = None
        self._part, self._group, self._case = "", "", ""
        if number is not None:
            self._begin_set(number, self.place(header.row + 1, ""))

    def run(self) -> None:
        """Read every row below the header."""
        for number, row in enumerate(self.sheet.rows[self.header.row + 1 :], self.header.row + 2):
            found = texts_of(row, self.header.at)
            for (error_row, column), text in self.sheet.errors.items():
                if error_row == number - 1:
                    self.error_cell(number, column, text)
            if not found:
                self._lonely(number, row)
            elif len(found) < 3 or {fold(as_text(v)) for v in found.values()} - self.header.words:
                (self._own_row if self.header.own else self._loose_row)(number, found)

    # -- our own form

    def _own_row(self, row: int, found: dict[str, Any]) -> None:
        current = self._current
        assert current is not None
        text = {name: as_text(value).strip() for name, value in found.items()}
        if fold(text.get("code", "")) == fold(SET_EXCLUSION):
            current.exclusions.append((text.get("wording", ""), text.get("wording_en", "")))
        elif "group" in text and not {"code", "criterion", "number", "wording"} & set(text):
            code, _, name = text["group"].partition(". ")
            group = self._begin_group(row, code, name.strip())
            group.part, group.en = text.get("part", ""), text.get("criterion_en", "")
            group.max = self.whole(row, "points", found["points"]) if "points" in found else None
        elif "case" in text and not {"code", "criterion", "number", "points"} & set(text) and self._criterion:
            self._criterion.cases.append((text["case"], text.get("wording", ""), text.get("wording_en", "")))
        elif {"code", "criterion"} & set(text):
            self._part, self._group = text.get("part", ""), text.get("group", "")
            criterion = self._begin_criterion(row, self.code(row, found.get("code", "")), text)
            criterion.max = self.whole(row, "points", found["points"]) if "points" in found else None
        elif self._criterion and {"number", "wording", "points"} & set(text):
            self._option(row, found, text.get("wording", ""))
        else:
            self._stray(row, found)

    # -- looser tables

    def _loose_row(self, row: int, found: dict[str, Any]) -> None:
        said = {name: value for name, value in found.items() if name not in ("points", "max", "star")}
        text = {name: " ".join(as_text(value).split()) for name, value in said.items()}
        if len(text) == 1 and self._heading(row, *next(iter(text.items())), found):
            return
        if "set" in text and not self._set_cell(row, text["set"]):
            return
        if self._current is None:
            self._stray(row, found, NO_SET)
            return
        self._part_cell(row, text.get("part", ""))
        if "group" in text:
            self._group_cell(row, text["group"])
        self._criterion_cell(row, text, found)
        if self._criterion and self._is_option(text, found):
            self._option(row, found, text.get("wording") or (text.get("criterion", "") if self.header.single else ""))
        elif self._criterion and "points" in found and self._criterion.max is None:
            self._criterion.max = self.whole(row, "points", found["points"])
            self._criterion.spots["max"] = self.place(row, "points")

    def _is_option(self, text: dict[str, str], found: dict[str, Any]) -> bool:
        if self.header.single:
            return "criterion" in text and not self._coded(text) and "points" in found
        if {"number", "wording"} & set(text):
            return True
        only_figures = not {"number", "wording"} & set(self.header.at)
        return "points" in found and (only_figures or not {"criterion", "code", "group", "part"} & set(text))

    def _coded(self, text: dict[str, str]) -> bool:
        return "code" in text or bool(law_marks.head(text.get("criterion", "")).code)

    def _lonely(self, row: int, cells: list[Any]) -> None:
        """A row with words outside the table's columns only: perhaps the title of a part or a set."""
        words = [" ".join(as_text(c).split()) for c in cells if c not in ("", None) and as_text(c).strip()]
        if len(words) == 1 and not self.header.own:
            self._heading(row, "part", words[0], {})

    def _heading(self, row: int, name: str, words: str, found: dict[str, Any]) -> bool:
        """A row of one text: the title of a set, a part or a group, a total, or a note."""
        folded = fold(words)
        title = _SET_TITLE.match(folded)
        pointed = "points" in found or "max" in found
        if _TOTAL.match(folded):
            self._total(row, folded, found)
        elif name == "wording" and pointed:
            return False
        elif title and name != "wording":
            self._begin_set(int(title.group(1)), self.place(row, name))
        elif not pointed and law_marks.is_note(words, folded):
            if "bi loai" in folded and self._criterion and name != "set":
                self._criterion.said["exclusion"] = re.sub(r"^ghi chú\s*:\s*", "", words, flags=re.I)
        elif folded.startswith("truong hop") and not pointed and self._criterion:
            self._begin_case(words)
        elif self._part_title(words) and name in ("part", "group", "code", "criterion", "set"):
            self._part_cell(row, words, found.get("points", found.get("max")), name)
        elif name == "group" or (name in ("criterion", "code") and self._group_title(words)):
            self._group_cell(row, words, found.get("points", found.get("max")), name)
        else:
            return False
        return True

    def _total(self, row: int, folded: str, found: dict[str, Any]) -> None:
        name = "points" if "points" in found else "max"
        if self._current and name in found and _OF_ALL.match(folded):
            total = self.whole(row, name, found[name])
            if total is not None:
                self._current.totals.append((total, self.place(row, name)))

    def _part_title(self, words: str) -> bool:
        return bool(
            re.match(r"^(?:phần|part)\s", words, re.I)
            or re.match(r"^[A-D]\s*[.:)\-–]\s*\S", words)
            or re.fullmatch(r"[A-D]", words)
        )

    def _group_title(self, words: str) -> bool:
        """ "1. TỔ CHỨC SẢN XUẤT": a whole number, or capitals, where criteria have codes of more than one level."""
        found = re.match(r"^(?:nhóm\s*)?(\d+(?:\.\d+)*)\s*[.):\-–]?\s+(\D.*)$", words, re.I)
        name = law_marks.points_in(found.group(2), True).text if found else ""
        return bool(found) and (words.casefold().startswith("nhóm") or (len(name) > 3 and name == name.upper()))

    def _set_cell(self, row: int, text: str) -> bool:
        found = _SET.match(fold(text))
        number = int(found.group(1) or found.group(2)) if found else self.names.get(fold(text))
        if number is None:
            self.say(row, "set", "set_unknown", SET_NOT_KNOWN, text)
            self._current = self._criterion = None
            return False
        if self._current is None or self._current.number != number:
            known = next((s for s in self.sets if s.number == number), None)
            if known:
                self._current, self._criterion = known, None
            else:
                self._begin_set(number, self.place(row, "set"))
        return True

    def _part_cell(self, row: int, text: str, points: Any = None, name: str = "part") -> None:
        assert self._current is not None or text
        if not text or self._current is None:
            return
        bare = law_marks.points_in(text, True)
        found = _PART.match(bare.text)
        letter = (found.group(1) or found.group(3)).upper() if found else self.parts.get(fold(bare.text), bare.text)
        if letter != self._part:
            self._part, self._group, self._case = letter, "", ""
        self._current.part_spots.setdefault(letter, self.place(row, name))
        stated = bare.value if bare.value is not None else self.whole(row, "points", points) if points not in (None, "") else None
        if stated is not None:
            self._current.part_max.setdefault(letter, (stated, self.place(row, name if bare.value is not None else "points")))

    def _group_cell(self, row: int, text: str, points: Any = None, name: str = "group") -> None:
        assert self._current is not None
        bare = law_marks.points_in(text, True)
        found = _GROUP.match(bare.text)
        code, title = (found.group(1), found.group(2).strip()) if found else ("", bare.text.strip())
        known = next(
            (g for g in self._current.groups if (code and g.code == code) or (not code and fold(g.vi) == fold(title))), None
        )
        group = known or self._begin_group(row, code or f"{UNNUMBERED}{len(self._current.groups) + 1}", title, name)
        group.part = group.part or self._part
        if group.max is None:
            group.max = (
                bare.value if bare.value is not None else self.whole(row, "points", points) if points not in (None, "") else None
            )
            if bare.value is None:
                group.spots["max"] = self.place(row, "points")
        self._group = group.code

    def _criterion_cell(self, row: int, text: dict[str, str], found: dict[str, Any]) -> None:
        """Begin a criterion where the row names another one than the row above."""
        words = text.get("criterion", "")
        if not words and "code" not in text:
            return
        if self.header.single and words and not self._coded(text):
            return
        head = law_marks.head(words)
        code = self.code(row, found["code"]) if "code" in text else head.code
        if code and self._next_code(row).startswith(f"{code}."):
            self._group_cell(
                row,
                f"{code}. {head.text if head.code else words}",
                found.get("points", found.get("max")),
                "code" if "code" in text else "criterion",
            )
            return
        bare = law_marks.points_in(head.text if head.code else words, True)
        title = law_marks.star(bare.text).text
        before = self._criterion
        named = before is not None and (not title or fold(title) == fold(before.said.get("criterion", "")))
        if before and named and (not code or code == before.code):
            if "max" in found and before.max is None:
                before.max = self.whole(row, "max", found["max"])
            return
        criterion = self._begin_criterion(row, code, {**text, "criterion": title})
        criterion.max = bare.value
        if bare.value is not None:
            criterion.spots["max"] = self.place(row, "criterion")
        elif "max" in found:
            criterion.max = self.whole(row, "max", found["max"])

    def _next_code(self, row: int) -> str:
        """The code of the next row below ``row`` (1-based) that has one."""
        for cells in self.sheet.rows[row : row + 40]:
            found = texts_of(cells, self.header.at)
            if "code" in found:
                return re.sub(r"\s", "", as_text(found["code"]))
            if "code" not in self.header.at and "criterion" in found:
                code = law_marks.head(" ".join(as_text(found["criterion"]).split())).code
                if code:
                    return code
        return ""

    def _begin_case(self, words: str) -> None:
        assert self._criterion is not None
        head = law_marks.head(words)
        self._case = head.case or chr(ord("a") + len(self._criterion.cases))
        if self._case not in [case for case, _, _ in self._criterion.cases]:
            self._criterion.cases.append((self._case, words, ""))

    # -- what rows begin

    def _begin_set(self, number: int, top: Place) -> None:
        self._current = next((s for s in self.sets if s.number == number), None)
        if self._current is None:
            total = self.place(top.row or 1, "points" if "points" in self.header.at else "max")
            self._current = RawSet(number, self.header.own, frozenset(self.header.at), top, total)
            self.sets.append(self._current)
        self._criterion, self._part, self._group, self._case = None, "", "", ""

    def _begin_group(self, row: int, code: str, name: str, column: str = "group") -> RawGroup:
        assert self._current is not None
        group = RawGroup(code, self._part, vi=name)
        group.spots = {"code": self.place(row, column), "max": self.place(row, "points" if self.header.own else column)}
        self._current.groups.append(group)
        return group

    def _begin_criterion(self, row: int, code: str, text: dict[str, str]) -> RawCriterion:
        assert self._current is not None
        made = RawCriterion(code, self._part, self._group, said={n: text[n] for n in _NAMES if text.get(n)})
        made.spots = {name: self.place(row, name) for name in ("part", "group", "story")}
        made.spots["code"] = self.place(row, "code" if "code" in self.header.at else "criterion")
        made.spots["max"] = self.place(row, "max" if "max" in self.header.at else "points" if self.header.own else "criterion")
        made.spots["name"] = self.place(row, "criterion")
        self._current.part_spots.setdefault(self._part, made.spots["part"])
        self._current.criteria.append(made)
        self._criterion, self._case = made, ""
        return made

    def _option(self, row: int, found: dict[str, Any], words: str) -> None:
        assert self._criterion is not None
        option = RawOption(case=as_text(found.get("case", self._case)).strip().lower())
        self._number(row, option, found.get("number"))
        given = None
        if not self.header.own:
            numbered = _CASE_NUMBER.match(words)
            if numbered and option.number is None:
                self._number(row, option, numbered.group(1))
                words = numbered.group(2)
            mark = law_marks.star(words)
            head = law_marks.head(mark.text)
            bare = law_marks.points_in(head.text if head.bullet and not head.code else mark.text, "points" not in self.header.at)
            words, given = bare.text, bare.value
            option.star = None if "star" in self.header.at else mark.value
        option.vi, option.en = words, as_text(found.get("wording_en", "")).strip()
        if "points" in found:
            option.points = self.whole(row, "points", found["points"])
        elif given is not None:
            option.points = given
        else:
            self.say(
                row, "points", "no_points", NO_POINTS, "", code=self._criterion.code or self._criterion.said.get("criterion", "?")
            )
        if "star" in found:
            option.star = self.star(row, found["star"])
        option.spots = {
            "points": self.place(row, "points"),
            "star": self.place(row, "star" if "star" in self.header.at else "wording"),
            "wording": self.place(row, "wording"),
            "number": self.place(row, "number"),
        }
        self._criterion.options.append(option)

    def _number(self, row: int, option: RawOption, value: Any) -> None:
        if value is None:
            return
        text = re.sub(r"^mức\s*", "", as_text(value).strip().lower()).rstrip(".)")
        with_case = _CASE.match(text)
        if with_case:
            option.case, option.number = with_case.group(1), int(with_case.group(2))
        elif text.isdigit():
            option.number = int(text)
        elif re.fullmatch(r"[a-e]", text) and not self.header.own:
            option.number = ord(text) - ord("a") + 1
        else:
            self.say(row, "number", "not_a_number", NOT_A_NUMBER, value)

    def _stray(self, row: int, found: dict[str, Any], message: str = STRAY) -> None:
        name = next(iter(found))
        self.say(row, name, "stray_row", message, found[name])
