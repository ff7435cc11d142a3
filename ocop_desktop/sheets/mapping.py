"""A mapping: what a person says about a file before it is read (sheet, header rows, meaning of columns); also as a JSON file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as AnyMapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ocop_desktop.errors import UserError, missing_file, why
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets import layouts
from ocop_desktop.sheets.contents import REPAIRS
from ocop_desktop.sheets.headings import FIELDS, IGNORED, Column
from ocop_desktop.sheets.refusals import is_entry

KEYS = ("sheet", "header_row", "province", "layout", "columns", "constants", "ignore", "refuse")


@dataclass(frozen=True)
class Mapping:
    """What is known of a file; everything empty is guessed.

    Args:
        sheet: name or 1-based number; header_row: 1-based rows of the header.
        province: two digits; layout: a name of sheets.layouts.
        columns: heading or Excel letters -> field, ``ignore``, or empty for the note.
        constants: field -> value for every row that has none.
        ignore: headings or letters left out.
        refuse: repairs not wanted: a kind of contents.REPAIRS, a column's kind ("C:legacy"), a cell ("C7").
    """

    sheet: str = ""
    header_row: tuple[int, ...] = ()
    province: str = ""
    layout: str = ""
    columns: AnyMapping[str, str] = field(default_factory=dict)
    constants: AnyMapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """The JSON form, without what is empty."""
        return {
            k: dict(v) if isinstance(v, AnyMapping) else list(v) if isinstance(v, tuple) else v
            for k, v in asdict(self).items()
            if v
        }


def read_file(path: str | Path) -> Mapping:
    """A mapping from a JSON file.

    Raises:
        UserError: missing, not JSON, or a key or value that is not known; names it.
    """
    path = Path(path)
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise missing_file(path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("Không đọc được tệp ánh xạ “{file}”: {why}.", file=str(path), why=why(error)) from None
    except json.JSONDecodeError as error:
        raise UserError(
            "Tệp ánh xạ “{file}” không đúng dạng JSON ở dòng {row}, cột {column}; hãy sửa lại.",
            file=str(path),
            row=error.lineno,
            column=error.colno,
        ) from None
    return from_plain(raw)


def from_plain(raw: Any) -> Mapping:
    """A mapping from its JSON form.

    Raises:
        UserError: names the key that is wrong and what it may be.
    """
    if not isinstance(raw, dict):
        raise UserError("Ánh xạ phải là một đối tượng JSON với các khóa: {keys}.", keys=", ".join(KEYS))
    for key in raw:
        if key not in KEYS:
            raise UserError("Ánh xạ có khóa lạ “{key}”; các khóa dùng được: {keys}.", key=key, keys=", ".join(KEYS))
    columns, constants = _texts(raw, "columns"), _texts(raw, "constants")
    for name, meant in columns.items():
        _known_field("columns", name, meant, more=(IGNORED, ""))
    for name in constants:
        _known_field("constants", name, name)
    layout = _text(raw, "layout")
    if layout and layouts.by_name(layout) is None:
        raise UserError(
            "Khóa “layout” của ánh xạ: không có dạng bảng “{value}”; dùng một trong: {values}.",
            value=layout,
            values=", ".join(one.name for one in layouts.LAYOUTS),
        )
    province = _text(raw, "province")
    if province and not re.fullmatch(r"\d{2}", province):
        raise _wrong("province", province, 'mã tỉnh hai chữ số, ví dụ "20"')
    ignore = raw.get("ignore", [])
    if not isinstance(ignore, list) or any(not isinstance(i, str) for i in ignore):
        raise _wrong("ignore", ignore, "danh sách tiêu đề hoặc chữ cái cột")
    refuse = raw.get("refuse", [])
    if not isinstance(refuse, list) or any(not isinstance(i, str) or not is_entry(i, REPAIRS) for i in refuse):
        raise _wrong("refuse", refuse, f'danh sách gồm loại sửa ({", ".join(REPAIRS)}), cột và loại ("C:legacy") hoặc ô ("C7")')
    return Mapping(_text(raw, "sheet"), _header_rows(raw), province, layout, columns, constants, tuple(ignore), tuple(refuse))


def _wrong(key: str, value: Any, wanted: str) -> UserError:
    return UserError(
        "Khóa “{key}” của ánh xạ: giá trị {value} không dùng được; cần {wanted}.",
        key=key,
        value=json.dumps(value, ensure_ascii=False),
        wanted=wanted,
    )


def _text(raw: dict[str, Any], key: str) -> str:
    value = raw.get(key, "")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _wrong(key, value, "một chuỗi chữ")
    return value


def _texts(raw: dict[str, Any], key: str) -> dict[str, str]:
    value = raw.get(key, {})
    if not isinstance(value, dict) or any(not isinstance(v, (str, int)) or isinstance(v, bool) for v in value.values()):
        raise _wrong(key, value, "một đối tượng JSON gồm các chuỗi chữ")
    return {k: str(v) for k, v in value.items()}


def _header_rows(raw: dict[str, Any]) -> tuple[int, ...]:
    value = raw.get("header_row", [])
    rows = value if isinstance(value, list) else [value]
    good = all(isinstance(r, int) and not isinstance(r, bool) and r > 0 for r in rows) and len(rows) <= 3
    if not good or list(rows) != list(range(rows[0], rows[0] + len(rows)) if rows else []):
        raise _wrong("header_row", value, "số dòng tiêu đề, ví dụ 1 hoặc [4, 5]")
    return tuple(rows)


def _known_field(key: str, name: str, meant: str, more: tuple[str, ...] = ()) -> None:
    if meant not in FIELDS and meant not in more:
        raise UserError(
            "Khóa “{key}” của ánh xạ, mục “{name}”: không có trường “{field}”; các trường dùng được: {fields}.",
            key=key,
            name=name,
            field=meant,
            fields=", ".join(FIELDS),
        )


def apply(columns: tuple[Column, ...], mapping: Mapping) -> tuple[Column, ...]:
    """The columns as the mapping wants them; a field it gives to one column is taken from every other.

    Raises:
        UserError: a column it names is not in the sheet, or a field is given twice.
    """
    wanted: dict[int, str] = {}
    for key, names in (("columns", mapping.columns), ("ignore", dict.fromkeys(mapping.ignore, IGNORED))):
        for name, meant in names.items():
            index = _index_of(columns, name, key)
            taken = next((i for i, f in wanted.items() if f == meant and i != index), None)
            if taken is not None and meant not in (IGNORED, "", "score"):
                raise UserError(
                    "Khóa “columns” của ánh xạ: hai cột {first} và {second} cùng là trường “{field}”; chỉ giữ một.",
                    first=columns[taken].letter,
                    second=columns[index].letter,
                    field=meant,
                )
            wanted[index] = meant
    given = {f for f in wanted.values() if f}
    return tuple(
        replace(c, field=wanted[c.index], confidence=100)
        if c.index in wanted
        else replace(c, field="", confidence=0)
        if c.field in given and c.field != IGNORED
        else c
        for c in columns
    )


def _index_of(columns: tuple[Column, ...], name: str, key: str) -> int:
    plain = fold(name)
    for column in columns:
        if plain and plain in (fold(column.heading), fold(column.heading.split(" · ")[-1])):
            return column.index
    letters = name.strip().upper()
    for column in columns:
        if column.letter == letters:
            return column.index
    raise UserError(
        "Khóa “{key}” của ánh xạ: bảng không có cột “{name}”; các cột có: {columns}.",
        key=key,
        name=name,
        columns=", ".join(f"{c.letter} {c.heading}".strip() for c in columns[:40]),
    )
