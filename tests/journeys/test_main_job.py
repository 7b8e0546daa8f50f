"""The main job, over HTTP: sign in, describe the company, talk, get five experiments, approve, come back later.

Every company is invented by the sandbox from a seed: product code and the sandbox's language model have never seen it.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.fixtures.product import Product
from tests.journeys.founder import Answer, Founder, Json

TYPES = {"bullseye", "variable_a", "variable_b", "contrarian", "long_shot"}
RETURN = {
    "en": "I am back. Which of our experiments should we look at first?",
    "de": "Ich bin wieder da. Welches unserer Experimente sollten wir zuerst ansehen?",
    "fr": "Me revoilà. Laquelle de nos expériences devons-nous regarder d'abord ?",
}
COMPANIES, FEW = range(20), range(2)
"""Places in the sandbox's list of invented companies; their languages take turns: English, German, French."""
PATIENCE = 6
"""How often a founder says the same thing again when told that something went wrong."""


async def company_at(product: Product, place: int) -> Json:
    """The facts of an invented company, as the sandbox tells them."""
    answer = await control(product, "/control/companies")
    return dict(answer["companies"][place]["company"])


async def control(product: Product, path: str, **query: str | int) -> Json:
    """Ask the sandbox's control API."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, timeout=10, trust_env=False) as client:
        answer = (await client.get(path, params=query)).raise_for_status()
    return dict(answer.json())


def uses_facts(company: Json, texts: list[str]) -> bool:
    """Whether the answers hold words that only this company's facts hold."""
    said = " ".join(texts).lower()
    return any(phrase.lower() in said for phrase in company["distinctive"])


async def assert_remembered(product: Product, founder: Founder, saved: list[Json], question: str) -> None:
    """The model is told every saved experiment, and an answer speaks of what they hold. Garbage is asked again."""
    held = {str(experiment["design"]["minimumSample"]) for experiment in saved}
    held |= {experiment[field] for experiment in saved for field in ("name", "pain", "trigger")}
    answers: list[str] = []
    while not any(value in answer for value in held for answer in answers):
        assert len(answers) < PATIENCE, answers
        answers.append((await until_answered(founder, question)).text)
    calls = (await control(product, "/control/calls", kind="text", limit=40, bodies="true"))["calls"]
    told = [json.dumps(call["body"], ensure_ascii=False) for call in calls]
    assert any(all(experiment["name"] in text for experiment in saved) for text in told)


async def begin(client: httpx.AsyncClient, company: Json) -> Founder:
    """Sign in, make the workspace, have the website read, save the onboarding."""
    me = (await client.get("/auth/me")).raise_for_status().json()["data"]
    assert me["email"]
    founder = await Founder.begin(client, company["name"], f"http://{company['host']}/")
    page = await founder.read_website(f"http://{company['host']}/")
    assert company["name"] in page["content"]
    await founder.describe(company["onboarding"])
    return founder


async def until_answered(founder: Founder, message: str) -> Answer:
    """Say it, and say it again when the agent honestly says that something went wrong."""
    for _ in range(PATIENCE):
        answer = await founder.say(message)
        assert answer.status in {200, 503}, answer.problem
        if answer.status == 200 and answer.finished:
            return answer
        assert answer.problem or answer.error, "a turn that fails says why"
        if answer.error:
            assert answer.error["retryable"], answer.error
    pytest.fail(f"no answer to {message!r} in {PATIENCE} tries")


async def ask_for_experiments(founder: Founder, request: str) -> Answer:
    """Ask until a valid set is proposed; a set that breaks a rule is never offered for approval."""
    for _ in range(PATIENCE):
        answer = await until_answered(founder, request)
        if answer.experiments and answer.experiments["valid"]:
            return answer
        assert answer.approval_id is None, "only a valid set may be approved"
        assert answer.text, "a refusal is explained"
    pytest.fail(f"no valid set in {PATIENCE} tries: {answer.text}")


def assert_whole(experiments: list[Json]) -> None:
    """Five experiments that can be told apart by their results."""
    assert {experiment["type"] for experiment in experiments} == TYPES
    assert len(experiments) == len(TYPES)
    for experiment in experiments:
        assert experiment["status"] == "pending"
        design: Json = experiment["design"]
        assert all(
            design[name]["value"]
            for name in ("persona", "firmographic", "situation", "trigger", "angle", "channel")
        )
        assert design["minimumSample"] > 0
        assert design["stoppingRule"]


async def the_main_job(product: Product, place: int, people: str) -> None:
    """One founder's way from sign-in to a second session."""
    company = await company_at(product, place)
    async with product.client(f"{people}-{place}@journeys.example") as client:
        founder = await begin(client, company)
        answers = [await until_answered(founder, message) for message in company["answers"]]
        assert uses_facts(company, [answer.text for answer in answers])
        proposal = await ask_for_experiments(founder, company["askForExperiments"])
        assert await founder.experiments() == [], "nothing is saved before the approval"
        assert proposal.approval_id
        await approve(founder, proposal)
        saved = await founder.experiments()
        assert_whole(saved)
        founder.session_id = None
        await assert_remembered(product, founder, saved, RETURN[company["language"]])


async def approve(founder: Founder, proposal: Answer) -> None:
    """Say yes. When the confirmation could not be spoken, the experiments are saved all the same."""
    assert proposal.approval_id
    answer = await founder.answer_approval(proposal.approval_id, approved=True)
    assert answer.status == 200, answer.problem
    assert answer.finished or answer.error


@pytest.fixture
async def garbage(product: Product) -> AsyncIterator[None]:
    """One answer in five of the language model is garbage."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, timeout=10, trust_env=False) as sandbox:
        rule: dict[str, Any] = {"provider": "openai", "mode": "garbage", "probability": 0.2, "seed": 7}
        (await sandbox.post("/control/behaviour", json=rule)).raise_for_status()
        yield
        await sandbox.delete("/control/behaviour", params={"provider": "openai"})


@pytest.mark.parametrize("place", FEW)
async def test_a_founder_gets_five_experiments_and_is_known_later(product: Product, place: int) -> None:
    await the_main_job(product, place, "founder")


@pytest.mark.timeout(120)
async def test_garbage_answers_end_in_honest_errors_and_whole_experiments(
    product: Product, garbage: None
) -> None:
    await asyncio.gather(*(the_main_job(product, place, "unlucky") for place in FEW))


@pytest.mark.full
@pytest.mark.timeout(1200)
async def test_mind_twenty_companies_nobody_has_seen_get_five_experiments(product: Product) -> None:
    await in_threes(product, "one-of-twenty")


@pytest.mark.full
@pytest.mark.timeout(1200)
async def test_mind_twenty_companies_with_garbage_answers_get_whole_experiments(
    product: Product, garbage: None
) -> None:
    await in_threes(product, "unlucky-of-twenty")


async def in_threes(product: Product, people: str) -> None:
    """All twenty, three at a time."""
    places = asyncio.Semaphore(3)

    async def one(place: int) -> None:
        async with places:
            await the_main_job(product, place, people)

    await asyncio.gather(*(one(place) for place in COMPANIES))
