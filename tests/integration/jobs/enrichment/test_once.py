"""Nobody is bought twice within a Client: by two jobs, two workspaces, two names, or after a fault."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest
from pydantic import HttpUrl

from tests.fixtures.api import served
from tests.integration.api.leads.crm import lead as lead_body
from tests.integration.api.team import created
from tests.integration.jobs.enrichment.stand import Enrichers, with_wiza


async def other_workspace(stand: Enrichers) -> str:
    """The path of a campaign in another workspace of the same Client."""
    owner = stand.team.owner
    workspace = (await created(owner, "/workspaces", {"name": "Second"}))["id"]
    budget = {"tokensPerDay": None, "creditsPerMonth": 1_000}
    assert (await owner.put(f"/workspaces/{workspace}/budget", json=budget)).status_code == 200
    made = await created(owner, f"/workspaces/{workspace}/campaigns", {"name": "Elsewhere"})
    return f"/campaigns/{made['id']}"


async def add(client: httpx.AsyncClient, path: str, **fields: str | None) -> int:
    body = {name: value for name, value in lead_body(**fields).items() if value is not None}
    return int((await created(client, f"{path}/leads", body))["id"])


async def enrich(stand: Enrichers, lead_id: int, level: str = "partial") -> None:
    """Enrich as the owner, who is in both workspaces."""
    job = await stand.start(f"/leads/{lead_id}/enrich", {"level": level}, stand.team.owner)
    async with asyncio.timeout(20):
        while True:
            await stand.work(job_id=job)
            read = (await stand.team.owner.get(f"/jobs/{job}")).json()["data"]
            if read["completedAt"]:
                assert read["status"] == "completed", (read["errorMessage"], read["failures"])
                return
            # Somebody else may be sending: that is waited for, however long it takes them.
            await asyncio.sleep(0.1)
            await stand.make_due(job)


async def test_two_jobs_and_two_workspaces_buy_a_person_once(stand: Enrichers) -> None:
    async with AsyncExitStack() as stack:
        # A Wiza that is slow on purpose, on cores that are busy: its answer must not count as lost.
        await _bought_once(await with_wiza(stand, stack, total_timeout=30))


async def _bought_once(stand: Enrichers) -> None:
    first, second = await stand.campaign(), await other_workspace(stand)
    url = stand.people[stand.sure(0)].linkedin_url or ""
    here = await add(stand.team.owner, first, linkedinUrl=url, email=None)
    there = await add(stand.team.owner, second, linkedinUrl=f"{url}/?utm=x", email=None)
    await stand.sandbox.behave("slow", provider="wiza", kind="reveal", count=1, delay=1.0)
    await asyncio.gather(enrich(stand, here), enrich(stand, there), enrich(stand, here))
    await enrich(stand, there)

    assert max((await stand.charges()).values()) == 1
    assert sum((await stand.charges()).values()) == 1
    data = [(await stand.team.owner.get(f"/leads/{id_}")).json()["data"] for id_ in (here, there)]
    assert [lead["status"] for lead in data] == ["enriched", "enriched"]
    assert data[0]["enrichmentData"]["company"] == data[1]["enrichmentData"]["company"]


async def test_a_profile_is_found_however_its_address_is_dressed(stand: Enrichers) -> None:
    path = await stand.campaign()
    url = stand.people[stand.sure(0)].linkedin_url or ""
    await enrich(stand, await add(stand.team.owner, path, linkedinUrl=f"{url}/?utm_source=share", email=None))
    several = await add(stand.team.owner, path, linkedinUrl=f"{stand.people[stand.sure(1)].linkedin_url}?x=1")
    job = await stand.finish(await stand.start(f"{path}/leads/enrich", {"leadIds": [several]}))
    assert job["output"] == {"done": 1, "failed": 0}


@pytest.mark.parametrize("order", ["profile first", "address first"])
async def test_somebody_known_by_profile_and_by_address_is_one_person(stand: Enrichers, order: str) -> None:
    first, second = await stand.campaign(), await other_workspace(stand)
    number = stand.sure(1)
    bought = await add(stand.team.owner, first, linkedinUrl=stand.people[number].linkedin_url, email=None)
    if order == "profile first":
        await enrich(stand, bought)
        address = (await stand.read(bought))["email"]
        asked = await add(stand.team.owner, second, linkedinUrl=None, email=address)
    else:
        # Both stand there before anything tells that they are one.
        address = await found_out(stand, number)
        asked = await add(stand.team.owner, second, linkedinUrl=None, email=address)
        await enrich(stand, bought)
    await enrich(stand, asked)

    assert sum((await stand.charges()).values()) == 1
    leads = [(await stand.team.owner.get(f"/leads/{id_}")).json()["data"] for id_ in (bought, asked)]
    assert leads[0]["personId"] == leads[1]["personId"]
    assert leads[1]["status"] == "enriched"


async def found_out(stand: Enrichers, number: int) -> str:
    """The address of somebody, as another Client's people would know it."""
    slug = (stand.people[number].linkedin_url or "").rpartition("/")[2]
    domain = stand.people[number].company_domain or ""
    return f"{slug.replace('-', '.')}@{domain}"


