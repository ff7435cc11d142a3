"""Tables of the advisory team. Changing one needs a migration in ``data/migrations/versions``."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ocop_desktop.data.tables import KEY_IS_TABLE, Table


class AdvisoryReview(Table):
    """What the advisory team (Tổ tư vấn) found before the council, and the set its answers are for.

    ``proposal``: "", council, supplement, return.
    """

    __tablename__ = "advisory_review"
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True)
    rulebook: Mapped[str] = mapped_column(default="")
    set_no: Mapped[int | None]
    missing_papers: Mapped[str] = mapped_column(default="")
    visit_needed: Mapped[bool | None]
    visited_on: Mapped[dt.date | None]
    finding: Mapped[str] = mapped_column(default="")
    opinion: Mapped[str] = mapped_column(default="")
    proposal: Mapped[str] = mapped_column(default="")
    proposed_on: Mapped[dt.date | None]
    proposed_by: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[dt.datetime | None]


class AdvisoryAnswer(Table):
    """The advisory team's answer to one criterion (empty: a comment only), with its comment; never in a mean."""

    __tablename__ = "advisory_answer"
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(8), primary_key=True)
    choice: Mapped[str] = mapped_column(String(4))
    comment: Mapped[str] = mapped_column(default="")
    __table_args__ = KEY_IS_TABLE
