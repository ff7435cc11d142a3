"""Tables of ballots filled in on paper. Changing one needs a migration in ``data/migrations/versions``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ocop_desktop.data.tables import NEVER_REUSED, Table


class PaperSheet(Table):
    """One typing of a member's paper ballot: ``typing`` 1 is the first person's, 2 that of the one who checks.

    ``version`` is the ballot's; ``typed_at`` is empty while the sheet is being typed; ``hand_total`` is what the sheet says.
    """

    __tablename__ = "paper_sheet"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    typing: Mapped[int]
    choices: Mapped[dict[str, Any]]
    opinion: Mapped[str] = mapped_column(default="")
    exclusion: Mapped[str] = mapped_column(default="")
    hand_total: Mapped[int | None]
    who: Mapped[str] = mapped_column(default="")
    typed_at: Mapped[dt.datetime | None]
    __table_args__ = (UniqueConstraint("item_id", "member_id", "version", "typing"), NEVER_REUSED)


class PaperScan(Table):
    """The scanned sheet itself, as it came: a picture or a PDF."""

    __tablename__ = "paper_scan"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    content: Mapped[bytes]
    sha256: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[dt.datetime]
    who: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("item_id", "member_id", "version"), NEVER_REUSED)
