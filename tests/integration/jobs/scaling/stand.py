"""Who scales campaigns: the API in this process, and the workers' tasks beside it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from api.jobs.process import Handler, WorkerServices
from persistence.models.budget import Budget
from persistence.models.experiment import Experiment
from persistence.models.job import AsyncJobType, Job, JobItem
from persistence.types import JobID, utc_now
from tests.fixtures.api import Api
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.leads.crm import campaign, experiment
from tests.integration.api.team import Team
from tools.jobs.children import child_of, children_of
from tools.jobs.steps import FINAL, KINDS

FILTERS = {"job_role": ["finance"], "company_size": ["51-200"]}
SENDER = {
    "name": "Grace Hopper",
    "title": "Founder",
    "company": "Ledgerly",
    "postalAddress": "1 Main Street, Springfield",
    "approvedFacts": ["Ledgerly closes the books of wholesalers."],
    "optOutLine": "Tell me if you would rather not hear from me.",
}


@dataclass(frozen=True)
class Scalers:
    """Asks for scalings and does their work, message by message."""

    api: Api
    team: Team
    sandbox: SandboxServer
    services: WorkerServices
    tasks: dict[str, Handler]

    async def prepare(self, credits_: int) -> None:
        """Who writes, and what may be spent."""
        answer = await self.team.owner.put(f"{self.team.path}/sender", json=SENDER)
        assert answer.status_code == 200, answer.text
        body = {"creditsPerMonth": credits_}
        assert (await self.team.owner.put(f"{self.team.path}/budget", json=body)).status_code == 200

    async def campaign(self, **filters: Any) -> str:
        """The path of a campaign whose experiment has filters."""
        arm = await experiment(self.team)
        async with self.services.database.unit_of_work() as uow:
            row = await uow.session.get_one(Experiment, arm)
            row.wiza_filters = filters or FILTERS
        return await campaign(self.team, arm)

    async def start(self, path: str, **body: Any) -> JobID:
        """Ask for a scaling."""
        answer = await self.team.clients["member"].post(f"{path}/scale", json=body)
        assert answer.status_code == 202, answer.text
        assert answer.json()["data"]["jobType"] == "campaign_scale"
        return JobID(UUID(answer.json()["data"]["jobId"]))

    async def scale_on(self, job: JobID) -> dict[str, Any]:
        """One message of the scaling's own; how it stands then."""
        await self._due(job)
        await self.tasks[KINDS[AsyncJobType.CAMPAIGN_SCALE].task](job_id=str(job))
        return await self.read(job)

    async def do_children(self, job: JobID) -> None:
        """Do the work of whatever the scaling has started, to its end."""
        for child in children_of(job, AsyncJobType.CAMPAIGN_SCALE):
            for _ in range(20):
                async with self.services.database.unit_of_work() as uow:
                    row = await uow.session.get(Job, child)
                if row is None or row.status in FINAL:
                    break
                await self._due(child)
                await self.tasks[KINDS[row.type].task](job_id=str(child))

    async def finish(self, job: JobID) -> dict[str, Any]:
        """All of it."""
        for _ in range(12):
            state = await self.scale_on(job)
            if state["completedAt"]:
                return state
            await self.do_children(job)
        raise AssertionError(f"the scaling is not over: {state}")

    async def read(self, job: JobID) -> dict[str, Any]:
        """A job as the API tells it."""
        data: dict[str, Any] = (await self.team.owner.get(f"/jobs/{job}")).json()["data"]
        return data

    async def child(self, job: JobID, kind: AsyncJobType) -> dict[str, Any]:
        """A job that the scaling started."""
        return await self.read(child_of(job, kind))

    async def leads(self, path: str) -> list[dict[str, Any]]:
        """The campaign's leads."""
        data: list[dict[str, Any]] = (await self.team.owner.get(f"{path}/leads?limit=1000")).json()["data"]
        return data

    async def reserved(self) -> Any:
        """Credits held back."""
        statement = select(Budget.credits_reserved).where(Budget.workspace_id == self.team.workspace_id)
        async with self.services.database.unit_of_work() as uow:
            return (await uow.session.execute(statement)).scalar_one()

    async def _due(self, job: JobID) -> None:
        statement = update(JobItem).where(JobItem.job_id == job, JobItem.state == "pending")
        async with self.services.database.unit_of_work() as uow:
            await uow.session.execute(statement.values(run_after=utc_now()))
