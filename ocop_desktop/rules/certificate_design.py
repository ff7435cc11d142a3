"""How an office lays out its certificate: frame, picture behind it, fields on an A4 page across. Plain values, no drawing.

Lengths are whole tenths of a millimetre from the top left corner, sizes of type whole tenths of a point.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError
from ocop_desktop.rules.certificate_words import check_words, places_of

WIDTH, HEIGHT = 2970, 2100
LEAST = 30  # the shortest side of a box
CODE_LEAST, CODE_QUIET = 250, 25  # side of a QR code; white margin on each of its sides
SEAL = 250  # clear height for signature and seal
SIGNATURE_LEAST = 400  # height of a block with signature and seal
SIZES = (60, 720)  # least and largest type
MOST_FIELDS, LONGEST = 40, 600
FORMAT, VERSION = "ocop-certificate-design", 1

KINDS = ("text", "stars", "code", "signature")
BORDERS = ("lotus", "key", "wave", "lines", "none")
FAMILIES = ("serif", "sans")
STYLES = ("regular", "bold", "italic")
ALIGNS = ("left", "center", "right")
STANDS = ("top", "middle", "bottom")
RULES = ("none", "short", "full")  # a line under the words
TEMPLATES = ("general", "stars3", "stars4", "stars5", "reissue", "copy")
NEEDED = ("số giấy", "sản phẩm", "chủ thể", "số quyết định")  # a certificate without one of them certifies nothing

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Field:
    """One field on the page.

    Args:
        key: its name in the design; kind: words, rank stars, QR code, or signatory's capacity over name.
        x, y, width, height: its box; nothing of it is drawn outside.
        words: what a text says (see ``certificate_words``).
        size: the largest type; longer words are set smaller and on several lines. spacing: between letters.
        strong: colour of what is bold within the words; empty: as the rest.
        align: across; stand: where the lines stand in a box higher than they are; rule: a line under the words.
    """

    key: str
    kind: str = "text"
    x: int = 0
    y: int = 0
    width: int = 500
    height: int = 80
    words: str = ""
    family: str = "serif"
    style: str = "regular"
    size: int = 130
    colour: str = "#1d2420"
    strong: str = ""
    align: str = "center"
    stand: str = "middle"
    spacing: int = 0
    rule: str = "none"
    shown: bool = True


DEFAULT_NOTE = Field("note", x=2150, y=620, width=520, height=120, words="{ghi chú}", style="bold", size=150, colour="#a32a22")


@dataclass(frozen=True)
class Design:
    """A certificate's layout.

    Args:
        border: one of ``BORDERS``; main, accent: its colours; pattern: the faint lattice and rosette inside.
        picture: digest of the picture behind everything, or empty.
    """

    border: str = "lotus"
    main: str = "#1b6b4a"
    accent: str = "#b97a00"
    pattern: bool = True
    picture: str = ""
    fields: tuple[Field, ...] = ()

    def field(self, key: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.key == key)

    def with_field(self, changed: Field) -> Design:
        """The design with one field changed."""
        return replace(self, fields=tuple(changed if field.key == changed.key else field for field in self.fields))

    def as_plain(self) -> dict[str, Any]:
        """Values for JSON."""
        return {"format": FORMAT, "version": VERSION, "unit": "x, y, width, height: 0.1 mm; size, spacing: 0.1 pt",
                **{k: v for k, v in asdict(self).items() if k != "fields"},
                "fields": [{k: v for k, v in asdict(field).items() if v != _PLAIN.get(k)} for field in self.fields]}


_PLAIN = {f.name: f.default for f in fields(Field) if f.name not in ("key", "x", "y", "width", "height")}
_CHOICES = {"kind": KINDS, "family": FAMILIES, "style": STYLES, "align": ALIGNS, "stand": STANDS, "rule": RULES}
_NUMBERS = {"x": (0, WIDTH), "y": (0, HEIGHT), "width": (LEAST, WIDTH), "height": (LEAST, HEIGHT), "size": SIZES,
            "spacing": (0, 200)}


def read_design(raw: Any) -> Design:
    """A design from plain values.

    Raises:
        ProblemsFound: what is wrong, each with the field's name as its row's sheet and the item as its column.
    """
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise UserError("Đây không phải mẫu giấy chứng nhận của chương trình này.")
    if raw.get("version") != VERSION:
        raise UserError("Mẫu giấy chứng nhận này do bản mới hơn của chương trình ghi; hãy cập nhật chương trình.")
    problems: list[Problem] = []
    read = Design(**_read_head(raw, problems), fields=tuple(_read_fields(raw.get("fields"), problems)))
    problems += () if problems else faults(read)
    if problems:
        raise ProblemsFound(problems)
    return read


def design_text(design: Design, **more: Any) -> str:
    """A design as readable JSON, a field a line."""
    plain = {**design.as_plain(), **more}
    rows = ",\n  ".join(json.dumps(field, ensure_ascii=False) for field in plain.pop("fields"))
    head = "\n".join(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in plain.items())
    return f'{{\n{head}\n "fields": [\n  {rows}\n ]\n}}\n'


def _read_head(raw: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    tests = {"border": lambda v: v in BORDERS, "main": _is_colour, "accent": _is_colour, "pattern": lambda v: isinstance(v, bool),
             "picture": lambda v: v == "" or (isinstance(v, str) and _DIGEST.fullmatch(v))}
    for item, right in tests.items():
        if item in raw:
            if right(raw[item]):
                read[item] = raw[item]
            else:
                problems.append(_wrong("", item, raw[item]))
    return read


def _read_fields(raw: Any, problems: list[Problem]) -> Iterator[Field]:
    if not isinstance(raw, list) or len(raw) > MOST_FIELDS:
        problems.append(_wrong("", "fields", len(raw) if isinstance(raw, list) else raw))
        return
    for number, one in enumerate(raw, start=1):
        key = one.get("key") if isinstance(one, dict) else None
        if not isinstance(one, dict) or not isinstance(key, str) or not _KEY.fullmatch(key):
            problems.append(_wrong(str(number), "key", key if isinstance(one, dict) else one))
            continue
        wrong = [item for item, value in one.items() if not _right(item, value)]
        problems += (_wrong(key, item, one[item]) for item in wrong)
        if not wrong:
            yield Field(**one)


def _right(item: str, value: Any) -> bool:
    if item in _CHOICES:
        return value in _CHOICES[item]
    if item in _NUMBERS:
        low, high = _NUMBERS[item]
        return type(value) is int and low <= value <= high
    if item in ("colour", "strong"):
        return _is_colour(value) or (item == "strong" and value == "")
    if item == "shown":
        return isinstance(value, bool)
    return item in ("key", "words") and isinstance(value, str) and len(value) <= LONGEST


def _is_colour(value: Any) -> bool:
    return isinstance(value, str) and _COLOUR.fullmatch(value) is not None


def _wrong(field: str, item: str, value: Any) -> Problem:
    return Problem("Trường “{field}”, mục “{item}”: “{value}” không dùng được.",
                   {"field": field or "-", "item": item, "value": str(value)[:80]}, Place(sheet=field, column=item),
                   str(value)[:80], kind="design")


def faults(design: Design) -> list[Problem]:
    """Why a design cannot be used: boxes outside the page, a code too small to scan, words that cannot be filled in, a field
    that makes a certificate what it is left out."""
    found = [problem for field in design.fields for problem in _faults_of(field)]
    keys = [field.key for field in design.fields]
    found += (_fault("Có hai trường cùng tên “{name}”.", name=key) for key in sorted({k for k in keys if keys.count(k) > 1}))
    said: set[str] = set()
    for field in design.fields:
        said |= places_of(field.words) if field.shown and field.kind == "text" else set()
    found += (_fault("Giấy phải ghi {place}; hãy cho hiện một trường có chỗ điền này.", place="{" + place + "}")
              for place in NEEDED if place not in said)
    return found


def _faults_of(field: Field) -> Iterator[Problem]:
    if field.x + field.width > WIDTH or field.y + field.height > HEIGHT:
        yield _fault("Trường “{field}” ra ngoài trang giấy; hãy kéo vào trong trang.", field.key)
    if field.kind == "code" and min(field.width, field.height) < CODE_LEAST + 2 * CODE_QUIET:
        yield _fault("Ô mã QR phải rộng và cao ít nhất {least} mm, kể cả viền trắng, thì máy mới đọc được.", field.key,
                     least=(CODE_LEAST + 2 * CODE_QUIET) // 10)
    if field.kind == "signature" and field.height < SIGNATURE_LEAST:
        yield _fault("Khối chữ ký phải cao ít nhất {least} mm để còn chỗ ký và đóng dấu.", field.key,
                     least=SIGNATURE_LEAST // 10)
    try:
        check_words(field.words)
    except UserError as fault:
        yield Problem(fault.message, fault.values, Place(sheet=field.key, column="words"), kind="design")


def _fault(message: str, field: str = "", **values: Any) -> Problem:
    return Problem(message, {"field": field, **values}, Place(sheet=field), kind="design")
