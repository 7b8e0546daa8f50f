"""`curl`, as in the README: both forms of the stream, the answer as one object, coming back, an approval."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.contract.clients.frames import DONE, joined, receive
from tests.contract.clients.person import ASK, BUYERS, Json, Person, long_answers, squeezed
from tests.fixtures.product import Product


@pytest.fixture
async def founder(product: Product) -> Person:
    """A founder at a terminal."""
    return await Person.begin(product)


async def test_it_streams_in_the_form_of_the_ai_sdk(founder: Person) -> None:
    async with curl(founder, f"{founder.path}/chat", "-i", body={"message": BUYERS}) as lines:
        head = [line.lower() async for line in until_empty(lines)]
        frames = await receive(lines)
    assert head[0] == "http/1.1 200 ok"
    assert {"content-type: text/event-stream; charset=utf-8", "x-vercel-ai-ui-message-stream: v1"} <= {*head}
    assert (frames.kinds[0], frames.kinds[-1], frames.data[-1]) == ("start", "finish", DONE)
    assert await is_recorded(founder, frames.text)


async def test_it_streams_in_the_plain_form(founder: Person) -> None:
    async with curl(founder, f"{founder.path}/chat/stream", body={"message": BUYERS}) as lines:
        frames = await receive(lines)
    assert {*frames.kinds} == {"token", "placeholder", "done"}
    assert (frames.kinds[-1], frames.data[-1]) == ("done", DONE)
    assert frames.first("done")["sessionId"] == (await founder.get("discovery/sessions"))[0]["id"]
    assert await is_recorded(founder, frames.text)


async def test_it_gets_one_object_when_it_takes_only_json(founder: Person) -> None:
    path = f"{founder.path}/chat"
    answer = await fetch(founder, path, "-H", "Accept: application/json", body={"message": BUYERS})
    told = answer["data"]
    assert (answer["success"], told["turnCount"], told["experiments"]) == (True, 1, None)
    assert await is_recorded(founder, told["message"])


@pytest.mark.parametrize("form", ["ai-sdk", "plain"])
async def test_after_ctrl_c_it_goes_on_behind_the_last_event(founder: Person, form: str) -> None:
    async with long_answers(founder.product, 60, 0.02):
        path = f"{founder.path}/chat?format={form}"
        async with curl(founder, path, body=founder.body(BUYERS)) as lines:
            first = await receive(lines, events=15)
        path = f"{founder.path}/chat/{founder.chat_id}/stream?format={form}"
        async with curl(founder, path, "-H", f"Last-Event-ID: {first.ids[-1]}") as lines:
            rest = await receive(lines)
    whole = joined([first, rest])
    assert rest.text
    assert len(set(whole.ids)) == len(whole.ids)
    assert whole.data[-1] == DONE
    assert await is_recorded(founder, whole.text)


async def test_it_approves_in_the_plain_form(founder: Person) -> None:
    async with curl(founder, f"{founder.path}/chat/stream", body={"message": ASK}) as lines:
        asked = await receive(lines)
    assert len(asked.first("experiments")["content"]) == 5
    approval, session = asked.first("approval")["content"], asked.first("done")["sessionId"]
    assert approval["action"] == "save_experiments"
    path = f"{founder.path}/chat/{session}/approvals/{approval['approvalId']}"
    async with curl(founder, f"{path}?format=plain", body={"approved": True}) as lines:
        done = await receive(lines)
    assert done.text
    assert done.kinds[-1] == "done"
    assert len(await founder.get("experiments")) == 5
    stale = await fetch(founder, path, body={"approved": True})
    assert stale["status"] == 409


@asynccontextmanager
async def curl(
    founder: Person, path: str, *options: str, body: Json | None = None
) -> AsyncIterator[AsyncIterator[str]]:
    """The lines that curl prints as they come; it is killed at the end, if it has not ended itself."""
    sent = [] if body is None else ["-H", "Content-Type: application/json", "-d", json.dumps(body)]
    authorization = f"Authorization: Bearer {founder.token}"
    process = await asyncio.create_subprocess_exec(
        *("curl", "--silent", "--no-buffer", "--noproxy", "*", "--max-time", "60"),
        *("-H", authorization, *sent, *options, f"{founder.url}{path}"),
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
    )
    assert process.stdout
    try:
        yield lines_of(process.stdout)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def lines_of(stream: asyncio.StreamReader) -> AsyncIterator[str]:
    """Lines without their ends."""
    async for line in stream:
        yield line.decode().rstrip("\r\n")


async def until_empty(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    """The lines of a head."""
    async for line in lines:
        if not line:
            break
        yield line


async def fetch(founder: Person, path: str, *options: str, body: Json) -> Any:
    """A whole answer that is JSON."""
    async with curl(founder, path, *options, body=body) as lines:
        return json.loads("".join([line async for line in lines]))


async def is_recorded(founder: Person, text: str) -> bool:
    """Whether the record's answer is this text."""
    return squeezed((await founder.history())[-1]["content"]) == squeezed(text)
