"""The people and things of the access test: a signed-in client for every kind of caller, and fresh things for every case."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select

from persistence.models.agent_run import AgentRun
from persistence.models.budget import Budget
from persistence.models.invitation import Invitation
from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState
from persistence.models.person import Person
from persistence.models.suppression import Suppression, SuppressionKind, SuppressionReason
from persistence.models.user import User
from persistence.models.workspace import OnboardingData, ProjectRole, Workspace
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tests.factories.campaigns import make_campaign
from tests.factories.experiments import make_experiment
from tests.factories.exports import make_export
from tests.factories.leads import make_lead, make_message
from tests.factories.sessions import make_session
from tests.factories.users import make_user
from tests.factories.workspaces import make_member, make_workspace
from tests.fixtures.api import Api

ACTORS = ("no token", "foreign tenant", "viewer", "member", "admin", "owner")


Things = Mapping[str, Any]
"""The ids of one tenant's things, by the name a path parameter or a row of the table gives them."""


@dataclass(frozen=True)
class World:
    """The callers. The foreign tenant is the owner of `theirs`."""

    api: Api
    clients: Mapping[str, httpx.AsyncClient]
    users: Mapping[str, User]

    async def arrange(self) -> tuple[Things, Things]:
        """Fresh things of the workspace that viewer, member, admin and owner share, and of the foreign tenant's."""
        async with self.api.services.database.unit_of_work() as uow:
            workspace = await make_workspace(uow, owner=self.users["owner"])
            for role in (ProjectRole.ADMIN, ProjectRole.MEMBER, ProjectRole.VIEWER):
                await make_member(uow, workspace, self.users[role.value], role)
            foreign = await make_workspace(uow, owner=self.users["foreign tenant"])
            return await _things(uow, workspace), await _things(uow, foreign)


async def make_world(api: Api) -> World:
    """Sign everybody in."""
    subjects = {actor: str(uuid4()) for actor in ACTORS[1:]}
    clients = {actor: api.client(sub=subject) for actor, subject in subjects.items()}
    for client in clients.values():
        assert (await client.get("/auth/me")).status_code == 200
    users = {}
    async with api.services.database.unit_of_work() as uow:
        for actor, subject in subjects.items():
            found = select(User).where(User.supabase_user_id == UUID(subject))
            users[actor] = (await uow.session.execute(found)).scalar_one()
    return World(api, {"no token": api.anonymous(), **clients}, users)


async def _things(uow: UnitOfWork, workspace: Workspace) -> Things:
    """One of each thing in a workspace. `invite_token` opens a third workspace, of which nobody here is a member."""
    somebody = await make_user(uow)
    await make_member(uow, workspace, somebody, ProjectRole.VIEWER)
    experiment = await make_experiment(uow, workspace)
    campaign = await make_campaign(uow, workspace)
    lead = await make_lead(uow, campaign)
    session = await make_session(uow, workspace)
    turn = AgentRun(workspace_id=workspace.id, session_id=session.id, graph="discovery")
    job = Job(workspace_id=workspace.id, type=AsyncJobType.WEBSITE_SCRAPE)
    export = await make_export(uow, workspace)
    budget = Budget(workspace_id=workspace.id, credits_per_month=Decimal(100))
    onboarding = OnboardingData(workspace_id=workspace.id, data={"company": {"companyName": "Acme"}})
    invitation, _ = _invitation(workspace)
    elsewhere, token = _invitation(await make_workspace(uow))
    suppression = Suppression(
        client_id=workspace.client_id,
        workspace_id=workspace.id,
        kind=SuppressionKind.DOMAIN,
        key_hash=secrets.token_bytes(32),
        reason=SuppressionReason.MANUAL,
    )
    person = Person(client_id=workspace.client_id, full_name="Ada Lovelace")
    uow.session.add(person)
    await uow.session.flush()
    lead.person_id = person.id
    message = await make_message(uow, lead)
    uow.session.add_all([turn, job, budget, onboarding, invitation, elsewhere, suppression])
    await uow.session.flush()
    return {
        "workspace_id": workspace.id,
        "user_id": somebody.id,
        "experiment_id": experiment.id,
        "campaign_id": campaign.id,
        "lead_id": lead.id,
        "lead_ids": [lead.id],
        "invitation_id": invitation.id,
        "sid": session.id,
        "session_id": session.id,
        "turn_id": str(turn.id),
        "approval_id": "no-such-approval",
        "job_id": str(job.id),
        "item_id": await _item_in_doubt(uow, job),
        "export_id": str(export.id),
        "person_id": person.id,
        "message_id": message.id,
        "suppression_id": suppression.id,
        "invite_token": token,
    }


async def _item_in_doubt(uow: UnitOfWork, job: Job) -> int:
    """An item of the job that waits for a person."""
    item = JobItem(job_id=job.id, position=0, state=JobItemState.NEEDS_REVIEW, input={})
    uow.session.add(item)
    await uow.session.flush()
    return item.id


def _invitation(workspace: Workspace) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        workspace_id=workspace.id,
        email="kim@example.com",
        role=ProjectRole.VIEWER,
        token_hash=hashlib.sha256(token.encode()).digest(),
        expires_at=utc_now() + timedelta(days=1),
    )
    return invitation, token
