"""The stems of titles: each has its own mark, so that a search for titles reads no others."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

#: “ = lag stue ” becomes “ =lag =stue ”, and back
UPGRADE = "UPDATE text_index SET stems = replace(rtrim(substr(stems, 3)), ' ', ' =') || ' ' WHERE stems LIKE ' = %'"
DOWNGRADE = "UPDATE text_index SET stems = ' =' || replace(stems, ' =', ' ') WHERE stems LIKE ' =%'"


def upgrade() -> None:
    """Take the step."""
    op.execute(sa.text(UPGRADE))


def downgrade() -> None:
    """Take it back."""
    op.execute(sa.text(DOWNGRADE))
