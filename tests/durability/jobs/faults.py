"""What befalls a job: its worker, its broker, its provider, its messages, its owner."""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable

import asyncpg
from sqlalchemy import make_url

from api.broker import create_celery
from api.queue import Publisher
from tests.durability.jobs.stage import Stage
from tools.jobs.outbox import Hint
from tools.jobs.steps import DEFAULT, LEAD_ENRICHMENT

Fault = Callable[[Stage, str, random.Random], Awaitable[None]]
FROZEN_SECONDS = 2.0
"""Beyond a lease."""
AWAY_SECONDS = 2.0
WORKED_ON = (LEAD_ENRICHMENT, DEFAULT)
"""The queues that a campaign needs."""


async def kill_child(stage: Stage, _job: str, chance: random.Random) -> None:
    """kill -9 of a process that works, at whatever it does."""
    children = stage.stand.children()
    if children:
        stage.kill(chance.choice(children))


async def kill_child_in_a_call(stage: Stage, _job: str, chance: random.Random) -> None:
    """kill -9 while Wiza holds its answers back: sent, charged, and nobody learns of it."""
    await stage.stand.sandbox.behave("slow", provider="wiza", kind="reveal", count=5, delay=0.6)
    await asyncio.sleep(0.2)
    for child in stage.stand.children():
        stage.kill(child)


async def kill_worker(stage: Stage, _job: str, _chance: random.Random) -> None:
    """kill -9 of the worker with all its children, and another one."""
    stage.killed += 1
    stage.stand.kill_worker()
    await stage.stand.start_worker(*WORKED_ON)


async def freeze_child(stage: Stage, _job: str, chance: random.Random) -> None:
    """A process that stands still past its lease, and wakes up."""
    children = stage.stand.children()
    if not children:
        return
    child = chance.choice(children)
    os.kill(child, signal.SIGSTOP)
    await asyncio.sleep(float(stage.stand.environment["WORKER_LEASE"]) + FROZEN_SECONDS)
    try:
        os.kill(child, signal.SIGCONT)
    except ProcessLookupError:  # its time limit ended it
        return


async def flush_redis(stage: Stage, _job: str, _chance: random.Random) -> None:
    """All messages and all progress are gone."""
    redis = stage.stand.redis()
    await redis.flushall()
    await redis.aclose()


async def kill_valkey(stage: Stage, _job: str, _chance: random.Random) -> None:
    """kill -9 of Valkey: for two seconds there is no broker and no progress, then there is what its file holds."""
    stage.stand.valkey.kill()
    await asyncio.sleep(AWAY_SECONDS)
    stage.stand.valkey.start()


async def restart_postgres(stage: Stage, _job: str, _chance: random.Random) -> None:
    """All connections to the database are cut and none is taken for two seconds, as while Postgres restarts."""
    url = make_url(stage.stand.environment["DATABASE_URL"])
    server = await asyncpg.connect(
        url.set(drivername="postgresql", database="postgres").render_as_string(False)
    )
    try:
        await server.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false')
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
        await server.fetch(cut, url.database)
        await asyncio.sleep(AWAY_SECONDS)
    finally:
        await server.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true')
        await server.close()
    async with asyncio.timeout(30):
        while (await stage.client.get("/ready")).status_code != 200:  # noqa: ASYNC110 — the API's own state
            await asyncio.sleep(0.1)


async def publish_again(stage: Stage, job: str, _chance: random.Random) -> None:
    """The same message five times more."""
    settings = stage.stand.api.settings
    publisher = Publisher(create_celery(settings.redis, settings.worker))
    for _ in range(5):
        await asyncio.to_thread(publisher.publish, Hint("enrich-leads", {"job_id": job}))


async def cancel(stage: Stage, job: str, _chance: random.Random) -> None:
    """Somebody cancels the job; what is left is started anew by the campaign."""
    answer = await stage.client.post(f"/jobs/{job}/cancel")
    assert answer.status_code in {200, 409}, answer.text


def provider(mode: str, *, kind: str = "reveal", after: bool = False) -> Fault:
    """Wiza misbehaves a few times; `after`: once it has done and charged what was asked."""

    async def misbehave(stage: Stage, _job: str, chance: random.Random) -> None:
        count = chance.randint(1, 3)
        await stage.stand.sandbox.behave(mode, provider="wiza", kind=kind, count=count, after=after)

    misbehave.__name__ = f"provider_{mode}_{kind}"
    return misbehave


QUICK: tuple[Fault, ...] = (
    provider("server_error", after=True),
    flush_redis,
    kill_child_in_a_call,
    provider("rate_limited"),
    publish_again,
    provider("cut", after=True),
    kill_child,
    provider("garbage", after=True),
    provider("billing_issue"),
    provider("hang", after=True),
    provider("server_error", kind="reveal_status"),
    provider("duplicate_webhook", kind="webhook"),
    cancel,
)
"""Faults that need no seconds of their own."""
SHORT: tuple[Fault, ...] = (*QUICK, kill_worker, kill_valkey)
"""Each once."""
KILLS: tuple[Fault, ...] = (
    kill_child,
    kill_child_in_a_call,
    kill_child,
    kill_worker,
    kill_child,
    kill_child_in_a_call,
    kill_child,
    kill_child,
)
ALL: tuple[Fault, ...] = (*QUICK, *KILLS, freeze_child, restart_postgres, kill_valkey)
"""Of 500 faults 208 are kills of processes that work, and 20 more of Valkey."""
