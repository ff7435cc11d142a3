"""The first schema: every table, and the trigram index that lists search in."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Letters inside words are found by trigrams; words of one and two letters, typed on the way, by the beginnings of words.
SEARCH = (
    """CREATE VIRTUAL TABLE dossier_search USING fts5(
        search, content='dossier', content_rowid='id', tokenize='trigram case_sensitive 1')""",
    """CREATE VIRTUAL TABLE dossier_word USING fts5(
        search, content='dossier', content_rowid='id', tokenize='unicode61', prefix='1 2 3', detail=none, columnsize=0)""",
    """CREATE TRIGGER dossier_search_insert AFTER INSERT ON dossier BEGIN
        INSERT INTO dossier_search(rowid, search) VALUES (new.id, new.search);
        INSERT INTO dossier_word(rowid, search) VALUES (new.id, new.search);
    END""",
    """CREATE TRIGGER dossier_search_delete AFTER DELETE ON dossier BEGIN
        INSERT INTO dossier_search(dossier_search, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO dossier_word(dossier_word, rowid, search) VALUES ('delete', old.id, old.search);
    END""",
    """CREATE TRIGGER dossier_search_update AFTER UPDATE OF search ON dossier WHEN old.search <> new.search BEGIN
        INSERT INTO dossier_search(dossier_search, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO dossier_word(dossier_word, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO dossier_search(rowid, search) VALUES (new.id, new.search);
        INSERT INTO dossier_word(rowid, search) VALUES (new.id, new.search);
    END""",
)


def upgrade() -> None:
    op.create_table("change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_change")
    )
    op.create_index("ix_change_entity", "change", ["entity", "entity_id"])
    op.create_table("commune",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_commune"),
        sa.UniqueConstraint("code", "valid_from", name="uq_commune_code")
    )
    op.create_index("ix_commune_folded", "commune", ["folded"])
    op.create_index("ix_commune_province_code", "commune", ["province_code"])
    op.create_table("council",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("decision_number", sa.String(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_council"),
        sqlite_autoincrement=True
    )
    op.create_table("import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
        sqlite_autoincrement=True
    )
    op.create_table("setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting")
    )
    op.create_table("batch_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_batch_row_batch_id_import_batch"),
        sa.PrimaryKeyConstraint("id", name="pk_batch_row")
    )
    op.create_index("ix_batch_row_batch_id", "batch_row", ["batch_id"])
    op.create_index("ix_batch_row_entity", "batch_row", ["entity", "entity_id"])
    op.create_table("member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("agency_short", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_member_council_id_council"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_member_council_id", "member", ["council_id"])
    op.create_table("producer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("tax_code", sa.String(), nullable=False),
        sa.Column("registration_number", sa.String(), nullable=False),
        sa.Column("founded", sa.Date(), nullable=True),
        sa.Column("representative", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["commune.id"], name="fk_producer_commune_id_commune"),
        sa.PrimaryKeyConstraint("id", name="pk_producer"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_producer_commune_id", "producer", ["commune_id"])
    op.create_index("ix_producer_folded", "producer", ["folded"])
    op.create_index("ix_producer_kind", "producer", ["kind"])
    op.create_index("ix_producer_tax_code", "producer", ["tax_code"])
    op.create_table("session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("working_rules", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_session_council_id_council"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("code", name="uq_session_code"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_session_council_id", "session", ["council_id"])
    op.create_table("decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_decision_session_id_session"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint("number", "date", "authority", name="uq_decision_number"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_decision_session_id", "decision", ["session_id"])
    op.create_table("product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("set_no", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name="fk_product_producer_id_producer"),
        sa.PrimaryKeyConstraint("id", name="pk_product"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_product_folded", "product", ["folded"])
    op.create_index("ix_product_producer_id", "product", ["producer_id"])
    op.create_index("ix_product_set_no", "product", ["set_no"])
    op.create_table("session_member",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("scores", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_session_member_member_id_member"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_session_member_session_id_session", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session_id", "member_id", name="pk_session_member")
    )
    op.create_index("ix_session_member_member_id", "session_member", ["member_id"])
    op.create_table("dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("commune_received_on", sa.Date(), nullable=True),
        sa.Column("province_received_on", sa.Date(), nullable=True),
        sa.Column("samples", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_dossier_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier"),
        sa.UniqueConstraint("code", name="uq_dossier_code"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_dossier_filed_on", "dossier", ["filed_on"])
    op.create_index("ix_dossier_kind", "dossier", ["kind"])
    op.create_index("ix_dossier_product_id", "dossier", ["product_id"])
    op.create_index("ix_dossier_round", "dossier", ["round"])
    op.create_index("ix_dossier_search", "dossier", ["search"])
    op.create_index("ix_dossier_stars", "dossier", ["stars"])
    op.create_index("ix_dossier_status", "dossier", ["status"])
    op.create_table("agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_agenda_item_dossier_id_dossier"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_agenda_item_session_id_session", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_item"),
        sa.UniqueConstraint("session_id", "dossier_id", name="uq_agenda_item_session_id")
    )
    op.create_index("ix_agenda_item_dossier_id", "agenda_item", ["dossier_id"])
    op.create_index("ix_agenda_item_session_id", "agenda_item", ["session_id"])
    op.create_table("dossier_paper",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_dossier_paper_dossier_id_dossier", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("dossier_id", "kind", name="pk_dossier_paper")
    )
    op.create_table("self_answer",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_self_answer_dossier_id_dossier", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("dossier_id", "criterion", name="pk_self_answer"),
        sqlite_with_rowid=False
    )
    op.create_table("ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("exclusion", sa.String(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("reopened_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name="fk_ballot_item_id_agenda_item", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_ballot_member_id_member"),
        sa.PrimaryKeyConstraint("id", name="pk_ballot"),
        sa.UniqueConstraint("item_id", "member_id", "version", name="uq_ballot_item_id")
    )
    op.create_index("ix_ballot_member_id", "ballot", ["member_id"])
    op.create_table("recusal",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name="fk_recusal_item_id_agenda_item", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_recusal_member_id_member"),
        sa.PrimaryKeyConstraint("item_id", "member_id", name="pk_recusal")
    )
    op.create_index("ix_recusal_member_id", "recusal", ["member_id"])
    op.create_table("result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("mean_numerator", sa.Integer(), nullable=False),
        sa.Column("mean_denominator", sa.Integer(), nullable=False),
        sa.Column("stars_by_points", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("rulebook_fingerprint", sa.String(), nullable=False),
        sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("conclusions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name="fk_result_item_id_agenda_item"),
        sa.PrimaryKeyConstraint("id", name="pk_result"),
        sa.UniqueConstraint("item_id", name="uq_result_item_id")
    )
    op.create_table("answer",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=8), nullable=False),
        sa.Column("choice", sa.String(length=4), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name="fk_answer_ballot_id_ballot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ballot_id", "criterion", name="pk_answer"),
        sqlite_with_rowid=False
    )
    op.create_table("certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_why", sa.String(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_certificate_decision_id_decision"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_certificate_dossier_id_dossier"),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name="fk_certificate_result_id_result"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("number", name="uq_certificate_number"),
        sa.UniqueConstraint("result_id", name="uq_certificate_result_id"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_certificate_decision_id", "certificate", ["decision_id"])
    op.create_index("ix_certificate_dossier_id", "certificate", ["dossier_id"])
    op.create_index("ix_certificate_expires_on", "certificate", ["expires_on"])
    op.create_index("ix_certificate_issued_on", "certificate", ["issued_on"])
    for statement in SEARCH:
        op.execute(statement)
