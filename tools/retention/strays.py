"""Checkpoints of threads that nobody goes on with: a late write brought a removed one back, or tidying up was cut short.

Talks go on in their session's thread alone, other runs in the one that their row names. What a talk left by another answer or an edit
is kept for a day, in which the fork has surely ended.
"""

import time
from uuid import UUID, uuid4

from sqlalchemy import text

from persistence.session import Database
from persistence.threads import delete_threads

BATCH = 1_000

STRAYS = text(
    """
    WITH looked_at AS (
        SELECT DISTINCT thread_id FROM checkpoints WHERE thread_id > :after ORDER BY thread_id LIMIT :batch
    )
    SELECT thread_id, NOT EXISTS (
        SELECT FROM "DiscoverySessions" s WHERE s."ThreadID" = thread_id::uuid
    ) AND NOT EXISTS (
        SELECT FROM "AgentRuns" r WHERE r."ThreadID" = thread_id::uuid
        AND (r."DiscoverySessionID" IS NULL OR r."StartedAt" > now() - interval '1 day')
    ) AS stray FROM looked_at ORDER BY thread_id
    """
)


async def remove_strays(database: Database, *, deadline: float) -> int:
    """Remove threads that nobody names, until `deadline` (monotonic seconds); how many.

    It begins anywhere, so that many short looks come by everywhere. A run's row is there before its first checkpoint.
    """
    removed, after = 0, str(uuid4())
    for _ in range(2):
        while time.monotonic() < deadline:
            async with database.unit_of_work() as uow:
                found = (await uow.session.execute(STRAYS, {"after": after, "batch": BATCH})).all()
                strays = [UUID(thread) for thread, stray in found if stray]
                if strays:
                    await delete_threads(uow, strays)
            removed += len(strays)
            if len(found) < BATCH:
                break
            after = found[-1].thread_id
        after = ""
    return removed
