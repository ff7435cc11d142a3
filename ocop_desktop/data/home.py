"""What opening and the first screen ask of a file: a fixed few questions, quick over 100,000 dossiers.

In plain SQL, because SQLAlchemy takes longer to read than everything else up to the filled first screen.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.data.reopened import REOPENED
from ocop_desktop.rules.certificate_life import RENEWAL_CLOSES, RENEWAL_OPENS
from ocop_desktop.rules.rounds import newest_first

if TYPE_CHECKING:
    from ocop_desktop.data.file import Reading

AT_MOST = 20  # sessions looked at

# Nearly half of the register is in force and its rows lie anywhere, so one walk over the table is five times quicker than the
# index on the dates; the plus keeps SQLite from taking that index.
_IN_FORCE = """
    SELECT coalesce(sum(stars = 3), 0), coalesce(sum(stars = 4), 0), coalesce(sum(stars = 5), 0),
           coalesce(sum(expires_on BETWEEN :opens AND :latest), 0), coalesce(sum(expires_on >= :day AND expires_on < :opens), 0)
    FROM certificate
    WHERE (+expires_on >= :day OR extended_until >= :day) AND +issued_on <= :day
          AND (revoked_on IS NULL OR revoked_on > :day)"""

# Sorting is what takes time in grouping: the days come sorted out of their index, and of the rows only the few with four and
# five stars are sorted. Three stars are what is left of the days.
_BY_DAY = "SELECT issued_on, count(*) FROM certificate WHERE issued_on >= :first AND issued_on <= :day GROUP BY issued_on"
_HIGH = """
    SELECT CAST(substr(issued_on, 1, 4) AS INTEGER) * 10 + stars AS year_and_stars, count(*)
    FROM certificate WHERE stars > 3 AND +issued_on >= :first AND +issued_on <= :day GROUP BY year_and_stars"""

_ROUNDS = """
    WITH RECURSIVE known (round) AS (
        SELECT min(round) FROM dossier WHERE round > ''
        UNION ALL SELECT (SELECT min(round) FROM dossier WHERE round > known.round) FROM known WHERE round IS NOT NULL)
    SELECT round FROM known WHERE round IS NOT NULL"""  # from one name to the next through their index
_LIVES = "SELECT EXISTS (SELECT 1 FROM dossier WHERE round = ? AND status <> 'history')"

_MEETINGS = f"""
    SELECT id, code, name, held_on, status, (SELECT count(*) {{agenda}}),
           (SELECT count(*) {{agenda}} AND NOT EXISTS (SELECT 1 FROM ballot WHERE ballot.item_id = agenda_item.id))
    FROM session WHERE status IN ('draft', 'open') ORDER BY held_on, id LIMIT {AT_MOST}""".format(
        agenda="FROM agenda_item WHERE agenda_item.session_id = session.id AND agenda_item.status <> 'removed'")

_UNDECIDED = f"""
    SELECT session.id, session.name, count(*)
    FROM result JOIN agenda_item ON agenda_item.id = result.item_id JOIN session ON session.id = agenda_item.session_id
    WHERE result.stars IN (3, 4) AND NOT result.excluded
        AND NOT EXISTS (SELECT 1 FROM certificate WHERE certificate.result_id = result.id) AND NOT {REOPENED}
    GROUP BY session.id ORDER BY session.held_on, session.id"""


@dataclass(frozen=True)
class InForce:
    """Certificates in force on a day, and those of them that come up for renewal (``due``) or missed its time (``late``)."""

    three: int
    four: int
    five: int
    due: int
    late: int


def has_communes(reading: Reading) -> bool:
    """Whether the communes' list is in the file."""
    return bool(_one(reading, "SELECT EXISTS (SELECT 1 FROM commune)"))


def rulebook_contents(reading: Reading) -> tuple[tuple[str, int, dict[str, Any], str], ...]:
    """Decision, version, plain content and fingerprint of every rulebook version in the file, in that order."""
    rows = reading.execute("SELECT rulebook, version, content, fingerprint FROM rulebook_version ORDER BY rulebook, version")
    return tuple((decision, version, json.loads(content), print) for decision, version, content, print in rows)


def in_force(reading: Reading, day: dt.date) -> InForce:
    """Count certificates in force on ``day`` as ``rules.certificate_life.state_on`` tells their states."""
    days = {"day": day, "opens": day + dt.timedelta(days=RENEWAL_CLOSES), "latest": day + dt.timedelta(days=RENEWAL_OPENS)}
    return InForce(*reading.execute(_IN_FORCE, {name: one.isoformat() for name, one in days.items()}).fetchone())


def by_year(reading: Reading, first: int, day: dt.date) -> dict[tuple[int, int], int]:
    """Recognitions (three stars and more) from the year ``first`` to ``day``: (year, stars) -> count."""
    days = {"first": f"{first}-01-01", "day": day.isoformat()}
    found: Counter[tuple[int, int]] = Counter()
    for issued, count in reading.execute(_BY_DAY, days):
        found[int(issued[:4]), 3] += count
    for key, count in reading.execute(_HIGH, days):
        found[key // 10, key % 10] = count
        found[key // 10, 3] -= count
    return dict(found)


def count_drafts(reading: Reading) -> int:
    """How many dossiers are incomplete."""
    return int(_one(reading, "SELECT count(*) FROM dossier WHERE status = 'draft'"))


def newest_round(reading: Reading, year: int) -> str:
    """The newest round up to ``year`` with a dossier that is no history, or an empty text."""
    names = newest_first((name for name, in reading.execute(_ROUNDS)), year)
    return next((name for name in names if _one(reading, _LIVES, name)), "")


def count_round(reading: Reading, name: str) -> int:
    """How many dossiers a round has."""
    return int(_one(reading, "SELECT count(*) FROM dossier WHERE round = ?", name))


def meetings(reading: Reading) -> list[tuple[int, str, str, dt.date, str, int, int]]:
    """Sessions not closed yet by date: (id, code, name, day, status, dossiers on the agenda, of these without any ballot)."""
    return [(id, code, name, dt.date.fromisoformat(day), status, all, untouched)
            for id, code, name, day, status, all, untouched in reading.execute(_MEETINGS)]


def undecided(reading: Reading) -> list[tuple[int, str, int]]:
    """Closed results the province decides on (3 and 4 stars) without a certificate: (session, its name, how many).

    Those where a ballot was reopened and not finished again do not count.
    """
    return reading.execute(_UNDECIDED).fetchall()


def last_import(reading: Reading) -> tuple[int, str, dt.datetime, dict[str, Any]] | None:
    """The newest spreadsheet accepted and not taken back: (number, file, moment, rows by what became of them)."""
    found = reading.execute("SELECT id, file_name, imported_at, counts FROM import_batch WHERE undone_at IS NULL"
                            " ORDER BY id DESC LIMIT 1").fetchone()
    return found and (found[0], found[1], dt.datetime.fromisoformat(found[2]), json.loads(found[3]))


def is_empty(reading: Reading) -> bool:
    """Whether the file has neither a dossier nor a session."""
    return not _one(reading, "SELECT EXISTS (SELECT 1 FROM dossier) OR EXISTS (SELECT 1 FROM session)")


def _one(reading: Reading, question: str, *values: Any) -> Any:
    found = reading.execute(question, values).fetchone()
    return found and found[0]
