"""The stand-in for OpenAI, through the clients that the product uses."""

import asyncio
import time

import httpx
import openai
import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tests.fixtures.sandbox import SandboxServer

TALK = (
    "We sell a label printer to bakeries with 20 to 60 branches. They call us after a failed hygiene audit."
)


class Finding(BaseModel):
    """One finding."""

    model_config = ConfigDict(extra="forbid")
    buyer: str = Field(description="Who buys, in a few words.")
    trigger: str | None = Field(description="What makes them call now; null when nobody said it.")


def chat(sandbox: SandboxServer, **options: object) -> ChatOpenAI:
    """A client as the product makes it: one call a request, with a time limit."""
    settings = {"base_url": sandbox.openai_url, "api_key": "sandbox-key", "model": "gpt-test"}
    return ChatOpenAI(**settings, max_retries=0, timeout=10, **options)


async def test_a_stream_gives_text_in_pieces_then_the_finish_and_the_usage(sandbox: SandboxServer) -> None:
    pieces = [piece async for piece in chat(sandbox, stream_usage=True).astream([HumanMessage(TALK)])]
    assert len([piece for piece in pieces if piece.content]) > 3
    whole = pieces[0]
    for piece in pieces[1:]:
        whole += piece
    assert whole.response_metadata["finish_reason"] == "stop"
    assert whole.usage_metadata["output_tokens"] == -(-len(whole.content) // 4)


async def test_strict_structured_output_fills_the_model(sandbox: SandboxServer) -> None:
    structured = chat(sandbox).with_structured_output(Finding, method="json_schema", strict=True)
    found = await structured.ainvoke([HumanMessage(TALK)])
    assert isinstance(found, Finding)
    assert (await sandbox.calls())[-1]["kind"] == "structured"


async def test_a_tool_is_called_and_its_result_is_read(sandbox: SandboxServer) -> None:
    @tool
    def search_leads(query: str, limit: int) -> str:
        """Search leads of a campaign."""
        return f"{query} {limit}"

    bound = chat(sandbox).bind_tools([search_leads])
    asked = await bound.ainvoke([HumanMessage("Please search 25 leads: quality managers of bakeries.")])
    [call] = asked.tool_calls
    assert call["name"] == "search_leads"
    assert call["args"]["limit"] == 25
    result = ToolMessage("Found Petra Lindholm, quality manager.", tool_call_id=call["id"])
    answer = await bound.ainvoke([HumanMessage("Please search 25 leads: quality managers."), asked, result])
    assert not answer.tool_calls
    assert "Petra Lindholm" in answer.content


async def test_the_same_request_gets_the_same_answer(sandbox: SandboxServer) -> None:
    answers = {(await chat(sandbox).ainvoke([HumanMessage(TALK)])).content for _ in range(2)}
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ({"messages": [{"role": "user", "content": "x"}]}, "model"),
        ({"model": "m", "messages": []}, "messages"),
        ({"model": "m", "messages": [{"role": "nobody", "content": "x"}]}, "role"),
        (
            {
                "model": "m",
                "messages": [
                    {"role": "assistant", "content": None, "tool_calls": [{"id": "a"}]},
                    {"role": "user", "content": "x"},
                ],
            },
            "tool_calls",
        ),
    ],
)
async def test_bad_bodies_are_refused_in_openais_envelope(
    sandbox: SandboxServer, body: dict[str, object], part: str
) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(
            f"{sandbox.openai_url}/chat/completions", json=body, headers={"Authorization": "Bearer k"}
        )
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert part in answer.json()["error"]["message"]


async def test_a_call_without_key_is_401_and_an_unknown_model_404_once_models_are_set(
    sandbox: SandboxServer,
) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{sandbox.openai_url}/chat/completions", json={})
    assert answer.status_code == 401
    await sandbox.control("POST", "models", {"models": ["only-this"]})
    with pytest.raises(openai.NotFoundError):
        await chat(sandbox).ainvoke([HumanMessage("hello")])


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("rate_limited", openai.RateLimitError),
        ("insufficient_quota", openai.RateLimitError),
        ("server_error", openai.InternalServerError),
        ("cut", Exception),
    ],
)
async def test_faults_reach_the_client(sandbox: SandboxServer, mode: str, error: type[Exception]) -> None:
    await sandbox.behave(mode, count=1)
    with pytest.raises(error):
        async for _ in chat(sandbox).astream([HumanMessage(TALK)]):
            pass
    assert (await chat(sandbox).ainvoke([HumanMessage(TALK)])).content


async def test_slow_waits_before_the_first_token(sandbox: SandboxServer) -> None:
    await sandbox.behave("slow", delay=0.4)
    started = time.monotonic()
    await anext(chat(sandbox).astream([HumanMessage(TALK)]))
    assert time.monotonic() - started > 0.35


async def test_a_fifth_of_garbage_is_the_same_fifth_for_the_same_seed(sandbox: SandboxServer) -> None:
    outcomes = []
    for _ in range(2):
        await sandbox.behave_well()
        await sandbox.behave("garbage", probability=0.2, seed=7, variant="schema", kind="structured")
        outcomes.append([await _fails(sandbox) for _ in range(20)])
    assert outcomes[0] == outcomes[1]
    assert 1 <= sum(outcomes[0]) <= 9


async def test_a_stream_may_end_without_finish_or_for_length(sandbox: SandboxServer) -> None:
    await sandbox.behave("no_finish", count=1)
    pieces = [piece async for piece in chat(sandbox).astream([HumanMessage(TALK)])]
    assert not any(piece.response_metadata.get("finish_reason") for piece in pieces)
    await sandbox.behave("length", count=1)
    answer: AIMessage = await chat(sandbox).ainvoke([HumanMessage(TALK)])
    assert answer.response_metadata["finish_reason"] == "length"


async def test_a_stalled_answer_goes_on_when_its_rule_is_removed(sandbox: SandboxServer) -> None:
    rule = await sandbox.behave("stall", after=3)
    stream = chat(sandbox).astream([HumanMessage(TALK)])
    for _ in range(3):
        await anext(stream)
    rest = asyncio.ensure_future(anext(stream))
    assert not (await asyncio.wait([rest], timeout=0.3))[0]
    await sandbox.control("DELETE", f"behaviour?id={rule['id']}")
    assert (await asyncio.wait_for(rest, 2)).content


async def test_an_answer_is_as_long_as_asked_for(sandbox: SandboxServer) -> None:
    await sandbox.behave("long", tokens=60)
    pieces = [piece async for piece in chat(sandbox).astream([HumanMessage(TALK)]) if piece.content]
    assert len(pieces) == 60


async def test_a_client_that_leaves_is_noted(sandbox: SandboxServer) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.05)
    stream = chat(sandbox).astream([HumanMessage(TALK)])
    await anext(stream)
    await stream.aclose()
    deadline = time.monotonic() + 5
    while not (last := (await sandbox.calls())[-1])["endedAt"]:
        assert time.monotonic() < deadline
    assert last["closedByClient"]


async def _fails(sandbox: SandboxServer) -> bool:
    structured = chat(sandbox).with_structured_output(Finding, method="json_schema")
    try:
        await structured.ainvoke([HumanMessage(TALK)])
    except ValidationError:
        return True
    return False
