"""Whether any turn is dead: one whose lease has run out, and only until it is claimed."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func

from persistence.models.agent_run import AgentRun
from persistence.models.discovery import DiscoverySession
from persistence.repositories import Repository
from persistence.session import Database
from persistence.settings import DatabaseSettings
from persistence.types import SessionID
from tests.factories.rows import insert
from tests.factories.sessions import make_session
from tests.factories.users import make_user
from tests.factories.workspaces import make_workspace
from tools.turns.settings import TurnSettings
from tools.turns.starting import KEEP_MESSAGES, TURN_COUNT
from tools.turns.takeover import claim_dead, is_any_dead


@pytest.fixture
async def empty(own_database_url: str) -> AsyncIterator[Database]:
    """A database in which nobody else talks."""
    empty = Database(DatabaseSettings.model_validate({"DATABASE_URL": own_database_url}))
    yield empty
    await empty.close()


async def begin(database: Database) -> SessionID:
    """A session with a turn that nobody runs yet."""
    async with database.unit_of_work() as uow:
        user = await make_user(uow)
        workspace = await make_workspace(uow, owner=user)
        session = await make_session(uow, workspace)
        given = {TURN_COUNT: 0, KEEP_MESSAGES: 12}
        values: dict[str, Any] = {
            "workspace_id": workspace.id,
            "user_id": user.id,
            "session_id": session.id,
            "thread_id": uuid4(),
            "input": given,
        }
        run = await insert(uow, AgentRun, {"graph": "discovery"}, values)
        session.active_turn_id = run.id
        return session.id


async def lease(database: Database, session: SessionID, seconds: float, **values: Any) -> None:
    """Let the session's lease end in so many seconds."""
    async with database.unit_of_work() as uow:
        ends = {"lease_until": func.now() + timedelta(seconds=seconds)}
        await Repository(uow.session, DiscoverySession).update(
            {**ends, **values}, DiscoverySession.id == session
        )


async def test_where_nobody_talks_nobody_is_dead(empty: Database) -> None:
    assert not await is_any_dead(empty.direct)


async def test_only_a_turn_whose_lease_has_run_out_is_dead(empty: Database) -> None:
    session = await begin(empty)
    assert not await is_any_dead(empty.direct)
    await lease(empty, session, 30)
    assert not await is_any_dead(empty.direct)
    await lease(empty, session, -1)
    assert await is_any_dead(empty.direct)


async def test_a_session_whose_turn_has_ended_is_not_dead(empty: Database) -> None:
    await lease(empty, await begin(empty), -1, active_turn_id=None)
    assert not await is_any_dead(empty.direct)


async def test_who_was_claimed_is_not_dead_any_more(empty: Database) -> None:
    session = await begin(empty)
    await lease(empty, session, -1)
    async with empty.unit_of_work() as uow:
        claimed = await claim_dead(uow, owner="another", settings=TurnSettings())
    assert claimed is not None
    assert claimed.opened.session_id == session
    assert not await is_any_dead(empty.direct)
