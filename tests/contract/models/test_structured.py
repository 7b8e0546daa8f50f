"""Structured answers over OpenAI's wire: a validated record or an honest failure, never a guess."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from prompts.prompt import RenderedPrompt
from tests.contract.models.conftest import OpenRouter
from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.failure import ModelFailure
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter


class Trigger(BaseModel):
    """An event after which they buy."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["season", "loss"] = "season"
    words: Annotated[str, Field(min_length=1, max_length=400)]


class Buyer(BaseModel):
    """Who buys."""

    model_config = ConfigDict(extra="forbid")

    role: str = Field(description="The buyer's job title.", min_length=1)
    triggers: Annotated[list[Trigger], Field(min_length=1, max_length=3)]
    doubts: str | None = None


async def ask(router: ModelRouter, prompt: RenderedPrompt, meter: UsageMeter | None = None) -> Buyer:
    talk = [
        {
            "role": "user",
            "content": "The head of the sailing school buys each spring, after the winter repairs.",
        }
    ]
    return await router.structured(prompt, talk, Buyer, meter=meter or UsageMeter())  # type: ignore[arg-type]


async def test_the_answer_is_a_record_of_the_schema(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    meter = UsageMeter()
    buyer = await ask(router, prompt, meter)

    [call] = await sandbox.calls(bodies=True)
    form = call["body"]["response_format"]
    assert isinstance(buyer, Buyer)
    assert (form["type"], form["json_schema"]["name"], form["json_schema"]["strict"]) == (
        "json_schema",
        "Buyer",
        True,
    )
    assert form["json_schema"]["schema"]["required"] == ["role", "triggers", "doubts"]
    assert "reasoning_effort" not in call["body"]
    assert (meter.calls, meter.output_tokens) == (1, call["outputTokens"])


async def test_a_model_without_structured_output_is_told_the_schema_in_words(
    open_router: OpenRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    buyer = await ask(open_router(OPENAI_MODEL="gpt-4-turbo"), prompt)

    [call] = await sandbox.calls(bodies=True)
    assert isinstance(buyer, Buyer)
    assert "response_format" not in call["body"]
    assert '"additionalProperties": false' in call["body"]["messages"][0]["content"]


@pytest.mark.parametrize(
    ("mode", "options", "code", "calls"),
    [
        ("garbage", {"variant": "schema"}, "model_garbled", 2),
        ("garbage", {"variant": "text"}, "model_garbled", 2),
        ("garbage", {"variant": "broken"}, "model_garbled", 2),
        ("length", {"tokens": 3}, "model_truncated", 1),
        ("content_filter", {"tokens": 3}, "model_refused", 1),
        ("refusal", {}, "model_refused", 1),
        ("insufficient_quota", {}, "model_rate_limited", 1),
        ("rate_limited", {"retryAfter": 30}, "model_rate_limited", 1),
        ("server_error", {}, "model_unavailable", 2),
        ("cut", {"after": 1}, "model_unavailable", 2),
        ("hang", {"delay": 5}, "model_unavailable", 1),
    ],
)
async def test_a_failure_has_its_code_and_is_repeated_only_where_that_helps(
    open_router: OpenRouter,
    prompt: RenderedPrompt,
    sandbox: SandboxServer,
    mode: str,
    options: dict[str, Any],
    code: str,
    calls: int,
) -> None:
    await sandbox.behave(mode, **options)
    meter = UsageMeter()

    with pytest.raises(ModelFailure) as raised:
        await ask(open_router(MODEL_TOTAL_TIMEOUT=1.5), prompt, meter)

    assert raised.value.error_code == code
    assert len(await sandbox.calls()) == calls == meter.calls


async def test_one_garbled_answer_is_made_good_and_both_are_paid(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("garbage", count=1, variant="schema")
    meter = UsageMeter()

    assert (await ask(router, prompt, meter)).role

    assert [record.outcome for record in meter.records] == ["model_garbled", "done"]
    assert meter.output_tokens == sum(call["outputTokens"] for call in await sandbox.calls())
    assert meter.unpriced_calls == 0
