"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

WORDS = sa.Text().with_variant(JSONB(), "postgresql")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "consortium",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("programme", sa.String(length=200), nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consortium")),
        sa.UniqueConstraint("key", name=op.f("uq_consortium_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_change_consortium_id_consortium")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_consortium_id"), ["consortium_id"], unique=False)
        batch_op.create_index("ix_change_record", ["entity", "entity_id", "id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("identifiers", sa.JSON(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_organisation_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_organisation_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_person_consortium_id_consortium")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_person_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "region_group",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_region_group_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_group")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_region_group_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sub_project",
        sa.Column(
            "key_order",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=40), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_sub_project_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sub_project")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_sub_project_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "text_index",
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_text_index_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("entity", "entity_id", "field", "language", name=op.f("pk_text_index")),
    )
    with op.batch_alter_table("text_index", schema=None) as batch_op:
        batch_op.create_index(
            "ix_text_index_order", ["consortium_id", "entity", "field", "language", "sort_key"], unique=False
        )

    op.create_table(
        "capacity",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("sub_project_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_capacity_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_capacity_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_capacity_person_id_person")),
        sa.ForeignKeyConstraint(
            ["sub_project_id"], ["sub_project.id"], name=op.f("fk_capacity_sub_project_id_sub_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_capacity_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("capacity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_capacity_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_capacity_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_capacity_sub_project_id"), ["sub_project_id"], unique=False)

    op.create_table(
        "group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["region_group.id"], name=op.f("fk_group_member_group_id_region_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_group_member_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "organisation_id", name=op.f("pk_group_member")),
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_member_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "partner",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Date(), nullable=False),
        sa.Column("left", sa.Date(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_partner_consortium_id_consortium")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_partner_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_partner_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "status_update",
        sa.Column("sub_project_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("summary", WORDS, nullable=False),
        sa.Column("achieved", WORDS, nullable=False),
        sa.Column("next_steps", WORDS, nullable=False),
        sa.Column("support_needs", WORDS, nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_status_update_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["status_update.id"], name=op.f("fk_status_update_corrects_id_status_update")
        ),
        sa.ForeignKeyConstraint(["reported_by_id"], ["person.id"], name=op.f("fk_status_update_reported_by_id_person")),
        sa.ForeignKeyConstraint(
            ["sub_project_id"], ["sub_project.id"], name=op.f("fk_status_update_sub_project_id_sub_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_update")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_status_update_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("status_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_update_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index("ix_status_update_latest", ["sub_project_id", "day", "id"], unique=False)

    op.create_table(
        "participation",
        sa.Column("sub_project_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_participation_partner_id_partner")),
        sa.ForeignKeyConstraint(
            ["sub_project_id"],
            ["sub_project.id"],
            name=op.f("fk_participation_sub_project_id_sub_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sub_project_id", "place", name=op.f("pk_participation")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participation_partner_id"), ["partner_id"], unique=False)

    op.create_table(
        "partner_role",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_partner_role_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_partner_role_partner_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_role")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_partner_role_consortium_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("partner_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_role_partner_id"), ["partner_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("partner_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_role_partner_id"))

    op.drop_table("partner_role")
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_partner_id"))

    op.drop_table("participation")
    with op.batch_alter_table("status_update", schema=None) as batch_op:
        batch_op.drop_index("ix_status_update_latest")
        batch_op.drop_index(batch_op.f("ix_status_update_corrects_id"))

    op.drop_table("status_update")
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_organisation_id"))

    op.drop_table("partner")
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_member_organisation_id"))

    op.drop_table("group_member")
    with op.batch_alter_table("capacity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_capacity_sub_project_id"))
        batch_op.drop_index(batch_op.f("ix_capacity_person_id"))
        batch_op.drop_index(batch_op.f("ix_capacity_organisation_id"))

    op.drop_table("capacity")
    with op.batch_alter_table("text_index", schema=None) as batch_op:
        batch_op.drop_index("ix_text_index_order")

    op.drop_table("text_index")
    op.drop_table("sub_project")
    op.drop_table("region_group")
    op.drop_table("person")
    op.drop_table("organisation")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_record")
        batch_op.drop_index(batch_op.f("ix_change_consortium_id"))

    op.drop_table("change")
    op.drop_table("consortium")
