"""What the tests of the import share: taking a file in, looking at what is stored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import text

from ocop_desktop.actions import importing
from ocop_desktop.data.engine import Database
from ocop_desktop.errors import Problem
from tests.sheets.made import book_of

LANG_SON = {"province": "20"}
STORED = text("""
    SELECT product.name AS product, product.set_no, product.category, producer.name AS producer, producer.kind AS producer_kind,
      commune.code AS code, commune.name AS commune, producer.address, producer.representative, producer.phone,
      dossier.stars, dossier.kind, dossier.samples, dossier.status, dossier.rulebook, dossier.round, dossier.note, dossier.search,
      certificate.issued_on, certificate.expires_on, certificate.number AS certificate_number, decision.number, decision.authority
    FROM dossier JOIN product ON product.id = dossier.product_id JOIN producer ON producer.id = product.producer_id
      LEFT JOIN commune ON commune.id = producer.commune_id LEFT JOIN certificate ON certificate.dossier_id = dossier.id
      LEFT JOIN decision ON decision.id = certificate.decision_id ORDER BY dossier.id""")
TABLES = ("producer", "product", "dossier", "certificate", "decision")


def take(db: Database, path: Path, mapping: dict | None = None) -> tuple[importing.Preview, importing.Batch]:
    with db.begin() as session:
        seen = importing.preview(session, path, mapping)
    with db.begin() as session:
        return seen, importing.accept(session, seen)


def look(db: Database, path: Path, mapping: dict | None = None) -> importing.Preview:
    with db.begin() as session:
        return importing.preview(session, path, mapping)


def stored(db: Database) -> list:
    with db.begin() as session:
        return list(session.execute(STORED))


def dump(db: Database) -> list:
    with db.begin() as session:
        return [list(session.execute(text(f"SELECT * FROM {table} ORDER BY id"))) for table in TABLES]


def asked(seen: importing.Preview) -> list[Problem]:
    """What is asked or told, but for the columns a sheet of a test lacks on purpose."""
    return [p for p in seen.problems if p.kind != "absent_columns"]


def kinds(seen: importing.Preview) -> set[str]:
    return {p.kind for p in asked(seen)}


REGISTER_HEAD = [
    "Tên sản phẩm",
    "Chủ thể",
    "Xã/phường",
    "Hạng sao hiện tại",
    "Ngày hết hạn",
    "Hạng sao",
    "Ngày",
    "Năm",
    "Số quyết định",
    "Hạng sao",
    "Ngày",
]


def one_row(tmp_path: Path, **cells: object) -> Path:
    """A register of one good row with some cells changed."""
    good = {
        "product": "Mật ong",
        "producer": "HTX Thử",
        "commune": "Mẫu Sơn",
        "current": 4,
        "expires": dt.date(2028, 5, 2),
        "stars": 3,
        "date": dt.date(2022, 5, 1),
        "year": 2022,
        "decision": "1/QĐ",
        "stars2": 4,
        "date2": dt.date(2025, 5, 2),
    }
    assert set(cells) <= set(good)
    return book_of(tmp_path / "mot-dong.xlsx", ("S", [REGISTER_HEAD, list({**good, **cells}.values())]))
