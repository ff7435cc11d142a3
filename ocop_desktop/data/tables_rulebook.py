"""Tables of rulebooks and the law's wording. Changing one needs a migration in ``data/migrations/versions``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ocop_desktop.data.tables import KEY_IS_TABLE, NEVER_REUSED, Table


class RulebookVersion(Table):
    """One version of a rulebook the office loaded, whole, as plain values (``rules.rulebook.as_plain``); never changed."""

    __tablename__ = "rulebook_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    rulebook: Mapped[str]
    version: Mapped[int]
    in_force: Mapped[dt.date]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    source_file: Mapped[str] = mapped_column(default="")
    source_sha256: Mapped[str] = mapped_column(String(64), default="")
    fingerprint: Mapped[str] = mapped_column(String(64))
    differences: Mapped[list[Any]]
    accepted: Mapped[list[Any]]
    accepted_why: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]]
    __table_args__ = (UniqueConstraint("rulebook", "version"), NEVER_REUSED)


class Wording(Table):
    """The law's own words for a criterion (``choice`` empty) or an option, attached from a document by the office."""

    __tablename__ = "wording"
    rulebook: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    set_no: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(String(8), primary_key=True)
    choice: Mapped[str] = mapped_column(String(4), primary_key=True, default="")
    text: Mapped[str]
    source_file: Mapped[str] = mapped_column(default="")
    source_sha256: Mapped[str] = mapped_column(String(64), default="")
    attached_at: Mapped[dt.datetime]
    __table_args__ = KEY_IS_TABLE
