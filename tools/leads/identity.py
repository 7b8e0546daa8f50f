"""Who is the same lead: duplicates within a workspace, held off by unique indexes and found before they are met.

Adding, moving and renaming leads of one workspace takes turns (`take_turn`): two that add the same people in another
order would otherwise wait for each other for ever, and a company could be claimed for two experiments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import exists, func, select, union_all, update

from persistence.models.campaign import Campaign
from persistence.models.lead import Lead
from persistence.session import UnitOfWork
from persistence.types import LeadID, WorkspaceID
from tools.errors import Conflict
from tools.keys import company_key, email_key, linkedin_key
from tools.lookups import is_any

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
    shared = list(keys)
    rows = await _sharing(uow, workspace_id, shared)
    given_back = await _give_back(uow, workspace_id, rows)
    kept = [row for row in rows if row.id not in given_back]
    return Known(
        {row.linkedin: row.id for row in kept if row.linkedin},
        {row.email: row.id for row in kept if row.email},
    )


async def _sharing(uow: UnitOfWork, workspace_id: WorkspaceID, keys: Sequence[Keys]) -> Sequence[Any]:
    """The leads that have one of these keys: id, linkedin, email, and whether their campaign is deleted."""
    deleted = (
        exists().where(Campaign.id == Lead.campaign_id, Campaign.deleted_at.is_not(None)).label("deleted")
    )
    asked = select(
        Lead.id.label("id"), Lead.linkedin_key.label("linkedin"), Lead.email_key.label("email"), deleted
    ).where(Lead.workspace_id == workspace_id)
    statement = union_all(
        asked.where(is_any(Lead.linkedin_key, [key.linkedin for key in keys])),
        asked.where(is_any(Lead.email_key, [key.email for key in keys])),
    )
    return (await uow.session.execute(statement)).all()


async def _give_back(uow: UnitOfWork, workspace_id: WorkspaceID, rows: Sequence[Any]) -> set[LeadID]:
    """Let leads of deleted campaigns go of their keys; which."""
    deleted = {row.id for row in rows if row.deleted}
    if deleted:
        given_back = (
            update(Lead)
            .where(Lead.workspace_id == workspace_id, Lead.id.in_(deleted))
            .values(linkedin_key=None, email_key=None, version=Lead.version, updated_at=Lead.updated_at)
            .execution_options(synchronize_session=False)
        )
        await uow.session.execute(given_back)
    return deleted


def duplicate(lead_id: LeadID, shared: Shared) -> Conflict:
    """The refusal of a single duplicate."""
    words = "LinkedIn profile" if shared == "linkedin_url" else "e-mail address"
    return Conflict(
        f"A lead with this {words} is in the workspace already.",
        code="duplicate_lead",
        extra={"leadId": lead_id, "reason": shared},
    )
