"""Every table on one page. Changing one needs a migration in ``data/migrations/versions``."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NEVER_REUSED = {"sqlite_autoincrement": True}  # a number once used must not lead an old history line to a new record
KEY_IS_TABLE = {"sqlite_with_rowid": False}  # small rows found only by their key: half the size and one look-up less

NAMES = {
    "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """All tables; texts are NFC, dates are dates, points are never stored as float."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON(none_as_null=True), list[Any]: JSON(none_as_null=True)}


class Setting(Table):
    """One setting of the office, as JSON (``office``, ``rules.default``; see data.settings)."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Commune(Table):
    """A commune, ward or special zone of Decision 19/2025/QĐ-TTg; a changed name is a further row with its own dates."""

    __tablename__ = "commune"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(5))
    name: Mapped[str]
    kind: Mapped[str]
    province_code: Mapped[str] = mapped_column(String(2), index=True)
    province: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    valid_from: Mapped[dt.date] = mapped_column(default=dt.date(2025, 7, 1))
    valid_to: Mapped[dt.date | None]
    __table_args__ = (UniqueConstraint("code", "valid_from"),)


class ImportBatch(Table):
    """One accepted spreadsheet; it can be taken back while nothing later depends on it."""

    __tablename__ = "import_batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    layout: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    imported_at: Mapped[dt.datetime]
    undone_at: Mapped[dt.datetime | None]
    __table_args__ = NEVER_REUSED


class BatchRow(Table):
    """What a batch did to one record: ``created``, or ``updated`` with the values before and after; and the source row."""

    __tablename__ = "batch_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    entity: Mapped[str]
    entity_id: Mapped[int]
    did: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    sheet: Mapped[str] = mapped_column(default="")
    row: Mapped[int | None]
    __table_args__ = (Index("ix_batch_row_entity", "entity", "entity_id"),)


class Producer(Table):
    """A producer (chủ thể). ``kind`` is one of actions.dossiers.PRODUCER_KINDS."""

    __tablename__ = "producer"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(default="", index=True)
    tax_code: Mapped[str] = mapped_column(default="", index=True)
    registration_number: Mapped[str] = mapped_column(default="")
    founded: Mapped[dt.date | None]
    representative: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    ethnicity: Mapped[str] = mapped_column(default="")
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("commune.id"), index=True)
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    commune: Mapped[Commune | None] = relationship()
    __table_args__ = NEVER_REUSED


class Product(Table):
    """A product of one producer; ``set_no`` is its product set (1-26) in the rulebook, or None when not yet known."""

    __tablename__ = "product"
    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    set_no: Mapped[int | None] = mapped_column(index=True)
    category: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    producer: Mapped[Producer] = relationship()
    __table_args__ = NEVER_REUSED


class ProductPhoto(Table):
    """The photo of a product, as JPEG, with its digest. No foreign key: the photo of a deleted draft waits until its product is
    brought back, and numbers of products are never used again.
    """

    __tablename__ = "product_photo"
    product_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes]
    width: Mapped[int]
    height: Mapped[int]
    kept_at: Mapped[dt.datetime]
    sha256: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))


class Dossier(Table):
    """One application of one product, or (status ``history``) the trace of an earlier recognition that came in without ballots.

    ``search`` is the folded text lists look in: product, producer, commune, code (``data.search`` writes it and keeps its index).
    ``stars`` is filled on closing or import.
    """

    __tablename__ = "dossier"
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    rulebook: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="first", index=True)
    round: Mapped[str] = mapped_column(default="", index=True)
    status: Mapped[str] = mapped_column(default="draft", index=True)
    stars: Mapped[int | None] = mapped_column(index=True)
    filed_on: Mapped[dt.date | None] = mapped_column(index=True)
    commune_received_on: Mapped[dt.date | None]
    province_received_on: Mapped[dt.date | None]
    samples: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(default="", index=True)  # begins with the product: also the order of lists
    product: Mapped[Product] = relationship()
    __table_args__ = NEVER_REUSED


class DossierPaper(Table):
    """One legal paper of a dossier that is ticked as present, with its number and dates."""

    __tablename__ = "dossier_paper"
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(default="")
    issuer: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[dt.date | None]
    expires_on: Mapped[dt.date | None]


class SelfAnswer(Table):
    """The producer's own score for one criterion (form 02, part III), with its evidence."""

    __tablename__ = "self_answer"
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    choice: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    __table_args__ = KEY_IS_TABLE


class Council(Table):
    """An assessment council (Hội đồng đánh giá, phân hạng) and the decision that set it up."""

    __tablename__ = "council"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    decision_number: Mapped[str] = mapped_column(default="")
    decision_date: Mapped[dt.date | None]
    members: Mapped[list[Member]] = relationship(back_populates="council", order_by="Member.seat")
    __table_args__ = NEVER_REUSED


class Member(Table):
    """A seat of a council. ``role``: chair, vice, member, secretary."""

    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    seat: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    agency: Mapped[str]
    agency_short: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="member")
    phone: Mapped[str] = mapped_column(default="", server_default=text("''"))
    address: Mapped[str] = mapped_column(default="", server_default=text("''"))
    council: Mapped[Council] = relationship(back_populates="members")
    __table_args__ = NEVER_REUSED


class CouncilSession(Table):
    """A meeting that scores a list of dossiers. Working rules and rulebook are copied in. ``status``: draft, open, closed.

    ``kind``: meeting, or written (opinions collected without a meeting, ``due_on`` the last day).
    """

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    held_on: Mapped[dt.date]
    place: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="draft")
    rulebook: Mapped[str]
    working_rules: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(default="meeting", server_default="meeting")
    due_on: Mapped[dt.date | None]
    council: Mapped[Council] = relationship()
    __table_args__ = NEVER_REUSED


