"""What an enrichment campaign is played on: a founder with leads who are people of the sandbox, a worker, a Wiza."""

import os
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx
from redis.asyncio import Redis
from sqlalchemy import func, select

from persistence.models.budget import Budget, UsageRecord
from persistence.models.job import JobItem
from persistence.models.lead import Lead, LeadStatus
from persistence.models.paid_call import PaidCall, PaidCallState
from persistence.models.workspace import Workspace
from persistence.types import WorkspaceID
from tests.fixtures.jobs import JobStand
from tools.campaigns.recount import recount
from tools.paid_calls.reveals import reveal_key
from tools.providers.wiza.client import Identity, WizaClient
from tools.providers.wiza.filters import parse_filters
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.wire import Wire

PAGE = 30
BATCH = 500
LOOKING = "looking"
"""What the search for people is paid under: not what the campaign is about."""
ROLES = ("legal", "finance", "marketing", "sales", "operations", "engineering")


@dataclass
class Stage:
    """One founder's workspace and campaign. `left`: leads whose call had arrived at Wiza, so that a person left it.

    `leads`: how many there are, the first ones of the sandbox's people. `killed`: kill -9 of processes that work so far, a worker with its children counted once.
    """

    stand: JobStand
    client: httpx.AsyncClient
    workspace_id: int
    path: str
    left: set[int] = field(default_factory=set)
    retried: Counter[str] = field(default_factory=Counter)
    """How many items of a job somebody decided to do again."""
    newest: str | None = None
    killed: int = 0
    leads: int = 0

    async def more(self, count: int) -> None:
        """So many further leads, each somebody else of the sandbox."""
        people = (await _people(self.stand, self.leads + count))[self.leads :]
        for first in range(0, count, BATCH):
            added = await self.client.post(
                f"{self.path}/leads/batch", json={"leads": people[first : first + BATCH]}
            )
            assert added.status_code == 201, added.text
        self.leads += count

    def kill(self, child: int) -> None:
        """kill -9 of one process of the worker."""
        self.killed += 1
        os.kill(child, signal.SIGKILL)

    async def start(self) -> str | None:
        """Start to enrich whoever is still only found; the job, or None when nobody is."""
        body = {"all": True, "level": "partial", "filter": {"status": ["found"]}}
        answer = await self.client.post(f"{self.path}/leads/enrich", json=body)
        if answer.status_code == 422:
            return None
        assert answer.status_code == 202, answer.text
        self.newest = str(answer.json()["data"]["jobId"])
        return self.newest

    async def job(self, job_id: str) -> dict[str, Any]:
        """How a job stands."""
        data: dict[str, Any] = (await self.client.get(f"/jobs/{job_id}")).json()["data"]
        return data

    async def statuses(self) -> dict[str, int]:
        """How many leads stand how."""
        async with self.stand.database.unit_of_work() as uow:
            counted = (
                select(Lead.status, func.count())
                .where(Lead.workspace_id == self.workspace_id)
                .group_by(Lead.status)
            )
            return {status.value: number for status, number in await uow.session.execute(counted)}

    async def found(self) -> set[int]:
        """Leads that are not enriched."""
        async with self.stand.database.unit_of_work() as uow:
            where = (Lead.workspace_id == self.workspace_id, Lead.status == LeadStatus.FOUND)
            return set((await uow.session.execute(select(Lead.id).where(*where))).scalars())

    async def call_keys(self, leads: Sequence[int]) -> dict[int, str]:
        """What Wiza knows the reveals of these leads by."""
        async with self.stand.database.unit_of_work() as uow:
            client = (await uow.session.get_one(Workspace, self.workspace_id)).client_id
            rows = await uow.session.execute(select(Lead.id, Lead.linkedin_url).where(Lead.id.in_(leads)))
            return {id_: reveal_key(client, Identity(profile_url=url), "partial") for id_, url in rows}

    async def untold(self) -> set[str]:
        """Calls of which nobody was told how they ended."""
        async with self.stand.database.unit_of_work() as uow:
            where = (PaidCall.workspace_id == self.workspace_id, PaidCall.state == PaidCallState.UNKNOWN)
            return set((await uow.session.execute(select(PaidCall.call_key).where(*where))).scalars())

    async def open_items(self) -> int:
        """Items that are neither done nor given up."""
        async with self.stand.database.unit_of_work() as uow:
            mine = select(Lead.id).where(Lead.workspace_id == self.workspace_id)
            counted = select(func.count()).where(
                JobItem.lead_id.in_(mine), JobItem.state.in_(["pending", "leased"])
            )
            return int((await uow.session.execute(counted)).scalar_one())

    async def credits(self) -> tuple[Decimal, Decimal]:
        """Held back, and spent."""
        async with self.stand.database.unit_of_work() as uow:
            held = select(Budget.credits_reserved).where(Budget.workspace_id == self.workspace_id)
            spent = select(func.coalesce(func.sum(UsageRecord.credits), 0)).where(
                UsageRecord.workspace_id == self.workspace_id
            )
            return (await uow.session.execute(held)).scalar_one(), (
                await uow.session.execute(spent)
            ).scalar_one()

    async def drift(self) -> list[str]:
        """Counters that are not true."""
        async with self.stand.database.unit_of_work() as uow:
            return await recount(uow, WorkspaceID(self.workspace_id))


async def make_stage(stand: JobStand, leads: int) -> Stage:
    """A new founder with so many leads, each somebody else of the sandbox."""
    client = stand.api.client()
    workspace = (await client.post("/workspaces", json={"name": "Acme"})).json()["data"]["id"]
    budget = {"tokensPerDay": None, "creditsPerMonth": 10_000_000}
    assert (await client.put(f"/workspaces/{workspace}/budget", json=budget)).status_code == 200
    made = (await client.post(f"/workspaces/{workspace}/campaigns", json={"name": "All"})).json()["data"]
    path = f"/campaigns/{made['id']}"
    stage = Stage(stand, client, workspace, path)
    await stage.more(leads)
    await stand.sandbox.reset()
    return stage


async def _people(stand: JobStand, wanted: int) -> list[dict[str, Any]]:
    settings = stand.api.settings.wiza.model_copy(update={"total_timeout": 30.0})
    redis = Redis.from_url(stand.environment["REDIS_URL"])
    wiza = WizaClient(Wire(settings), WizaLimits(settings, redis), poll_interval=1)
    found: list[dict[str, Any]] = []
    for role in ROLES:
        page: str | None = None
        while len(found) < wanted:
            rows = await wiza.search(parse_filters({"job_role": [role]}), PAGE, call_key=LOOKING, page=page)
            found += [{"fullName": row.full_name, "linkedinUrl": row.linkedin_url} for row in rows.prospects]
            if (page := rows.next_page) is None:
                break
    await wiza.close()
    await redis.aclose()
    assert len(found) >= wanted, "the sandbox has not so many people"
    return found[:wanted]
