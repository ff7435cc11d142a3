"""The council's record and the programme: advisory round, product photos, activities, money, targets."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _advisory()
    _photos()
    _programme()
    _register()
    _targets()


def _advisory() -> None:
    """The advisory team's round before the council: its findings on a dossier, its answers and comments."""
    op.create_table("advisory_review",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("set_no", sa.Integer(), nullable=True),
        sa.Column("missing_papers", sa.String(), nullable=False),
        sa.Column("visit_needed", sa.Boolean(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_advisory_review_dossier_id_dossier", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_advisory_review")
    )
    op.create_table("advisory_answer",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=8), nullable=False),
        sa.Column("choice", sa.String(length=4), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_advisory_answer_dossier_id_dossier", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("dossier_id", "criterion", name="pk_advisory_answer"),
        sqlite_with_rowid=False
    )


def _photos() -> None:
    """The photo of a product, in a table of its own so that lists stay as fast as they are."""
    op.create_table("product_photo",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", name="pk_product_photo")
    )


def _programme() -> None:
    """Activities and money of the programme, and score sheets of earlier sessions."""
    op.create_table("activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("minorities", sa.Integer(), nullable=True),
        sa.Column("documents", sa.Integer(), nullable=True),
        sa.Column("cost_vnd", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_activity_kind", "activity", ["kind"])
    op.create_index("ix_activity_begins_on", "activity", ["begins_on"])
    op.create_table("funding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_funding"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_funding_source", "funding", ["source"])
    op.create_index("ix_funding_year", "funding", ["year"])
    op.create_table("history_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("totals", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("mean", sa.String(), nullable=False),
        sa.Column("mean_numerator", sa.Integer(), nullable=False),
        sa.Column("mean_denominator", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_history_score_dossier_id_dossier", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_history_score"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_history_score_dossier_id", "history_score", ["dossier_id"])


def _register() -> None:
    """The life of certificates: extensions, grounds of revocation, inspections."""
    used = op.get_bind().exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'certificate'").scalar()
    _certificate_columns()
    if used is not None:  # making the table anew forgets the numbers that were used and deleted
        op.get_bind().exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'certificate'")
        op.get_bind().exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('certificate', ?)", (used,))
    _inspections()


def _certificate_columns() -> None:
    with op.batch_alter_table("certificate", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("revoked_ground", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("concluded_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("conclusion", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("revoked_by", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("extended_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("extended_why", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("certificate", table_kwargs={"sqlite_autoincrement": True}) as table:
        for name in ("revoked_ground", "conclusion", "revoked_by", "extended_why"):
            table.alter_column(name, server_default=None)


def _inspections() -> None:
    op.create_table("inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("label_right", sa.Boolean(), nullable=True),
        sa.Column("follow_up", sa.String(), nullable=False),
        sa.Column("follow_up_due", sa.Date(), nullable=True),
        sa.Column("follow_up_done", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_inspection_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_inspection"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_inspection_product_id", "inspection", ["product_id"])
    op.create_index("ix_inspection_planned_on", "inspection", ["planned_on"])
    op.create_index("ix_inspection_follow_up_due", "inspection", ["follow_up_due"])


def _targets() -> None:
    op.create_table("programme_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programme_period"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_programme_period_begins_on", "programme_period", ["begins_on"])
    op.create_table("target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["period_id"], ["programme_period.id"], name="fk_target_period_id_programme_period",
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_target"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_target_period_id", "target", ["period_id"])
