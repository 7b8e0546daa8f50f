"""The product's queue: a row in the outbox, and after the commit a message to the workers.

Sending happens in a thread, behind the answer: a broker that is away or stuck delays nobody. What fails to be sent
stays in the outbox, and the workers' sweep sends it.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import structlog
from celery import Celery

from persistence.session import Database, UnitOfWork
from tools import tracing
from tools.jobs.outbox import Hint, Unsent, mark_sent, write
from tools.queue import TaskArgument

log = structlog.get_logger(__name__)

SENDING_AT_ONCE = 4
TRACEPARENT = "traceparent"
"""The header of a message that says which span it came from."""
CONNECTION_SECONDS = 3
MESSAGE_LIFETIME = 24 * 3600
"""Seconds after which an unread message is dropped: the sweep has long sent another.

Long beside what clocks are off by: a worker that is an hour ahead would take and drop whatever lived for an hour.
"""


class Publisher:
    """Hands messages to the broker. `publish` blocks: call it in a thread."""

    def __init__(self, celery: Celery) -> None:
        self._celery = celery

    def publish(self, hint: Hint, traceparent: str | None = None) -> None:
        """Send one message, without repeating. Raises what kombu raises; the message may have arrived even then.

        `traceparent`: the span it came from.
        """
        self._celery.send_task(
            hint.task,
            kwargs=hint.arguments,
            headers={TRACEPARENT: traceparent} if traceparent else None,
            retry=False,
            ignore_result=True,
            expires=MESSAGE_LIFETIME,
            argsrepr="()",
            kwargsrepr=repr(sorted(hint.arguments)),
        )

    def waiting(self, queue: str) -> int:
        """How many messages wait in a queue that nobody has taken. Blocks, and raises what kombu raises."""
        pool: Any = self._celery.pool  # of connections, which its hint calls producers
        with pool.acquire(block=True, timeout=CONNECTION_SECONDS) as connection:
            return int(connection.default_channel.client.llen(queue))


class OutboxQueue:
    """Fills the port `tools.queue.Queue`."""

    def __init__(self, database: Database, publisher: Publisher, *, grace: float) -> None:
        """`grace`: seconds before the sweep sends what we didn't."""
        self._database = database
        self._publisher = publisher
        self._grace = grace
        self._threads = ThreadPoolExecutor(SENDING_AT_ONCE, thread_name_prefix="publish")
        self._sending: set[asyncio.Task[None]] = set()

    async def later(self, uow: UnitOfWork, task: str, /, **arguments: TaskArgument) -> None:
        """Send `task` once `uow` is committed."""
        unsent = await write(uow, Hint(task, arguments), grace=self._grace)

        async def send() -> None:
            sending = asyncio.create_task(self._send(unsent))
            self._sending.add(sending)
            sending.add_done_callback(self._sending.discard)

        uow.after_commit(send)

    async def settle(self) -> None:
        """Wait until everything committed so far was sent or given up."""
        while self._sending:
            await asyncio.gather(*self._sending)

    async def close(self) -> None:
        """Finish what is being sent."""
        await self.settle()
        self._threads.shutdown(wait=False)

    async def _send(self, unsent: Unsent) -> None:
        loop = asyncio.get_running_loop()
        try:
            publish = partial(self._publisher.publish, unsent.hint, tracing.carried())
            await loop.run_in_executor(self._threads, publish)
            async with self._database.unit_of_work() as uow:
                await mark_sent(uow, [unsent.id])
        except Exception as error:  # noqa: BLE001 — whatever it is, the sweep sends it again
            log.warning("queue.not_sent", task=unsent.hint.task, error=type(error).__name__)
