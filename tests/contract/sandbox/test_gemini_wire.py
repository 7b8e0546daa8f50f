"""The stand-in for Gemini, through Google's own client as it is, and by plain HTTP where a client would not go."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from google import genai
from google.genai import errors, types
from pydantic import BaseModel, Field

from tests.fixtures.sandbox import SandboxServer

TALK = (
    "We sell a label printer to bakeries with 20 to 60 branches. They call us after a failed hygiene audit."
)
MODEL = "gemini-3.8-flash"
BRIEF = "You interview a founder. Ask one question."


class Finding(BaseModel):
    """One finding."""

    buyer: str = Field(description="Who buys, in a few words.")
    trigger: str | None = Field(description="What makes them call now; null when nobody said it.")


@pytest.fixture
async def gemini(sandbox: SandboxServer) -> AsyncIterator[genai.client.AsyncClient]:
    """Google's client over httpx, one call a request."""
    async with httpx.AsyncClient(trust_env=False) as http:
        options = types.HttpOptions(
            base_url=sandbox.gemini_url,
            timeout=2_000,
            retry_options=types.HttpRetryOptions(attempts=1),
            httpx_async_client=http,
        )
        client = genai.Client(api_key="sandbox-key", http_options=options)
        yield client.aio
        client.close()


async def streamed(gemini: genai.client.AsyncClient, **config: Any) -> list[types.GenerateContentResponse]:
    """All chunks of one streamed answer."""
    settings = types.GenerateContentConfig(system_instruction=BRIEF, **config)
    stream = await gemini.models.generate_content_stream(model=MODEL, contents=TALK, config=settings)
    return [chunk async for chunk in stream]


async def post(sandbox: SandboxServer, body: Any, *, method: str = "generateContent", key: str = "k") -> Any:
    """One request by plain HTTP."""
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(
            f"{sandbox.gemini_url}/v1beta/models/{MODEL}:{method}",
            json=body,
            headers={"x-goog-api-key": key} if key else {},
        )


