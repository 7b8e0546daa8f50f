"""A job is over when its leads are let go, not before: what dies or fails between the two is done by the next sweep."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import make_url, select, update

from api.jobs.sweeps import open_sweep
from persistence.models.job import JobItem, JobItemState
from persistence.models.lead import Lead, LeadStatus
from persistence.types import utc_now
from tests.integration.jobs.enrichment.stand import Enrichers

CUT_SECONDS = 1.0
"""The sweep stands at the locked lead long before."""


async def failed_and_not_let_go(stand: Enrichers) -> tuple[str, list[int]]:
    """A job whose items failed in a process that died then: its leads still stand as being enriched."""
    path = await stand.campaign()
    leads = [await stand.lead(path, number) for number in range(3)]
    job_id = await stand.start(f"{path}/leads/enrich", {"all": True})
    async with stand.services.database.unit_of_work() as uow:
        gone = {"state": JobItemState.FAILED, "error_code": "person_not_found", "finished_at": utc_now()}
        await uow.session.execute(update(JobItem).where(JobItem.job_id == job_id).values(**gone))
        await uow.session.execute(update(Lead).where(Lead.id.in_(leads)).values(status=LeadStatus.ENRICHING))
    return job_id, leads


@asynccontextmanager
async def held(stand: Enrichers, lead: int) -> AsyncIterator[None]:
    """Somebody else's transaction holds the lead."""
    url = make_url(stand.services.settings.database.url).set(drivername="postgresql")
    holder = await asyncpg.connect(url.render_as_string(hide_password=False))
    try:
        async with holder.transaction():
            await holder.execute('SELECT 1 FROM "Leads" WHERE "LeadID" = $1 FOR UPDATE', lead)
            yield
    finally:
        await holder.close()


async def test_a_sweep_that_is_cut_off_at_a_lead_leaves_the_job_to_the_next_one(stand: Enrichers) -> None:
    job_id, leads = await failed_and_not_let_go(stand)
    async with AsyncExitStack() as stack:
        sweep = open_sweep(stand.services, stack)
        async with held(stand, leads[-1]):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(sweep(), CUT_SECONDS)
        assert (await stand.job(job_id))["status"] not in {"completed", "failed"}
        await sweep()
    assert (await stand.job(job_id))["status"] == "failed"
    assert {(await stand.read(lead))["status"] for lead in leads} == {"found"}


async def test_all_leads_of_a_cancelled_job_are_let_go_however_many(stand: Enrichers) -> None:
    path = await stand.campaign()
    people = [{"fullName": f"Person {number}"} for number in range(510)]
    for first in (0, 255):
        body = {"leads": people[first : first + 255]}
        assert (await stand.client.post(f"{path}/leads/batch", json=body)).status_code == 201
    job_id = await stand.start(f"{path}/leads/enrich", {"all": True})
    async with stand.services.database.unit_of_work() as uow:
        mine = select(JobItem.lead_id).where(JobItem.job_id == job_id)
        await uow.session.execute(update(Lead).where(Lead.id.in_(mine)).values(status=LeadStatus.ENRICHING))
    assert (await stand.client.post(f"/jobs/{job_id}/cancel")).status_code == 200
    async with stand.services.database.unit_of_work() as uow:
        statuses = select(Lead.status).where(Lead.id.in_(mine)).distinct()
        assert list((await uow.session.execute(statuses)).scalars()) == [LeadStatus.FOUND]
