"""Redis killed, robbed and flushed, Postgres restarted, in mid-turn: one whole answer for every reader, or one clear error."""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from persistence import schema
from tests import embedded
from tests.durability.replicas import Replicas
from tests.durability.streams import outages
from tests.durability.streams.outages import Outage, Servers
from tests.durability.streams.people import LONG_LEASE, Person, person, ui_body
from tests.durability.streams.watched_turn import WatchedTurn, code_of
from tests.fixtures.product import Product
from tests.journeys.pace import slowly

SEED = int(os.environ.get("SEED", "20261122"))
ROUNDS = int(os.environ.get("OUTAGES", "20"))
TALKERS = 3
PIECES = 40
BETWEEN = 0.02
REDIS: list[Outage] = [outages.redis_restarts, outages.redis_forgets_its_last, outages.redis_begins_empty]
RETRYABLE = {"storage_unavailable"}
DEADLINE = 30.0
NOTICED = 0.5
"""Seconds in which a process has noticed which of its connections were cut off; a request before that may get another 503."""


@pytest.fixture(scope="module")
async def spoken(product: Product) -> AsyncIterator[None]:
    """An answer takes 0.8 s."""
    async with (
        httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control,
        slowly(product, BETWEEN),
    ):
        rule = {"provider": "openai", "mode": "long", "kind": "text", "tokens": PIECES}
        (await control.post("/control/behaviour", json=rule)).raise_for_status()
        yield
        (await control.delete("/control/behaviour")).raise_for_status()


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[embedded.Valkey]:
    """A Valkey of this test's own."""
    server = embedded.Valkey(tmp_path / "valkey")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def shared(replica_settings: dict[str, str], valkey: embedded.Valkey, tmp_path: Path) -> Servers:
    """A Valkey of its own, and the replicas' database on the Postgres of all tests."""
    return Servers(replica_settings["DATABASE_URL"], valkey, tmp_path / "valkey")


@pytest.fixture
def own(valkey: embedded.Valkey, tmp_path: Path, services_folder: Path) -> Iterator[Servers]:
    """Both servers of this test's own, as safe as in production.

    Postgres not under pytest's folder: each run of pytest shuts that for Postgres' own user when it begins.
    """
    postgres = embedded.Postgres(services_folder / f"postgres-{uuid4().hex}")
    postgres.create()
    url = postgres.start()
    schema.upgrade(url)
    yield Servers(url, valkey, tmp_path / "valkey", postgres)
    postgres.stop("immediate")


async def start(replicas: Replicas, servers: Servers) -> list[str]:
    """Two replicas on these servers."""
    settings = LONG_LEASE | {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.valkey.url}
    both = [replicas.fork(settings), replicas.fork(settings)]
    return [(await replica.ready()).url for replica in both]


async def endure(
    product: Product, urls: list[str], servers: Servers, outage: Outage, number: int, talkers: int = TALKERS
) -> Counter[str]:
    """One outage at a random moment of several turns; how they ended."""
    chance = random.Random(f"{SEED}:{outage.__name__}:{number}")
    endings: Counter[str] = Counter()
    try:
        async with asyncio.timeout(2 * DEADLINE), asyncio.TaskGroup() as group:
            begun, over = [asyncio.Event() for _ in range(talkers)], asyncio.Event()
            talks = [
                group.create_task(talk(product, urls, random.Random(chance.random()), event, over))
                for event in begun
            ]
            await asyncio.gather(*(event.wait() for event in begun))
            await asyncio.sleep(chance.uniform(0, 1))
            await outage(servers, chance)
            over.set()
        for done in talks:
            endings += done.result()
    except BaseException as error:
        error.add_note(f"SEED={SEED}, {outage.__name__}, round {number}")
        raise
    return endings


async def talk(
    product: Product, urls: list[str], chance: random.Random, begun: asyncio.Event, over: asyncio.Event
) -> Counter[str]:
    """A turn through which a server fails, and the next one once that is `over`: a turn may end before its server fails."""
    async with person(product, urls, "servers") as somebody:
        turn = WatchedTurn(somebody, "chat", chance, seen=begun)
        await turn.run()
        ending = await check(turn)
        await over.wait()
        await answered(somebody)
        return Counter({ending: 1, "resets": turn.resets})