async def test_a_stream_gives_text_in_pieces_then_the_finish_and_the_usage(
    sandbox: SandboxServer, gemini: genai.client.AsyncClient
) -> None:
    chunks = await streamed(gemini, temperature=0.4, max_output_tokens=500)
    assert len([chunk for chunk in chunks if chunk.text]) > 3
    last = chunks[-1]
    assert last.candidates[0].finish_reason == types.FinishReason.STOP
    text = "".join(chunk.text or "" for chunk in chunks)
    usage = last.usage_metadata
    assert usage.candidates_token_count == -(-len(text) // 4)
    assert (
        usage.total_token_count
        == usage.prompt_token_count + usage.candidates_token_count + usage.thoughts_token_count
    )
    [call] = await sandbox.calls("gemini", bodies=True)
    assert (call["kind"], call["model"], call["stream"]) == ("text", MODEL, True)
    assert call["body"]["systemInstruction"]["parts"] == [{"text": BRIEF}]


async def test_both_providers_speak_with_one_model(
    sandbox: SandboxServer, gemini: genai.client.AsyncClient
) -> None:
    messages = [{"role": "system", "content": BRIEF}, {"role": "user", "content": TALK}]
    async with httpx.AsyncClient(trust_env=False, headers={"Authorization": "Bearer k"}) as client:
        answer = await client.post(
            f"{sandbox.openai_url}/chat/completions", json={"model": "m", "messages": messages}
        )
    said = answer.json()["choices"][0]["message"]["content"]
    assert "".join(chunk.text or "" for chunk in await streamed(gemini)) == said


@pytest.mark.parametrize("form", ["response_schema", "response_json_schema"])
async def test_a_structured_answer_fills_the_schema_in_either_form(
    sandbox: SandboxServer, gemini: genai.client.AsyncClient, form: str
) -> None:
    schema = Finding if form == "response_schema" else Finding.model_json_schema()
    config = types.GenerateContentConfig(response_mime_type="application/json", **{form: schema})
    answer = await gemini.models.generate_content(model=MODEL, contents=TALK, config=config)
    assert "hygiene audit" in Finding.model_validate_json(answer.text).trigger
    assert (await sandbox.calls("gemini"))[-1]["kind"] == "structured"


async def test_a_tool_is_called(gemini: genai.client.AsyncClient) -> None:
    declared = types.FunctionDeclaration(
        name="search_leads",
        description="Search leads of a campaign.",
        parameters=types.Schema(
            type=types.Type.OBJECT, properties={"limit": types.Schema(type=types.Type.INTEGER)}
        ),
    )
    answer = await gemini.models.generate_content(
        model=MODEL,
        contents="Please search 25 leads.",
        config=types.GenerateContentConfig(tools=[types.Tool(function_declarations=[declared])]),
    )
    [call] = answer.function_calls
    assert (call.name, call.args) == ("search_leads", {"limit": 25})


async def test_the_models_are_listed_page_by_page(gemini: genai.client.AsyncClient) -> None:
    pager = await gemini.models.list(config={"page_size": 4})
    first = len(pager)
    names = [model.name async for model in pager]
    assert first == 4
    assert len(names) > 8
    assert f"models/{MODEL}" in names
    assert (await gemini.models.get(model=MODEL)).name == f"models/{MODEL}"


async def test_the_beginning_of_a_long_prompt_is_read_from_the_cache(
    gemini: genai.client.AsyncClient,
) -> None:
    config = types.GenerateContentConfig(system_instruction="Ask one question about printers. " * 200)
    talk = [types.UserContent(TALK)]
    for cached in (False, True):
        answer = await gemini.models.generate_content(model=MODEL, contents=talk, config=config)
        assert bool(answer.usage_metadata.cached_content_token_count) is cached
        talk += [types.ModelContent(answer.text), types.UserContent("Yes, in autumn.")]


CONTENTS = [{"role": "user", "parts": [{"text": "x"}]}]
JSON_ANSWER = {"responseMimeType": "application/json"}


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ({}, "contents is not specified"),
        ({"contents": CONTENTS, "messages": []}, 'Unknown name "messages"'),
        ({"contents": CONTENTS, "generationConfig": {"maxTokens": 5}}, 'Unknown name "maxTokens"'),
        ({"contents": CONTENTS, "generationConfig": {"temperature": 7}}, "temperature"),
        ({"contents": CONTENTS, "generationConfig": {"maxOutputTokens": 0}}, "maxOutputTokens"),
        ({"contents": [{"role": "assistant", "parts": [{"text": "x"}]}]}, "valid role"),
        ({"contents": [{"role": "user", "parts": []}]}, "must not be empty"),
        ({"contents": [{"role": "user", "parts": [{}]}]}, "oneof field 'data'"),
        ({"contents": CONTENTS, "generationConfig": {"responseSchema": {"type": "OBJECT"}}}, "mime"),
        (
            {"contents": CONTENTS, "generationConfig": JSON_ANSWER | {"responseSchema": {"const": 1}}},
            'Unknown name "const"',
        ),
        (
            {"contents": CONTENTS, "generationConfig": JSON_ANSWER | {"responseSchema": {"type": "ARRAY"}}},
            "items: missing field",
        ),
    ],
)
async def test_bad_bodies_are_refused_in_googles_envelope(
    sandbox: SandboxServer, body: dict[str, object], part: str
) -> None:
    answer = await post(sandbox, body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    assert part in error["message"]
    assert (await sandbox.calls("gemini"))[-1]["kind"] == "refused"


async def test_a_call_without_key_is_403_and_an_unknown_model_404_once_models_are_set(
    sandbox: SandboxServer, gemini: genai.client.AsyncClient
) -> None:
    assert (await post(sandbox, {"contents": CONTENTS}, key="")).status_code == 403
    await sandbox.control("POST", "models", {"provider": "gemini", "models": ["only-this"]})
    with pytest.raises(errors.ClientError) as raised:
        await streamed(gemini)
    assert (raised.value.code, raised.value.status) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("mode", "code", "status"),
    [
        ("rate_limited", 429, "RESOURCE_EXHAUSTED"),
        ("insufficient_quota", 429, "RESOURCE_EXHAUSTED"),
        ("server_error", 500, "INTERNAL"),
        ("overloaded", 503, "UNAVAILABLE"),
        ("bad_request", 400, "INVALID_ARGUMENT"),
        ("unauthorized", 400, "INVALID_ARGUMENT"),
        ("error_event", 500, "INTERNAL"),
    ],
)
async def test_refusals_reach_the_client(
    sandbox: SandboxServer, gemini: genai.client.AsyncClient, mode: str, code: int, status: str
) -> None:
    await sandbox.behave(mode, provider="gemini", count=1)
    with pytest.raises(errors.APIError) as raised:
        await streamed(gemini)
    assert (raised.value.code, raised.value.status) == (code, status)
    assert await streamed(gemini)


