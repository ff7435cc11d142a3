"""Criteria sets and rulebooks as plain values: the shape of the TOML files, of a stored version and of what is compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ocop_desktop.rules.criteria import CriteriaSet, Criterion, Group, Option, Words

Plain = dict[str, Any]
WRONG = (KeyError, TypeError, ValueError, AttributeError)  # what reading raises: missing, or of a wrong kind


class Misfit(ValueError):
    """A value that is there and makes no sense; says where."""


def place_of(fault: BaseException) -> str:
    """The item that is missing or wrong, as the file names it; empty where only Python knows."""
    return str(fault.args[0]) if isinstance(fault, (KeyError, Misfit)) and fault.args else ""


def words_of(raw: Plain) -> Words:
    """Words from ``{"vi": ..., "en": ...}``; ValueError without Vietnamese ones."""
    if not isinstance(raw["vi"], str) or not raw["vi"].strip():
        raise Misfit("vi")
    return Words(raw["vi"], raw.get("en", ""))


def set_of(raw: Plain) -> CriteriaSet:
    """A criteria set from its plain values, not yet looked through for soundness; raises one of ``WRONG``, saying what."""
    return CriteriaSet(
        number=int(raw["number"]),
        name=words_of(raw["name"]),
        industry=raw["industry"]["code"],
        industry_name=words_of(raw["industry"]),
        group=words_of(raw["group_name"]),
        subgroup=_optional(raw, "subgroup_name"),
        lead_agencies=tuple(raw["lead_agencies"]),
        samples=_whole(raw, "samples"),
        where=raw["where"],
        exclusions=tuple(words_of(x) for x in raw["exclusion"]),
        groups=tuple(Group(g["code"], g["part"], _whole(g, "max"), words_of(g)) for g in raw["group"]),
        criteria=tuple(_criterion(c) for c in raw["criterion"]),
    )


def plain_set(found: CriteriaSet) -> Plain:
    """The plain values of a set, from which ``set_of`` makes the same set again."""
    return _filled(
        {
            "number": found.number,
            "name": plain_words(found.name),
            "industry": {"code": found.industry, **plain_words(found.industry_name)},
            "group_name": plain_words(found.group),
            "subgroup_name": found.subgroup and plain_words(found.subgroup),
            "lead_agencies": list(found.lead_agencies),
            "samples": found.samples,
            "where": found.where,
            "exclusion": [plain_words(x) for x in found.exclusions],
            "group": [{"code": g.code, "part": g.part, "max": g.max, **plain_words(g.name)} for g in found.groups],
            "criterion": [_plain_criterion(c) for c in found.criteria],
        },
        ("subgroup_name",),
    )


def plain_words(words: Words) -> Plain:
    """Words as ``{"vi", "en"}``, without an empty English."""
    return {"vi": words.vi, "en": words.en} if words.en else {"vi": words.vi}


def _plain_criterion(c: Criterion) -> Plain:
    return _filled(
        {
            "code": c.code,
            "part": c.part,
            "group": c.group,
            "max": c.max,
            **plain_words(c.name),
            "hint": c.hint and plain_words(c.hint),
            "yes_no": c.yes_no,
            "story": c.story,
            "zero_excludes": c.zero_excludes,
            "exclusion": c.exclusion and plain_words(c.exclusion),
            "doubtful": c.doubtful,
            "cases": [{"case": case, **plain_words(name)} for case, name in c.cases],
            "options": [
                _filled({"points": o.points, "stars": o.star, "case": o.case, **plain_words(o.label)}, ("stars", "case"))
                for o in c.options
            ],
        },
        ("group", "hint", "yes_no", "story", "zero_excludes", "exclusion", "doubtful", "cases"),
    )


def _filled(raw: Plain, optional: tuple[str, ...]) -> Plain:
    return {key: value for key, value in raw.items() if value or key not in optional}


def _optional(raw: Plain, key: str) -> Words | None:
    return words_of(raw[key]) if key in raw else None


def _criterion(raw: Plain) -> Criterion:
    try:
        return Criterion(
            code=raw["code"],
            part=raw["part"],
            group=raw.get("group", ""),
            max=_whole(raw, "max"),
            name=words_of(raw),
            options=tuple(_options(raw["options"])),
            hint=_optional(raw, "hint"),
            yes_no=bool(raw.get("yes_no", False)),
            story=raw.get("story", ""),
            zero_excludes=bool(raw.get("zero_excludes", False)),
            exclusion=_optional(raw, "exclusion"),
            doubtful=raw.get("doubtful", ""),
            cases=tuple((c["case"], words_of(c)) for c in raw.get("cases", ())),
        )
    except KeyError as fault:
        raise KeyError(f"{raw.get('code', '?')} / {fault.args[0]}") from fault
    except (TypeError, ValueError, AttributeError) as fault:
        raise Misfit(" / ".join(filter(None, (str(raw.get("code", "?")), place_of(fault))))) from fault


def _options(raw: list[Plain]) -> Iterator[Option]:
    level: dict[str, int] = {}
    for option in raw:
        case = option.get("case", "")
        level[case] = level.get(case, 0) + 1
        star = option.get("stars")
        yield Option(f"{case}{level[case]}", level[case], _whole(option, "points"), star, words_of(option), case)


def _whole(raw: Plain, key: str) -> int:
    value = raw[key]
    if type(value) is not int or value < 0:
        raise Misfit(f"{key} = {value}")
    return value
