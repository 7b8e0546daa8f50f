"""What Alembic runs for each command: how to connect, and what to compare the database with.

The database is given by `config.attributes["url"]` (persistence/schema.py), `-x url=…`, or DATABASE_URL.
"""

import os

from alembic import context
from sqlalchemy import NullPool, create_engine

from persistence.models import Entity
from persistence.schema import sync_url
from persistence.schema_differences import include_name


def database_url() -> str:
    """The database to work on. Raises KeyError when nothing names one."""
    given = context.config.attributes.get("url") or context.get_x_argument(as_dictionary=True).get("url")
    return str(given or os.environ["DATABASE_URL"])


def run_online() -> None:
    """Migrate a live database, each revision in a transaction of its own."""
    engine = create_engine(sync_url(database_url()), poolclass=NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Entity.metadata,
            include_name=include_name,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


def run_offline() -> None:
    """Print the SQL instead of running it (`--sql`)."""
    context.configure(
        dialect_name="postgresql",
        target_metadata=Entity.metadata,
        literal_binds=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
