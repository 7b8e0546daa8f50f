"""202 is a promise: whatever happens to the API or to Redis behind it, the job is done, and one key makes one job."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from persistence.models.job import AsyncJobType
from persistence.models.workspace import Workspace
from persistence.types import JobID
from tests.durability.jobs.stage import Stage, make_stage
from tests.durability.replicas import Replicas, Zygote
from tests.embedded import free_port
from tests.factories.experiments import make_experiment
from tests.fixtures.api import served
from tests.fixtures.jobs import JobStand
from tools.jobs.children import children_of
from tools.jobs.steps import FINAL

AGAIN = 20
"""So often is one key sent at once."""
FILTERS = {"job_role": ["legal"], "company_size": ["51-200"]}


@pytest.fixture
async def stage(job_stand: JobStand) -> AsyncIterator[Stage]:
    """A few leads, and an API that Wiza can call back."""
    async with served(job_stand.api.app, job_stand.callback_port):
        yield await make_stage(job_stand, 12)


@pytest.mark.parametrize("redis", ["there", "away"])
async def test_a_job_is_done_though_its_api_is_killed_right_behind_its_202(
    stage: Stage, zygote: Zygote, redis: str
) -> None:
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    changed = {"REDIS_URL": nowhere, "CELERY_BROKER_URL": nowhere} if redis == "away" else {}
    replicas = Replicas(zygote, stage.stand.environment | changed)
    replica = await replicas.fork().alive()
    signed_in = {"Authorization": stage.client.headers["Authorization"]}
    try:
        async with httpx.AsyncClient(base_url=replica.url, headers=signed_in, timeout=30) as client:
            body = {"all": True, "level": "partial"}
            answer = await client.post(f"{stage.path}/leads/enrich", json=body)
            replica.kill()
    finally:
        replicas.kill_all()
    assert answer.status_code == 202, answer.text
    job = await stage.stand.wait_for(stage.client, answer.json()["data"]["jobId"], "completed", seconds=40)
    assert (job["completedSteps"], job["failures"]) == (stage.leads, [])
    assert await stage.statuses() == {"enriched": stage.leads}


async def scalable(stage: Stage) -> str:
    """The path of a campaign whose experiment has filters."""
    async with stage.stand.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, stage.workspace_id)
        arm = (await make_experiment(uow, workspace, wiza_filters=FILTERS)).id
    body = {"name": "Scaled", "experimentId": arm}
    made = await stage.client.post(f"/workspaces/{stage.workspace_id}/campaigns", json=body)
    assert made.status_code == 201, made.text
    return f"/campaigns/{made.json()['data']['id']}"


def starts(stage: Stage, lead: int, scaled: str) -> dict[str, tuple[str, Any]]:
    """Every way to start a job that this stage can start: path and body, by the job's type."""
    workspace = f"/workspaces/{stage.workspace_id}"
    page = {"url": "https://acme.example/", "workspaceId": stage.workspace_id}
    return {
        "lead_enrichment": (f"/leads/{lead}/enrich", {"level": "partial"}),
        "bulk_lead_enrichment": (f"{stage.path}/leads/enrich", {"leadIds": [lead], "level": "partial"}),
        "generate_outreach": (f"/leads/{lead}/generate-outreach", {"format": "email_cold"}),
        "bulk_generate_outreach": (f"{stage.path}/outreach/generate", {"leadIds": [lead]}),
        "website_scrape": ("/scrape/website", page),
        "wiza_search": (f"{stage.path}/leads/search", {"filters": FILTERS, "limit": 3, "budget": 3}),
        "campaign_scale": (f"{scaled}/scale", {"budget": 30, "targetLeadCount": 20}),
        "data_export": (f"{workspace}/exports", {"what": "leads"}),
    }


@pytest.mark.timeout(300)
async def test_a_key_sent_many_times_at_once_makes_one_job_of_every_type(stage: Stage) -> None:
    lead = min(await stage.found())
    made: dict[str, set[str]] = {}
    for job_type, (path, body) in starts(stage, lead, await scalable(stage)).items():
        headers = {"Idempotency-Key": f"once-{stage.workspace_id}-{job_type}", "Prefer": "respond-async"}

        async def ask(path: str = path, body: Any = body, headers: Any = headers) -> httpx.Response:
            return await stage.client.post(path, json=body, headers=headers)

        answers = [*await asyncio.gather(*(ask() for _ in range(AGAIN))), await ask()]
        refused = [answer.text for answer in answers if answer.status_code not in {202, 409}]
        assert not refused, f"{job_type}: {refused[0]}"
        waited = {answer.json()["code"] for answer in answers if answer.status_code == 409}
        assert waited <= {"request_in_progress"}, job_type
        told = [answer.json()["data"] for answer in answers if answer.status_code == 202]
        assert {each["jobType"] for each in told} == {job_type}
        made[job_type] = {each["jobId"] for each in told}
    listed = (await stage.client.get(f"/jobs/workspace/{stage.workspace_id}?limit=100")).json()["data"]
    for each in listed:
        await stage.client.post(f"/jobs/{each['jobId']}/cancel")
        await stage.stand.wait_for(
            stage.client, each["jobId"], *(status.value for status in FINAL), seconds=90
        )
    assert {job_type: len(ids) for job_type, ids in made.items()} == dict.fromkeys(made, 1)
    # What that job started itself, if it came so far before it was cancelled.
    [scaling] = made["campaign_scale"]
    begun = {str(job) for job in children_of(JobID(UUID(scaling)), AsyncJobType.CAMPAIGN_SCALE)}
    started = {(each["jobType"], each["jobId"]) for each in listed if each["jobId"] not in begun}
    assert started == {(job_type, job_id) for job_type, ids in made.items() for job_id in ids}
