"""A team that talks with the discovery agent, and who does the jobs of its talk: a task in this process, or a real worker."""

import asyncio
import os
import signal
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select, update

from api.jobs.chat import open_chat
from api.jobs.experiments import open_generation
from api.jobs.process import Handler, WorkerServices
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.job import JobItem
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.types import utc_now
from tests.dev import processes
from tests.factories.rows import insert
from tests.factories.sessions import make_session
from tests.factories.states import SAID, state
from tests.fixtures.api import Api
from tests.fixtures.exporting import worker_services
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.team import Team

Json = dict[str, Any]
ONBOARDING = {
    "company": {
        "companyName": "Closewise",
        "oneSentencePitch": "We close the books of steel traders in two days.",
    },
    "goToMarket": {"listSize": 800},
}
FIVE_NOW = "just give me the five experiments now"
FINAL = ("completed", "failed", "cancelled")


@dataclass(frozen=True)
class TalkStand:
    """Says things, starts jobs, and does their work."""

    api: Api
    team: Team
    sandbox: SandboxServer
    services: WorkerServices
    generate: Handler
    chat: Handler
    environment: Mapping[str, str]
    """What the API was started with."""

    @property
    def client(self) -> httpx.AsyncClient:
        """A member."""
        return self.team.clients["member"]

    async def say(self, text: str, session_id: int | None = None) -> Json:
        """One message, answered to its end."""
        body = {"message": text} | ({"sessionId": session_id} if session_id else {})
        headers = {"Accept": "application/json"}
        answer = await self.client.post(f"{self.team.path}/discovery/chat", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        data: Json = answer.json()["data"]
        return data

    async def post(
        self,
        text: str,
        session_id: int | None = None,
        client: httpx.AsyncClient | None = None,
        **headers: str,
    ) -> httpx.Response:
        """Post a message whose answer nobody listens to."""
        body = {"message": text} | ({"sessionId": session_id} if session_id else {})
        wanted = {"Prefer": "respond-async", **headers}
        path = f"{self.team.path}/discovery/chat"
        return await (client or self.client).post(path, json=body, headers=wanted)

    async def posted(self, text: str, session_id: int | None = None) -> str:
        """Post such a message; the job's id."""
        answer = await self.post(text, session_id)
        assert answer.status_code == 202, answer.text
        assert answer.json()["data"]["jobType"] == "discovery_chat"
        return str(answer.json()["data"]["jobId"])

    async def answered(self, text: str, session_id: int | None = None) -> Json:
        """The job of such a message, done."""
        return await self.finish(await self.posted(text, session_id), self.chat)

    async def turns(self) -> list[AgentRun]:
        """The workspace's turns, oldest first."""
        async with self.services.database.unit_of_work() as uow:
            here = AgentRun.workspace_id == self.team.workspace_id, AgentRun.graph == "discovery"
            return await Repository(uow.session, AgentRun).get_all(*here, order_by=[AgentRun.started_at])

    async def until_begun(self, seconds: float = 60) -> None:
        """Return when a turn runs."""
        deadline = time.monotonic() + seconds
        while not any(turn.status is AgentRunStatus.RUNNING for turn in await self.turns()):
            assert time.monotonic() < deadline, "no turn runs"
            await asyncio.sleep(0.05)

    async def tell_all(self) -> int:
        """Tell the agent of a customer; the session."""
        session_id = None
        for line in SAID["en"]:
            session_id = (await self.say(line, session_id))["sessionId"]
        assert session_id is not None
        return session_id

    async def told(self) -> int:
        """A session whose last turn left the state of a talk about a customer; the session. Nothing more is said in it."""
        left = {name: value for name, value in state().items() if name not in {"turn", "brief"}}
        async with self.services.database.unit_of_work() as uow:
            workspace = await uow.session.get_one(Workspace, self.team.workspace_id)
            session = await make_session(uow, workspace, turn_count=1)
            turn = {
                "workspace_id": workspace.id,
                "session_id": session.id,
                "graph": "discovery",
                "state": left,
            }
            await insert(uow, AgentRun, turn, {"status": AgentRunStatus.DONE})
            return session.id

    async def ask(self, body: Any = None, **headers: str) -> httpx.Response:
        """Ask for the experiments of a talk."""
        path = f"{self.team.path}/experiments/generate"
        return await self.client.post(path, json=body, headers=headers)

    async def start(self, session_id: int) -> str:
        """Start the job; its id."""
        answer = await self.ask({"sessionId": session_id})
        assert answer.status_code == 202, answer.text
        assert answer.json()["data"]["jobType"] == "generate_experiments"
        return str(answer.json()["data"]["jobId"])

    async def finish(self, job_id: str, work: Handler | None = None, rounds: int = 20) -> Json:
        """Do a job's work here until it is over: what was put back is due at once."""
        for _ in range(rounds):
            await (work or self.generate)(job_id=job_id)
            job = await self.job(job_id)
            if job["completedAt"]:
                return job
            await asyncio.sleep(0.3)
            await self.make_due(job_id)
        raise AssertionError(f"the job is not over: {job}")

    async def job(self, job_id: str) -> Json:
        """How a job stands."""
        data: Json = (await self.client.get(f"/jobs/{job_id}")).json()["data"]
        return data

    async def until(self, job_id: str, *wanted: str, seconds: float = 30) -> Json:
        """The job once its status is one of `wanted`; a real worker is at it."""
        deadline = time.monotonic() + seconds
        while (job := await self.job(job_id))["status"] not in wanted:
            assert time.monotonic() < deadline, job
            await asyncio.sleep(0.05)
        return job

    async def until_step(self, job_id: str, step: str, seconds: float = 30) -> None:
        """Return when the job is at this step."""
        deadline = time.monotonic() + seconds
        while (job := await self.job(job_id))["currentStep"] != step:
            assert time.monotonic() < deadline, job
            assert job["status"] not in FINAL, job
            await asyncio.sleep(0.02)

    async def make_due(self, job_id: str) -> None:
        """What waits, waits no longer."""
        async with self.services.database.unit_of_work() as uow:
            waiting = update(JobItem).where(JobItem.job_id == job_id, JobItem.state == "pending")
            await uow.session.execute(waiting.values(run_after=utc_now()))

    async def lapse(self, job_id: str) -> None:
        """Let the lease of whoever works on the job end now."""
        async with self.services.database.unit_of_work() as uow:
            held = update(JobItem).where(JobItem.job_id == job_id, JobItem.state == "leased")
            await uow.session.execute(held.values(lease_until=utc_now()))

    async def attempts(self, job_id: str) -> int:
        """How often the job's item was begun."""
        async with self.services.database.unit_of_work() as uow:
            statement = select(JobItem.attempt).where(JobItem.job_id == job_id)
            return int((await uow.session.execute(statement)).scalar_one())

    async def experiments(self) -> list[Json]:
        """The workspace's saved experiments."""
        answer = await self.client.get(f"{self.team.path}/experiments")
        saved: list[Json] = answer.json()["data"]
        return saved

    async def session(self, session_id: int) -> Json:
        """A session as the API tells it."""
        answer = await self.client.get(f"{self.team.path}/discovery/sessions/{session_id}")
        read: Json = answer.json()["data"]
        return read


async def make_stand(
    api: Api, team: Team, sandbox: SandboxServer, environment: Mapping[str, str], stack: AsyncExitStack
) -> TalkStand:
    """The stand of a team that has saved its onboarding."""
    answer = await team.owner.put(f"{team.path}/onboarding", json={"data": ONBOARDING})
    assert answer.status_code == 200, answer.text
    services = worker_services(api, time_limit=50, lease=60, visibility_timeout=300)
    handlers = open_generation(services, stack), open_chat(services, stack)
    return TalkStand(api, team, sandbox, services, *handlers, environment)


class WorkerOfItsOwn:
    """A real worker, to be killed, and a beat beside it, which is not."""

    def __init__(self, environment: dict[str, str], logs: Path) -> None:
        self._environment = environment
        self._logs = logs
        self._child: processes.Child | None = None
        self._beat: processes.Child | None = None
        self._starts = 0

    async def start(self) -> None:
        """Start it, and wait until it takes messages."""
        self._starts += 1
        command = [
            "-m",
            "api.jobs",
            "worker",
            "--concurrency",
            "1",
            "--queues",
            "discovery,default",
        ]
        self._child = processes.start(f"talks-{self._starts}", command, self._environment, self._logs)
        beat = ["-m", "api.jobs", "beat"]
        self._beat = processes.start(f"talks-beat-{self._starts}", beat, self._environment, self._logs)
        deadline = time.monotonic() + 90
        while " ready." not in self._child.log.read_text(errors="replace"):
            processes.ensure_alive(self._child)
            assert time.monotonic() < deadline, self._child.last_lines(40)
            await asyncio.sleep(0.1)

    def kill_child(self) -> int:
        """End the process that does the work as the kernel would, its parent stays; how many there were."""
        assert self._child is not None
        children = _children(self._child.process.pid)
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        return len(children)

    def stop(self) -> None:
        """End both in good order."""
        processes.stop([each for each in (self._child, self._beat) if each is not None])


def _children(parent: int) -> list[int]:
    """The pids of a process's children."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(pid) for pid in listed.split()]
