"""What was kept long enough goes for good; what is younger, in use, or kept for ever stays."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from persistence.models.agent_run import AgentRun
from persistence.models.audit import AuditEntry
from persistence.models.campaign import Campaign
from persistence.models.invitation import Invitation
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.paid_call import PaidCall, PaidCallState
from persistence.models.person import Person
from persistence.models.workspace import ProjectRole, Workspace
from persistence.session import Database
from persistence.settings import DatabaseSettings
from persistence.types import utc_now
from tests.factories.campaigns import make_campaign
from tests.factories.leads import make_lead, make_message
from tests.factories.sessions import make_session
from tests.factories.workspaces import make_workspace
from tools.retention.service import BATCH, apply_retention
from tools.retention.settings import RetentionSettings

SETTINGS = RetentionSettings.model_validate(
    {
        "RETAIN_DELETED_CAMPAIGNS_DAYS": 10,
        "RETAIN_UNUSED_PERSONS_DAYS": 10,
        "RETAIN_RUNS_DAYS": 10,
        "RETAIN_PAID_CALLS_DAYS": 10,
        "RETAIN_PAGES_DAYS": 10,
        "RETAIN_INVITATIONS_DAYS": 10,
        "RETAIN_AUDIT_DAYS": 10,
    }
)
FOR_EVER = SETTINGS.model_copy(update=dict.fromkeys(RetentionSettings.model_fields, 0))
OLD, YOUNG = utc_now() - timedelta(days=11), utc_now() - timedelta(days=9)


@pytest.fixture
async def own_database(own_database_url: str) -> AsyncIterator[Database]:
    """A database of this test's own: retention looks at all tenants."""
    database = Database(DatabaseSettings.model_validate({"DATABASE_URL": own_database_url}))
    yield database
    await database.close()


async def _workspace(database: Database) -> Workspace:
    async with database.unit_of_work() as uow:
        return await make_workspace(uow)


async def _left(database: Database, entity: Any, name: Any) -> set[Any]:
    async with database.unit_of_work() as uow:
        return set((await uow.session.execute(select(name))).scalars())


async def test_campaigns_go_with_their_leads_once_they_were_deleted_long_enough(
    own_database: Database,
) -> None:
    workspace = await _workspace(own_database)
    async with own_database.unit_of_work() as uow:
        for name, deleted_at in (("old", OLD), ("young", YOUNG), ("in use", None)):
            campaign = await make_campaign(uow, workspace, name=name, deleted_at=deleted_at)
            await make_message(uow, await make_lead(uow, campaign, full_name=name), content=name)
    assert await apply_retention(own_database, FOR_EVER, patience=60) == {}
    assert await apply_retention(own_database, SETTINGS, patience=60) == {"Leads": 1, "Campaigns": 1}
    for entity, column in (
        (Campaign, Campaign.name),
        (Lead, Lead.full_name),
        (OutreachMessage, OutreachMessage.content),
    ):
        assert await _left(own_database, entity, column) == {"young", "in use"}


async def test_persons_go_once_they_are_nobodys_lead_for_long_enough(own_database: Database) -> None:
    workspace = await _workspace(own_database)
    async with own_database.unit_of_work() as uow:
        persons = {
            name: Person(client_id=workspace.client_id, full_name=name, updated_at=updated_at)
            for name, updated_at in (("old", OLD), ("young", YOUNG), ("a lead", OLD))
        }
        uow.session.add_all(persons.values())
        await uow.session.flush()
        await make_lead(uow, await make_campaign(uow, workspace), person_id=persons["a lead"].id)
    assert await apply_retention(own_database, SETTINGS, patience=60) == {"Persons": 1}
    assert await _left(own_database, Person, Person.full_name) == {"young", "a lead"}


async def test_runs_go_with_their_checkpoints_but_never_those_of_talks(own_database: Database) -> None:
    workspace = await _workspace(own_database)
    threads = {name: uuid4() for name in ("old", "young", "talk")}
    async with own_database.unit_of_work() as uow:
        session = await make_session(uow, workspace)
        for name, thread in threads.items():
            talk = {"session_id": session.id} if name == "talk" else {}
            finished_at = YOUNG if name == "young" else OLD
            run = AgentRun(
                workspace_id=workspace.id, graph=name, thread_id=thread, finished_at=finished_at, **talk
            )
            uow.session.add(run)
            checkpoint = (
                "INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, checkpoint, metadata) "
                "VALUES (:thread, '', '1', '{}', '{}')"
            )
            await uow.session.execute(text(checkpoint), {"thread": str(thread)})
    assert await apply_retention(own_database, SETTINGS, patience=60) == {"AgentRuns": 1}
    assert await _left(own_database, AgentRun, AgentRun.graph) == {"young", "talk"}
    kept = await _left(own_database, None, text("thread_id FROM checkpoints"))
    assert kept == {str(threads["young"]), str(threads["talk"])}


