"""Tables of the office's own papers. Changing one needs a migration in ``data/migrations/versions``."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ocop_desktop.data.tables import NEVER_REUSED, Table


class PaperNumber(Table):
    """A number of the office's register of papers; a row is never deleted, so that no number is missing or given twice.

    ``issuer`` and ``sign`` are a key of rules.paper_number.KINDS, ``body`` the commune where each counts on its own; ``number``
    runs within them and the ``year``; ``text`` is how it stands on the paper. ``state``: "taken", "reserved" or "cancelled",
    ``reason`` says why the last two. ``paper`` and ``subject`` name the session's paper and, in a batch, whose letter it is;
    ``record`` is what it is of outside a session ("dossier:12", "certificate:7"). No foreign key: a deleted session's number
    stays.
    """

    __tablename__ = "paper_number"
    id: Mapped[int] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    sign: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default="taken")
    about: Mapped[str] = mapped_column(default="")
    session_id: Mapped[int | None]
    paper: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    record: Mapped[str] = mapped_column(default="")
    dated: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("issuer", "body", "sign", "year", "number"),
                      Index("ix_paper_number_session_id", "session_id", "paper"),
                      Index("ix_paper_number_record", "record", "paper"), NEVER_REUSED)


class PaperSigner(Table):
    """Who signs one paper instead of who signs for its office on that day.

    ``paper`` is the key of its kind, ``record`` what it is of: "session:3", "dossier:12", "certificate:7". The rest is a
    ``rules.signatories.Signatory``.
    """

    __tablename__ = "paper_signer"
    id: Mapped[int] = mapped_column(primary_key=True)
    paper: Mapped[str]
    record: Mapped[str]
    issuer: Mapped[str]
    name: Mapped[str]
    title: Mapped[str]
    way: Mapped[str] = mapped_column(default="")
    head: Mapped[str] = mapped_column(default="")
    collective: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("paper", "record"), NEVER_REUSED)


class PaperTemplate(Table):
    """The office's own Word file for a kind of paper, with fields; without a row the shipped text is used."""

    __tablename__ = "paper_template"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    content: Mapped[bytes]
    sha256: Mapped[str] = mapped_column(String(64))
    who: Mapped[str] = mapped_column(default="")
    kept_at: Mapped[dt.datetime]
    __table_args__ = NEVER_REUSED
