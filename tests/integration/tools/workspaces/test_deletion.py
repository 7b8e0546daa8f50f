"""Deleting a workspace: what runs can write nothing more, and nothing stays but suppressions and the log's last entry."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from langgraph.checkpoint.base import empty_checkpoint
from redis.asyncio import Redis
from sqlalchemy import select, text

from persistence.checkpointer import open_checkpointer
from persistence.models.agent_run import AgentRun
from persistence.models.audit import AuditEntry
from persistence.models.campaign import Campaign
from persistence.models.job import Job
from persistence.models.lead import Lead
from persistence.models.suppression import Suppression, SuppressionKind, SuppressionReason
from persistence.models.user import User
from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace
from persistence.repositories import Repository
from persistence.session import Database, UnitOfWork
from persistence.settings import DatabaseSettings
from persistence.turn_log import TurnLog
from tests.factories.campaigns import make_campaign
from tests.factories.experiments import make_experiment
from tests.factories.jobs import make_job
from tests.factories.sessions import make_session
from tests.factories.users import caller_of, make_user
from tests.factories.workspaces import make_member, make_workspace
from tools.access import require_role
from tools.errors import Forbidden, NotFound
from tools.paging import PageRequest
from tools.turns import lease
from tools.workspaces.leftovers import Leftovers, StoredLeftovers
from tools.workspaces.removal import BATCH, StoredRemoval, finish_removals
from tools.workspaces.service import delete_workspace, list_workspaces, read_workspace


@dataclass
class Noted:
    """Leftovers that only notes what it is asked to remove."""

    threads: list[UUID] = field(default_factory=list)
    turns: list[UUID] = field(default_factory=list)

    async def remove(self, thread_ids: Sequence[UUID], turn_ids: Sequence[UUID]) -> None:
        """Note them."""
        self.threads += thread_ids
        self.turns += turn_ids


def _removal(database: Database, leftovers: Leftovers) -> StoredRemoval:
    return StoredRemoval(database, leftovers, patience=60)


async def _add_leads(uow: UnitOfWork, campaign: Campaign, count: int) -> None:
    """Many leads with a message each."""
    values = {"campaign": campaign.id, "workspace": campaign.workspace_id, "count": count}
    leads = (
        'INSERT INTO "Leads" ("CampaignID", "ProjectID", "FullName") '
        "SELECT :campaign, :workspace, 'Lead' FROM generate_series(1, :count)"
    )
    messages = (
        'INSERT INTO "OutreachMessages" ("LeadID", "CampaignID", "Format", "Content") '
        """SELECT "LeadID", "CampaignID", 'email_cold', 'Hello' FROM "Leads" WHERE "CampaignID" = :campaign"""
    )
    await uow.session.execute(text(leads), values)
    await uow.session.execute(text(messages), {"campaign": campaign.id})


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
        run = AgentRun(id=turn, workspace_id=workspace.id, graph="discovery", session_id=session.id)
        uow.session.add(run)
    async with database.unit_of_work() as uow:
        held = await lease.take(uow, session.id, turn, owner="here", seconds=60)
    assert held is not None
    noted = Noted()
    async with database.unit_of_work() as uow:
        await delete_workspace(uow, caller_of(owner), workspace.id, removal=_removal(database, noted))
        assert noted == Noted(), "nothing is removed before the commit"
    async with database.unit_of_work() as uow:
        with pytest.raises(lease.LeaseLost):
            await lease.hold(uow, held)
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
        await delete_workspace(uow, caller_of(owner), workspace.id, removal=_removal(database, noted))
    assert set(noted.threads) == {row.thread_id for row in [*sessions, *runs]}
    assert set(noted.turns) == {run.id for run in runs}


async def test_nothing_happens_when_the_transaction_fails(database: Database) -> None:
    owner, workspace = await _owned(database)
    noted = Noted()
    with pytest.raises(RuntimeError):
        async with database.unit_of_work() as uow:
            await delete_workspace(uow, caller_of(owner), workspace.id, removal=_removal(database, noted))
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
        uow.session.add(AgentRun(id=session.active_turn_id, workspace_id=workspace.id, graph="discovery"))
    turn_log = TurnLog(redis_client, keep_running=60, keep_ended=60)
    await turn_log.append(str(session.active_turn_id), 1, 1, lambda: [b"{}"])
    async with open_checkpointer(database_settings) as checkpointer:
        thread = {"configurable": {"thread_id": str(session.thread_id), "checkpoint_ns": ""}}
        await checkpointer.aput(thread, empty_checkpoint(), {}, {})
        assert await checkpointer.aget_tuple(thread) is not None
        async with database.unit_of_work() as uow:
            leftovers = StoredLeftovers(database, turn_log)
            await delete_workspace(uow, caller_of(owner), workspace.id, removal=_removal(database, leftovers))
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
            masked_value="k***@example.com",
        )
        uow.session.add(kept)
    async with database.unit_of_work() as uow:
        await delete_workspace(uow, caller_of(owner), workspace.id, removal=_removal(database, Noted()))
    async with database.unit_of_work() as uow:
        suppression = await uow.session.get_one(Suppression, kept.id)
        assert suppression.masked_value is None, "only the hash stays"
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
                await delete_workspace(
                    uow, caller_of(person), workspace.id, removal=_removal(database, Noted())
                )


@pytest.mark.full
async def test_no_statement_grows_with_the_workspace(
    database: Database, database_settings: DatabaseSettings
) -> None:
    owner, workspace = await _owned(database)
    async with database.unit_of_work() as uow:
        campaign = await make_campaign(uow, workspace)
        await _add_leads(uow, campaign, 20_000)
    impatient = Database(database_settings.model_copy(update={"statement_timeout": 0.4}))
    async with impatient.unit_of_work() as uow:
        await delete_workspace(uow, caller_of(owner), workspace.id, removal=_removal(impatient, Noted()))
    await impatient.close()
    async with database.unit_of_work() as uow:
        assert await uow.session.get(Workspace, workspace.id) is None
        assert await Repository(uow.session, Lead).count(Lead.workspace_id == workspace.id) == 0


class Unreachable:
    """Leftovers that can't be removed now."""

    async def remove(self, thread_ids: Sequence[UUID], turn_ids: Sequence[UUID]) -> None:
        """Fail."""
        raise ConnectionError


