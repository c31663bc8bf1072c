"""The texts that wait for somebody: few among many, and found without reading the others."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    waits = sa.text("state IN ('missing', 'outdated')")
    op.create_index(
        "ix_text_index_waiting",
        "text_index",
        ["consortium_id", "language", "entity", "entity_id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_text_index_waiting", "text_index")