async def check(turn: WatchedTurn) -> str:
    """All readers have one end and the same answer, which is stored; or one error that says to try again."""
    told = [transcript for transcript in (turn.asked, turn.elsewhere, turn.broken) if transcript.frames]
    for transcript in told:
        assert len(transcript.of("finish", "done", "error")) == 1, transcript.frames[-5:]
    if turn.asked.frames and turn.elsewhere.frames:
        assert turn.elsewhere.chunks == turn.asked.chunks
    question, *answer = await turn.somebody.messages(turn.chat)
    assert question["content"] == turn.question
    texts = {transcript.text for transcript in told}
    assert texts <= {message["content"] for message in answer} or (texts <= {""} and not answer)
    [code] = {code_of(transcript) for transcript in told} or {None}
    if code is None:
        assert len(answer) == 1
    else:
        assert code in RETRYABLE, code
    return code or "finish"


async def answered(somebody: Person) -> None:
    """The next message gets an answer, as soon as everything is back."""
    client = somebody.founder.client
    deadline = time.monotonic() + DEADLINE
    body = ui_body("chat", "m-2", "And then?")
    while True:
        reply = await client.post(f"{somebody.base}/chat", json=body)
        if reply.status_code == httpx.codes.OK:
            break
        assert reply.status_code == httpx.codes.SERVICE_UNAVAILABLE, reply.text
        assert int(reply.headers["Retry-After"]) >= 1
        assert time.monotonic() < deadline
        await asyncio.sleep(0.5)
    assert '"type":"finish"' in reply.text
    assert [message["role"] for message in await somebody.messages("chat")][-2:] == ["user", "assistant"]


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("spoken")
async def test_turn_goes_on_when_redis_is_killed(
    product: Product, replicas: Replicas, shared: Servers
) -> None:
    await campaign(product, replicas, shared, REDIS, {"finish"})


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("spoken")
async def test_turn_goes_on_when_redis_is_flushed(
    product: Product, replicas: Replicas, shared: Servers
) -> None:
    endings = await campaign(product, replicas, shared, [outages.redis_is_flushed], {"finish"})
    assert endings["resets"], "no reader's place was void"


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("spoken")
async def test_turn_ends_whole_while_redis_is_away_and_none_begins(
    product: Product, replicas: Replicas, shared: Servers
) -> None:
    async def away(servers: Servers, chance: random.Random) -> None:
        servers.valkey.kill()
        async with person(product, urls, "servers") as somebody:
            await refused(somebody)
        await asyncio.sleep(chance.uniform(1, 4))
        servers.valkey.start()

    urls = await start(replicas, shared)
    for number in range(ROUNDS // 4):
        endings = await endure(product, urls, shared, away, number)
        assert set(endings) - {"resets"} == {"finish"}


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("spoken")
async def test_turn_ends_once_when_postgres_restarts(
    product: Product, replicas: Replicas, own: Servers
) -> None:
    endings = await campaign(product, replicas, own, [outages.postgres_restarts], {"finish", *RETRYABLE})
    assert endings["finish"] > ROUNDS


@pytest.mark.usefixtures("spoken")
async def test_servers_may_fail_in_mid_answer(product: Product, replicas: Replicas, shared: Servers) -> None:
    urls = await start(replicas, shared)
    async with person(product, urls, "servers") as somebody:

        async def everything(servers: Servers, chance: random.Random) -> None:
            await outages.redis_is_flushed(servers, chance)
            await outages.postgres_cuts_off(servers, chance)
            await asyncio.sleep(NOTICED)
            servers.valkey.kill()
            await refused(somebody)
            await asyncio.sleep(1)
            servers.valkey.start()

        endings = await endure(product, urls, shared, everything, 0, talkers=2)
        assert set(endings) - {"resets"} <= {"finish", *RETRYABLE}
        await answered(somebody)


async def refused(somebody: Person) -> None:
    """Without Redis no turn begins: the answer says when to come back, and nothing is stored."""
    client = somebody.founder.client
    reply = await client.post(f"{somebody.base}/chat", json=ui_body("chat", "m-1", "Hello."))
    assert reply.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert reply.json()["code"] == "stream_unavailable"
    assert int(reply.headers["Retry-After"]) >= 1
    kept = (await client.get(f"{somebody.base}/sessions")).raise_for_status().json()["data"]
    assert kept == []


async def campaign(
    product: Product, replicas: Replicas, servers: Servers, kinds: list[Outage], allowed: set[str]
) -> Counter[str]:
    """All rounds; how all turns ended."""
    urls, began = await start(replicas, servers), time.monotonic()
    endings: Counter[str] = Counter()
    for number in range(ROUNDS):
        endings += await endure(product, urls, servers, kinds[number % len(kinds)], number)
    print(f"\n{ROUNDS} outages in {time.monotonic() - began:.0f} s: {endings}")
    assert set(endings) - {"resets"} <= allowed
    return endings
