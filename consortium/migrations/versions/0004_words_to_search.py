"""Words to search: the text index has numbers, and is searched by an index of each database's own; lists by day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SORT_KEY = sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql")

ORDER = ["consortium_id", "entity", "field", "language", "sort_key"]
LATEST = ["sub_project_id", "day", "id"]
KEY = ["entity", "entity_id", "field", "language"]

#: stems are folded words with spaces between them: every other sign belongs to one, and “=” stands for a title
SQLITE = (
    """CREATE VIRTUAL TABLE text_search USING fts5(
        stems, content='text_index', content_rowid='id', detail='none', columnsize=0, tokenize="ascii tokenchars '_='"
    )""",
    """CREATE TRIGGER text_index_added AFTER INSERT ON text_index BEGIN
        INSERT INTO text_search(rowid, stems) VALUES (new.id, new.stems);
    END""",
    """CREATE TRIGGER text_index_deleted AFTER DELETE ON text_index BEGIN
        INSERT INTO text_search(text_search, rowid, stems) VALUES ('delete', old.id, old.stems);
    END""",
    """CREATE TRIGGER text_index_changed AFTER UPDATE ON text_index BEGIN
        INSERT INTO text_search(text_search, rowid, stems) VALUES ('delete', old.id, old.stems);
        INSERT INTO text_search(rowid, stems) VALUES (new.id, new.stems);
    END""",
)
POSTGRESQL = (
    """CREATE INDEX text_search ON text_index
        USING gin (array_to_tsvector(string_to_array(btrim(stems), ' ')))""",
)


def upgrade() -> None:
    """Take the step; the index is filled again when the database is made ready."""
    op.drop_table("text_index")
    op.create_table(
        "text_index",
        sa.Column("id", sa.Integer(), nullable=False),
        *_columns(),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_text_index_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_index")),
        sa.UniqueConstraint(*KEY, name=op.f("uq_text_index_entity_entity_id_field_language")),
    )
    op.create_index("ix_text_index_order", "text_index", [*ORDER, "entity_id"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement))
    op.drop_index("ix_status_update_latest", "status_update")
    op.drop_index("ix_status_update_corrects_id", "status_update")
    op.create_index("ix_status_update_latest", "status_update", [*LATEST, "workflow", "corrects_id", "state"])
    op.create_index("ix_status_update_day", "status_update", ["consortium_id", "day", "id"])
    few = sa.text("corrects_id IS NOT NULL")
    op.create_index(
        "ix_status_update_corrects_id", "status_update", ["corrects_id"], sqlite_where=few, postgresql_where=few
    )
    op.create_index("ix_milestone_due", "milestone", ["consortium_id", "due", "id"])


def downgrade() -> None:
    """Take it back; the index is then empty."""
    op.drop_index("ix_milestone_due", "milestone")
    op.drop_index("ix_status_update_corrects_id", "status_update")
    op.drop_index("ix_status_update_day", "status_update")
    op.drop_index("ix_status_update_latest", "status_update")
    op.create_index("ix_status_update_latest", "status_update", LATEST)
    op.create_index("ix_status_update_corrects_id", "status_update", ["corrects_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.text("DROP TABLE text_search"))
    op.drop_table("text_index")
    op.create_table(
        "text_index",
        *_columns(),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_text_index_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_text_index")),
    )
    op.create_index("ix_text_index_order", "text_index", ORDER)


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("sort_key", SORT_KEY, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
    ]
