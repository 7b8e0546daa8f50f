"""What a provider gets from us is what the openai package's client sends, and we hold it no longer than it takes."""

import asyncio
import tracemalloc
from typing import Any

import httpx2

from tests.contract.models.hand_made import (
    Recording,
    asked,
    chat_at,
    listening,
    provider_at,
)
from tools.providers.models.provider import ModelRequest

TALK = [
    {"role": "system", "content": "Ask one question."},
    {"role": "user", "content": "After „Überholung“ they know what is broken. 🚤"},
]
SIGNED_IN: Any = {"security": {"bearer_auth": True}}


async def test_a_request_for_a_whole_answer_is_the_one_that_the_client_sends() -> None:
    playing = Recording()
    async with listening(playing.answer) as url, chat_at(url) as chat:
        await chat.complete(TALK)
        [(_, body)] = playing.requests
        await chat.root_async_client.post(
            "/chat/completions", cast_to=httpx2.Response, content=body, options=SIGNED_IN
        )
        await chat.ainvoke(TALK)
    ours, client, stock = playing.requests
    assert (sorted(ours[0]), ours[1]) == (sorted(client[0]), client[1])
    assert set(stock[0]) - set(ours[0]) == {"x-stainless-raw-response: true"}
    assert set(ours[0]) <= set(stock[0])
    assert "authorization: Bearer sandbox-key" in ours[0]


async def test_a_request_for_a_stream_is_the_one_that_the_client_sends() -> None:
    playing = Recording()
    async with listening(playing.answer) as url, chat_at(url) as chat:
        parts = [part async for part in chat.stream_parts(TALK)]
        [(_, body)] = playing.requests
        await chat.root_async_client.post(
            "/chat/completions", cast_to=httpx2.Response, content=body, options=SIGNED_IN
        )
    ours, client = playing.requests
    assert parts[0] == "hi"
    assert (sorted(ours[0]), ours[1]) == (sorted(client[0]), client[1])


async def test_a_request_is_let_go_of_while_its_answer_is_waited_for() -> None:
    asked_for = asyncio.Event()

    async def thinks(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        asked_for.set()
        await reader.read()

    async with listening(thinks) as url, provider_at(url) as provider:
        request = [ModelRequest(model="local", system="a" * 2**19, history=())]
        tracemalloc.start()
        try:
            waiting = asyncio.ensure_future(anext(provider.stream(request.pop())))
            await asyncio.wait_for(asked_for.wait(), 5)
            await asyncio.sleep(0.05)
            held, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            waiting.cancel()
            await asyncio.wait([waiting])
    assert held < 2**18  # bytes, of a body of 2**19
