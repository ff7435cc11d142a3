"""Alembic's entry: run the migrations on the connection it is given, inside the caller's transaction."""

from alembic import context

from ocop_desktop.data.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
