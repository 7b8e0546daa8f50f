"""What Postgres and Redis hold of a turn: read straight from them, past the product."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from redis.asyncio import Redis

Json = dict[str, Any]
Entry = tuple[bytes, dict[bytes, bytes]]

LIVE = """
    SELECT r."AgentRunID", r."Attempt" FROM "DiscoverySessions" s JOIN "AgentRuns" r ON r."AgentRunID" = s."ActiveTurnID"
    WHERE s."LeaseOwner" LIKE %s
"""
ANSWERS = """
    SELECT * FROM "AgentRuns" WHERE "ClientMessageID" = %(id)s OR "Input" -> 'answers' -> 0 ->> 'approvalId' = %(id)s
"""
BLOCKED = """
    SELECT count(*) AS many FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = %s AND query LIKE %s
"""
OF_A_TURN = {
    "run": 'SELECT * FROM "AgentRuns" WHERE "AgentRunID" = %(turn)s',
    "session": 'SELECT s.* FROM "DiscoverySessions" s JOIN "AgentRuns" r USING ("DiscoverySessionID") WHERE r."AgentRunID" = %(turn)s',
    "messages": 'SELECT m.* FROM "DiscoveryMessages" m JOIN "AgentRuns" r USING ("DiscoverySessionID") '
    'WHERE r."AgentRunID" = %(turn)s ORDER BY m."Position"',
    "usage": 'SELECT * FROM "UsageRecords" WHERE "AgentRunID" = %(turn)s ORDER BY 1',
    "experiments": 'SELECT e.* FROM "Experiments" e JOIN "AgentRuns" r USING ("ProjectID") '
    'WHERE r."AgentRunID" = %(turn)s ORDER BY 1',
    "audit": 'SELECT a.* FROM "AuditLog" a JOIN "AgentRuns" r USING ("ProjectID") WHERE r."AgentRunID" = %(turn)s ORDER BY 1',
    **{
        table: f"SELECT to_jsonb(c) AS row FROM {table} c "
        'JOIN "AgentRuns" r ON r."ThreadID"::text = c.thread_id WHERE r."AgentRunID" = %(turn)s ORDER BY 1'
        for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
    },
}
"""Every row that a turn may write, by what it is."""


@dataclass
class Truth:
    """The two servers behind the replicas."""

    url: str
    postgres: psycopg.AsyncConnection[DictRow]
    redis: Redis

    async def rows(self, query: str, parameters: Any = None) -> list[Json]:
        """What Postgres answers."""
        return await (await self.postgres.execute(query.encode(), parameters)).fetchall()

    async def turn_of(self, message_id: str) -> Json | None:
        """The row of the turn that answers a message, or goes on after an approval of this id, once there is one."""
        found = await self.rows(ANSWERS, {"id": message_id})
        return found[0] if found else None

    async def live_turns(self, pid: int) -> list[Json]:
        """The turns that this process holds and has not ended: id and attempt."""
        return await self.rows(LIVE, [f"%:{pid}:%"])

    async def run(self, turn_id: str) -> Json:
        """A turn's row."""
        return (await self.rows(OF_A_TURN["run"], {"turn": turn_id}))[0]

    async def log(self, turn_id: str) -> list[Entry]:
        """A turn's log as Redis holds it, its events one by one: an entry is a line an event, at the place of its last."""
        events: list[Entry] = []
        for place, fields in await self.redis.xrange(f"turn-log:{turn_id}"):
            epoch, _, last = place.partition(b"-")
            lines = fields[b"e"].split(b"\n")
            numbered = enumerate(lines, int(last) - len(lines) + 1)
            events += [(b"%s-%d" % (epoch, number), {b"e": line}) for number, line in numbered]
        return events

    async def everything(self, turn_id: str) -> Json:
        """All that a turn may have written, anywhere."""
        found: Json = {"log": await self.log(turn_id)}
        for name, query in OF_A_TURN.items():
            found[name] = await self.rows(query, {"turn": turn_id})
        return found

    def another(self) -> AbstractAsyncContextManager[psycopg.AsyncConnection[DictRow]]:
        """One more connection to Postgres, for a transaction of its own."""
        return _connect(self.url)

    async def blocked(self, application: str, query: str) -> bool:
        """Whether a connection of this name waits for a lock with a statement like this."""
        return bool((await self.rows(BLOCKED, [application, query]))[0]["many"])


@asynccontextmanager
async def truth_of(settings: dict[str, str]) -> AsyncIterator[Truth]:
    """Connections to both for a while."""
    redis = Redis.from_url(settings["REDIS_URL"])
    url = settings["DATABASE_URL"]
    try:
        async with _connect(url) as postgres:
            yield Truth(url, postgres, redis)
    finally:
        await redis.aclose()


@asynccontextmanager
async def _connect(url: str) -> AsyncIterator[psycopg.AsyncConnection[DictRow]]:
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True, row_factory=dict_row)
    async with connection:
        yield connection
