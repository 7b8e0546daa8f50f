"""A whole answer says the same whether it is read as plain or turned into a message by the stock classes."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from tests.contract.models.plain.odd import DETAILED, ODD, USAGE, mostly, some, usages
from tools.providers.models.openai.plain import plain_answer
from tools.providers.models.openai.post import message_of
from tools.providers.models.openai.said import Said, said_by
from tools.providers.models.provider import TokenCount

CALL = {"id": "t", "type": "function", "function": {"name": "f", "arguments": "{}"}}


def answer_of(message: Any = None, *, finish: Any = "stop", **more: Any) -> dict[str, Any]:
    """An answer with one choice."""
    said = {"role": "assistant", "content": "hi"} if message is None else message
    choice = {"index": 0, "message": said, "finish_reason": finish}
    return {"id": "c-1", "object": "chat.completion", "model": "m-1", "choices": [choice], **more}


@asynccontextmanager
async def stock(answer: Any) -> AsyncIterator[ChatOpenAI]:
    """LangChain's own client, which hears this answer."""
    body = json.dumps(answer).encode()
    headers = {"content-type": "application/json"}
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, headers=headers, content=body))
    async with httpx2.AsyncClient(transport=transport) as http:
        yield ChatOpenAI(
            model="m-1",
            api_key=SecretStr("sk-none"),
            base_url="http://model/v1",
            max_retries=0,
            use_responses_api=False,
            http_async_client=http,
        )


async def stock_said(answer: Any) -> Said:
    """What LangChain's message of this answer says."""
    async with stock(answer) as chat:
        return said_by(await chat.ainvoke("Hello"))


_message = some(
    content=mostly(st.text(max_size=3) | st.none()),
    role=mostly(st.just("assistant"), st.sampled_from(["tool", "user", "", None])),
    refusal=mostly(st.none(), st.just("no")),
    tool_calls=mostly(st.none(), st.just([CALL])),
    function_call=mostly(st.none(), st.just({"name": "f", "arguments": ""})),
    audio=mostly(st.none(), st.just({"id": "a"})),
    annotations=st.just([]),
    name=mostly(st.none() | st.just("n")),
    id=mostly(st.just("d-1")),
)
_choice = st.fixed_dictionaries(
    {"index": st.just(0), "message": mostly(_message)},
    optional={"finish_reason": mostly(st.none() | st.just("stop")), "logprobs": mostly(st.none())},
)
_answers = st.fixed_dictionaries(
    {
        "choices": mostly(
            st.lists(_choice, min_size=1, max_size=1), st.lists(_choice, min_size=2, max_size=2) | ODD
        )
    },
    optional={
        "id": st.just("c-1"),
        "object": st.just("chat.completion"),
        "model": mostly(st.just("m-1")),
        "service_tier": mostly(st.sampled_from([None, "default", "flex", "priority"])),
        "system_fingerprint": mostly(st.just("fp") | st.none()),
        "usage": mostly(usages | st.none()),
        "error": mostly(st.none(), st.just({"message": "no"})),
    },
)


@pytest.mark.filterwarnings(
    "ignore:Pydantic serializer warnings"
)  # the stock classes say so of what is no answer
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=_answers)
async def test_an_answer_that_is_taken_for_plain_is_what_the_stock_message_says(
    answer: dict[str, Any],
) -> None:
    plain = plain_answer(answer)
    if plain is not None:
        assert plain == await stock_said(answer)


PLAIN = [
    (answer_of(), Said("hi", "stop", None)),
    (answer_of(finish="length", usage=USAGE), Said("hi", "length", TokenCount(20, 7))),
    (
        answer_of(usage=DETAILED, service_tier="default", system_fingerprint="fp"),
        Said("hi", "stop", TokenCount(20, 7, 16)),
    ),
    (answer_of(usage=DETAILED, service_tier="flex"), Said("hi", "stop", TokenCount(20, 7))),
    (
        answer_of({"role": "assistant", "content": None, "refusal": None, "tool_calls": []}, finish=None),
        Said("", None, None),
    ),
]


@pytest.mark.parametrize(("answer", "said"), PLAIN)
async def test_the_usual_answers_are_plain(answer: dict[str, Any], said: Said) -> None:
    assert plain_answer(answer) == await stock_said(answer) == said


@pytest.mark.parametrize(
    "answer",
    [
        answer_of({"role": "assistant", "content": "", "refusal": "no"}),
        answer_of({"role": "assistant", "content": [{"type": "text", "text": "hi"}]}),
        answer_of({"role": "assistant", "content": None, "tool_calls": [CALL]}, finish="tool_calls"),
    ],
)
async def test_what_is_not_plain_is_read_by_langchain(answer: dict[str, Any]) -> None:
    assert plain_answer(answer) is None
    async with stock(answer) as chat:
        assert said_by(message_of(chat, answer)) == said_by(await chat.ainvoke("Hello"))


@pytest.mark.parametrize(
    "answer",
    [
        answer_of({"role": "tool", "content": "hi"}),
        answer_of({"content": "hi"}),
        answer_of("hi"),
        answer_of(finish=["stop"]),
        answer_of(usage={**USAGE, "total_tokens": "27"}),
        answer_of(error={"message": "no"}),
        {"choices": []},
        {"choices": None},
        {"choices": answer_of()["choices"] * 2},
        {"error": {"message": "no"}},
        {},
        [],
        "hi",
        None,
    ],
)
def test_garbage_is_never_plain(answer: Any) -> None:
    assert plain_answer(answer) is None
