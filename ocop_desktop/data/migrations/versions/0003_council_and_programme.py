"""The council's record and the programme: advisory round, product photos."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _advisory()
    _photos()


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
