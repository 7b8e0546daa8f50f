"""Exports by a real worker: thousands of leads, a worker that is killed, a cancellation in the middle."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import func, select, text

from persistence.models.job import ExportPart, JobItem, JobItemState
from persistence.types import WorkspaceID
from tests.fixtures.exporting import take_snapshot_only, worker_services
from tests.fixtures.jobs import JobStand
from tools.exports.snapshot import hold_snapshots

LEADS = 12_000
FILL = text(
    """
    INSERT INTO "Leads" ("CampaignID", "ProjectID", "FullName", "Email", "AiSummary")
    SELECT :campaign, :workspace, 'Lead ' || n, 'lead' || n || '@company.example', repeat('x', 1000)
    FROM generate_series(1, :leads) n
    """
)
WRITE_LOCK = text('LOCK TABLE "ExportParts" IN EXCLUSIVE MODE')


@dataclass
class Seller:
    """Somebody with thousands of leads."""

    stand: JobStand
    client: httpx.AsyncClient
    workspace_id: int

    async def export(self, form: str = "csv") -> str:
        """Ask for all leads; the export's id."""
        body = {"what": "leads", "format": form}
        answer = await self.client.post(f"/workspaces/{self.workspace_id}/exports", json=body)
        assert (answer.status_code, answer.json()["data"]["jobType"]) == (202, "data_export"), answer.text
        return str(answer.json()["data"]["jobId"])

    async def items(self, export: str) -> dict[JobItemState, int]:
        """How the job's items stand."""
        counted = select(JobItem.state, func.count()).where(JobItem.job_id == export).group_by(JobItem.state)
        async with self.stand.database.unit_of_work() as uow:
            return {row[0]: row[1] for row in await uow.session.execute(counted)}

    async def rows(self, export: str) -> list[str]:
        """The lines of the finished file."""
        answer = await self.client.get(f"/exports/{export}/download")
        assert answer.status_code == 200, answer.text
        return answer.content.decode("utf-8-sig").strip().split("\r\n")


@pytest.fixture
async def seller(job_stand: JobStand) -> Seller:
    client = job_stand.api.client()
    workspace = (await client.post("/workspaces", json={"name": "Acme"})).json()["data"]["id"]
    campaign = (await client.post(f"/workspaces/{workspace}/campaigns", json={"name": "All"})).json()
    async with job_stand.database.unit_of_work() as uow:
        values = {"campaign": campaign["data"]["id"], "workspace": workspace, "leads": LEADS}
        await uow.session.execute(FILL, values)
    return Seller(job_stand, client, workspace)


@asynccontextmanager
async def no_snapshot(seller: Seller) -> AsyncIterator[None]:
    """No snapshot of the workspace is taken while the block runs."""
    async with seller.stand.database.unit_of_work() as uow:
        await hold_snapshots(uow, WorkspaceID(seller.workspace_id), alone=True)
        yield


@asynccontextmanager
async def no_writing(seller: Seller) -> AsyncIterator[None]:
    """No part is written while the block runs."""
    async with seller.stand.database.unit_of_work() as uow:
        await uow.session.execute(WRITE_LOCK)
        yield


async def until_working(seller: Seller, export: str, *, done: int) -> None:
    """Wait until so many items are done and another one is being worked on."""
    async with asyncio.timeout(20):
        while True:
            items = await seller.items(export)
            if items.get(JobItemState.DONE, 0) >= done and items.get(JobItemState.LEASED):
                return
            await asyncio.sleep(0.05)


async def test_thousands_of_leads_are_one_file(job_stand: JobStand, seller: Seller) -> None:
    export = await seller.export()
    job = await job_stand.wait_for(seller.client, export, "completed", "failed")
    assert (job["status"], job["progress"], job["failures"]) == ("completed", 100, [])
    assert job["totalSteps"] > 5
    rows = await seller.rows(export)
    assert len(rows) == LEADS + 1
    assert rows[1].split(",")[4] == "Lead 1"
    assert rows[-1].split(",")[4] == f"Lead {LEADS}"


@pytest.mark.full
async def test_jobs_a_worker_killed_while_it_looks_for_the_rows_delays_the_file_only(
    job_stand: JobStand, seller: Seller
) -> None:
    async with no_snapshot(seller):
        export = await seller.export()
        await until_working(seller, export, done=0)
        job_stand.kill_worker()
    await job_stand.start_worker()
    await job_stand.wait_for(seller.client, export, "completed", seconds=40)
    assert len(await seller.rows(export)) == LEADS + 1


@pytest.mark.full
async def test_jobs_a_worker_killed_while_it_writes_a_part_delays_the_file_only(
    job_stand: JobStand, seller: Seller
) -> None:
    job_stand.kill_worker()
    export = await seller.export()
    await take_snapshot_only(worker_services(job_stand.api), export)
    async with no_writing(seller):
        await job_stand.start_worker()
        await until_working(seller, export, done=1)
        job_stand.kill_worker()
    await job_stand.start_worker()
    await job_stand.wait_for(seller.client, export, "completed", seconds=40)
    rows = await seller.rows(export)
    assert [row.split(",")[4] for row in rows[1:]] == [f"Lead {number}" for number in range(1, LEADS + 1)]


async def test_a_cancelled_export_stops_within_a_second_and_leaves_nothing(
    job_stand: JobStand, seller: Seller
) -> None:
    async with no_snapshot(seller):
        export = await seller.export()
        await until_working(seller, export, done=0)
        assert (await seller.client.post(f"/jobs/{export}/cancel")).status_code == 200
        await job_stand.wait_for(seller.client, export, "cancelled", seconds=1.5)
    async with job_stand.database.unit_of_work() as uow:
        counted = select(func.count()).where(ExportPart.job_id == export)
        assert (await uow.session.execute(counted)).scalar_one() == 0
