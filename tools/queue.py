"""The port through which services say "later": a task is sent only after the transaction is committed.

Filled in `api/bootstrap.py` by Celery. The row in `OutboxMessages` is written in the caller's transaction, so a process
that dies between commit and sending loses nothing: a sweeper sends what is still there.
"""

from typing import Protocol

from persistence.session import UnitOfWork

TaskArgument = str | int | None


class Queue(Protocol):
    """Sends work to the workers."""

    async def later(self, uow: UnitOfWork, task: str, /, **arguments: TaskArgument) -> None:
        """Send `task` (its stable name, such as `scrape-website`) once `uow` is committed. Arguments are ids, never data."""
        ...
