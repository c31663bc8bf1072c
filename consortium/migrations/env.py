"""Alembic's environment: takes the steps on the connection that it is given."""

from alembic import context

from consortium.migrations import VERSION_TABLE, is_modelled
from consortium.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
    include_name=is_modelled,
)
with context.begin_transaction():
    context.run_migrations()
