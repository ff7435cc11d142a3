"""Writes what another office's file brings: new rows of a kind at once, whatever their number; changed records one by one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ocop_desktop.data import importing
from ocop_desktop.data.dossiers import set_values
from ocop_desktop.data.engine import Session, reading_of
from ocop_desktop.data.slices import OF_DECISION
from ocop_desktop.data.tables import Certificate, Decision, Dossier, DossierPaper, Producer, Product, SelfAnswer
from ocop_desktop.data.tables_programme import Activity, Funding, Inspection, ProgrammePeriod, Target

# In the order they have to be written.
TABLES: dict[str, Any] = {
    "producer": Producer, "product": Product, "dossier": Dossier, "dossier_paper": DossierPaper, "self_answer": SelfAnswer,
    "decision": Decision, "certificate": Certificate, "inspection": Inspection, "activity": Activity, "funding": Funding,
    "programme_period": ProgrammePeriod, "target": Target}
Day = tuple[str, str, str]  # of a decision: number, day as ISO text, authority


class NewRows:
    """Rows to be written; each gets its number at once, so that others can name it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        used = dict(reading_of(session).execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        self._next = {kind: int(used.get(kind, 0)) + 1 for kind in TABLES}
        self._rows = defaultdict[str, list[dict[str, Any]]](list)

    def add(self, kind: str, values: Mapping[str, Any]) -> int:
        """A row of a table with numbers of its own; days as ISO texts. Its number."""
        number = self._next[kind]
        self._next[kind] += 1
        self._rows[kind].append({"id": number, **values})
        return number

    def add_below(self, kind: str, dossier_id: int, rows: Iterable[Mapping[str, Any]]) -> None:
        """Legal papers or answers of the self-score of a dossier."""
        self._rows[kind] += [{"dossier_id": dossier_id, **values} for values in rows]

    def write(self) -> None:
        """Write everything added, and forget it."""
        connection = self._session.connection()
        for kind, table in TABLES.items():
            rows = self._rows.pop(kind, None)
            if not rows:
                continue
            columns = [c for c in table.__table__.columns if c.name in rows[0] or (c.default is not None and c.default.is_scalar)]
            names, fixed = [c.name for c in columns], {c.name: c.default.arg for c in columns if c.default is not None}
            connection.exec_driver_sql(
                f"INSERT INTO {kind} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
                [tuple(row.get(name, fixed.get(name)) for name in names) for row in rows])
        self._session.expire_all()


class Taken:
    """What may stand only once in a file, of what another office's file brings: codes, numbers, decisions, periods."""

    def __init__(self, session: Session, codes: Iterable[str], numbers: Iterable[str]) -> None:
        reading = reading_of(session)
        self.codes = set(importing.used_codes(session, filter(None, codes)))
        self.numbers = {row[0] for row in reading.execute(
            "SELECT number FROM certificate WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps([number for number in numbers if number], ensure_ascii=False),))}
        self.decisions: dict[Day, int] = {(number, day, authority): id for id, number, day, authority in reading.execute(
            "SELECT id, number, date, authority FROM decision")}
        self.communes: dict[str, int] = dict(reading.execute(
            "SELECT code, id FROM commune ORDER BY code, valid_from").fetchall())  # the newest of a code
        self.periods: dict[tuple[str, str, str], int] = {
            (name, first, last): id for id, name, first, last in reading.execute(
                "SELECT id, name, begins_on, ends_on FROM programme_period")}

    @staticmethod
    def once(value: str | None, taken: set[str]) -> str | None:
        """``value``, which is taken from now on; None where it was taken already."""
        if not value or value in taken:
            return None
        taken.add(value)
        return value


def change(session: Session, entity: str, id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Change fields of a record; what stood there before, as plain values."""
    row = session.get_one(TABLES[entity], id)
    before = set_values(row, values)
    session.flush()
    return before


def decision_now(session: Session, certificate_id: int) -> dict[str, Any]:
    """The decision of a certificate as plain values."""
    decision = session.get_one(Certificate, certificate_id).decision
    told = (decision.number, decision.date.isoformat(), decision.authority) if decision else ("", None, "")
    return dict(zip(OF_DECISION, told, strict=True))


def dossiers_below(session: Session, entity: str, id: int) -> list[int]:
    """The dossiers whose search text says something of a record."""
    column = {"producer": "producer_id", "product": "product.id", "dossier": "dossier.id"}.get(entity)
    if column is None:
        return []
    return [row[0] for row in reading_of(session).execute(
        f"SELECT dossier.id FROM dossier JOIN product ON product.id = product_id WHERE {column} = ?", (id,))]