async def test_a_limited_rate_says_when_to_come_back_and_a_used_up_quota_does_not(
    sandbox: SandboxServer,
) -> None:
    await sandbox.behave("rate_limited", provider="gemini", retryAfter=61, count=1)
    limited = (await post(sandbox, {"contents": CONTENTS})).json()["error"]
    [delay] = [detail["retryDelay"] for detail in limited["details"] if "retryDelay" in detail]
    assert delay == "61s"
    await sandbox.behave("insufficient_quota", provider="gemini", count=1)
    used_up = (await post(sandbox, {"contents": CONTENTS})).json()["error"]
    assert "quota" in used_up["message"]
    assert not [detail for detail in used_up["details"] if "retryDelay" in detail]


@pytest.mark.parametrize(
    ("mode", "options", "error"),
    [
        ("cut", {"after": 2}, httpx.RemoteProtocolError),
        ("garbage", {"variant": "chunk", "after": 2}, errors.UnknownApiResponseError),
        ("stall", {"after": 0}, httpx.ReadTimeout),
        ("stall", {"after": 2}, httpx.ReadTimeout),
        ("hang", {}, httpx.ReadTimeout),
    ],
)
async def test_broken_and_silent_streams_fail_in_the_client(
    sandbox: SandboxServer,
    gemini: genai.client.AsyncClient,
    mode: str,
    options: dict[str, Any],
    error: type[Exception],
) -> None:
    await sandbox.behave(mode, provider="gemini", count=1, **options)
    with pytest.raises(error):
        await streamed(gemini, http_options=types.HttpOptions(timeout=300))
    await nothing_open(sandbox)
    assert await streamed(gemini)


@pytest.mark.parametrize(
    ("mode", "options", "finish"),
    [
        ("length", {}, types.FinishReason.MAX_TOKENS),
        ("length", {"tokens": 0}, types.FinishReason.MAX_TOKENS),
        ("content_filter", {}, types.FinishReason.SAFETY),
        ("no_finish", {}, None),
    ],
)
async def test_an_answer_may_end_before_its_end(
    sandbox: SandboxServer,
    gemini: genai.client.AsyncClient,
    mode: str,
    options: dict[str, Any],
    finish: types.FinishReason | None,
) -> None:
    await sandbox.behave(mode, provider="gemini", count=1, **options)
    chunks = await streamed(gemini)
    assert chunks[-1].candidates[0].finish_reason == finish
    assert any(chunk.text for chunk in chunks) is ("tokens" not in options)


async def test_a_blocked_prompt_has_no_candidates(
    sandbox: SandboxServer, gemini: genai.client.AsyncClient
) -> None:
    await sandbox.behave("content_filter", provider="gemini", prompt=True, count=1)
    [chunk] = await streamed(gemini)
    assert not chunk.candidates
    assert chunk.prompt_feedback.block_reason == types.BlockedReason.PROHIBITED_CONTENT


async def test_an_open_stream_is_counted_until_its_reader_leaves(
    sandbox: SandboxServer, gemini: genai.client.AsyncClient
) -> None:
    await sandbox.behave("stall", provider="gemini", after=1)
    stream = await gemini.models.generate_content_stream(model=MODEL, contents=TALK)
    await anext(stream)
    assert (await sandbox.open_answers())["gemini"] == 1
    # Whoever is waiting closes the connection; between two pieces Google's client would leave that to the garbage collector.
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(stream), 0.1)
    await nothing_open(sandbox)
    assert (await sandbox.calls("gemini"))[-1]["closedByClient"]


async def nothing_open(sandbox: SandboxServer) -> None:
    """Waits at most 2 seconds for the sandbox to have nothing to write."""
    deadline = time.monotonic() + 2
    while any((await sandbox.open_answers()).values()):
        assert time.monotonic() < deadline, "an answer is still being written"
        await asyncio.sleep(0.02)
