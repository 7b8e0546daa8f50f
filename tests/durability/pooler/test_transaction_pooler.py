"""API, worker and checkpoints behind PgBouncer in transaction mode, with far fewer connections to Postgres than clients of it.

`make test-full PART=pooler`, which installs pgbouncer where there is none.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import httpx
import psycopg
import pytest
from sqlalchemy import text

from persistence.session import Database
from persistence.settings import DatabaseSettings
from tests.dev.processes import ROOT
from tests.durability.replicas import Replica, Replicas, Zygote
from tests.durability.talks import WAYS, Reader, talking
from tests.durability.truth import Truth, truth_of
from tests.durability.verdicts import assert_nothing_lost
from tests.fixtures.database import create_database
from tests.fixtures.pgbouncer import pgbouncer
from tests.fixtures.product import Product
from tests.journeys.founder import Founder
from tests.journeys.seller import ONBOARDING, Seller, people

pytestmark = [pytest.mark.full, pytest.mark.timeout(600)]

CONNECTIONS = 4
"""From the pooler to Postgres, for two API processes of 19 connections each and a worker of 38."""
TALKS, TURNS = 6, 2
NEWCOMERS = 20
LEADS = 60
FIVE = "just give me the five experiments now"


@pytest.fixture(scope="module")
def direct_url(postgres_url: str, migrated_template: str) -> str:
    """A migrated database, past the pooler."""
    return create_database(postgres_url, template=migrated_template)


@pytest.fixture(scope="module")
def pooled_url(direct_url: str) -> Iterator[str]:
    """The same database through the pooler."""
    with pgbouncer(direct_url, connections=CONNECTIONS) as url:
        yield url


@pytest.fixture(scope="module")
def pooled_settings(product: Product, direct_url: str, pooled_url: str, redis_url: str) -> dict[str, str]:
    """The product's settings with everything through the pooler."""
    redis = redis_url.removesuffix("/0")
    return product.environment | {
        "DATABASE_URL": pooled_url,
        "DATABASE_TRANSACTION_POOLER": "true",
        "DATABASE_SCHEMA_URL": direct_url,
        "REDIS_URL": f"{redis}/8",
        "CELERY_BROKER_URL": f"{redis}/9",
        "TURN_LEASE": "4",
        "DATABASE_IDLE_TIMEOUT": "3",
    }


@pytest.fixture(scope="module")
async def pooled(zygote: Zygote, pooled_settings: dict[str, str]) -> AsyncIterator[Replicas]:
    """Two API processes and a real worker with beat."""
    replicas = Replicas(zygote, pooled_settings)
    command = ["worker", "--concurrency", "2", "--beat"]
    pid, log = zygote.fork(command, {**os.environ, **pooled_settings}, "pooled-worker")
    worker = Replica(zygote, 0, pid, log)
    try:
        for _ in range(2):
            await replicas.start()
        yield replicas
    finally:
        replicas.kill_all()
        # Not killed: its children would outlive it.
        worker.tell_to_stop()
        await worker.end(70)


@pytest.fixture
async def truth(pooled_settings: dict[str, str], direct_url: str) -> AsyncIterator[Truth]:
    """What Postgres and Redis hold, asked past the pooler."""
    async with truth_of(pooled_settings | {"DATABASE_URL": direct_url}) as truth:
        yield truth


@pytest.fixture(autouse=True)
def nothing_failed(pooled: Replicas) -> Iterator[None]:
    """No process logs an error of its own or of the database in the meantime."""
    before = {replica.log: len(replica.log.read_text()) for replica in pooled.running}
    yield
    for log, seen in before.items():
        said = log.read_text()[seen:]
        assert not [line for line in said.splitlines() if '"level": "error"' in line], said[-4000:]
        assert "prepared statement" not in said


def client_of(product: Product, replica: Replica, email: str) -> httpx.AsyncClient:
    """Somebody signed in, at this replica."""
    client = product.client(email)
    client.base_url = httpx.URL(replica.url)
    return client


async def connections_to(truth: Truth) -> dict[str, int]:
    """The product's connections to Postgres, by the name that they gave."""
    rows = await truth.rows(
        "SELECT application_name AS name, count(*) AS many FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() GROUP BY 1"
    )
    return {str(row["name"]): int(row["many"]) for row in rows}


async def test_pooler_lets_many_people_sign_in_at_once_each_once(
    product: Product, pooled: Replicas, truth: Truth
) -> None:
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(
                client_of(product, pooled.running[number % 2], f"pooler-{number // 2}@example.com")
            )
            for number in range(2 * NEWCOMERS)
        ]
        answers = await asyncio.gather(*(client.get("/auth/me") for client in clients))
    assert {answer.status_code for answer in answers} == {200}
    users = {answer.json()["data"]["userId"] for answer in answers}
    assert len(users) == NEWCOMERS, "two requests of one person at once make one account"
    assert sum((await connections_to(truth)).values()) <= CONNECTIONS