async def test_a_removal_that_was_cut_off_is_out_of_sight_and_finished_later(database: Database) -> None:
    owner, workspace = await _owned(database)
    async with database.unit_of_work() as uow:
        session = await make_session(uow, workspace)
        job = await make_job(uow, workspace)
    async with database.unit_of_work() as uow:
        await delete_workspace(uow, caller_of(owner), workspace.id, removal=_removal(database, Unreachable()))
    async with database.unit_of_work() as uow:
        assert await uow.session.get(Workspace, workspace.id) is not None, (
            "its threads are still to be removed"
        )
        assert (await uow.session.get_one(Job, job.id)).cancel_requested_at is not None
        with pytest.raises(NotFound):
            await read_workspace(uow, caller_of(owner), workspace.id)
        assert (await list_workspaces(uow, caller_of(owner), PageRequest())).items == []
    noted = Noted()
    assert await finish_removals(database, _removal(database, noted)) >= 1
    assert session.thread_id in noted.threads
    async with database.unit_of_work() as uow:
        assert await uow.session.get(Workspace, workspace.id) is None


async def test_a_removal_without_patience_leaves_the_rest(database: Database) -> None:
    owner, workspace = await _owned(database)
    async with database.unit_of_work() as uow:
        campaign = await make_campaign(uow, workspace)
        await _add_leads(uow, campaign, BATCH)
    hasty = StoredRemoval(database, Noted(), patience=0)
    async with database.unit_of_work() as uow:
        await delete_workspace(uow, caller_of(owner), workspace.id, removal=hasty)
    async with database.unit_of_work() as uow:
        assert await uow.session.get(Workspace, workspace.id) is not None
    assert await hasty.run(workspace.id), "each run goes on where the last one stopped"


async def test_of_two_deletions_at_once_one_finds_nothing(database: Database) -> None:
    owner, workspace = await _owned(database)

    async def delete() -> bool:
        try:
            async with database.unit_of_work() as uow:
                removal = _removal(database, Unreachable())
                await delete_workspace(uow, caller_of(owner), workspace.id, removal=removal)
                await asyncio.sleep(0.1)
        except NotFound:
            return False
        return True

    assert sorted(await asyncio.gather(*[delete() for _ in range(4)])) == [False, False, False, True]
    async with database.unit_of_work() as uow:
        deletions = Repository(uow.session, AuditEntry)
        assert await deletions.count(AuditEntry.client_id == workspace.client_id) == 1


async def test_what_is_being_removed_is_closed_even_to_who_is_still_named_as_member(
    database: Database,
) -> None:
    async with database.unit_of_work() as uow:
        owner = await make_user(uow)
        workspace = await make_workspace(uow, owner=owner, status=ProjectStatus.DELETING)
    async with database.unit_of_work() as uow:
        with pytest.raises(NotFound):
            await require_role(uow, caller_of(owner), workspace.id)
