"""Communes, wards and special zones: loading the list of Decision 19/2025/QĐ-TTg, finding one by what people type.

The list holds one state of the names, valid from 1 July 2025. Ten names of Đồng Nai changed on 30 April 2026; a changed name
is a further row with its own dates and the same code.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, and_, case, func, insert, literal, or_, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Commune
from ocop_desktop.errors import Place, Problem, ProblemsFound
from ocop_desktop.rules.names import fold

VALID_FROM = dt.date(2025, 7, 1)
KIND_WORDS = ("xa", "phuong", "dac khu", "thi tran", "tt", "p", "x")
HEADINGS = ("province_code", "province", "commune_code", "commune", "kind")


@dataclass(frozen=True)
class Unit:
    """One commune as its list names it.

    Args:
        code: five digits; province_code: two digits.
        kind: Xã, Phường or Đặc khu.
        valid_from, valid_to: first and last day of the name; None is open.
    """

    id: int
    code: str
    name: str
    kind: str
    province_code: str
    province: str
    valid_from: dt.date
    valid_to: dt.date | None

    @property
    def full_name(self) -> str:
        """Kind and name: "Xã Mẫu Sơn"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Province:
    """A province or city: two digits and its full name ("Tỉnh Lạng Sơn")."""

    code: str
    name: str


def folded_name(name: str) -> str:
    """``name`` as it is compared: folded, dots and apostrophes gone: "Cư M'gar" -> "cu mgar"."""
    return " ".join(fold(name).replace("'", "").replace(".", " ").split())


def name_forms(text: str) -> tuple[str, ...]:
    """What a person may have meant: the folded text, and without its kind word ("Xã Xa Dung": "xa xa dung", "xa dung")."""
    whole = folded_name(text)
    kind = next((k for k in KIND_WORDS if whole.startswith(k + " ")), None)
    return (whole,) if kind is None else (whole, whole[len(kind) + 1:])


def read_units(path: Path) -> list[dict[str, object]]:
    """Rows of the communes' list, ready for the table.

    Raises:
        ProblemsFound: a heading or a code is not as expected, with its row.
    """
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restval="")
        place = Place(file=path.name, row=1)
        if tuple(reader.fieldnames or ()) != HEADINGS:
            raise ProblemsFound([Problem("Danh mục xã {file} phải có các cột {columns}.",
                                         {"file": path.name, "columns": ", ".join(HEADINGS)}, place, kind="headings")])
        rows: list[dict[str, object]] = []
        for number, raw in enumerate(reader, start=2):
            code, province = raw["commune_code"], raw["province_code"]
            if not (code.isdigit() and len(code) == 5 and province.isdigit() and len(province) == 2 and raw["commune"]):
                raise ProblemsFound([Problem("Dòng {row} của danh mục xã {file} có mã hoặc tên không đúng: “{code}”.",
                                             {"row": number, "file": path.name, "code": code}, Place(file=path.name, row=number),
                                             code, kind="unit_code")])
            rows.append({"code": code, "name": raw["commune"], "kind": raw["kind"], "province_code": province,
                         "province": raw["province"], "folded": folded_name(raw["commune"]), "valid_from": VALID_FROM})
    return rows


def load_units(session: Session, rows: Sequence[dict[str, object]]) -> int:
    """Write the list into an empty table; how many rows came in. A table that has rows is left alone."""
    if not rows or session.scalar(select(Commune.id).limit(1)) is not None:
        return 0
    session.connection().execute(insert(Commune), list(rows))  # no objects are made of 3,321 rows
    return len(rows)


def count_communes(session: Session) -> tuple[int, int]:
    """Provinces and units in the list."""
    row = session.execute(select(func.count(Commune.province_code.distinct()), func.count(Commune.code.distinct()))).one()
    return row[0], row[1]


def province_list(session: Session) -> tuple[Province, ...]:
    """All provinces by code."""
    rows = session.execute(select(Commune.province_code, func.min(Commune.province)).group_by(Commune.province_code)
                           .order_by(Commune.province_code))
    return tuple(Province(code, name) for code, name in rows)


def by_code(session: Session, code: str, on: dt.date | None = None) -> Unit | None:
    """The unit with ``code`` as named on that day (default: its latest name), or None."""
    query = select(Commune).where(Commune.code == code, _valid(on)).order_by(Commune.valid_from.desc()).limit(1)
    found = session.scalars(query).one_or_none()
    return _unit(found) if found else None


def by_id(session: Session, commune_id: int) -> Unit | None:
    """The unit of that row, or None."""
    found = session.get(Commune, commune_id)
    return _unit(found) if found else None


def by_province(session: Session, province_code: str, on: dt.date | None = None) -> tuple[Unit, ...]:
    """All units of a province as named on that day, in the order of their names."""
    query = select(Commune).where(Commune.province_code == province_code, _valid(on)).order_by(Commune.folded, Commune.code)
    return tuple(map(_unit, session.scalars(query)))


def find_communes(session: Session, text: str, province_code: str | None = None, on: dt.date | None = None,
                  limit: int = 20) -> tuple[Unit, ...]:
    """Units whose name holds ``text``, the likeliest first: the same name, beginning with it, a word beginning with it, the rest.

    Blind to accents, case, tone placement, apostrophes and a leading xã/phường/đặc khu/thị trấn. Five digits find by code.

    Args:
        province_code: only there, or None for the whole country.
        on: names valid on that day; None for today's.
        limit: at most so many.
    """
    forms = name_forms(text[:200])
    if not forms[0]:
        return ()
    name = Commune.folded
    same = or_(name.in_(forms), Commune.code == forms[0])
    holds = or_(*(func.instr(name, form) > 0 for form in forms))
    where = [or_(same, holds), _valid(on or dt.date.today())]
    if province_code is not None:
        where.append(Commune.province_code == province_code)
    starts = or_(*(func.substr(name, 1, len(form)) == form for form in forms))
    word_starts = or_(*(func.instr(literal(" ").op("||")(name), " " + form) > 0 for form in forms))
    order = case((same, 0), (starts, 1), (word_starts, 2), else_=3)
    return tuple(map(_unit, session.scalars(select(Commune).where(*where).order_by(order, name, Commune.code).limit(limit))))


def _unit(row: Commune) -> Unit:
    return Unit(row.id, row.code, row.name, row.kind, row.province_code, row.province, row.valid_from, row.valid_to)


def _valid(on: dt.date | None) -> ColumnElement[bool]:
    if on is None:
        return literal(True)
    return and_(Commune.valid_from <= on, or_(Commune.valid_to.is_(None), Commune.valid_to >= on))
