"""From rows read to the plain values of a set: our own form as it stands, looser tables completed from the version before."""

from __future__ import annotations

from typing import Any

from ocop_desktop.errors import Place, Problem
from ocop_desktop.rules.criteria import CriteriaSet, Criterion
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.rulebook_plain import Plain, plain_set, plain_words
from ocop_desktop.sheets.rulebook_pack_form import YES
from ocop_desktop.sheets.rulebook_pack_raw import UNNUMBERED, RawCriterion, RawGroup, RawOption, RawSet
from ocop_desktop.text import N_

NO_NAME = N_("Ô {cell} (trang “{sheet}”): tiêu chí {code} chưa có tên.")
NO_CODE = N_("Ô {cell} (trang “{sheet}”): tiêu chí “{value}” chưa có mã.")
NO_WORDING = N_("Ô {cell} (trang “{sheet}”): mức {choice} của tiêu chí {code} chưa có nội dung.")
NUMBER_TWICE = N_("Ô {cell} (trang “{sheet}”): mức {value} của tiêu chí {code} có hai lần.")
NUMBERS_GAP = N_("Ô {cell} (trang “{sheet}”): các mức của tiêu chí {code} không đánh số liên tiếp từ 1.")
_YES = {YES, "x", "co", "yes", "1", "true", "v", "✓"}


