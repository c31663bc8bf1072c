"""The tables of accounts: made beside the records', on each kind of database."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from consortium.models import Database
from consortium_admin.accounts.migrations import latest_revision, prepare, present_revision
from consortium_admin.accounts.tables import Base


def test_the_steps_lead_to_the_tables(database: Database) -> None:
    prepare(database)
    own = set(Base.metadata.tables)

    with database.engine.connect() as connection:
        options = {"compare_type": True, "include_object": lambda _o, name, kind, *_r: kind != "table" or name in own}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_preparing_again_changes_nothing(database: Database) -> None:
    prepare(database)
    prepare(database)

    assert present_revision(database) == latest_revision()
