"""The package's transport for `useChat`: a whole talk, a network that goes and comes back, a stop."""

import asyncio
from pathlib import Path

import httpx

from tests.contract.clients.person import Person, squeezed
from tests.contract.package.front_end import run
from tests.durability.gate import gate_before
from tests.fixtures.product import Product
from tests.journeys.pace import held


def _port(product: Product) -> int:
    port = httpx.URL(product.url).port
    assert port is not None
    return port


async def test_a_talk_ends_in_saved_experiments(person: Person, project: Path, version: str) -> None:
    seen = await run(person, project, version, "talk")
    assert (seen["status"], seen["error"]) == ("ready", None)
    assert seen["roles"] == ["user", "assistant"]
    assert sorted(seen["proposed"]) == ["bullseye", "contrarian", "long_shot", "variable_a", "variable_b"]
    assert seen["asked"]["action"] == "save_experiments"
    assert "Designing five experiments" in seen["nodes"]
    assert seen["saved"] == 5
    # Who comes back is shown what the stream had sent beside the text.
    record = seen["record"]
    assert record["live"][0]["experiments"]
    assert record["again"] == record["live"]
    assert record["usage"][0] == record["usage"][1]


async def test_a_network_that_comes_back_leaves_no_gap_and_repeats_nothing(
    person: Person, project: Path, version: str
) -> None:
    async with gate_before(_port(person.product)) as gate, held(person.product) as release:
        person.url = f"http://127.0.0.1:{gate.port}"

        async def cut() -> None:
            await gate.shut()
            await asyncio.sleep(1)
            await gate.open()
            await release()

        seen = await run(person, project, version, "cut", at_tell=[cut])
    assert (seen["status"], seen["error"]) == ("ready", None)
    assert seen["roles"] == ["user", "assistant"]
    assert seen["before"] < len(seen["texts"][1])
    assert [squeezed(text) for text in seen["texts"]] == [squeezed(text) for text in seen["record"]]
    assert ["stream", 0] in seen["attempts"]
    assert ["stream", 200] in seen["attempts"]


async def test_a_stream_that_can_not_be_gone_on_with_says_so(
    person: Person, project: Path, version: str
) -> None:
    async with gate_before(_port(person.product)) as gate, held(person.product):
        person.url = f"http://127.0.0.1:{gate.port}"
        seen = await run(person, project, version, "lost", at_tell=[gate.shut])
    assert seen["status"] == "error"
    assert "connection was lost" in seen["error"]
    assert (seen["failure"]["code"], seen["failure"]["retryable"]) == ("connection_lost", True)
    assert len(seen["texts"][1]) > 10


async def test_a_stop_ends_the_answer_and_keeps_its_text(person: Person, project: Path, version: str) -> None:
    async with held(person.product):
        seen = await run(person, project, version, "stop")
    assert (seen["status"], seen["error"], seen["stopped"]) == ("ready", None, True)
    assert seen["metadata"]["stopped"] is True
    record = (await person.history())[1]
    assert squeezed(record["content"]) == squeezed(seen["texts"][1])