class Builder:
    """Makes the plain values of one set.

    Args:
        raw: the set as read.
        before: the same set of the version before, or None.
        head: its plain values outside the criteria (name, industry, agencies ...), or empty to take them from ``before``.
        stars_told: whether the file marks any stars at all; where it does not, those of ``before`` are kept.
    """

    def __init__(self, raw: RawSet, before: CriteriaSet | None, head: Plain, stars_told: bool) -> None:
        self.raw, self.before, self.stars_told = raw, before, stars_told
        self.head = head
        self.problems: list[Problem] = []
        self._known = {fold(c.name.vi): c for c in before.criteria} if before else {}

    def plain(self) -> Plain:
        """The set; what is missing is told in ``problems`` and filled so that the rest can be looked through."""
        old: Plain = plain_set(self.before) if self.before else {}
        head = self.head or {
            k: old[k]
            for k in ("number", "name", "industry", "group_name", "subgroup_name", "lead_agencies", "samples", "where")
            if k in old
        }
        if not self.raw.own:
            self._name_groups()
            self._settle_codes()
            self._settle_groups()
        reasons = [_words(vi or "?", en) for vi, en in self.raw.exclusions]
        return {
            **head,
            "exclusion": reasons if self.raw.own else old.get("exclusion", []),
            "criterion": (criteria := [self._criterion(c) for c in self.raw.criteria]),
            "group": [self._group(g, criteria) for g in self.raw.groups],
        }

    # -- what looser tables leave out

    def _name_groups(self) -> None:
        """Number the groups that have only a title: as before, else in their order."""
        by_name = {fold(g.name.vi): g.code for g in self.before.groups} if self.before else {}
        given: dict[str, str] = {}
        for number, group in enumerate(self.raw.groups, 1):
            if group.code.startswith(UNNUMBERED):
                given[group.code] = by_name.get(fold(group.vi), str(number))
                group.code = given[group.code]
        for criterion in self.raw.criteria:
            criterion.group = given.get(criterion.group, criterion.group)

    def _settle_codes(self) -> None:
        taken = {c.code for c in self.raw.criteria}
        for criterion in self.raw.criteria:
            if criterion.code:
                continue
            name = criterion.said.get("criterion", "")
            known = self._known.get(fold(name))
            count = 1
            while f"{criterion.group}.{count}" in taken:
                count += 1
            criterion.code = (
                known.code if known and known.code not in taken else f"{criterion.group}.{count}" if criterion.group else ""
            )
            taken.add(criterion.code)

    def _settle_groups(self) -> None:
        """Give groups and criteria their parts and place: from the codes where they are numbered, else from before."""
        old = {g.code: g for g in self.before.groups} if self.before else {}
        known = {g.code for g in self.raw.groups}
        wanted = [code for code in old if code not in known and any(c.code.startswith(f"{code}.") for c in self.raw.criteria)]
        self.raw.groups += [RawGroup(code, spots={"code": self.raw.top, "max": self.raw.top}) for code in wanted]
        order = list(old)
        self.raw.groups.sort(key=lambda g: (order.index(g.code) if g.code in order else len(order),))
        for criterion in self.raw.criteria:
            inside = [g.code for g in self.raw.groups if criterion.code.startswith(f"{g.code}.")]
            numbered = criterion.code[:1].isdigit()
            criterion.group = max(inside, key=len) if inside else "" if numbered else criterion.group
            same = self._old(criterion)
            if same and not criterion.part:
                criterion.part = same.part
        for group in self.raw.groups:
            inside_parts = [c.part for c in self.raw.criteria if c.code.startswith(f"{group.code}.") or c.group == group.code]
            group.part = group.part or (inside_parts[0] if inside_parts else "")
            group.vi = group.vi or (old[group.code].name.vi if group.code in old else "")

    def _old(self, criterion: RawCriterion) -> Criterion | None:
        return self.before.by_code.get(criterion.code) if self.before else None

    # -- plain values

    def _group(self, group: RawGroup, criteria: list[Plain]) -> Plain:
        old = next((g for g in self.before.groups if g.code == group.code), None) if self.before else None
        inside = sum(c["max"] for c in criteria if f"{c.get('group', '')}.".startswith(f"{group.code}."))
        stated = inside if group.max is None and not self.raw.own else group.max
        en = group.en or (old.name.en if old and not self.raw.own and fold(old.name.vi) == fold(group.vi) else "")
        vi = old.name.vi if old and not self.raw.own and fold(old.name.vi) == fold(group.vi) else group.vi
        return {"code": group.code, "part": group.part, "max": stated or 0, **_words(vi or "?", en)}

    def _criterion(self, raw: RawCriterion) -> Plain:
        old = self._old(raw) if not self.raw.own else None
        name = raw.said.get("criterion", "") or (old.name.vi if old else "")
        if not raw.code:
            self._say(raw.spots["code"], "no_code", NO_CODE, name)
        if not name:
            self._say(raw.spots["name"], "no_name", NO_NAME, code=raw.code)
        options = [self._option(raw, option, old) for option in self._ordered(raw)]
        best = max((o["points"] for o in options), default=0)
        found: Plain = {
            "code": raw.code or "?",
            "part": raw.part,
            "group": raw.group,
            "max": raw.max if raw.max is not None else best,
            **self._named(name or "?", raw.said.get("criterion_en", ""), plain_words(old.name) if old else None),
        }
        for key in ("hint", "exclusion"):
            if raw.said.get(key):
                found[key] = self._named(
                    raw.said[key], raw.said.get(f"{key}_en", ""), (w := getattr(old, key)) and plain_words(w) if old else None
                )
            elif old and key not in self.raw.fields and getattr(old, key):
                found[key] = plain_words(getattr(old, key))
        found |= self._marks(raw, old)
        named = {case: plain_words(words) for case, words in old.cases} if old else {}
        cases = [{"case": case, **self._named(vi or "?", en, named.get(case))} for case, vi, en in raw.cases]
        if not cases and old and any(o.case for o in raw.options):
            cases = [{"case": case, **words} for case, words in named.items()]
        return {
            **{k: v for k, v in found.items() if v or k in ("code", "part", "max")},
            **({"cases": cases} if cases else {}),
            "options": options,
        }

    def _marks(self, raw: RawCriterion, old: Criterion | None) -> Plain:
        """Yes/no, story, automatic exclusion and doubts: as the row says, or as before where the table has no such column."""
        found: Plain = {}
        for key in ("yes_no", "zero_excludes"):
            kept = bool(old and getattr(old, key)) and key not in self.raw.fields
            found[key] = kept or fold(raw.said.get(key, "")) in _YES
        for key in ("story", "doubtful"):
            found[key] = raw.said.get(key, "") or (getattr(old, key) if old and key not in self.raw.fields else "")
        return found

    def _ordered(self, raw: RawCriterion) -> list[RawOption]:
        """Options by their case and number; numbers said twice or with gaps are told."""
        ordered: list[RawOption] = []
        for case in dict.fromkeys(o.case for o in raw.options):
            inside = [o for o in raw.options if o.case == case]
            numbers = [o.number for o in inside if o.number is not None]
            twice = next(
                (o for n, o in enumerate(inside) if o.number is not None and o.number in [x.number for x in inside[:n]]), None
            )
            if twice:
                self._say(twice.spots["number"], "number_twice", NUMBER_TWICE, str(twice.number), code=raw.code)
            elif len(numbers) == len(inside) and sorted(numbers) == list(range(1, len(inside) + 1)):
                inside.sort(key=lambda o: o.number or 0)
            elif numbers and self.raw.own:
                self._say(inside[0].spots["number"], "numbers_gap", NUMBERS_GAP, code=raw.code)
            ordered += inside
        raw.options = ordered
        return ordered

    def _option(self, criterion: RawCriterion, raw: RawOption, old: Criterion | None) -> Plain:
        level = [o for o in criterion.options if o.case == raw.case].index(raw) + 1
        choice = f"{raw.case}{level}"
        before = old or (self.before.by_code.get(criterion.code) if self.before else None)
        same = before.by_choice.get(choice) if before else None
        vi = raw.vi or (same.label.vi if same and "wording" not in self.raw.fields and not self.raw.own else "")
        if not vi:
            self._say(raw.spots["wording"], "no_wording", NO_WORDING, code=criterion.code, choice=choice)
        points = raw.points if raw.points is not None else same.points if same else 0
        found: Plain = {"points": points, **self._named(vi or "?", raw.en, plain_words(same.label) if same and old else None)}
        star = raw.star if self.stars_told or self.raw.own else same.star if same else None
        return {**found, **({"stars": star} if star is not None else {}), **({"case": raw.case} if raw.case else {})}

    def _named(self, vi: str, en: str, old: Plain | None) -> Plain:
        """Words with the English of before where the Vietnamese is still the same and the table gives none."""
        if not en and old and not self.raw.own and fold(vi) == fold(old["vi"]):
            return {**old}
        return _words(vi, en)

    def _say(self, place: Place, kind: str, message: str, value: str = "", **more: Any) -> None:
        values = {"cell": f"{place.column}{place.row}", "sheet": place.sheet, "value": value, **more}
        self.problems.append(Problem(message, values, place, value, kind=kind))


