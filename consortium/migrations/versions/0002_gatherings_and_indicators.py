"""Milestones, indicators, themes, periods, gatherings, terms and snapshots; a status can be a draft."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

WORDS = sa.Text().with_variant(JSONB(), "postgresql")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "reporting_period",
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("locked", sa.Date(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_reporting_period_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_period")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_reporting_period_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "series",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("per_year", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_series_consortium_id_consortium")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_series_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "term_entry",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("avoid", WORDS, nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_term_entry_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_entry")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_term_entry_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "theme",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("question", WORDS, nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_theme_consortium_id_consortium")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_theme_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "assessment",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("sub_project_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("degree", sa.String(length=40), nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_assessment_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["sub_project_id"], ["sub_project.id"], name=op.f("fk_assessment_sub_project_id_sub_project")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_assessment_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_assessment_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_sub_project_id"), ["sub_project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "gathering",
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_gathering_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_gathering_host_id_organisation")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_gathering_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_gathering_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gathering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gathering_series_id"), ["series_id"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("sub_project_id", sa.Integer(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("unit", WORDS, nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_indicator_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["sub_project_id"], ["sub_project.id"], name=op.f("fk_indicator_sub_project_id_sub_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_indicator_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_sub_project_id"), ["sub_project_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("sub_project_id", sa.Integer(), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_milestone_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["sub_project_id"], ["sub_project.id"], name=op.f("fk_milestone_sub_project_id_sub_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_milestone_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_sub_project_id"), ["sub_project_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("contributor", sa.String(length=200), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_agenda_item_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_agenda_item_gathering_id_gathering")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_agenda_item_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_gathering_id"), ["gathering_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_attendance_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_attendance_gathering_id_gathering")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_attendance_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.ForeignKeyConstraint(
            ["substitute_for_id"], ["person.id"], name=op.f("fk_attendance_substitute_for_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_attendance_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_gathering_id"), ["gathering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "indicator_value",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_indicator_value_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_value_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_indicator_value_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_value_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_snapshot_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_snapshot_gathering_id_gathering")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_snapshot_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "statement",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_statement_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_statement_gathering_id_gathering")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_statement_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_statement_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_gathering_id"), ["gathering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "status_comment",
        sa.Column("status_update_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_status_comment_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["status_update_id"], ["status_update.id"], name=op.f("fk_status_comment_status_update_id_status_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_comment")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_status_comment_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("status_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_comment_status_update_id"), ["status_update_id"], unique=False)

    op.create_table(
        "snapshot_line",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_line_snapshot_id_snapshot"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "place", name=op.f("pk_snapshot_line")),
    )
    with op.batch_alter_table("snapshot_line", schema=None) as batch_op:
        batch_op.create_index("ix_snapshot_line_key", ["snapshot_id", "key"], unique=False)

    op.create_index("ix_sub_project_walk", "sub_project", ["consortium_id", "id"])
    op.add_column(
        "status_update", sa.Column("workflow", sa.String(length=40), nullable=False, server_default="submitted")
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_column("status_update", "workflow")
    op.drop_index("ix_sub_project_walk", "sub_project")
    for table in (
        "snapshot_line",
        "status_comment",
        "statement",
        "snapshot",
        "indicator_value",
        "attendance",
        "agenda_item",
        "milestone",
        "indicator",
        "gathering",
        "assessment",
        "theme",
        "term_entry",
        "series",
        "reporting_period",
    ):
        op.drop_table(table)
