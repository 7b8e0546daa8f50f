"""The outbox: what is to be sent stands in Postgres first, in the transaction that makes it necessary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from persistence.models.job import OutboxMessage
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tools.queue import TaskArgument

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Hint:
    """A message for the workers: the task's stable name and ids."""

    task: str
    arguments: dict[str, TaskArgument]


@dataclass(frozen=True)
class Unsent:
    """A stored message."""

    id: int
    hint: Hint


async def write(uow: UnitOfWork, hint: Hint, *, grace: float) -> Unsent:
    """Store a message with the change it tells of. Its writer has `grace` seconds to send it before the sweep does."""
    message = OutboxMessage(
        topic=hint.task,
        payload=dict(hint.arguments),
        run_after=utc_now() + timedelta(seconds=grace),
    )
    await Repository(uow.session, OutboxMessage).create(message)
    return Unsent(message.id, hint)


async def mark_sent(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Note that messages were handed to the broker."""
    await Repository(uow.session, OutboxMessage).update(
        {"sent_at": func.now()}, OutboxMessage.id.in_(ids), OutboxMessage.sent_at.is_(None)
    )


async def take_unsent(uow: UnitOfWork, *, grace: float, limit: int = 200) -> list[Unsent]:
    """Messages whose writer did not send them; no other sweep gets them for `grace` seconds."""
    statement = (
        select(OutboxMessage)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.run_after <= func.now())
        .order_by(OutboxMessage.run_after)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = list((await uow.session.execute(statement)).scalars())
    taken = [message.id for message in messages]
    if taken:
        values = {"run_after": func.now() + timedelta(seconds=grace), "attempt": OutboxMessage.attempt + 1}
        await Repository(uow.session, OutboxMessage).update(values, OutboxMessage.id.in_(taken))
    return [Unsent(message.id, Hint(message.topic, message.payload)) for message in messages]


async def forget_sent(uow: UnitOfWork) -> int:
    """Remove messages sent more than a day ago; their number."""
    return await Repository(uow.session, OutboxMessage).delete(OutboxMessage.sent_at < utc_now() - KEPT)