async def test_pooler_carries_talks_that_are_read_at_another_replica(
    product: Product, pooled: Replicas, truth: Truth, counted: None
) -> None:
    first, second = pooled.running
    async with AsyncExitStack() as stack:
        talks = [
            await stack.enter_async_context(talking(product, first, f"pooler-talk-{number}"))
            for number in range(TALKS)
        ]
        for _ in range(TURNS):
            readers = [Reader(talk, *WAYS[number % len(WAYS)]) for number, talk in enumerate(talks)]
            for reader in readers:
                asking = asyncio.create_task(reader.ask(first))
                await reader.until(lambda shown: len(shown.words) > 5, seconds=20)
                asking.cancel()  # the connection breaks off in mid-answer
            await asyncio.gather(*(reader.until_over(lambda: second) for reader in readers))
            for reader in readers:
                assert reader.connections > 1
                await assert_nothing_lost(reader, truth, second)
    assert sum((await connections_to(truth)).values()) <= CONNECTIONS


async def test_pooler_lets_a_killed_process_be_taken_over(
    product: Product, pooled: Replicas, truth: Truth, counted: None
) -> None:
    heir = pooled.running[0]
    dying = await pooled.start()
    async with talking(product, heir, "pooler-killed") as talk:
        reader = Reader(talk, "cursor", "ai-6")
        asking = asyncio.create_task(reader.ask(dying))
        await reader.until(lambda shown: len(shown.words) > 5, seconds=20)
        dying.kill()
        await asking
        await reader.until_over(lambda: heir)
        turn = await assert_nothing_lost(reader, truth, heir)
    assert turn["Attempt"] == 2


async def test_pooler_carries_a_talk_to_its_experiments(product: Product, pooled: Replicas) -> None:
    async with client_of(product, pooled.running[0], "pooler-founder@example.com") as client:
        founder = await Founder.begin(client, "Acme")
        await founder.describe(ONBOARDING)
        assert (await founder.say("Our best customer is a steel trader, 120 people.")).finished
        answer = await founder.say(FIVE)
        assert answer.approval_id, answer.text
        assert (await founder.answer_approval(answer.approval_id, True)).finished
        assert len(await founder.experiments()) == 5
        view = await client.post(f"/workspaces/{founder.workspace_id}/worldview/generate")
        assert view.status_code == 200, view.text


async def test_pooler_carries_what_workers_do(product: Product, pooled: Replicas) -> None:
    async with client_of(product, pooled.running[1], "pooler-seller@example.com") as client:
        seller = Seller(client)
        await seller.begin()
        (_, campaign), _ = await seller.set_up_arms()
        body = {"leads": people("Pooled", range(LEADS))}
        added = await seller.send("POST", f"/campaigns/{campaign}/leads/batch", body, status=201)
        assert len(added) == LEADS
        file = await seller.export(what="leads", format="csv")
        assert file.text.count("Pooled") >= LEADS
        asked = {"message": "We sell pumps to mines."}
        answer = await client.post(
            f"{seller.path}/discovery/chat", json=asked, headers={"Prefer": "respond-async"}
        )
        job = answer.json()["data"]["jobId"]
        deadline = time.monotonic() + 60
        while (state := await seller.get(f"/jobs/{job}"))["status"] not in {"completed", "failed"}:
            assert time.monotonic() < deadline, state
            await asyncio.sleep(0.2)
        assert state["status"] == "completed", state


def quiver(settings: dict[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the command line."""
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *command],
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


async def test_pooler_is_passed_by_for_the_schema(
    pooled_settings: dict[str, str], empty_database_url: str
) -> None:
    """Two at once, as two releases would; and where no way past the pooler is known, the command says what to set."""
    settings = pooled_settings | {"DATABASE_SCHEMA_URL": empty_database_url}
    done = await asyncio.gather(*(asyncio.to_thread(quiver, settings, "db", "upgrade") for _ in range(2)))
    assert [each.returncode for each in done] == [0, 0], done
    with psycopg.connect(empty_database_url) as connection:
        found = connection.execute("SELECT to_regclass('checkpoints') IS NOT NULL").fetchone()
    assert found == (True,)
    settings.pop("DATABASE_SCHEMA_URL")
    refused = await asyncio.to_thread(quiver, settings, "db", "upgrade")
    assert refused.returncode == 1
    assert "set DATABASE_SCHEMA_URL" in refused.stderr


async def test_pooler_keeps_the_limits_of_each_transaction(pooled_url: str) -> None:
    """Whichever connection a transaction gets, its limits are those of who began it."""
    short = {
        "DATABASE_URL": pooled_url,
        "DATABASE_TRANSACTION_POOLER": True,
        "DATABASE_STATEMENT_TIMEOUT": 2,
    }
    databases = [
        Database(DatabaseSettings.model_validate({**short, "DATABASE_STATEMENT_TIMEOUT": seconds}))
        for seconds in (2, 30)
    ]
    names = ("statement_timeout", "lock_timeout", "transaction_timeout")
    statement = "SELECT " + ", ".join(f"current_setting('{name}')" for name in names)

    async def limits(database: Database) -> list[tuple[str, ...]]:
        async with database.unit_of_work() as uow:
            by_orm = (await uow.session.execute(text(statement))).one()
        rows = [by_orm, *await database.direct.rows(statement), *await database.reads.rows(statement)]
        return [tuple(row) for row in rows]

    found = await asyncio.gather(*(limits(database) for _ in range(20) for database in databases))
    assert {row for rows in found[0::2] for row in rows} == {("2s", "2s", "12s")}
    assert {row for rows in found[1::2] for row in rows} == {("30s", "30s", "40s")}
    for database in databases:
        await database.close()