def _words(vi: str, en: str) -> Plain:
    return {"vi": vi, "en": en} if en else {"vi": vi}


def spot_of(problem: Problem, raw: RawSet, index: int | None) -> Place:
    """The cell a fault of ``rules.rulebook.faults_of`` is about.

    Args:
        index: place of the criterion in the set, where the fault is about one.
    """
    kind, values = problem.kind, problem.values
    if kind == "part_sum":
        stated = raw.part_max.get(values["part"])
        return stated[1] if stated else raw.part_spots.get(values["part"], raw.top)
    if kind == "total":
        return raw.totals[0][1] if raw.totals else raw.total
    if kind == "group_sum":
        group = next((g for g in raw.groups if g.code == values["code"]), None)
        return group.spots["max"] if group else raw.top
    if index is None or index >= len(raw.criteria):
        return raw.top
    criterion = raw.criteria[index]
    if kind in ("points_fall", "marks"):
        option = _option_at(criterion, str(values["choice"]))
        return option.spots["points" if kind == "points_fall" else "star"] if option else criterion.spots["code"]
    return criterion.spots[{"part_unknown": "part", "group_unknown": "group", "max": "max", "story": "story"}.get(kind, "code")]


def _option_at(criterion: RawCriterion, choice: str) -> RawOption | None:
    for option in criterion.options:
        level = [o for o in criterion.options if o.case == option.case].index(option) + 1
        if f"{option.case}{level}" == choice:
            return option
    return None
