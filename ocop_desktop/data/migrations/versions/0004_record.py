"""The history becomes a chain; presence, written rounds, hints, corrected decisions, people; paper, photos."""

import datetime as dt
import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from ocop_desktop.rules.audit_chain import Entry, Head, digest, hash_of

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _chain()
    for table, column in (
        ("member", "phone VARCHAR DEFAULT '' NOT NULL"),
        ("member", "address VARCHAR DEFAULT '' NOT NULL"),
        ("session", "kind VARCHAR DEFAULT 'meeting' NOT NULL"),
        ("session", "due_on DATE"),
        ("ballot", "package_digest VARCHAR(64) DEFAULT '' NOT NULL"),
        ("answer", "copied_from INTEGER"),
        ("decision", "corrects_id INTEGER CONSTRAINT fk_decision_corrects_id_decision REFERENCES decision (id)"),
        ("certificate", "replaces_id INTEGER CONSTRAINT fk_certificate_replaces_id_certificate REFERENCES certificate (id)"),
        ("certificate", "reissued_on DATE"),
        ("certificate", "wording JSON"),
    ):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.create_table("presence",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name="fk_presence_item_id_agenda_item", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_presence_member_id_member"),
        sa.PrimaryKeyConstraint("item_id", "member_id", name="pk_presence")
    )
    op.create_index("ix_presence_member_id", "presence", ["member_id"])
    _people()
    _own_laptops()
    _office_papers()
    _signers_and_texts()
    _inspection_photos()
    op.execute("ALTER TABLE product_photo ADD COLUMN sha256 VARCHAR(64) DEFAULT '' NOT NULL")
    bind = op.get_bind()
    for product, content in bind.exec_driver_sql("SELECT product_id, content FROM product_photo").fetchall():
        bind.exec_driver_sql("UPDATE product_photo SET sha256 = ? WHERE product_id = ?",
                             (hashlib.sha256(content).hexdigest(), product))


def _people() -> None:
    """Who signs in, and what they said of suspected interests."""
    op.create_table("dismissed_hint",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shared", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name="fk_dismissed_hint_producer_id_producer",
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "producer_id", "kind", "shared", name="pk_dismissed_hint")
    )
    op.create_table("person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("pin", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("recovery", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wrong_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("name", "agency", name="uq_person_name"),
        sqlite_autoincrement=True
    )


def _inspection_photos() -> None:
    op.create_table("inspection_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name="fk_inspection_photo_inspection_id_inspection",
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_inspection_photo"),
        sa.UniqueConstraint("inspection_id", "sha256", name="uq_inspection_photo_inspection_id"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_inspection_photo_inspection_id", "inspection_photo", ["inspection_id"])


def _own_laptops() -> None:
    """Ballots by package: secrets of this file, and each member's laptop in a session."""
    op.create_table("secret_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret_key")
    )
    op.create_table("own_laptop",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("packaged_at", sa.DateTime(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_own_laptop_session_id_session", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_own_laptop_member_id_member"),
        sa.PrimaryKeyConstraint("session_id", "member_id", name="pk_own_laptop")
    )
    op.create_index("ix_own_laptop_member_id", "own_laptop", ["member_id"])
    _paper()


def _paper() -> None:
    """What was typed from a paper ballot, by whom, and the sheet's scan."""
    def sheet(name: str, *more: sa.Column[Any], unique: tuple[str, ...]) -> None:
        op.create_table(name,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("item_id", sa.Integer(), nullable=False),
            sa.Column("member_id", sa.Integer(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            *more,
            sa.Column("who", sa.String(), nullable=False),
            sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=f"fk_{name}_item_id_agenda_item", ondelete="CASCADE"),
            sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=f"fk_{name}_member_id_member"),
            sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
            sa.UniqueConstraint(*unique, name=f"uq_{name}_item_id"),
            sqlite_autoincrement=True
        )
        op.create_index(f"ix_{name}_member_id", name, ["member_id"])

    sheet("paper_sheet",
        sa.Column("typing", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("exclusion", sa.String(), nullable=False),
        sa.Column("hand_total", sa.Integer(), nullable=True),
        sa.Column("typed_at", sa.DateTime(), nullable=True),
        unique=("item_id", "member_id", "version", "typing"))
    sheet("paper_scan",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        unique=("item_id", "member_id", "version"))


def _office_papers() -> None:
    """The office's register of numbers."""
    op.create_table("paper_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper_number"),
        sa.UniqueConstraint("issuer", "body", "sign", "year", "number", name="uq_paper_number_issuer"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_paper_number_session_id", "paper_number", ["session_id", "paper"])
    op.create_index("ix_paper_number_record", "paper_number", ["record", "paper"])


def _signers_and_texts() -> None:
    """Who was chosen to sign one paper, and the office's own Word files."""
    op.create_table("paper_signer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("collective", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper_signer"),
        sa.UniqueConstraint("paper", "record", name="uq_paper_signer_paper"),
        sqlite_autoincrement=True
    )
    op.create_table("paper_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper_template"),
        sa.UniqueConstraint("kind", name="uq_paper_template_kind"),
        sqlite_autoincrement=True
    )


def _chain() -> None:
    """Write the lines there are again, each with its hash; numbers stay."""
    bind = op.get_bind()
    op.drop_index("ix_change_entity", "change")
    op.rename_table("change", "change_before")
    op.create_table("change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sqlite_autoincrement=True
    )
    last, rows = Head(), []
    lines = bind.exec_driver_sql("SELECT id, at, who, entity, entity_id, what, before, after FROM change_before ORDER BY id")
    for seq, at, who, entity, entity_id, what, before, after in lines.fetchall():
        moment = dt.datetime.fromisoformat(at).isoformat()
        entry = Entry(seq, moment, who, entity, entity_id, what, *(digest(json.loads(v) if v else None) for v in (before, after)))
        last = Head(seq, hash_of(entry, last.hash))
        rows.append((seq, at, who, entity, entity_id, what, before, after, last.hash))
    if rows:
        bind.exec_driver_sql("INSERT INTO change (id, at, who, entity, entity_id, what, before, after, hash)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        bind.exec_driver_sql("INSERT OR REPLACE INTO setting (key, value) VALUES ('audit.head', ?)",
                             (json.dumps({"seq": last.seq, "hash": last.hash}),))
    op.drop_table("change_before")
    op.create_index("ix_change_entity", "change", ["entity", "entity_id"])
