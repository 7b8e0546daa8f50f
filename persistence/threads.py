"""Removing what graphs' threads no longer need. The saver can do it step by step; this is one statement, in a transaction."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, column, delete, table
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from persistence.driver.connections import DirectConnections
from persistence.session import UnitOfWork

TABLES = ("checkpoint_writes", "checkpoint_blobs", "checkpoints")

PRUNE = """
    WITH newest AS (
        SELECT checkpoint_id, checkpoint -> 'channel_versions' AS versions FROM checkpoints
        WHERE thread_id = $1 AND checkpoint_ns = '' ORDER BY checkpoint_id DESC LIMIT 1
    ), old_checkpoints AS (
        DELETE FROM checkpoints c USING newest n
        WHERE c.thread_id = $1 AND c.checkpoint_ns = '' AND c.checkpoint_id < n.checkpoint_id
    ), old_writes AS (
        DELETE FROM checkpoint_writes w USING newest n
        WHERE w.thread_id = $1 AND w.checkpoint_ns = '' AND w.checkpoint_id < n.checkpoint_id
    )
    DELETE FROM checkpoint_blobs b USING newest n
    WHERE b.thread_id = $1 AND b.checkpoint_ns = ''
    AND n.versions ->> b.channel IS DISTINCT FROM b.version
"""


async def prune_thread(connections: DirectConnections, thread_id: UUID) -> None:
    """Keep only the newest checkpoint of a thread, with what an interrupt in it waits for.

    Safe beside a run that writes to the thread: all parts of the statement see the same moment, and what is written
    after it is not seen. For graphs without subgraphs of their own. Raises as the connections do.
    """
    await connections.rows(PRUNE, str(thread_id))


async def delete_threads(uow: UnitOfWork, thread_ids: Sequence[UUID]) -> None:
    """Remove these threads with all their checkpoints."""
    wanted = bindparam("threads", [str(thread_id) for thread_id in thread_ids], ARRAY(Text))
    for name in TABLES:
        thread_id = column("thread_id", Text)
        await uow.session.execute(delete(table(name, thread_id)).where(thread_id == wanted.any_()))
