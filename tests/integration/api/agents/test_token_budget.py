"""A workspace whose tokens of today are spent begins nothing that asks a model, and is told when it may again."""

import asyncio
from datetime import datetime, timedelta

import httpx
import pytest

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.budget import UsageRecord
from persistence.types import utc_now
from tests.fixtures.api import Api
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.agents.conftest import runs_of
from tests.integration.api.team import Team
from tools.budgets.tokens import EXPECTED

POSTS = ["We hire two dispatchers.", "Crew plans by hand again, every night."]


async def limit(team: Team, tokens: int | None) -> None:
    """What the workspace may use a day."""
    answer = await team.owner.put(f"{team.path}/budget", json={"tokensPerDay": tokens})
    assert answer.status_code == 200, answer.text


async def talk(team: Team) -> httpx.Response:
    headers = {"Accept": "application/json"}
    return await team.owner.post(
        f"{team.path}/discovery/chat", json={"message": "We plan crews for tugs."}, headers=headers
    )


async def analyse(team: Team) -> httpx.Response:
    body = {"rawActivity": POSTS, "workspaceId": team.workspace_id}
    return await team.owner.post("/ai/activity/analyze", json=body)


async def view(team: Team) -> httpx.Response:
    return await team.owner.post(f"{team.path}/worldview/generate")


STARTS = [talk, analyse, view]


@pytest.fixture
async def knowing(team: Team) -> Team:
    """A workspace with something to write a worldview of."""
    pitch = {"company": {"pitch": "We plan crews for harbour tugs in eleven ports."}}
    await team.owner.put(f"{team.path}/onboarding", json={"data": pitch})
    return team


async def test_nothing_begins_once_the_days_tokens_are_spent(thinking: Api, knowing: Team) -> None:
    await limit(knowing, 100)
    async with thinking.services.database.unit_of_work() as uow:
        for tokens in (70, 30):
            uow.session.add(UsageRecord(workspace_id=knowing.workspace_id, input_tokens=tokens))
    for start in STARTS:
        refused = await start(knowing)
        problem = refused.json()
        assert (refused.status_code, problem["code"]) == (429, "token_budget_spent"), start
        assert (problem["budget"], problem["tokensPerDay"]) == ("tokensPerDay", 100)
        wait = datetime.fromisoformat(problem["resetsAt"]) - utc_now()
        assert abs(int(refused.headers["Retry-After"]) - wait.total_seconds()) < 10
        budget = (await knowing.owner.get(f"{knowing.path}/budget")).json()["data"]
        assert datetime.fromisoformat(budget["resetsAt"]) == datetime.fromisoformat(problem["resetsAt"])
    for graph in ("discovery", "activity", "worldview"):
        assert await runs_of(thinking, knowing.workspace_id, graph) == []


@pytest.mark.parametrize("tokens", [None, 101, 10**9])
async def test_while_some_are_left_everything_begins(
    thinking: Api, knowing: Team, tokens: int | None
) -> None:
    await limit(knowing, tokens)
    async with thinking.services.database.unit_of_work() as uow:
        uow.session.add(UsageRecord(workspace_id=knowing.workspace_id, input_tokens=60, output_tokens=40))
    assert (await analyse(knowing)).status_code == 200


async def test_what_was_used_yesterday_or_elsewhere_is_not_counted(thinking: Api, knowing: Team) -> None:
    await limit(knowing, 10)
    async with thinking.services.database.unit_of_work() as uow:
        before = utc_now().date().replace(year=2025)
        uow.session.add(UsageRecord(workspace_id=knowing.workspace_id, input_tokens=60, day=before))
    assert (await analyse(knowing)).status_code == 200
    assert (await analyse(knowing)).status_code == 429


async def test_a_limit_of_none_at_all_refuses_the_first_start_and_a_raised_one_lets_it_through(
    knowing: Team,
) -> None:
    await limit(knowing, 0)
    assert {(await start(knowing)).status_code for start in STARTS} == {429}
    await limit(knowing, 1_000_000)
    assert {(await start(knowing)).status_code for start in STARTS} == {200}


async def test_what_a_run_used_is_on_the_days_bill_by_graph_and_model(knowing: Team) -> None:
    for start in STARTS:
        await start(knowing)
    usage = (await knowing.owner.get(f"{knowing.path}/usage")).json()["data"]
    by_graph = {row["graph"]: row for row in usage}
    assert by_graph.keys() == {"discovery", "activity", "worldview"}
    today = utc_now().date().isoformat()
    assert all(row["day"] == today and row["model"] and row["inputTokens"] > 0 for row in usage)
    spent = (await knowing.owner.get(f"{knowing.path}/budget")).json()["data"]["spent"]
    assert spent["tokensToday"] == sum(row["inputTokens"] + row["outputTokens"] for row in usage)


async def test_what_runs_holds_back_what_it_is_expected_to_use(
    thinking: Api, knowing: Team, sandbox: SandboxServer
) -> None:
    await limit(knowing, 4 * EXPECTED["activity"])
    await sandbox.behave("slow", delay=1.5)
    bodies = [
        {"rawActivity": [f"{said} {number}"], "workspaceId": knowing.workspace_id}
        for number, said in enumerate(8 * POSTS[:1])
    ]
    answers = await asyncio.gather(
        *(knowing.owner.post("/ai/activity/analyze", json=body) for body in bodies)
    )
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(answers) - len(refused) == 4
    assert {answer.json()["code"] for answer in refused} == {"token_budget_reserved"}
    assert all(int(answer.headers["Retry-After"]) <= 10 for answer in refused)
    spent = (await knowing.owner.get(f"{knowing.path}/budget")).json()["data"]["spent"]
    assert spent["tokensToday"] < 4 * EXPECTED["activity"]
    await sandbox.behave_well()
    assert (await analyse(knowing)).status_code == 200


async def test_a_talk_waits_for_what_runs_too_and_what_broke_off_is_taken_up_in_its_own_place(
    thinking: Api, knowing: Team, sandbox: SandboxServer
) -> None:
    await limit(knowing, EXPECTED["activity"])
    await sandbox.behave("slow", delay=1.5)
    asked = asyncio.create_task(analyse(knowing))
    while not await runs_of(thinking, knowing.workspace_id, "activity"):  # noqa: ASYNC110 — rows have no event
        await asyncio.sleep(0.05)
    refused = await talk(knowing)
    assert (refused.status_code, refused.json()["code"]) == (429, "token_budget_reserved")
    asked.cancel()
    await asyncio.wait({asked})
    (run,) = await runs_of(thinking, knowing.workspace_id, "activity")
    async with thinking.services.database.unit_of_work() as uow:
        left = await uow.session.get_one(AgentRun, run.id)
        left.status, left.started_at = AgentRunStatus.RUNNING, utc_now() - timedelta(minutes=30)
    await sandbox.behave_well()
    assert (await view(knowing)).status_code == 429, "a run that looks alive holds its place"
    assert (await analyse(knowing)).status_code == 200
    (taken_up,) = await runs_of(thinking, knowing.workspace_id, "activity")
    assert (taken_up.id, taken_up.attempt) == (run.id, 2)
