"""Removing the graphs' threads for good. The saver can do it one by one; this does many at once, in a transaction."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, column, delete, table
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from persistence.session import UnitOfWork

TABLES = ("checkpoint_writes", "checkpoint_blobs", "checkpoints")


async def delete_threads(uow: UnitOfWork, thread_ids: Sequence[UUID]) -> None:
    """Remove these threads with all their checkpoints."""
    wanted = bindparam("threads", [str(thread_id) for thread_id in thread_ids], ARRAY(Text))
    for name in TABLES:
        thread_id = column("thread_id", Text)
        await uow.session.execute(delete(table(name, thread_id)).where(thread_id == wanted.any_()))
