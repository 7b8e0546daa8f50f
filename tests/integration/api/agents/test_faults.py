"""Worldview and activity broken off at each step: the bill is what was asked, nothing is asked twice, the same run goes on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from langgraph.checkpoint.base import BaseCheckpointSaver
from sqlalchemy import text

from persistence.models.agent_run import AgentRunStatus
from persistence.models.budget import UsageRecord
from persistence.repositories import Repository
from tests.fixtures.api import Api
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.agents.conftest import runs_of, threads_left
from tests.integration.api.team import Team

COMPANY = {
    "oneSentencePitch": "We plan crews for harbour tugs in eleven ports.",
    "beforeState": "Dispatchers redo the crew plan every night by telephone.",
    "afterState": "The plan survives the first late ship.",
}
POSTS = ["We hire two dispatchers for the {}th time.", "Crew plans by hand again, every night."]


async def worldview(team: Team, number: int) -> httpx.Response:
    """A worldview of words that no other number has."""
    frustration = {"customerFrustration": f"Planners are blamed for the weather {number} times a month."}
    body = {"onboardingData": {"company": COMPANY, "worldview": frustration}}
    return await team.owner.post(f"{team.path}/worldview/generate", json=body)


async def activity(team: Team, number: int) -> httpx.Response:
    """An analysis of posts that no other number has."""
    body = {"rawActivity": [post.format(number) for post in POSTS], "workspaceId": team.workspace_id}
    return await team.owner.post("/ai/activity/analyze", json=body)


Ask = Callable[[Team, int], Awaitable[httpx.Response]]
ASKS: list[Ask] = [worldview, activity]


@dataclass
class Writes:
    """The writes of a checkpointer; the one of the number `fails_at` fails, before or after Postgres has it."""

    fails_at: int | None = None
    afterwards: bool = False
    made: int = 0

    def watch(self, saver: BaseCheckpointSaver[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """Count its writes from now on."""
        for name in ("aput", "aput_writes"):
            monkeypatch.setattr(saver, name, self._counted(getattr(saver, name)))

    def _counted(self, write: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def counted(*given: Any, **named: Any) -> Any:
            broken = self.made == self.fails_at
            self.made += 1
            if broken and not self.afterwards:
                raise ConnectionError("Postgres is gone.")
            written = await write(*given, **named)
            if broken:
                raise ConnectionError("Postgres is gone.")
            return written

        return counted


async def billed(api: Api, team: Team) -> tuple[int, int, int]:
    """Calls and tokens on the workspace's bill."""
    async with api.services.database.unit_of_work() as uow:
        rows = await Repository(uow.session, UsageRecord).get_all(
            UsageRecord.workspace_id == team.workspace_id
        )
    return len(rows), sum(row.input_tokens for row in rows), sum(row.output_tokens for row in rows)


async def asked(sandbox: SandboxServer) -> tuple[int, int, int]:
    """Calls and tokens that the provider counted."""
    calls = await sandbox.calls()
    return (
        len(calls),
        sum(call["inputTokens"] for call in calls),
        sum(call["outputTokens"] for call in calls),
    )


@asynccontextmanager
async def no_run_ends(api: Api) -> AsyncIterator[None]:
    """Postgres refuses the transaction in which a run's result is kept."""
    function = """
        CREATE FUNCTION refuse_end() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'no room' USING ERRCODE = '53100'; END $$
    """
    trigger = """
        CREATE TRIGGER refuse BEFORE UPDATE ON "AgentRuns" FOR EACH ROW
        WHEN (NEW."Status" = 'done') EXECUTE FUNCTION refuse_end()
    """
    for statement in (function, trigger):
        async with api.services.database.unit_of_work() as uow:
            await uow.session.execute(text(statement))
    try:
        yield
    finally:
        async with api.services.database.unit_of_work() as uow:
            await uow.session.execute(text("DROP FUNCTION refuse_end CASCADE"))


@pytest.mark.parametrize(
    ("ask", "late"),
    [(activity, (False,)), *[pytest.param(ask, (False, True), marks=pytest.mark.full) for ask in ASKS]],
)
async def test_a_run_that_breaks_off_at_any_write_goes_on_and_its_bill_is_what_was_asked(
    thinking: Api,
    team: Team,
    sandbox: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    ask: Ask,
    late: tuple[bool, ...],
) -> None:
    before, whole = await threads_left(thinking), Writes()
    with monkeypatch.context() as patched:
        whole.watch(thinking.services.checkpointer, patched)
        assert (await ask(team, 0)).status_code == 200
    assert whole.made >= 4
    once = len(await sandbox.calls())
    faults = [(number, afterwards) for number in range(whole.made) for afterwards in late]
    for place, (number, afterwards) in enumerate(faults, 1):
        calls = len(await sandbox.calls())
        with monkeypatch.context() as patched:
            Writes(number, afterwards).watch(thinking.services.checkpointer, patched)
            assert (await ask(team, place)).status_code == 503, number
        first = len(await sandbox.calls()) - calls
        assert (await ask(team, place)).status_code == 200
        again = len(await sandbox.calls()) - calls - first
        # An answer that Postgres never had is asked for once more; one that it had is not.
        assert first + again == once or (first, again, afterwards) == (once, once, False), number
    runs = await runs_of(thinking, team.workspace_id, ask.__name__)
    assert [(run.status, run.attempt) for run in runs] == [
        (AgentRunStatus.DONE, 1),
        *[(AgentRunStatus.DONE, 2)] * len(faults),
    ]
    assert await billed(thinking, team) == await asked(sandbox)
    assert sum(run.model_calls for run in runs) == len(await sandbox.calls())
    assert await threads_left(thinking) == before


@pytest.mark.parametrize("ask", ASKS)
async def test_a_result_that_could_not_be_kept_is_kept_by_asking_again_and_no_model_is_asked(
    thinking: Api, team: Team, sandbox: SandboxServer, ask: Ask
) -> None:
    async with no_run_ends(thinking):
        assert (await ask(team, 0)).status_code == 503
    calls = await sandbox.calls()
    assert (await team.owner.get(team.path)).json()["data"]["worldview"] is None
    assert (await ask(team, 0)).status_code == 200
    assert len(await sandbox.calls()) == len(calls)
    (run,) = await runs_of(thinking, team.workspace_id, ask.__name__)
    assert (run.status, run.attempt, run.model_calls) == (AgentRunStatus.DONE, 2, len(calls))
    assert await billed(thinking, team) == await asked(sandbox)


async def test_a_second_draft_that_fails_is_the_only_one_asked_for_again(
    thinking: Api, team: Team, sandbox: SandboxServer
) -> None:
    await sandbox.behave("fabricating", count=1)
    await sandbox.behave("bad_request", skip=1)
    assert (await worldview(team, 0)).status_code == 503
    await sandbox.behave_well()
    answer = await worldview(team, 0)
    assert answer.status_code == 200, answer.text
    (run,) = await runs_of(thinking, team.workspace_id, "worldview")
    good = [call for call in await sandbox.calls() if call["status"] == 200]
    assert (run.status, run.attempt, len(good)) == (AgentRunStatus.DONE, 2, 2)
    assert run.state is not None
    assert run.model_calls == (await billed(thinking, team))[0] == len(await sandbox.calls())
    assert run.input_tokens == sum(call["inputTokens"] for call in good)
