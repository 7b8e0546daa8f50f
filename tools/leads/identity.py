"""Who is the same lead: duplicates within a workspace, held off by unique indexes and found before they are met.

Adding, moving and renaming leads of one workspace takes turns (`take_turn`): two that add the same people in another
order would otherwise wait for each other for ever, and a company could be claimed for two experiments.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, or_, select, update

from persistence.models.campaign import Campaign
from persistence.models.lead import Lead
from persistence.session import UnitOfWork
from persistence.types import LeadID, WorkspaceID
from tools.errors import Conflict
from tools.keys import company_key, email_key, linkedin_key

Shared = Literal["linkedin_url", "email"]


@dataclass(frozen=True)
class Keys:
    """What a lead is recognised by."""

    linkedin: str | None
    email: str | None
    company: str | None


def keys_of(
    *, linkedin_url: str | None, email: str | None, company: str | None, company_domain: str | None
) -> Keys:
    """The keys of a lead with these fields."""
    return Keys(
        linkedin_key(linkedin_url),
        email_key(email),
        company_key(domain=company_domain, email=email, name=company),
    )


@dataclass(frozen=True)
class Known:
    """The leads that are there already, by key."""

    by_linkedin: dict[str, LeadID]
    by_email: dict[str, LeadID]

    def find(self, keys: Keys) -> tuple[LeadID, Shared] | None:
        """The lead that has one of the keys, and which."""
        if keys.linkedin is not None and keys.linkedin in self.by_linkedin:
            return self.by_linkedin[keys.linkedin], "linkedin_url"
        if keys.email is not None and keys.email in self.by_email:
            return self.by_email[keys.email], "email"
        return None


async def take_turn(uow: UnitOfWork, workspace_id: WorkspaceID) -> None:
    """Wait for others that change who is who in this workspace, until this transaction ends. Before any row is locked."""
    key = func.hashtextextended(f"leads of {workspace_id}", 0)
    await uow.session.execute(select(func.pg_advisory_xact_lock(key)))


async def known_leads(uow: UnitOfWork, workspace_id: WorkspaceID, keys: Iterable[Keys]) -> Known:
    """Which of these are leads already. Deleted campaigns give the keys of their leads back first."""
    wanted = list(keys)
    shares = or_(
        Lead.linkedin_key.in_({key.linkedin for key in wanted if key.linkedin}),
        Lead.email_key.in_({key.email for key in wanted if key.email}),
    )
    deleted = select(Campaign.id).where(
        Campaign.workspace_id == workspace_id, Campaign.deleted_at.is_not(None)
    )
    given_back = (
        update(Lead)
        .where(Lead.workspace_id == workspace_id, shares, Lead.campaign_id.in_(deleted))
        .values(linkedin_key=None, email_key=None, version=Lead.version, updated_at=Lead.updated_at)
        .execution_options(synchronize_session=False)
    )
    await uow.session.execute(given_back)
    statement = select(Lead.id, Lead.linkedin_key, Lead.email_key).where(
        Lead.workspace_id == workspace_id, shares
    )
    rows = (await uow.session.execute(statement)).all()
    return Known(
        {row.linkedin_key: row.id for row in rows if row.linkedin_key},
        {row.email_key: row.id for row in rows if row.email_key},
    )


def duplicate(lead_id: LeadID, shared: Shared) -> Conflict:
    """The refusal of a single duplicate."""
    words = "LinkedIn profile" if shared == "linkedin_url" else "e-mail address"
    return Conflict(
        f"A lead with this {words} is in the workspace already.",
        code="duplicate_lead",
        extra={"leadId": lead_id, "reason": shared},
    )
