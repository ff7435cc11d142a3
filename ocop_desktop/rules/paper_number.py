"""Numbers of an office's papers: running numbers of a year in a pattern such as ``{number:02d}/QĐ-UBND``.

A number below 10 has a zero before it, and numbers begin anew on 1 January (Decree 30/2020/NĐ-CP, annex I, section II, point 3).
The form of a pattern is that of certificate numbers (``rules.certificate_number``).
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable

from ocop_desktop.rules.rulebook import Words

# Kinds of papers by their sign, with the office that numbers them; each office and kind counts on its own.
KINDS: dict[tuple[str, str], Words] = {
    ("committee", "QĐ"): Words("Quyết định", "Decision"),
    ("committee", "CV"): Words("Công văn của tỉnh", "Letter of the province"),
    ("committee", "TTr"): Words("Tờ trình, đề nghị của tỉnh", "Request of the province"),
    ("committee", "BC"): Words("Báo cáo của tỉnh", "Report of the province"),
    ("council", "BB"): Words("Biên bản họp Hội đồng", "Council minutes"),
    ("council", "BC"): Words("Báo cáo của Hội đồng", "Council report"),
    ("council", "BTH"): Words("Bảng tổng hợp của Hội đồng", "Council table"),
    ("team", "BC"): Words("Báo cáo của Tổ tư vấn", "Advisory team report"),
    ("agency", "GM"): Words("Giấy mời", "Invitation"),
    ("agency", "CV"): Words("Công văn", "Letter"),
    ("agency", "TB"): Words("Thông báo", "Notice"),
    ("agency", "BC"): Words("Báo cáo", "Report"),
    ("agency", "TTr"): Words("Tờ trình", "Submission"),
    ("commune", "CV"): Words("Công văn của xã", "Letter of the commune"),
    ("commune", "BC"): Words("Báo cáo của xã", "Report of the commune"),
    ("commune", "TTr"): Words("Tờ trình của xã", "Request of the commune"),
}
LETTER = "CV"  # a plain letter, whose number has no sign of its own: "05/UBND-NN"
OPEN = "……"  # where the number is written in by hand
CODES = {"committee": "UBND", "council": "HĐ", "team": "TTV", "commune": "UBND"}  # of offices that all have the same one
_SHORT = re.compile(r"\{(so|nam)(?::0?(\d)d?)?\}")
_SIGN = re.compile(r"/([^\W\d_]+)(?:-|$)")
_WHOLE = {"", "d", *(f"0{n}{d}" for n in range(1, 10) for d in ("", "d"))}


def proposed(sign: str, code: str) -> str:
    """The pattern a kind of paper has until the office says otherwise: "QĐ", "UBND" -> "{number:02d}/QĐ-UBND"."""
    parts = ("" if sign == LETTER and code else sign, code)
    return "{number:02d}/" + "-".join(part for part in parts if part).replace("{", "{{").replace("}", "}}")


def tidy(pattern: str) -> str:
    """A pattern as it is kept; ``{so:02}`` and ``{nam}`` are understood for ``{number:02d}`` and ``{year}``."""
    def place(found: re.Match[str]) -> str:
        if found[1] == "nam":
            return "{year}"
        return f"{{number:0{found[2]}d}}" if found[2] and found[2] != "0" else "{number}"

    return _SHORT.sub(place, " ".join(pattern.split()))


def sound(pattern: str) -> bool:
    """Whether a pattern names ``number`` and nothing but ``number`` and ``year``, each as a plain whole number."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return False
    places = [(name, form or "", conversion) for _text, name, form, conversion in parts if name is not None]
    return (any(name == "number" for name, _form, _conversion in places)
            and all(name in ("number", "year") and form in _WHOLE and conversion is None for name, form, conversion in places))


def told(pattern: str, number: int, year: int) -> str:
    """A number as it stands on the paper: 5, 2026 -> "05/QĐ-UBND"."""
    return pattern.format(number=number, year=year)


def alike(one: str, other: str) -> bool:
    """Whether two numbers are the same but for zeros before them, capitals, blanks and the spelling of accents."""
    def plain(text: str) -> str:
        whole = "".join(unicodedata.normalize("NFC", text).casefold().split())
        return re.sub(r"^0+(?=\d)", "", whole)

    return plain(one) == plain(other)


def left_open(pattern: str, year: int) -> str:
    """The pattern with the number to be written in by hand: "……/QĐ-UBND"."""
    return "".join(words + (OPEN if name == "number" else str(year) if name == "year" else "")
                   for words, name, _form, _conversion in string.Formatter().parse(pattern))


def sign_of(number: str, code: str = "") -> str:
    """The sign of a kind of paper in a number: "Số: ……/BB-HĐ" -> "BB"; of a plain letter, where only the office's sign (``code``)
    stands or none yet ("……/UBND-……", "……/……"), it is ``LETTER``.
    """
    found = _SIGN.search(number)
    return found[1] if found and found[1] != code else LETTER


def following(taken: Iterable[int], first: int = 1) -> int:
    """The number after all that are taken, reserved or cancelled; ``first`` where the year has none yet."""
    return max((number + 1 for number in taken), default=first)
