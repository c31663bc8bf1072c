"""Alembic's environment for the tables of accounts."""

from alembic import context

from consortium_admin.accounts.migrations import VERSION_TABLE
from consortium_admin.accounts.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
