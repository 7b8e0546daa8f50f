"""The statement that ends a turn: the lease goes back and the record is written, or neither."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import BigInteger, Text, TextClause, Uuid, bindparam, text

from persistence.driver.statements import DirectStatement
from tools.usage.service import ADD_USAGE

TYPES = {
    "session": BigInteger,
    "turn": Uuid,
    "fence": BigInteger,
    "turn_count": BigInteger,
    "experiments": Text,
    "run": Text,
    "messages": Text,
    "calls": Text,
}
"""Values of the statement. Those of type Text are JSON; `run` is by the names of columns, `experiments` None to stay."""


@cache
def closing(columns: Sequence[str]) -> TextClause:
    """Gives the lease back and, if it was still held, changes these columns of the run's row, and adds to the talk and
    the usage. Its row is the session, no row when the lease was lost. Built once: the ORM would take longer than Postgres.
    """
    changes = ", ".join(f'"{column}" = given."{column}"' for column in columns)
    statement = f"""
        WITH held AS (
            UPDATE "DiscoverySessions" SET
                "TurnCount" = :turn_count, "ActiveTurnID" = NULL, "LeaseOwner" = NULL, "LeaseUntil" = NULL,
                "GeneratedIcps" = coalesce(CAST(:experiments AS jsonb), "GeneratedIcps"), "UpdatedAt" = now()
            WHERE "DiscoverySessionID" = :session AND "ActiveTurnID" = :turn AND "Fence" = :fence
            RETURNING "DiscoverySessionID" AS session
        ), closed AS (
            UPDATE "AgentRuns" AS run SET {changes}, "UpdatedAt" = now()
            FROM held, jsonb_populate_record(CAST(NULL AS "AgentRuns"), CAST(:run AS jsonb)) AS given
            WHERE run."AgentRunID" = :turn
        ), said AS (
            INSERT INTO "DiscoveryMessages" ("DiscoverySessionID", "Position", "Message")
            SELECT held.session, talk.length + added.number - 1, added.message
            FROM held, jsonb_array_elements(CAST(:messages AS jsonb)) WITH ORDINALITY AS added (message, number),
                (SELECT coalesce(max("Position") + 1, 0) AS length FROM "DiscoveryMessages"
                 WHERE "DiscoverySessionID" = :session) AS talk
        ), spent AS ({ADD_USAGE} WHERE EXISTS (SELECT FROM held))
        SELECT session FROM held
    """  # noqa: S608 — SQL of our own, values are bound
    return text(statement).bindparams(*(bindparam(name, type_=kind) for name, kind in TYPES.items()))


@cache
def closing_directly(columns: Sequence[str]) -> DirectStatement:
    """The same for the driver's own connections."""
    return DirectStatement(closing(columns))
