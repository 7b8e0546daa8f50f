"""Stops: found for the turns they are meant for, whether they came after the turn began or before."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import EarlyStop
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import Database
from tests.factories.rows import insert
from tests.factories.users import caller_of, make_user
from tests.factories.workspaces import make_workspace
from tools.access import Access
from tools.turns.stopping import EARLY, forget_early, request_stop, stop_early, stop_requests


@dataclass
class Talks:
    """Somebody who talks in one workspace."""

    database: Database
    access: Access

    async def turn(self, message_id: str, status: AgentRunStatus = AgentRunStatus.RUNNING) -> UUID:
        """A turn that answers this message."""
        async with self.database.unit_of_work() as uow:
            values = {
                "workspace_id": self.access.workspace_id,
                "user_id": self.access.caller.user_id,
                "client_message_id": message_id,
                "status": status,
            }
            return (await insert(uow, AgentRun, {"graph": "discovery"}, values)).id

    async def stop(self, turn_id: UUID) -> None:
        async with self.database.unit_of_work() as uow:
            await request_stop(uow, turn_id)

    async def stop_early(self, message_id: str) -> bool:
        async with self.database.unit_of_work() as uow:
            return await stop_early(uow, self.access, message_id)

    async def stopped(self, *turn_ids: UUID) -> list[UUID]:
        """Those of the turns that are to be stopped."""
        return await stop_requests(self.database.direct, turn_ids)


async def new_talks(database: Database) -> Talks:
    async with database.unit_of_work() as uow:
        user = await make_user(uow)
        workspace = await make_workspace(uow, owner=user)
        return Talks(database, Access(caller_of(user), workspace.id, ProjectRole.OWNER))


@pytest.fixture
async def talks(database: Database) -> Talks:
    """Somebody who talks in a new workspace."""
    return await new_talks(database)


async def test_a_stop_is_found_for_its_turn_among_others(talks: Talks) -> None:
    stopped, other, not_asked_for = [await talks.turn(message) for message in ("a", "b", "c")]
    await talks.stop(stopped)
    await talks.stop(not_asked_for)
    assert await talks.stopped(stopped, other) == [stopped]
    assert await talks.stopped() == []


async def test_a_turn_that_has_ended_is_not_stopped(talks: Talks) -> None:
    ended = await talks.turn("a", AgentRunStatus.DONE)
    await talks.stop(ended)
    assert await talks.stopped(ended) == []


async def test_a_stop_that_came_first_is_found_for_its_message_alone(
    talks: Talks, database: Database
) -> None:
    assert await talks.stop_early("a")
    meant, other = await talks.turn("a"), await talks.turn("b")
    elsewhere = await new_talks(database)
    theirs = Talks(database, replace(talks.access, caller=elsewhere.access.caller))
    ours = Talks(database, replace(talks.access, workspace_id=elsewhere.access.workspace_id))
    foreign = [await somebody.turn("a") for somebody in (theirs, ours)]
    assert await talks.stopped(meant, other, *foreign) == [meant]


async def test_a_stop_that_was_obeyed_does_not_stop_the_next_answer(talks: Talks, database: Database) -> None:
    await talks.stop_early("a")
    first = await talks.turn("a")
    async with database.unit_of_work() as uow:
        await forget_early(uow, await talks.stopped(first))
    assert await talks.stopped(await talks.turn("a")) == []


async def test_a_stop_does_not_wait_for_a_message_that_has_its_turn(talks: Talks) -> None:
    turn = await talks.turn("a")
    assert not await talks.stop_early("a")
    assert await talks.stopped(turn) == []


@pytest.mark.parametrize(("age", "counts"), [(EARLY - timedelta(minutes=1), True), (EARLY, False)])
async def test_a_stop_waits_for_its_message_only_so_long(
    talks: Talks, database: Database, age: timedelta, counts: bool
) -> None:
    await talks.stop_early("a")
    async with database.unit_of_work() as uow:
        here = EarlyStop.workspace_id == talks.access.workspace_id
        await Repository(uow.session, EarlyStop).update({"created_at": func.now() - age}, here)
    turn = await talks.turn("a")
    assert await talks.stopped(turn) == ([turn] if counts else [])