@pytest.mark.parametrize(
    "mode",
    ["cut", *(pytest.param(mode, marks=pytest.mark.full) for mode in ("server_error", "garbage", "hang"))],
)
async def test_a_lost_answer_waits_for_a_person_and_is_bought_again_only_on_their_word(
    stand: Enrichers, mode: str
) -> None:
    path = await stand.campaign()
    lead_id = await stand.lead(path, stand.sure(2))
    await stand.sandbox.behave(mode, provider="wiza", kind="reveal", count=1, after=True)
    job = await stand.enrich(lead_id)

    assert job["status"] == "failed"
    (failure,) = job["failures"]
    assert (failure["code"], failure["leadId"]) == ("needs_review", lead_id)
    assert (await stand.read(lead_id))["status"] == "found"
    assert await stand.charges() == dict.fromkeys(await stand.charges(), 1)
    again = await stand.enrich(lead_id)
    assert again["failures"][0]["code"] == "needs_review", "another job may not send it either"


async def in_doubt(stand: Enrichers) -> tuple[int, str, str]:
    """A lead whose call was lost, its job, and the path to decide about it."""
    lead_id = await stand.lead(await stand.campaign(), stand.sure(5))
    await stand.sandbox.behave("cut", provider="wiza", kind="reveal", count=1, after=True)
    job = await stand.enrich(lead_id)
    item = job["failures"][0]["itemId"]
    return lead_id, job["jobId"], f"/jobs/{job['jobId']}/items/{item}/resolve"


@pytest.mark.full
async def test_somebody_may_have_a_lost_call_sent_again_though_it_costs_twice(stand: Enrichers) -> None:
    lead_id, job_id, path = await in_doubt(stand)
    answer = await stand.client.post(path, json={"action": "retry"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]["completedAt"] is None
    job = await stand.finish(job_id)

    assert (job["status"], job["failures"]) == ("completed", [])
    assert (await stand.read(lead_id))["status"] == "enriched"
    assert list((await stand.charges()).values()) == [2]
    again = await stand.client.post(path, json={"action": "retry"})
    assert (again.status_code, again.json()["code"]) == (409, "not_in_review")


async def test_who_drops_a_lost_call_gets_its_credits_back_and_it_is_not_sent(stand: Enrichers) -> None:
    lead_id, job_id, path = await in_doubt(stand)
    assert (await stand.credits())[0] > 0
    assert (await stand.client.post(path, json={"action": "drop"})).status_code == 200

    job = await stand.job(job_id)
    assert (job["status"], [each["code"] for each in job["failures"]]) == ("failed", ["dropped"])
    assert await stand.credits() == (0, 0)
    again = await stand.enrich(lead_id)
    assert again["failures"][0]["code"] == "needs_review"
    assert list((await stand.charges()).values()) == [1]


async def test_wiza_calling_back_ends_a_lost_call_without_anybody(stand: Enrichers) -> None:
    """The call-back reaches this API as the sandbox would send it: by the address it was given."""
    lead_id = await stand.lead(await stand.campaign(), stand.sure(6))
    async with AsyncExitStack() as stack, called_back(stand, stack) as patient:
        await stand.sandbox.behave("cut", provider="wiza", kind="reveal", count=1, after=True)
        job = await patient.enrich(lead_id)

    assert job["status"] == "completed"
    assert list((await stand.charges()).values()) == [1]
    assert await stand.credits() == (0, await stand.charged())


@asynccontextmanager
async def called_back(stand: Enrichers, stack: AsyncExitStack) -> AsyncIterator[Enrichers]:
    """The stand with the API on a real port, where Wiza reaches it."""
    async with served(stand.api.app) as url:
        yield await with_wiza(stand, stack, callback_base=HttpUrl(url))


@pytest.mark.parametrize("mode", ["queue_full", "rate_limited"])
async def test_a_full_queue_at_wiza_only_delays(stand: Enrichers, mode: str) -> None:
    lead_id = await stand.lead(await stand.campaign(), stand.sure(3))
    await stand.sandbox.behave(mode, provider="wiza", kind="reveal", count=2)
    job = await stand.enrich(lead_id)

    assert job["status"] == "completed"
    assert sum((await stand.charges()).values()) == 1
    assert await stand.credits() == (0, await stand.charged())


async def test_an_account_without_credits_and_a_workspace_without_budget_say_so(stand: Enrichers) -> None:
    path = await stand.campaign()
    lead_id = await stand.lead(path, stand.sure(4))
    await stand.sandbox.wiza(credits=0)
    job = await stand.enrich(lead_id)
    assert job["failures"][0]["code"] == "wiza_out_of_credits"

    for monthly, code in ((None, "budget_missing"), (2, "budget_exceeded")):
        await stand.budget(monthly)
        answer = await stand.client.post(f"/leads/{lead_id}/enrich")
        assert (answer.status_code, answer.json()["code"]) == (429, code)
    assert await stand.credits() == (0, 0)
