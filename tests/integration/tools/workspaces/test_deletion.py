"""Deleting a workspace: what runs can write nothing more, and nothing stays but suppressions and the log's last entry."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from langgraph.checkpoint.base import empty_checkpoint
from redis.asyncio import Redis
from sqlalchemy import select

from persistence.checkpointer import open_checkpointer
from persistence.models.agent_run import AgentRun
from persistence.models.audit import AuditEntry
from persistence.models.suppression import Suppression, SuppressionKind, SuppressionReason
from persistence.models.user import User
from persistence.models.workspace import ProjectRole, Workspace
from persistence.session import Database
from persistence.settings import DatabaseSettings
from persistence.turn_log import TurnLog
from tests.factories.experiments import make_experiment
from tests.factories.sessions import make_session
from tests.factories.users import caller_of, make_user
from tests.factories.workspaces import make_member, make_workspace
from tools.errors import Forbidden, NotFound
from tools.turns import lease
from tools.workspaces.leftovers import StoredLeftovers
from tools.workspaces.service import delete_workspace, read_workspace


@dataclass
class Noted:
    """Leftovers that only notes what it is asked to remove."""

    threads: list[UUID] = field(default_factory=list)
    turns: list[UUID] = field(default_factory=list)

    async def remove(self, thread_ids: Sequence[UUID], turn_ids: Sequence[UUID]) -> None:
        """Note them."""
        self.threads += thread_ids
        self.turns += turn_ids


async def _owned(database: Database) -> tuple[User, Workspace]:
    async with database.unit_of_work() as uow:
        owner = await make_user(uow)
        workspace = await make_workspace(uow, owner=owner)
        await make_experiment(uow, workspace)
    return owner, workspace


async def test_a_turn_under_way_loses_its_lease(database: Database) -> None:
    owner, workspace = await _owned(database)
    async with database.unit_of_work() as uow:
        session = await make_session(uow, workspace)
    turn = uuid4()
    async with database.unit_of_work() as uow:
        held = await lease.take(uow, session.id, turn, owner="here", seconds=60)
    assert held is not None
    noted = Noted()
    async with database.unit_of_work() as uow:
        await delete_workspace(uow, caller_of(owner), workspace.id, leftovers=noted)
        assert noted == Noted(), "nothing is removed before the commit"
    async with database.unit_of_work() as uow:
        with pytest.raises(lease.LeaseLost):
            await lease.verify(uow, held)
    assert noted.threads == [session.thread_id]
    assert noted.turns == [turn]


async def test_every_thread_and_every_turn_is_handed_to_the_leftovers(database: Database) -> None:
    owner, workspace = await _owned(database)
    async with database.unit_of_work() as uow:
        sessions = [await make_session(uow, workspace) for _ in range(3)]
        runs = [
            AgentRun(workspace_id=workspace.id, graph=graph, thread_id=uuid4())
            for graph in ("filters", "website")
        ]
        uow.session.add_all(runs)
        await uow.session.flush()
    noted = Noted()
    async with database.unit_of_work() as uow:
        await delete_workspace(uow, caller_of(owner), workspace.id, leftovers=noted)
    assert set(noted.threads) == {row.thread_id for row in [*sessions, *runs]}
    assert set(noted.turns) == {run.id for run in runs}


async def test_nothing_happens_when_the_transaction_fails(database: Database) -> None:
    owner, workspace = await _owned(database)
    noted = Noted()
    with pytest.raises(RuntimeError):
        async with database.unit_of_work() as uow:
            await delete_workspace(uow, caller_of(owner), workspace.id, leftovers=noted)
            raise RuntimeError
    assert noted == Noted()
    async with database.unit_of_work() as uow:
        view = await read_workspace(uow, caller_of(owner), workspace.id)
    assert view.workspace.name == workspace.name


async def test_threads_and_turn_logs_are_really_gone(
    database: Database, database_settings: DatabaseSettings, redis_client: Redis
) -> None:
    owner, workspace = await _owned(database)
    async with database.unit_of_work() as uow:
        session = await make_session(uow, workspace, active_turn_id=uuid4())
    turn_log = TurnLog(redis_client, keep_running=60, keep_ended=60)
    await turn_log.append(str(session.active_turn_id), 1, 1, [b"{}"])
    async with open_checkpointer(database_settings) as checkpointer:
        thread = {"configurable": {"thread_id": str(session.thread_id), "checkpoint_ns": ""}}
        await checkpointer.aput(thread, empty_checkpoint(), {}, {})
        assert await checkpointer.aget_tuple(thread) is not None
        async with database.unit_of_work() as uow:
            leftovers = StoredLeftovers(checkpointer, turn_log)
            await delete_workspace(uow, caller_of(owner), workspace.id, leftovers=leftovers)
        assert await checkpointer.aget_tuple(thread) is None
    assert await turn_log.read(str(session.active_turn_id)) == []


async def test_suppressions_stay_and_the_log_says_who_deleted(database: Database) -> None:
    owner, workspace = await _owned(database)
    async with database.unit_of_work() as uow:
        kept = Suppression(
            client_id=workspace.client_id,
            workspace_id=workspace.id,
            kind=SuppressionKind.EMAIL,
            key_hash=uuid4().bytes,
            reason=SuppressionReason.OPT_OUT,
        )
        uow.session.add(kept)
    async with database.unit_of_work() as uow:
        await delete_workspace(uow, caller_of(owner), workspace.id, leftovers=Noted())
    async with database.unit_of_work() as uow:
        suppression = await uow.session.get_one(Suppression, kept.id)
        entries = (
            await uow.session.execute(select(AuditEntry).where(AuditEntry.client_id == workspace.client_id))
        ).scalars()
        log = [(entry.action, entry.entity_id, entry.actor_user_id) for entry in entries]
    assert suppression.workspace_id is None
    assert log == [("deleted", str(workspace.id), owner.id)]


async def test_only_an_owner_may(database: Database) -> None:
    _, workspace = await _owned(database)
    async with database.unit_of_work() as uow:
        admin, stranger = await make_user(uow), await make_user(uow)
        await make_member(uow, workspace, admin, ProjectRole.ADMIN)
    for person, refusal in ((admin, Forbidden), (stranger, NotFound)):
        async with database.unit_of_work() as uow:
            with pytest.raises(refusal):
                await delete_workspace(uow, caller_of(person), workspace.id, leftovers=Noted())
