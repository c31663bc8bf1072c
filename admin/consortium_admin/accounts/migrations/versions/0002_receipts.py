"""Receipts of forms that were kept, so that none is kept twice."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "form_receipt",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_form_receipt")),
    )
    op.create_index(op.f("ix_form_receipt_made_at"), "form_receipt", ["made_at"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("form_receipt")
