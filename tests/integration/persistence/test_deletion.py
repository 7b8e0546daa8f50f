"""What goes when something is deleted, and what stays."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from persistence.models import Entity
from persistence.models.agent_run import AgentRun, BriefPart
from persistence.models.audit import AuditEntry
from persistence.models.budget import Budget, UsageRecord
from persistence.models.campaign import ActivityType, Campaign, CampaignActivity
from persistence.models.company_assignment import AssignmentOrigin, CompanyAssignment
from persistence.models.discovery import DiscoveryFeedback, DiscoveryMessage, EarlyStop, LearnedStyle
from persistence.models.experiment import Experiment
from persistence.models.invitation import Invitation
from persistence.models.job import AsyncJobType, ExportPart, Job, JobItem, OutboxMessage
from persistence.models.lead import Lead, LeadSignal, SignalType
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.paid_call import PaidCall, PaidCallState
from persistence.models.person import Person
from persistence.models.sender_profile import SenderProfile
from persistence.models.suppression import Suppression, SuppressionKind, SuppressionReason
from persistence.models.user import User
from persistence.models.workspace import OnboardingData, ProjectRole, Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tests.factories.campaigns import make_campaign
from tests.factories.experiments import make_experiment
from tests.factories.leads import make_lead, make_message
from tests.factories.rows import insert
from tests.factories.sessions import make_session
from tests.factories.users import make_user
from tests.factories.workspaces import make_member, make_workspace

KEPT = {"Clients", "Users", "Persons", "Suppressions", "PaidCalls", "IdempotencyKeys", "ProviderCallbacks"}


async def everything(uow: UnitOfWork, workspace: Workspace, user: User) -> dict[str, Any]:
    """A row of every table that belongs to a workspace; the rows that tests look at."""
    scope = {"workspace_id": workspace.id}
    client = {"client_id": workspace.client_id}
    digest = sha256(str(workspace.id).encode())
    session = await make_session(uow, workspace, user=user)
    experiment = await make_experiment(uow, workspace, session_id=session.id)
    campaign = await make_campaign(uow, workspace, experiment=experiment)
    person = await insert(uow, Person, client, {"full_name": "Ada", "email_key": digest.hexdigest()})
    lead = await make_lead(uow, campaign, person_id=person.id)
    message = await make_message(uow, lead)
    job = await insert(uow, Job, scope, {"type": AsyncJobType.WEBSITE_SCRAPE, "campaign_id": campaign.id})
    item = await insert(uow, JobItem, {}, {"job_id": job.id, "lead_id": lead.id, "position": 0})
    await insert(uow, ExportPart, {}, {"job_id": job.id, "position": 0, "rows": 0, "content": b"[]"})
    run = await insert(
        uow, AgentRun, scope, {"graph": "discovery", "session_id": session.id, "job_id": job.id}
    )
    call = {"call_key": digest.hexdigest(), "provider": "wiza", "operation": "reveal"}
    rows: list[tuple[type[Entity], dict[str, Any]]] = [
        (Invitation, {"email": "b@example.com", "role": ProjectRole.VIEWER, "token_hash": digest.digest(),
                      "expires_at": utc_now() + timedelta(days=7)}),
        (OnboardingData, {"data": {}}),
        (SenderProfile, {"name": "Ada"}),
        (PageSnapshot, {"url": "https://a.example", "final_url": "https://a.example/", "content": "Text",
                        "content_hash": digest.hexdigest(), "fetched_at": utc_now()}),
        (BriefPart, {"hash": digest.hexdigest(), "content": {}}),
        (LearnedStyle, {"guide": {}}),
        (EarlyStop, {"user_id": user.id, "client_message_id": "m-1"}),
        (DiscoveryFeedback, {"user_id": user.id, "rating": 5, "agent_run_id": run.id}),
        (CompanyAssignment, {"company_key": "a.example", "experiment_id": experiment.id,
                             "origin": AssignmentOrigin.RANDOM}),
        (OutboxMessage, {"topic": "job", "payload": {}}),
        (Budget, {}),
        (UsageRecord, {"agent_run_id": run.id, "campaign_id": campaign.id}),
        (AuditEntry, {**client, "entity": "workspace", "entity_id": "1", "action": "created"}),
        (PaidCall, {**client, **call, "state": PaidCallState.INTENT}),
        (Suppression, {**client, "kind": SuppressionKind.EMAIL, "key_hash": digest.digest(),
                       "reason": SuppressionReason.OPT_OUT}),
    ]  # fmt: skip
    await insert(uow, DiscoveryMessage, {}, {"session_id": session.id, "position": 0, "message": {}})
    for entity, values in rows:
        await insert(uow, entity, scope, values)
    await insert(
        uow, LeadSignal, {}, {"lead_id": lead.id, "headline": "Hires", "signal_type": SignalType.HIRING}
    )
    activity = {"campaign_id": campaign.id, "lead_id": lead.id, "title": "Found"}
    activity_row = await insert(uow, CampaignActivity, activity, {"activity_type": ActivityType.LEADS_FOUND})
    return {"lead": lead, "experiment": experiment, "campaign": campaign, "person": person, "message": message,
            "item": item, "activity": activity_row, "run": run}  # fmt: skip


async def counts(uow: UnitOfWork) -> dict[str, int]:
    """Rows of every table this transaction sees."""
    return {
        name: (await uow.session.execute(select(func.count()).select_from(table))).scalar_one()
        for name, table in Entity.metadata.tables.items()
    }


async def test_deleting_a_workspace_takes_its_data_and_leaves_hashes_ledger_and_people(
    uow: UnitOfWork,
) -> None:
    owner = await make_user(uow)
    before = await counts(uow)
    workspace = await make_workspace(uow, owner=owner)
    await everything(uow, workspace, owner)
    full = await counts(uow)
    assert {name for name in full if full[name] == before[name]} == {
        "Clients",
        "Users",
        "IdempotencyKeys",
        "ProviderCallbacks",
    }

    await Repository(uow.session, Workspace).delete(Workspace.id == workspace.id)

    after = await counts(uow)
    assert {name for name in after if after[name] != before[name]} == {"Persons", "Suppressions", "PaidCalls"}
    key_hash = sha256(str(workspace.id).encode()).digest()
    left = await Repository(uow.session, Suppression).get(Suppression.key_hash == key_hash)
    assert left is not None
    assert left.workspace_id is None
    assert left.client_id == owner.client_id


async def test_another_workspace_is_not_touched(uow: UnitOfWork) -> None:
    owner = await make_user(uow)
    kept, doomed = await make_workspace(uow, owner=owner), await make_workspace(uow, owner=owner)
    await everything(uow, kept, owner)
    full = await counts(uow)
    await everything(uow, doomed, owner)
    await Repository(uow.session, Workspace).delete(Workspace.id == doomed.id)
    after = await counts(uow)
    changed = {name for name in full if after[name] != full[name]}
    assert changed <= KEPT | {"Projects", "ProjectUsers"}
    assert after["Leads"] == full["Leads"]


async def test_a_campaign_outlives_its_experiment_and_a_job_item_its_lead(uow: UnitOfWork) -> None:
    workspace = await make_workspace(uow)
    owner = await uow.session.get_one(User, workspace.owner_user_id)
    rows = await everything(uow, workspace, owner)
    await Repository(uow.session, Experiment).delete(Experiment.id == rows["experiment"].id)
    await Repository(uow.session, Lead).delete(Lead.id == rows["lead"].id)
    for name in ("campaign", "item", "activity"):
        await uow.session.refresh(rows[name])
    assert rows["campaign"].experiment_id is None
    assert rows["item"].lead_id is None
    assert rows["activity"].lead_id is None
    assert await Repository(uow.session, LeadSignal).count(LeadSignal.lead_id == rows["lead"].id) == 0


async def test_a_workspace_outlives_the_user_who_owned_it(uow: UnitOfWork) -> None:
    workspace = await make_workspace(uow)
    colleague = await make_user(uow)
    await make_member(uow, workspace, colleague)
    campaign = await make_campaign(uow, workspace)
    await Repository(uow.session, User).delete(User.id == workspace.owner_user_id)
    await uow.session.refresh(workspace)
    assert workspace.owner_user_id is None
    assert await Repository(uow.session, Campaign).count(Campaign.id == campaign.id) == 1
