"""A team that enriches leads: the API in this process, a worker's task beside it, and the sandbox's Wiza."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import httpx
from sqlalchemy import func, select, update

from api.jobs.enrichment import open_enrichment
from api.jobs.process import Handler, WorkerServices
from persistence.models.budget import Budget, UsageRecord
from persistence.models.job import JobItem
from persistence.models.lead import Lead
from persistence.types import utc_now
from tests.fixtures.api import Api
from tests.fixtures.exporting import worker_services
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.leads.crm import campaign
from tests.integration.api.team import Team, created
from tools.providers.wiza.records import Prospect


@dataclass(frozen=True)
class Enrichers:
    """Asks for enrichments and does their work."""

    api: Api
    team: Team
    sandbox: SandboxServer
    services: WorkerServices
    work: Handler
    people: list[Prospect]
    """People of the sandbox, in order: hand them out by `who`."""

    @property
    def client(self) -> httpx.AsyncClient:
        """A member."""
        return self.team.clients["member"]

    def sure(self, number: int) -> int:
        """The place of somebody with a valid address, a telephone and a domain, who therefore costs something."""
        tails = [int((person.linkedin_url or "").rpartition("-")[2]) for person in self.people]
        return [place for place, tail in enumerate(tails) if tail % 10 in {0, 2, 4, 6} and tail % 7][number]

    async def campaign(self) -> str:
        """The path of a new campaign without experiment."""
        return await campaign(self.team)

    async def lead(self, path: str, number: int, **fields: Any) -> int:
        """A lead of a campaign who is this one of the sandbox's people; the id."""
        person = self.people[number]
        body = {"fullName": person.full_name, "linkedinUrl": person.linkedin_url} | fields
        return int((await created(self.team.owner, f"{path}/leads", body))["id"])

    async def start(self, path: str, body: Any = None, client: httpx.AsyncClient | None = None) -> str:
        """Start a job; its id."""
        answer = await (client or self.client).post(path, json=body)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["data"]["jobId"])

    async def enrich(self, lead_id: int, level: str = "partial") -> dict[str, Any]:
        """Enrich a lead to the end; the job."""
        return await self.finish(await self.start(f"/leads/{lead_id}/enrich", {"level": level}))

    async def finish(self, job_id: str, rounds: int = 12) -> dict[str, Any]:
        """Do a job's work until it is over: what was put back is due at once."""
        for _ in range(rounds):
            await self.work(job_id=job_id)
            job = await self.job(job_id)
            if job["completedAt"]:
                return job
            await self.make_due(job_id)
        raise AssertionError(f"the job is not over: {job}")

    async def job(self, job_id: str) -> dict[str, Any]:
        """How a job stands."""
        data: dict[str, Any] = (await self.client.get(f"/jobs/{job_id}")).json()["data"]
        return data

    async def read(self, lead_id: int) -> dict[str, Any]:
        """A lead as the API tells it."""
        data: dict[str, Any] = (await self.client.get(f"/leads/{lead_id}")).json()["data"]
        return data

    async def row(self, lead_id: int) -> Lead:
        """A lead's row."""
        async with self.services.database.unit_of_work() as uow:
            return await uow.session.get_one(Lead, lead_id)

    async def make_due(self, job_id: str) -> None:
        """What waits, waits no longer."""
        async with self.services.database.unit_of_work() as uow:
            statement = update(JobItem).where(JobItem.job_id == job_id, JobItem.state == "pending")
            await uow.session.execute(statement.values(run_after=utc_now()))

    async def budget(self, monthly: int | None) -> None:
        """Give the team this many credits a month."""
        body = {"tokensPerDay": None, "creditsPerMonth": monthly}
        answer = await self.team.owner.put(f"{self.team.path}/budget", json=body)
        assert answer.status_code == 200, answer.text

    async def credits(self) -> tuple[Decimal, Decimal]:
        """Held back, and spent."""
        async with self.services.database.unit_of_work() as uow:
            mine = self.team.workspace_id
            held = select(Budget.credits_reserved).where(Budget.workspace_id == mine)
            spent = select(func.coalesce(func.sum(UsageRecord.credits), 0)).where(
                UsageRecord.workspace_id == mine
            )
            reserved = (await uow.session.execute(held)).scalar_one()
            return reserved, (await uow.session.execute(spent)).scalar_one()

    async def charges(self) -> dict[str, int]:
        """How often each call key was charged at Wiza."""
        return dict((await self.sandbox.wiza())["charges"])

    async def charged(self) -> Decimal:
        """What Wiza charged in all."""
        return Decimal(str(sum((await self.sandbox.wiza())["charged"].values())))


async def make_stand(
    api: Api, team: Team, sandbox: SandboxServer, people: list[Prospect], stack: AsyncExitStack, **worker: Any
) -> Enrichers:
    """A new team's stand; `worker` changes the worker's settings."""
    services = worker_services(api, **worker)
    stand = Enrichers(api, team, sandbox, services, open_enrichment(services, stack), people)
    await stand.budget(10_000)
    return stand


async def with_wiza(stand: Enrichers, stack: AsyncExitStack, **wiza: Any) -> Enrichers:
    """The same stand whose worker has other settings of Wiza."""
    settings = stand.services.settings
    changed = settings.model_copy(update={"wiza": settings.wiza.model_copy(update=wiza)})
    services = replace(stand.services, settings=changed)
    return replace(stand, services=services, work=open_enrichment(services, stack))
