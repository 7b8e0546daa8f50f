"""Doing without the indexes and foreign keys of an empty table while it is filled: made anew, they cost less than kept."""

from collections.abc import Sequence

from migrations.supabase.sources.quoting import name as quoted
from migrations.supabase.target.connection import Target

INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = ANY(%s::regclass[])
AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
ORDER BY 1
"""
REFERENCES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY 1, 2
"""
Rebuild = list[tuple[str, str]]
"""(what is made, its statement)."""


def drop_indexes(target: Target, tables: Sequence[str]) -> Rebuild:
    """Drop what is not the primary key; the statements that make it anew. In one transaction with these."""
    names = [f'public."{table}"' for table in tables]
    statements: Rebuild = []
    for index, definition in target.rows(INDEXES, [names]):
        target.run(f"DROP INDEX {index}")
        statements.append((index, definition))
    for table, constraint, definition in target.rows(REFERENCES, [names]):
        target.run(f"ALTER TABLE {table} DROP CONSTRAINT {quoted(constraint)}")
        statements.append(
            (constraint, f"ALTER TABLE {table} ADD CONSTRAINT {quoted(constraint)} {definition}")
        )
    return statements


def are_empty(target: Target, tables: Sequence[str]) -> bool:
    """Whether none of these tables has a row."""
    return not any(target.value(f'SELECT EXISTS (SELECT FROM "{table}")') for table in tables)
