"""What a worker's child process works with: one event loop for its whole life, and services opened once in it."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from inspect import isawaitable

import uvloop
from celery import Celery
from redis.asyncio import Redis

from api.queue import Publisher
from api.settings import Settings
from api.tracing.starting import traced
from persistence import redis_client
from persistence.job_progress import JobProgress
from persistence.session import Database
from tools import tracing
from tools.queue import TaskArgument

CONNECTIONS = 10
"""Of one child to Postgres: it works on one message, which may be many leads at once, with a watcher beside."""
CONNECTION_SECONDS = 15.0
"""How long work waits for one of them: many leads take turns at few connections."""


@dataclass(frozen=True)
class WorkerServices:
    """What every task may use."""

    settings: Settings
    database: Database
    redis: Redis
    progress: JobProgress
    publisher: Publisher


Handler = Callable[..., Awaitable[None]]
"""Does one task's work, given the message's arguments."""

Open = Callable[[WorkerServices, AsyncExitStack], Handler | Awaitable[Handler]]
"""Makes a task's handler before the first message, whose time it costs nothing; what it opens it puts on the stack."""


class WorkerProcess:
    """A child: made after the fork, because neither loop nor connection survives one."""

    def __init__(self, settings: Settings, celery: Celery, tasks: Mapping[str, Open]) -> None:
        self._loop = uvloop.new_event_loop()
        self._stack = AsyncExitStack()
        self._stack.enter_context(traced(settings.tracing))
        self._handlers = self._loop.run_until_complete(self._open(settings, celery, tasks))

    def handle(self, task: str, arguments: Mapping[str, TaskArgument], traceparent: str | None) -> None:
        """Do one message's work to its end. `traceparent`: the span it came from."""
        with tracing.span(f"task {task}", parent=traceparent, task=task):
            self._loop.run_until_complete(self._handle(task, arguments))

    def close(self) -> None:
        """Close the services and the loop."""
        self._loop.run_until_complete(self._stack.aclose())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _handle(self, task: str, arguments: Mapping[str, TaskArgument]) -> None:
        await self._handlers[task](**arguments)

    async def _open(
        self, settings: Settings, celery: Celery, tasks: Mapping[str, Open]
    ) -> dict[str, Handler]:
        limits = {"pool_size": CONNECTIONS, "pool_timeout": CONNECTION_SECONDS}
        database = Database(settings.database.model_copy(update=limits))
        self._stack.push_async_callback(database.close)
        redis = redis_client.connect(settings.redis)
        self._stack.push_async_callback(redis.aclose)
        services = WorkerServices(settings, database, redis, JobProgress(redis), Publisher(celery))
        handlers: dict[str, Handler] = {}
        for name, open_handler in tasks.items():
            opened = open_handler(services, self._stack)
            handlers[name] = await opened if isawaitable(opened) else opened
        return handlers
