"""The words of a certificate's field: places in braces, *what is bold*, [what is left out when a place in it is empty]."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from ocop_desktop.errors import UserError

PLACES = (
    "cơ quan cấp", "số giấy", "sản phẩm", "mã số", "bộ sản phẩm", "chủ thể", "địa chỉ", "hạng sao", "số quyết định",
    "ngày quyết định", "cơ quan quyết định", "địa danh", "ngày cấp", "có giá trị đến", "chức vụ", "người ký", "ghi chú",
    "cách kiểm tra")
OWN = frozenset({"số giấy", "sản phẩm", "mã số", "bộ sản phẩm", "chủ thể", "địa chỉ", "ghi chú"})  # differ from page to page

Part = tuple[str, bool]  # words, whether they are bold
_TOKEN = re.compile(r"\{([^{}\n]*)\}|([\[\]*\n{}])|([^{}\[\]*\n]+)")
_BETWEEN = " ·–-,;"  # what joins two parts, when one of them is left out


@lru_cache(maxsize=256)
def _tokens(words: str) -> tuple[tuple[str, str], ...]:
    """(kind, text): kind is "place", "text" or the sign itself."""
    found = []
    for token in _TOKEN.finditer(words):
        place, sign, text = token.groups()
        if place is not None:
            found.append(("place", " ".join(place.lower().split())))
        else:
            found.append((sign, sign) if sign else ("text", text))
    return tuple(found)


def places_of(words: str) -> frozenset[str]:
    """The places named in ``words``."""
    return frozenset(text for kind, text in _tokens(words) if kind == "place")


def check_words(words: str) -> None:
    """Refuse words that cannot be filled in.

    Raises:
        UserError: a place that does not exist, a bracket or brace without its other half; says which and what is possible.
    """
    depth = 0
    for kind, text in _tokens(words):
        if kind == "place" and text not in PLACES:
            raise UserError("Không có chỗ điền “{place}”; các chỗ điền được: {known}.", place=text, known=", ".join(PLACES))
        if kind in "{}":
            raise UserError("Dấu “{sign}” lẻ trong “{words}”; tên chỗ điền đứng giữa hai dấu ngoặc nhọn, ví dụ {example}.",
                            sign=text, words=words, example="{sản phẩm}")
        depth += {"[": 1, "]": -1}.get(kind, 0)
        if depth not in (0, 1):
            break
    if depth:
        raise UserError("Dấu ngoặc vuông trong “{words}” phải đi từng cặp và không lồng nhau.", words=words)


def filled(words: str, values: Mapping[str, str]) -> tuple[tuple[Part, ...], ...]:
    """Lines of ``words`` with every place filled in.

    Args:
        values: by place; one of several lines makes several lines.

    Returns:
        Lines of parts; a line nothing stands in is left out, and so are joining signs at the ends of one.
    """
    return tuple(line for line in map(_tidied, _lines(list(_parts(words, values)))) if line)


def _parts(words: str, values: Mapping[str, str]) -> Iterator[Part]:
    strong, full = False, True
    option: list[Part] | None = None
    for kind, text in _tokens(words):
        if kind == "*":
            strong = not strong
        elif kind == "[":
            option, full = [], True
        elif kind == "]":
            yield from (option or ()) if full else ()
            option = None
        else:
            value = values.get(text, "") if kind == "place" else text
            full = full and bool(value)
            if option is None:
                yield value, strong
            else:
                option.append((value, strong))
    yield from option or ()


def _lines(parts: list[Part]) -> list[list[Part]]:
    lines: list[list[Part]] = [[]]
    for text, strong in parts:
        first, *others = text.split("\n")
        lines[-1].append((first, strong))
        lines += [[(other, strong)] for other in others]
    return lines


def _tidied(line: list[Part]) -> tuple[Part, ...]:
    kept = [part for part in line if part[0]]
    while kept and not kept[0][0].strip(_BETWEEN):
        kept.pop(0)
    while kept and not kept[-1][0].strip(_BETWEEN):
        kept.pop()
    if kept:
        kept[0] = (kept[0][0].lstrip(" ·"), kept[0][1])
        kept[-1] = (kept[-1][0].rstrip(" ·"), kept[-1][1])
    return tuple(("".join(text for text, _strong in parts), strong) for strong, parts in groupby(kept, key=itemgetter(1)))
