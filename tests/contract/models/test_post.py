"""Our way to post a chat completion against the packages' own: the same request, the same answer."""

from typing import Any

import orjson
import pytest
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.openai.post import RequestForm
from tools.providers.models.openai.said import said_by
from tools.providers.models.openai.stream import LeanChatOpenAI

TALK = [
    {"role": "system", "content": "You interview the founder of a company that sells boats in Hamburg."},
    {"role": "user", "content": "The head of the sailing school buys each spring."},
    {"role": "assistant", "content": "Why in spring?"},
    {"role": "user", "content": "After the winter repairs — „Überholung“ — they know what is broken. 🚤"},
]
SCHEMA = {
    "type": "object",
    "properties": {"role": {"type": "string"}, "doubts": {"type": ["string", "null"]}},
    "required": ["role", "doubts"],
    "additionalProperties": False,
}
STRUCTURED: dict[str, Any] = {
    "extra_body": {
        "max_completion_tokens": 500,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "Buyer", "strict": True, "schema": SCHEMA},
        },
    }
}


@pytest.mark.parametrize("options", [STRUCTURED, {"temperature": 0.4, "extra_body": {"max_tokens": 500}}])
async def test_a_completion_is_asked_for_and_read_as_by_the_packages(
    chat: LeanChatOpenAI, sandbox: SandboxServer, options: dict[str, Any]
) -> None:
    ours, stock = await chat.complete(TALK, **options), await chat.ainvoke(TALK, **options)
    ours_asked, stock_asked = await sandbox.calls(bodies=True)
    assert ours_asked["body"] == stock_asked["body"]
    assert ours == said_by(stock)
    assert (ours.reason, ours.refused) == ("stop", False)
    assert ours.tokens is not None


async def test_a_refusal_is_read_as_by_the_packages(chat: LeanChatOpenAI, sandbox: SandboxServer) -> None:
    await sandbox.behave("refusal")
    ours, stock = await chat.complete(TALK, **STRUCTURED), await chat.ainvoke(TALK, **STRUCTURED)
    assert ours == said_by(stock)
    assert ours.refused


async def test_a_stream_is_asked_for_as_by_the_packages(chat: LeanChatOpenAI, sandbox: SandboxServer) -> None:
    options: dict[str, Any] = {"temperature": 0.4, "extra_body": {"max_completion_tokens": 500}}
    ours = "".join([_text(part) async for part in chat.stream_parts(TALK, **options)])
    stock = "".join([_text(part) async for part in chat.astream(TALK, **options)])
    ours_asked, stock_asked = await sandbox.calls(bodies=True)
    assert ours_asked["body"] == stock_asked["body"]
    assert ours == stock != ""


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-5-mini", "o3", "o4-mini", "qwen3-32b"])
@pytest.mark.parametrize(
    "options", [{}, {"temperature": 0.4}, {"reasoning_effort": "low"}, {"stream": True}, STRUCTURED]
)
def test_a_request_has_the_fields_that_langchain_gives_it(model: str, options: dict[str, Any]) -> None:
    chat = ChatOpenAI(model=model, api_key=SecretStr("sk-none"), max_retries=0, stream_usage=True)
    talk = [*TALK, {"role": "assistant", "content": ""}, {"role": "user", "content": "\n"}]
    stock = chat._get_request_payload(talk, **options)
    stock |= stock.pop("extra_body", {})
    assert orjson.loads(RequestForm.of(chat).body(talk, dict(options))) == stock


def _text(part: Any) -> str:
    return part if isinstance(part, str) else str(part.text)