class SessionMember(Table):
    """A member's seat in one session, and whether that person scores and is present."""

    __tablename__ = "session_member"
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    present: Mapped[bool] = mapped_column(default=True)
    scores: Mapped[bool] = mapped_column(default=True)
    member: Mapped[Member] = relationship()


class AgendaItem(Table):
    """One dossier on a session's agenda. ``status``: open, closed, removed (with a reason, or to a meeting)."""

    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    position: Mapped[int]
    status: Mapped[str] = mapped_column(default="open")
    dossier: Mapped[Dossier] = relationship()
    session: Mapped[CouncilSession] = relationship()
    __table_args__ = (UniqueConstraint("session_id", "dossier_id"),)


class Recusal(Table):
    """A member who does not score a dossier, with the reason."""

    __tablename__ = "recusal"
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    reason: Mapped[str]


class Presence(Table):
    """Whether a member is present for one dossier, where that is not what the session's roll says (came late, left early)."""

    __tablename__ = "presence"
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    present: Mapped[bool]


class DismissedHint(Table):
    """A hint of an interest somebody looked at and put aside: it is not shown again, in no session."""

    __tablename__ = "dismissed_hint"
    person: Mapped[str] = mapped_column(primary_key=True)  # folded name: a person sits in several councils
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    shared: Mapped[str] = mapped_column(primary_key=True)  # what both have in common, folded
    reason: Mapped[str] = mapped_column(default="")


class Ballot(Table):
    """One version of a member's ballot for one dossier. The highest version counts; earlier ones are kept."""

    __tablename__ = "ballot"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    opinion: Mapped[str] = mapped_column(default="")
    exclusion: Mapped[str | None]
    finished_at: Mapped[dt.datetime | None]
    reopened_why: Mapped[str] = mapped_column(default="")
    package_digest: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))  # of what a package brought
    __table_args__ = (UniqueConstraint("item_id", "member_id", "version"),)


class Answer(Table):
    """One answer: the choice ("3", "a2", "0"); points come from the rulebook, never from here."""

    __tablename__ = "answer"
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(8), primary_key=True)
    choice: Mapped[str] = mapped_column(String(4))
    note: Mapped[str] = mapped_column(default="")
    copied_from: Mapped[int | None]  # the item the member's own answer was copied from, until it is looked at
    __table_args__ = KEY_IS_TABLE


class Result(Table):
    """The snapshot of a closed dossier: ballots, rulebook, rules, outcome, conclusions. Exact mean as numerator/denominator."""

    __tablename__ = "result"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    mean_numerator: Mapped[int]
    mean_denominator: Mapped[int]
    stars_by_points: Mapped[int]
    stars: Mapped[int | None]
    excluded: Mapped[bool] = mapped_column(default=False)
    rulebook: Mapped[str]
    rulebook_fingerprint: Mapped[str]
    snapshot: Mapped[dict[str, Any]]
    conclusions: Mapped[dict[str, Any]]
    closed_at: Mapped[dt.datetime]
    item: Mapped[AgendaItem] = relationship()


class Decision(Table):
    """A recognition decision: without number and date there is no certificate. ``corrects_id``: the one it corrects."""

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    date: Mapped[dt.date]
    authority: Mapped[str] = mapped_column(default="")
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    __table_args__ = (UniqueConstraint("number", "date", "authority"), NEVER_REUSED)


class Certificate(Table):
    """A recognition with its certificate; earlier years' ones have no result, and a number only when it is known."""

    __tablename__ = "certificate"
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    result_id: Mapped[int | None] = mapped_column(ForeignKey("result.id"), unique=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    number: Mapped[str | None] = mapped_column(unique=True)
    stars: Mapped[int]
    issued_on: Mapped[dt.date] = mapped_column(index=True)
    expires_on: Mapped[dt.date] = mapped_column(index=True)
    revoked_on: Mapped[dt.date | None]
    revoked_why: Mapped[str] = mapped_column(default="")
    revoked_ground: Mapped[str] = mapped_column(default="")  # one of rules.terms.REVOCATION_GROUNDS
    concluded_on: Mapped[dt.date | None]  # day of the authority's conclusion that the revocation follows
    conclusion: Mapped[str] = mapped_column(default="")
    revoked_by: Mapped[str] = mapped_column(default="")  # number of the revocation decision
    extended_until: Mapped[dt.date | None]
    extended_why: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))  # issued again in place of that one
    reissued_on: Mapped[dt.date | None]  # its own day; issued_on stays the day the 36 months run from
    wording: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))  # names as issued; a reprint never says others
    printed_at: Mapped[dt.datetime | None]
    dossier: Mapped[Dossier] = relationship()
    decision: Mapped[Decision | None] = relationship()
    replaces: Mapped[Certificate | None] = relationship(remote_side=[id])
    __table_args__ = NEVER_REUSED


class Change(Table):
    """What was changed, when, by whom: the history of a record, and an entry of the audit chain (``data.changes``)."""

    __tablename__ = "change"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    who: Mapped[str] = mapped_column(default="")
    entity: Mapped[str]
    entity_id: Mapped[int]
    what: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    hash: Mapped[str] = mapped_column(String(64))
    __table_args__ = (Index("ix_change_entity", "entity", "entity_id"), NEVER_REUSED)
