"""The discovery talk over HTTP when its stored state is of another version or broken: the next turn works and knows the talk."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from agents.discovery.versions.upgrades import SHAPE
from persistence.models.discovery import DiscoverySession
from persistence.session import UnitOfWork
from tests.factories.states import SAID
from tests.fixtures.api import Api
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.agents.conftest import runs_of
from tests.integration.api.team import Team
from tests.journeys.founder import Founder
from tools.turns.states import read_state

Json = dict[str, Any]

PITCH = {"company": {"oneSentencePitch": "We close the books of steel traders in two days."}}
FIVE = "just give me the five experiments now"


@pytest.fixture
async def founder(team: Team) -> AsyncIterator[Founder]:
    """Somebody who has told three things."""
    founder = Founder(team.owner, team.workspace_id)
    await founder.describe(PITCH)
    for line in SAID["en"][:3]:
        assert (await founder.say(line)).finished
    yield founder


async def last_state(api: Api, founder: Founder) -> Json:
    """What the talk's newest turn left."""
    newest = (await runs_of(api, founder.workspace_id, "discovery"))[-1]
    async with api.services.database.unit_of_work() as uow:
        return (await read_state(uow, newest.id)).state


async def thread_of(uow: UnitOfWork, founder: Founder) -> str:
    assert founder.session_id is not None
    session = await uow.session.get_one(DiscoverySession, founder.session_id)
    return str(session.thread_id)


async def change_thread(api: Api, founder: Founder, statement: str) -> None:
    """Change what is stored of the talk's thread."""
    async with api.services.database.unit_of_work() as uow:
        await uow.session.execute(text(statement), {"thread": await thread_of(uow, founder)})


async def forget_states(api: Api, founder: Founder, version: int) -> None:
    """Let all that the talk's turns left be of this version."""
    async with api.services.database.unit_of_work() as uow:
        statement = text('UPDATE "AgentRuns" SET "StateVersion" = :version WHERE "ProjectID" = :here')
        await uow.session.execute(statement, {"version": version, "here": founder.workspace_id})


BREAK = "UPDATE checkpoint_blobs SET blob = '\\xc1' WHERE thread_id = :thread"
MARK = "UPDATE checkpoints SET metadata = jsonb_set(metadata, '{{state_version}}', '{}') WHERE thread_id = :thread"


async def test_a_talk_whose_checkpoint_is_broken_goes_on_to_its_five_experiments(
    thinking: Api, founder: Founder
) -> None:
    before = await last_state(thinking, founder)
    await change_thread(thinking, founder, BREAK)
    assert (await founder.say(SAID["en"][3])).finished
    after = await last_state(thinking, founder)
    assert after["talk"]["number"] == before["talk"]["number"] + 1
    assert set(before["known"]["notes"]) <= set(after["known"]["notes"])
    assert [message["content"] for message in after["messages"] if message["role"] == "user"] == SAID["en"]
    answer = await founder.say(FIVE)
    assert answer.approval_id, answer.text
    assert (await founder.answer_approval(answer.approval_id, True)).finished
    assert len(await founder.experiments()) == 5


async def test_a_talk_of_an_older_version_goes_on_and_is_stored_as_a_present_one(
    thinking: Api, founder: Founder
) -> None:
    await change_thread(thinking, founder, MARK.format(1))
    await forget_states(thinking, founder, 1)
    assert (await founder.say(SAID["en"][3])).finished
    newest = (await runs_of(thinking, founder.workspace_id, "discovery"))[-1]
    assert newest.state_version == SHAPE.version
    assert (await last_state(thinking, founder))["talk"]["number"] == 4


async def test_a_talk_that_only_a_newer_version_could_read_goes_on_from_what_was_said(
    thinking: Api, founder: Founder, sandbox: SandboxServer
) -> None:
    await change_thread(thinking, founder, MARK.format(SHAPE.version + 1))
    await forget_states(thinking, founder, SHAPE.version + 1)
    since = await sandbox.last_call()
    assert (await founder.say(SAID["en"][3])).finished
    state = await last_state(thinking, founder)
    assert state["talk"]["number"] == 4
    assert [message["content"] for message in state["messages"] if message["role"] == "user"] == SAID["en"]
    told = str((await sandbox.calls(since=since, kind="text", bodies=True))[0]["body"])
    assert all(line in told for line in SAID["en"][:3]), "the model has the whole talk before it"
    assert state["known"]["notes"], "what was said is noted again"
    history = (await founder.client.get(f"/workspaces/{founder.workspace_id}/discovery/history")).json()
    assert len([each for each in history["data"]["messages"] if each["role"] == "user"]) == 4


async def test_an_approval_that_a_newer_version_asked_for_is_left_to_it(
    thinking: Api, founder: Founder
) -> None:
    answer = await founder.say(FIVE)
    assert answer.approval_id
    await forget_states(thinking, founder, SHAPE.version + 1)
    refused = await founder.answer_approval(answer.approval_id, True)
    assert (refused.status, refused.problem["code"]) == (503, "state_newer")
    await forget_states(thinking, founder, SHAPE.version)
    assert (await founder.answer_approval(answer.approval_id, True)).finished
    assert len(await founder.experiments()) == 5


async def test_an_approval_whose_state_is_broken_says_so_and_can_be_asked_for_again(
    thinking: Api, founder: Founder
) -> None:
    answer = await founder.say(FIVE)
    assert answer.approval_id
    await change_thread(thinking, founder, BREAK)
    told = await founder.answer_approval(answer.approval_id, True)
    assert told.error is not None
    assert told.error["code"] == "approval_unreadable"
    assert await founder.experiments() == []
    again = await founder.say(FIVE)
    assert again.approval_id, again.text
    assert (await founder.answer_approval(again.approval_id, True)).finished
    assert len(await founder.experiments()) == 5
