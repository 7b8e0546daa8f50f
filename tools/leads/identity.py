"""Who is the same lead: duplicates within a workspace, held off by unique indexes and found before they are met.

Adding, moving and renaming leads of one workspace takes turns (`take_turn`): two that add the same people in another
order would otherwise wait for each other for ever, and a company could be claimed for two experiments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import func, select, update

from persistence.models.lead import Lead
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID, WorkspaceID
from tools.access import Caller
from tools.errors import Conflict
from tools.keys import company_key, email_key, linkedin_key
from tools.read_models import InTransaction

ASKED = """
SELECT l."LeadID" AS id, l."LinkedinKey" AS linkedin, l."EmailKey" AS email, c."DeletedAt" IS NOT NULL AS deleted
FROM "Leads" l JOIN "Campaigns" c ON c."CampaignID" = l."CampaignID"
WHERE l."ProjectID" = $1::bigint AND {} = ANY ({})
"""
SHARING = " UNION ALL ".join(
    [ASKED.format('l."LinkedinKey"', "$2::text[]"), ASKED.format('l."EmailKey"', "$3::text[]")]
)

Shared = Literal["linkedin_url", "email"]


class Keys(NamedTuple):
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

    def __bool__(self) -> bool:
        """Whether any is."""
        return bool(self.by_linkedin or self.by_email)

    def find(self, keys: Keys) -> tuple[LeadID, Shared] | None:
        """The lead that has one of the keys, and which."""
        if keys.linkedin is not None and keys.linkedin in self.by_linkedin:
            return self.by_linkedin[keys.linkedin], "linkedin_url"
        if keys.email is not None and keys.email in self.by_email:
            return self.by_email[keys.email], "email"
        return None


TAKE_TURN = """
SELECT pg_advisory_xact_lock(hashtextextended('leads of ' || m."ProjectID", 0)),
  CASE WHEN $3::bool THEN set_config('plan_cache_mode', 'force_custom_plan', true) END
FROM "Campaigns" c JOIN "ProjectUsers" m ON m."ProjectID" = c."ProjectID"
WHERE c."CampaignID" = $1::bigint AND m."UserID" = $2::bigint AND m."Role" <> 'viewer'
"""


async def take_turn_at(uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, *, many: bool) -> None:
    """`take_turn` in the workspace of a campaign, when the caller may write there; who may not is told by what comes next.

    `many`: statements that follow are planned for the tables as they are now (`tools/lookups.py`).
    """
    await InTransaction(uow).rows(TAKE_TURN, campaign_id, caller.user_id, many)


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
    profiles = [key.linkedin for key in keys if key.linkedin is not None]
    addresses = [key.email for key in keys if key.email is not None]
    if not profiles and not addresses:
        return []
    return await InTransaction(uow).rows(SHARING, workspace_id, profiles, addresses)


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
