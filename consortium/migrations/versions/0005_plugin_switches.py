"""Switches of plugins."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "plugin_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.String(length=200), nullable=False),
        sa.Column("variant", sa.String(length=200), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_plugin_switch_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_plugin_switch_partner_id_partner"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plugin_switch")),
    )
    op.create_index("ix_plugin_switch_plugin", "plugin_switch", ["consortium_id", "plugin"])
    op.create_index(op.f("ix_plugin_switch_partner_id"), "plugin_switch", ["partner_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("plugin_switch")