async def test_the_ledger_and_the_log_reach_back_as_far_as_they_should(own_database: Database) -> None:
    workspace = await _workspace(own_database)
    scope = {"client_id": workspace.client_id, "workspace_id": workspace.id}
    async with own_database.unit_of_work() as uow:
        for name, at, state in (
            ("old", OLD, PaidCallState.SUCCEEDED),
            ("young", YOUNG, PaidCallState.SUCCEEDED),
            ("intent", OLD, PaidCallState.INTENT),
        ):
            uow.session.add(
                PaidCall(
                    **scope, call_key=name, provider="wiza", operation="reveal", state=state, created_at=at
                )
            )
        for action, at in (("old", OLD), ("young", YOUNG)):
            uow.session.add(AuditEntry(**scope, entity="lead", entity_id="1", action=action, created_at=at))
    assert await apply_retention(own_database, SETTINGS, patience=60) == {"PaidCalls": 1, "AuditLog": 1}
    assert await _left(own_database, PaidCall, PaidCall.call_key) == {"young", "intent"}
    assert await _left(own_database, AuditEntry, AuditEntry.action) == {"young"}


async def test_of_a_page_the_newest_reading_stays_however_old_it_is(own_database: Database) -> None:
    workspace = await _workspace(own_database)
    async with own_database.unit_of_work() as uow:
        for url, text_, at in (
            ("https://a.example", "first", OLD),
            ("https://a.example", "second", YOUNG),
            ("https://a.example", "third", YOUNG),
            ("https://b.example", "only", OLD),
        ):
            page = {"url": url, "final_url": url, "content": text_, "content_hash": text_, "fetched_at": at}
            uow.session.add(PageSnapshot(workspace_id=workspace.id, **page))
            await uow.session.flush()
    assert await apply_retention(own_database, SETTINGS, patience=60) == {"PageSnapshots": 1}
    assert await _left(own_database, PageSnapshot, PageSnapshot.content) == {"second", "third", "only"}


async def test_invitations_go_once_they_have_been_over_long_enough(own_database: Database) -> None:
    workspace = await _workspace(own_database)
    later = utc_now() + timedelta(days=5)
    async with own_database.unit_of_work() as uow:
        for name, dates in (
            ("ran out", {"expires_at": OLD}),
            ("accepted", {"expires_at": later, "accepted_at": OLD}),
            ("revoked", {"expires_at": later, "revoked_at": OLD}),
            ("just ran out", {"expires_at": YOUNG}),
            ("open", {"expires_at": later}),
        ):
            invited = {
                "email": f"{name}@example.com",
                "role": ProjectRole.MEMBER,
                "token_hash": name.encode(),
            }
            uow.session.add(Invitation(workspace_id=workspace.id, **invited, **dates))
    assert await apply_retention(own_database, SETTINGS, patience=60) == {"Invitations": 3}
    assert await _left(own_database, Invitation, Invitation.token_hash) == {b"just ran out", b"open"}


async def test_threads_that_nobody_goes_on_with_go_and_all_others_stay(own_database: Database) -> None:
    workspace = await _workspace(own_database)
    names = ("talk", "fork under way", "left by a fork", "run", "of a removed workspace")
    threads = {name: uuid4() for name in names}
    async with own_database.unit_of_work() as uow:
        session = await make_session(uow, workspace, thread_id=threads["talk"])
        begun = utc_now() - timedelta(days=2)
        for name, started_at, talk in (
            ("talk", begun, session.id),
            ("fork under way", utc_now(), session.id),
            ("left by a fork", begun, session.id),
            ("run", begun, None),
        ):
            thread = {"thread_id": threads[name], "session_id": talk, "started_at": started_at}
            uow.session.add(AgentRun(workspace_id=workspace.id, graph=name, **thread))
        for table, columns, values in (
            ("checkpoints", "checkpoint_id, checkpoint, metadata", "'1', '{}', '{}'"),
            ("checkpoint_blobs", "channel, version, type, blob", "'messages', '1', 'msgpack', ''"),
            (
                "checkpoint_writes",
                "checkpoint_id, task_id, idx, channel, type, blob",
                "'1', 't', 0, 'c', 'm', ''",
            ),
        ):
            row = f"INSERT INTO {table} (thread_id, checkpoint_ns, {columns}) VALUES (:thread, '', {values})"
            for thread_id in threads.values():
                await uow.session.execute(text(row), {"thread": str(thread_id)})
    assert await apply_retention(own_database, FOR_EVER, patience=60) == {"checkpoints": 2}
    kept = {str(threads[name]) for name in ("talk", "fork under way", "run")}
    for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
        assert await _left(own_database, None, text(f"thread_id FROM {table}")) == kept


@pytest.mark.full
async def test_many_rows_go_in_batches_and_an_impatient_sweep_leaves_the_rest(own_database: Database) -> None:
    workspace = await _workspace(own_database)
    async with own_database.unit_of_work() as uow:
        statement = (
            'INSERT INTO "AuditLog" ("ClientID", "Entity", "EntityID", "Action", "CreatedAt") '
            "SELECT :client, 'lead', '1', 'old', now() - interval '20 days' FROM generate_series(1, :count)"
        )
        await uow.session.execute(text(statement), {"client": workspace.client_id, "count": 2 * BATCH + 5})
    assert await apply_retention(own_database, SETTINGS, patience=0) == {}
    assert await apply_retention(own_database, SETTINGS, patience=60) == {"AuditLog": 2 * BATCH + 5}
