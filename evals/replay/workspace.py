"""A case's own workspace in the scratch database: what stands in it before the first word."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from evals.dataset.conversation import Conversation
from evals.replay.saving import put_earlier
from evals.replay.stage import MARK, Stage
from persistence.models.campaign import Campaign
from persistence.models.discovery import DiscoverySession
from persistence.models.entity import Entity
from persistence.models.lead import Lead
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.suppression import SuppressionKind, SuppressionReason
from persistence.models.user import Client, User
from persistence.models.workspace import OnboardingData, ProjectRole, Workspace, WorkspaceMember
from persistence.session import Database, UnitOfWork
from persistence.types import LeadID, SessionID, WorkspaceID
from tools.access import Caller
from tools.suppressions.schemas import SuppressionCreate
from tools.suppressions.service import suppress


@dataclass(frozen=True)
class Place:
    """Where a case is replayed."""

    caller: Caller
    workspace_id: WorkspaceID
    session_id: SessionID


async def make_place(database: Database, case: Conversation) -> Place:
    """A new workspace with what the case's setup says, and a talk in it."""
    async with database.unit_of_work() as uow:
        caller, workspace = await _workspace(uow, case)
        session = DiscoverySession(workspace_id=workspace.id, user_id=caller.user_id)
        await _add(uow, session)
        if case.setup.onboarding:
            await _add(uow, OnboardingData(workspace_id=workspace.id, data=case.setup.onboarding))
        for page in case.setup.pages:
            await _add(
                uow,
                _page(workspace.id, page.url, page.title, page.text, datetime.fromisoformat(case.world.now)),
            )
        if case.setup.experiments:
            await put_earlier(uow, workspace.id, caller.user_id, case.setup.experiments)
        return Place(caller, workspace.id, session.id)


async def make_lead(
    stage: Stage, place: Place, packet: dict[str, Any], suppressed: SuppressionReason | None = None
) -> LeadID:
    """The person a message is written to, so that suppressions can be asked for; `suppressed`: there is one."""
    person = packet.get("lead", {})
    async with stage.database.unit_of_work() as uow:
        campaign = Campaign(workspace_id=place.workspace_id, name="Evals")
        await _add(uow, campaign)
        lead = Lead(
            campaign_id=campaign.id,
            workspace_id=place.workspace_id,
            full_name=person.get("name") or "Nobody",
            job_title=person.get("title"),
            company=person.get("company"),
            company_domain=person.get("domain"),
            linkedin_url=person.get("profile"),
        )
        await _add(uow, lead)
        if suppressed is not None:
            await _suppress(uow, stage, place, lead, suppressed)
        return lead.id


async def _suppress(
    uow: UnitOfWork, stage: Stage, place: Place, lead: Lead, reason: SuppressionReason
) -> None:
    """The lead must not be written to: by its profile, else by its company."""
    kind = SuppressionKind.LINKEDIN if lead.linkedin_url else SuppressionKind.DOMAIN
    wanted = SuppressionCreate(kind=kind, value=lead.linkedin_url or lead.company_domain or "", reason=reason)
    await suppress(uow, place.caller, place.workspace_id, [wanted], stage.hashes)


async def _workspace(uow: UnitOfWork, case: Conversation) -> tuple[Caller, Workspace]:
    mark, subject = uuid4().hex[:16], uuid4()
    client = Client(name=f"Evals {case.id}", slug=f"{MARK}{mark}")
    await _add(uow, client)
    user = User(client_id=client.id, supabase_user_id=subject, email=f"{MARK}{mark}@evals.example", name="")
    await _add(uow, user)
    workspace = Workspace(
        client_id=client.id,
        owner_user_id=user.id,
        name=case.setup.workspace,
        website=case.setup.website,
        language=case.setup.language,
    )
    await _add(uow, workspace)
    await _add(uow, WorkspaceMember(workspace_id=workspace.id, user_id=user.id, role=ProjectRole.OWNER))
    return Caller(user.id, client.id, subject, user.email, user.name), workspace


def _page(workspace_id: WorkspaceID, url: str, title: str, text: str, at: datetime) -> PageSnapshot:
    return PageSnapshot(
        workspace_id=workspace_id,
        url=url,
        final_url=url,
        title=title or None,
        content=text,
        content_hash=sha256(text.encode()).hexdigest(),
        fetched_at=at,
    )


async def _add(uow: UnitOfWork, row: Entity) -> None:
    uow.session.add(row)
    await uow.session.flush()
