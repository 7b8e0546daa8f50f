"""A browser's own EventSource: opened by a ticket, it comes back by itself after a cut, and ends when there is no more."""

import asyncio
from functools import partial

import httpx
import pytest

from tests.contract.clients.browser import CLOSED, CONNECTING, watch
from tests.contract.clients.conftest import StrictApi
from tests.contract.clients.person import BUYERS, Person, long_answers, squeezed
from tests.durability.gate import gate_before
from tests.fixtures.product import Product
from tests.journeys.founder import Answer, read

WORDS = 120
PACE = 0.05
"""Six seconds of answer: a browser waits three before it tries again."""


@pytest.fixture
async def founder(product: Product, strict_api: StrictApi) -> Person:
    """A founder at the process whose pages of another origin are let in."""
    return await Person.begin(product, strict_api.url)


async def test_it_reads_the_running_turn_comes_back_after_a_cut_and_ends_with_the_turn(
    founder: Person, strict_api: StrictApi
) -> None:
    port = httpx.URL(strict_api.url).port
    assert port is not None
    async with long_answers(founder.product, WORDS, PACE), gate_before(port) as gate:

        async def running() -> str:
            await say(founder, until="text-delta")
            return await stream_of(founder, f"http://127.0.0.1:{gate.port}")

        async def cut() -> None:
            await gate.shut()
            await asyncio.sleep(0.5)
            await gate.open()

        seen = await watch(strict_api.origin, running, after=20, then=cut)
    assert seen.opens == 2
    assert seen.states[0] == CONNECTING
    assert seen.states[-1] == CLOSED
    assert seen.places == sorted(set(seen.places)), "no event is missing its place or comes twice"
    kinds = [chunk["type"] for chunk in seen.chunks]
    assert (kinds[0], kinds[-1], seen.events[-1]["data"]) == ("start", "finish", "[DONE]")
    assert (kinds.count("start"), kinds.count("text-start")) == (1, 1)
    answer = (await founder.history())[-1]
    assert answer["incomplete"] is False
    assert squeezed(seen.text) == squeezed(answer["content"])


async def test_with_nothing_to_read_it_ends_at_once(founder: Person, strict_api: StrictApi) -> None:
    await say(founder)
    seen = await watch(strict_api.origin, partial(stream_of, founder, founder.url))
    assert (seen.events, seen.opens, seen.states) == ([], 0, [CLOSED])


async def stream_of(founder: Person, url: str) -> str:
    """The address of the turn's stream by this way to the server, with a ticket."""
    path = f"{founder.path}/chat/{founder.chat_id}/stream"
    async with founder.client() as client:
        made = await client.post("/auth/stream-tickets", json={"path": path})
    return f"{url}{path}?ticket={made.raise_for_status().json()['data']['ticket']}"


async def say(founder: Person, until: str | None = None) -> None:
    """Send a message and read its answer, to the end or to the first chunk of type `until`; it goes on all the same."""
    body = founder.body(BUYERS)
    async with (
        founder.client() as client,
        client.stream("POST", f"{founder.path}/chat", json=body) as answer,
    ):
        await read(answer.aiter_lines(), Answer(answer.status_code), until=until)
