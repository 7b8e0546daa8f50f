"""What a database holds against what the code expects: tables, enums, checkpoint tables, broken indexes."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from langgraph.checkpoint.postgres import PostgresSaver
from sqlalchemy import Connection, Enum, inspect, text
from sqlalchemy.dialects.postgresql.base import PGInspector

from persistence.models import Entity

CHECKPOINT_TABLES = frozenset(
    {"checkpoints", "checkpoint_blobs", "checkpoint_writes", "checkpoint_migrations"}
)


def differences(connection: Connection) -> list[str]:
    """One sentence for each difference; none when the database is right."""
    return [
        *_table_differences(connection),
        *_enum_differences(connection),
        *_checkpoint_differences(connection),
        *_incomplete_indexes(connection),
    ]


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic compares a reflected object: all but the checkpoint tables, which are the saver's."""
    return not (kind == "table" and name in CHECKPOINT_TABLES)


def _table_differences(connection: Connection) -> list[str]:
    options: dict[str, Any] = {"include_name": include_name, "compare_server_default": True}
    context = MigrationContext.configure(connection, opts=options)
    return [
        f"The tables differ from the entities: {_describe(found)}."
        for found in compare_metadata(context, Entity.metadata)
    ]


def _describe(found: Any) -> str:
    """Alembic's finding in short: an operation and names, or a list of such for one column."""
    if isinstance(found, list):
        return "; ".join(_describe(each) for each in found)
    operation, *parts = found
    names = [str(getattr(part, "name", part)) for part in parts if part is not None]
    return " ".join([operation, *names])


def _enum_differences(connection: Connection) -> list[str]:
    """Enums whose words differ; Alembic does not compare them."""
    inspector = inspect(connection)
    assert isinstance(inspector, PGInspector)
    stored = {enum["name"]: list(enum["labels"]) for enum in inspector.get_enums()}
    wanted = {
        str(column.type.name): list(column.type.enums)
        for table in Entity.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Enum)
    }
    return [
        f"The enum {name} holds {stored.get(name)}; it should hold {words}."
        for name, words in wanted.items()
        if stored.get(name) != words
    ]


def _checkpoint_differences(connection: Connection) -> list[str]:
    missing = CHECKPOINT_TABLES - set(inspect(connection).get_table_names())
    if missing:
        return [f"The table {name} is missing." for name in sorted(missing)]
    version = connection.scalar(text("SELECT max(v) FROM checkpoint_migrations"))
    newest = len(PostgresSaver.MIGRATIONS) - 1
    return [] if version == newest else [f"The checkpoint tables are at {version}; the newest is {newest}."]


def _incomplete_indexes(connection: Connection) -> list[str]:
    """Indexes whose concurrent creation was cut off: Postgres keeps them, unused."""
    names = connection.scalars(text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"))
    return [f"The index {name} is incomplete: drop it and upgrade again." for name in names]
