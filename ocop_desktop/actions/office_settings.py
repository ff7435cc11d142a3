"""The settings page: everything it shows read at once, and one field changed at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ocop_desktop.actions import backups, office, outside
from ocop_desktop.actions.backups import Backup
from ocop_desktop.actions.office import Office
from ocop_desktop.actions.outside import OutsideCopy
from ocop_desktop.data.communes import Province
from ocop_desktop.data.engine import Session, database_of

PROPOSED = ("body", "agency", "place", "signatory_title")  # what a province lets one guess


@dataclass(frozen=True)
class SettingsView:
    """What the settings page shows.

    Args:
        file: the open data file; backups: its backups, the newest first; outside: the last copy on another disk.
    """

    office: Office
    provinces: tuple[Province, ...]
    file: Path
    backups: tuple[Backup, ...]
    outside: OutsideCopy | None


def view(session: Session) -> SettingsView:
    """Read everything the settings page shows."""
    file = database_of(session).path
    return SettingsView(office.read_office(session), office.provinces(session), file, backups.list_backups(file),
                        outside.last_copy(session))


def change_office(session: Session, field: str, value: Any) -> Office:
    """Change one field of the office; a new province also fills what is empty or was proposed for the province before.

    Raises:
        ProblemsFound: what is not right, each with the field's name as its column.
    """
    before = office.read_office(session)
    after = replace(before, **{field: value})
    if field == "province_code":
        old, new = (office.proposed_office(session, code) for code in (before.province_code, value or ""))
        guessed = {f: getattr(new, f) for f in PROPOSED if getattr(before, f) in ("", (), getattr(old, f))}
        after = replace(after, province_code=value or "", province_name=new.province_name, **guessed)
    return office.save_office(session, after)


def change_rule(session: Session, rule: str, value: Any) -> Office:
    """Change one of the default working rules; sessions made before keep theirs.

    Raises:
        ProblemsFound: as ``change_office``.
    """
    before = office.read_office(session)
    return office.save_office(session, replace(before, working_rules=replace(before.working_rules, **{rule: value})))
