"""A team, and a worker's task in this process."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from api.jobs.exports import open_export
from api.jobs.process import Handler, WorkerServices
from tests.fixtures.api import Api
from tests.fixtures.exporting import worker_services
from tests.integration.api.team import Team, make_team


@dataclass(frozen=True)
class Exporter:
    """Asks for exports and does their work."""

    api: Api
    team: Team
    services: WorkerServices
    work: Handler

    async def ask(self, what: str = "leads", form: str = "csv", **more: Any) -> str:
        """Ask for an export; its id."""
        body = {"what": what, "format": form, **more}
        answer = await self.team.clients["member"].post(f"{self.team.path}/exports", json=body)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["data"]["jobId"])

    async def file(self, what: str = "leads", form: str = "csv", **more: Any) -> bytes:
        """An export from the asking to the file."""
        export = await self.ask(what, form, **more)
        await self.work(job_id=export)
        answer = await self.team.clients["member"].get(f"/exports/{export}/download")
        assert answer.status_code == 200, answer.text
        return answer.content

    async def job(self, export: str) -> dict[str, Any]:
        """How an export's job stands."""
        data: dict[str, Any] = (await self.team.owner.get(f"/jobs/{export}")).json()["data"]
        return data


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


@pytest.fixture
async def exporter(api: Api, team: Team) -> AsyncIterator[Exporter]:
    """The team's exporter."""
    async with AsyncExitStack() as stack:
        services = worker_services(api)
        yield Exporter(api, team, services, open_export(services, stack))
