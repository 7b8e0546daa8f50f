"""What ends a stream says the same whether its event is read by orjson or by the stock classes."""

import json
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.models.hand_made import (
    HEAD,
    LAST,
    REQUEST,
    TEXT,
    Playing,
    chat_at,
    chunk,
    listening,
    provider_at,
)
from tests.contract.models.plain.odd import DETAILED, ODD, USAGE, mostly, some, usages
from tools.providers.models.openai.plain import plain_end
from tools.providers.models.openai.stream import LeanChatOpenAI
from tools.providers.models.provider import Finish, TokenCount


def event_of(chunk: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(chunk).encode()


def chunk_of(delta: Any = None, *, finish: Any = None, **more: Any) -> dict[str, Any]:
    """A chunk with one choice."""
    choice = {"index": 0, "delta": {} if delta is None else delta, "finish_reason": finish}
    return {"id": "c-1", "object": "chat.completion.chunk", "model": "m-1", "choices": [choice], **more}


@pytest.fixture(scope="module")
async def client() -> AsyncIterator[LeanChatOpenAI]:
    """Nothing is asked of it over the network."""
    async with chat_at("http://127.0.0.1:9/v1") as chat:
        yield chat


_delta = some(
    content=mostly(st.text(max_size=3) | st.none()),
    role=mostly(st.sampled_from(["assistant", "", None]), st.sampled_from(["tool", "user"])),
    refusal=mostly(st.none(), st.just("no")),
    tool_calls=mostly(
        st.none(), st.just([{"index": 0, "id": "t", "function": {"name": "f", "arguments": ""}}])
    ),
    function_call=mostly(st.none(), st.just({"name": "f", "arguments": ""})),
    id=mostly(st.just("d-1")),
)
_choice = st.fixed_dictionaries(
    {"index": st.just(0), "delta": mostly(_delta)},
    optional={"finish_reason": mostly(st.none() | st.just("stop")), "logprobs": mostly(st.none())},
)
_chunks = st.fixed_dictionaries(
    {"choices": mostly(st.lists(_choice, max_size=1), st.lists(_choice, min_size=2, max_size=2) | ODD)},
    optional={
        "id": st.just("c-1"),
        "object": st.just("chat.completion.chunk"),
        "model": mostly(st.just("m-1")),
        "service_tier": mostly(st.sampled_from([None, "default", "flex", "priority"])),
        "system_fingerprint": mostly(st.just("fp") | st.none()),
        "obfuscation": st.just("x"),
        "usage": mostly(usages | st.none()),
        "error": mostly(st.none(), st.just({"message": "no"})),
        "chunk": mostly(st.none(), st.just({"choices": [{"index": 0, "delta": {"content": "hi"}}]})),
    },
)


@pytest.mark.filterwarnings(
    "ignore:Pydantic serializer warnings"
)  # the stock classes say so of what is no chunk
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunk=_chunks)
async def test_an_event_that_is_taken_for_plain_is_the_stock_message(
    client: LeanChatOpenAI, chunk: dict[str, Any]
) -> None:
    event = event_of(chunk)
    plain = plain_end(event)
    if plain is not None:
        assert plain == await client.stock_said(event)


PLAIN = [
    chunk_of(finish="stop"),
    chunk_of({"content": None}, finish="length", service_tier="default", system_fingerprint="fp"),
    chunk_of({"role": "assistant", "content": "hi", "refusal": None, "tool_calls": None}, finish="stop"),
    chunk_of({"content": "hi"}, usage=USAGE),
    chunk_of(finish="content_filter", usage=DETAILED, service_tier="flex", obfuscation="aB"),
    {**chunk_of(), "choices": [], "usage": DETAILED, "service_tier": "priority"},
    {**chunk_of(), "choices": [], "usage": USAGE},
    {**chunk_of(), "choices": [], "usage": None, "prompt_filter_results": [{"prompt_index": 0}]},
]


@pytest.mark.parametrize("chunk", PLAIN)
async def test_the_usual_ends_are_plain(client: LeanChatOpenAI, chunk: dict[str, Any]) -> None:
    plain = plain_end(event_of(chunk))
    assert plain == await client.stock_said(event_of(chunk))
    assert plain is not None


@pytest.mark.parametrize(
    "event",
    [
        event_of(chunk_of({"refusal": "no"})),
        event_of(chunk_of({"tool_calls": [{"index": 0}]}, finish="tool_calls")),
        event_of(chunk_of({"function_call": {"name": "f"}})),
        event_of(chunk_of({"role": "tool"})),
        event_of(chunk_of({"content": ["hi"]})),
        event_of(chunk_of("hi")),
        event_of(chunk_of(finish=["stop"])),
        event_of(chunk_of({"id": {}})),
        event_of(chunk_of(usage=USAGE, service_tier=["flex"])),
        event_of(chunk_of(usage={**USAGE, "prompt_tokens_details": {"cached_tokens": 1.5}})),
        event_of({"choices": [], "chunk": {"choices": [chunk_of({"content": "hi"})["choices"][0]]}}),
        event_of(chunk_of(usage={**USAGE, "total_tokens": "27"})),
        event_of(chunk_of(usage={"total_tokens": 27})),
        event_of(chunk_of(error={"message": "no"})),
        event_of(chunk_of(type="content.delta")),
        event_of({"choices": [chunk_of()["choices"][0]] * 2}),
        event_of({"choices": [{"index": 0, "delta": {}, "logprobs": {}}]}),
        event_of({"error": {"message": "no"}}),
        b"event: thread.done\ndata: {}",
        b"data: {",
        b"data: [1]",
        b": still here",
    ],
)
def test_anything_else_is_for_the_stock_classes(event: bytes) -> None:
    assert plain_end(event) is None


async def test_an_error_between_the_events_is_raised_by_the_stock_classes(client: LeanChatOpenAI) -> None:
    with pytest.raises(openai.APIError):
        await client.stock_said(event_of({"error": {"message": "no", "code": "server_error"}}))


COUNTED = b"data: " + json.dumps({**chunk_of(), "choices": [], "usage": DETAILED}).encode() + b"\n\n"
FINISHED, DONE = LAST[: -len(b"data: [DONE]\n\n")], b"data: [DONE]\n\n"


@pytest.mark.parametrize(
    ("reads", "text"),
    [
        ((TEXT, FINISHED + COUNTED + DONE), "hi"),
        ((TEXT, FINISHED, COUNTED, DONE), "hi"),
        ((TEXT + FINISHED + TEXT + b": still here\n\n" + COUNTED + DONE,), "hihi"),
        ((TEXT, FINISHED, TEXT, b": still here\n\n", COUNTED + TEXT + DONE), "hihihi"),
    ],
)
@pytest.mark.parametrize("hears", [False, True])
async def test_a_stream_says_the_same_when_the_stock_classes_read_all_of_it(
    reads: tuple[bytes, ...], text: str, *, hears: bool
) -> None:
    playing = Playing(HEAD, *(chunk(read) for read in reads[:-1]), chunk(reads[-1]) + chunk(b""))
    heard: list[str] = []

    def hear(piece: str) -> bool:
        heard.append(piece)
        return hears

    for stock in (False, True):
        heard.clear()
        async with (
            listening(playing.answer) as url,
            provider_at(url, MODEL_STOCK_STREAMING=stock) as provider,
        ):
            *pieces, finish = [part async for part in provider.stream(REQUEST, hear)]
        assert finish == Finish("stop", TokenCount(20, 7, 16))
        assert "".join([*(heard if hears else []), *map(str, pieces)]) == text
