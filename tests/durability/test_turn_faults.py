"""Whatever a language model does: a turn has one ending, in time, of one model's words, and the next turn works."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from tests.durability.gate import Gate, gate_before
from tests.durability.model_faults import FAULTS, NEVER_PASSED_ON, Fault, Json, Moment, broken, refused
from tests.durability.providers import MARK, Providers, telling_apart
from tests.durability.replicas import Replicas
from tests.fixtures.product import Product
from tests.journeys.founder import Answer, Founder, read

WAITS = {
    "MODEL_CONNECT_TIMEOUT": "1",
    "MODEL_FIRST_TOKEN_TIMEOUT": "1",
    "MODEL_GAP_TIMEOUT": "1",
    "MODEL_TOTAL_TIMEOUT": "3",
    "TURN_TIME_LIMIT": "30",
    "TURN_LEASE": "15",
}
DEADLINE = 15.0
"""Seconds: two calls a provider with the waits above, the silent calls that follow an answer, and the turn's own work."""
ENDINGS = {"finish", "error", "abort"}
MESSAGES = ("We sell pumps to mines.", "The heads of maintenance buy, mostly in Poland.")


@dataclass(frozen=True)
class Case:
    """Who fails, how and when. Where only Gemini fails, OpenAI has no quota left, so that Gemini is asked at all."""

    fault: Fault
    moment: Moment
    failing: str

    def __str__(self) -> str:
        return f"{self.fault.name}-{self.moment}-{self.failing}"

    @property
    def speaker(self) -> str:
        """Whose answer it is that breaks."""
        return "gemini" if self.failing == "gemini" else "openai"


MATRIX = [
    Case(fault, moment, failing)
    for failing in ("openai", "gemini", "both")
    for moment in ("before", "after")
    for fault in FAULTS
] + [Case(fault, "before", failing) for failing in ("openai", "both") for fault in NEVER_PASSED_ON]
SHORT = [
    Case(broken("cut"), "after", "openai"),
    Case(refused("insufficient_quota"), "before", "both"),
]


@pytest.fixture(scope="module")
async def gates(product: Product) -> AsyncIterator[dict[str, Gate]]:
    """A gate before each provider."""
    port = httpx.URL(product.sandbox_url).port
    assert port is not None
    async with gate_before(port) as openai, gate_before(port) as gemini:
        yield {"openai": openai, "gemini": gemini}


@pytest.fixture
async def impatient(gates: dict[str, Gate], replicas: Replicas) -> AsyncIterator[str]:
    """The URL of a fresh API process, which waits less long, reaches the providers through the gates and trusts both still."""
    settings = dict(WAITS)
    settings["OPENAI_BASE_URL"] = f"http://127.0.0.1:{gates['openai'].port}/openai/v1"
    settings["GEMINI_BASE_URL"] = f"http://127.0.0.1:{gates['gemini'].port}/gemini"
    replica = await replicas.start(settings)
    yield replica.url
    replica.kill()


@pytest.mark.full
@pytest.mark.parametrize("case", MATRIX, ids=str)
async def test_turn_with_a_failing_model_ends_once_and_the_next_one_works(
    product: Product, impatient: str, gates: dict[str, Gate], case: Case
) -> None:
    async with telling_apart(product.sandbox_url, gates) as providers, talking(product, impatient) as founder:
        await check(case, founder, providers)


@pytest.mark.parametrize("case", SHORT, ids=str)
async def test_a_failing_model_ends_a_turn_once_and_the_next_one_works(product: Product, case: Case) -> None:
    async with telling_apart(product.sandbox_url) as providers, talking(product, product.url) as founder:
        await check(case, founder, providers)


@asynccontextmanager
async def talking(product: Product, url: str) -> AsyncIterator[Founder]:
    """A founder with a company, at this process."""
    async with product.client(f"faults-{time.monotonic_ns()}@durability.example") as client:
        client.base_url = httpx.URL(url)
        founder = await Founder.begin(client, "Acme")
        await founder.describe({"company": {"companyName": "Acme", "oneSentencePitch": "Pumps for mines"}})
        yield founder


async def check(case: Case, founder: Founder, providers: Providers) -> None:
    """A turn while the models fail, and one after it."""
    before = await providers.last_call()
    if case.failing == "gemini":
        await providers.behave(provider="openai", mode="insufficient_quota")
    for provider in ("openai", "gemini"):
        if case.failing in {provider, "both"}:
            await providers.fail(provider, case.fault, case.moment)
    answer = await say(founder, MESSAGES[0], case, providers)
    ends_once(answer)
    asked = {name: len(await providers.calls(name, before)) for name in ("openai", "gemini")}
    assert max(asked.values()) <= 2, asked
    of_one_model(answer)
    ends_as_it_should(case, answer, asked)
    assert await providers.nothing_open(2.0), "a provider is still writing for nobody"
    await recovered(providers)
    then = await say(founder, MESSAGES[1], None, providers)
    ends_once(then)
    assert then.finished, then.error
    of_one_model(then)


async def recovered(providers: Providers) -> None:
    """The models work again."""
    (await providers.control.delete("/control/behaviour")).raise_for_status()
    for gate in providers.gates.values():
        await gate.open()


async def say(founder: Founder, text: str, case: Case | None, providers: Providers) -> Answer:
    """One message and its whole answer, within the deadline; resets the connection after the first word where the case says so."""
    body: Json = {"id": "chat", "messages": [{"role": "user", "id": text[:9], "content": text}]}
    path = f"/workspaces/{founder.workspace_id}/discovery/chat"
    began = time.monotonic()
    async with founder.client.stream("POST", path, json=body) as stream:
        assert stream.status_code == httpx.codes.OK
        lines = stream.aiter_lines()
        answer = Answer(200)
        if case is not None and case.moment == "after" and case.fault.after is None:
            await read(lines, answer, until="text-delta")
            await providers.gates[case.speaker].shut()
        await read(lines, answer)
    assert time.monotonic() - began < DEADLINE
    return answer


def ends_once(answer: Answer) -> None:
    """One ending, and nothing after it."""
    kinds = [chunk["type"] for chunk in answer.chunks]
    assert sum(kind in ENDINGS for kind in kinds) == 1, kinds
    assert kinds[-1] in ENDINGS
    assert bool(answer.error) is (kinds[-1] == "error")


def of_one_model(answer: Answer) -> None:
    """All of the text is OpenAI's or all of it is Gemini's."""
    assert MARK not in answer.text or answer.text.startswith(MARK)


def ends_as_it_should(case: Case, answer: Answer, asked: dict[str, int]) -> None:
    """A whole answer of the other model where it may still be asked; else an error that says whether to try again."""
    if case.moment == "after":
        assert answer.text, "the words that came are kept"
        assert answer.error is not None
        assert answer.error["retryable"] is True
        assert answer.text.startswith(MARK) is (case.speaker == "gemini")
        assert case.speaker == "gemini" or asked["gemini"] == 0
    elif case.failing == "openai" and case.fault.passes_on is not None:
        assert answer.finished is case.fault.passes_on, answer.error
        assert (asked["gemini"] > 0) is case.fault.passes_on
    elif case.failing != "openai":
        assert answer.error is not None
        assert not answer.text
