"""Tables of the programme over the years. Changing one needs a migration in ``data/migrations/versions``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ocop_desktop.data.tables import NEVER_REUSED, Product, Table


class Activity(Table):
    """An activity of the programme: ``kind`` is one of rules.terms.ACTIVITY_KINDS; counts are what was reported, money is VND.

    ``begins_on`` and ``ends_on`` are the first and the last day of its time, however rough it is known (day, month, year).
    ``events``: how many a line stands for.
    """

    __tablename__ = "activity"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    begins_on: Mapped[dt.date] = mapped_column(index=True)
    ends_on: Mapped[dt.date]
    place: Mapped[str] = mapped_column(default="")
    events: Mapped[int] = mapped_column(default=1)
    people: Mapped[int | None]
    women: Mapped[int | None]
    minorities: Mapped[int | None]
    documents: Mapped[int | None]
    cost_vnd: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = NEVER_REUSED


class Funding(Table):
    """Money the programme mobilised in a year: ``source`` is one of rules.terms.FUNDING_SOURCES."""

    __tablename__ = "funding"
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = NEVER_REUSED


class HistoryScore(Table):
    """What an earlier session's score sheet says of a dossier, without ballots: totals by agency as decimal texts, as they stood.

    ``mean`` is what the sheet says, or empty; ``mean_numerator`` and ``mean_denominator`` are the exact mean of the totals.
    """

    __tablename__ = "history_score"
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    session: Mapped[str] = mapped_column(default="")
    held_on: Mapped[dt.date | None]
    totals: Mapped[list[Any]]
    mean: Mapped[str] = mapped_column(default="")
    mean_numerator: Mapped[int]
    mean_denominator: Mapped[int]
    stars: Mapped[int | None]
    __table_args__ = NEVER_REUSED


class Inspection(Table):
    """A check (kiểm tra, giám sát) of a product in use of its certificate: planned, held, and what is to follow by when."""

    __tablename__ = "inspection"
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    planned_on: Mapped[dt.date] = mapped_column(index=True)
    held_on: Mapped[dt.date | None]
    team: Mapped[str] = mapped_column(default="")
    findings: Mapped[str] = mapped_column(default="")
    label_right: Mapped[bool | None]  # the OCOP mark is used as it should be
    follow_up: Mapped[str] = mapped_column(default="")
    follow_up_due: Mapped[dt.date | None] = mapped_column(index=True)
    follow_up_done: Mapped[dt.date | None]
    product: Mapped[Product] = relationship()
    __table_args__ = NEVER_REUSED


class InspectionPhoto(Table):
    """A photo taken at an inspection, as JPEG; ``sha256`` is of ``content``, ``name`` the file's it came from."""

    __tablename__ = "inspection_photo"
    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="")
    content: Mapped[bytes]
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    kept_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("inspection_id", "sha256"), NEVER_REUSED)


class ProgrammePeriod(Table):
    """A period the province answers for with targets, e.g. 2023-2025."""

    __tablename__ = "programme_period"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    begins_on: Mapped[dt.date] = mapped_column(index=True)
    ends_on: Mapped[dt.date]
    source: Mapped[str] = mapped_column(default="")  # the plan or resolution that sets the targets
    targets: Mapped[list[Target]] = relationship(back_populates="period", order_by="Target.position",
                                                 cascade="all, delete-orphan")
    __table_args__ = NEVER_REUSED


class Target(Table):
    """At least ``least`` of a measure (rules.targets.MEASURES): a count, or a whole per cent where the measure is a share."""

    __tablename__ = "target"
    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("programme_period.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    measure: Mapped[str]
    least: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    period: Mapped[ProgrammePeriod] = relationship(back_populates="targets")
    __table_args__ = NEVER_REUSED
