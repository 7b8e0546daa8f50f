"""The one way to a lead's row: through its reader's membership. Leads of deleted campaigns do not exist."""

from sqlalchemy import select

from persistence.models.campaign import Campaign
from persistence.models.lead import Lead
from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.access import Access, Caller
from tools.errors import NotFound


async def lead_of(
    uow: UnitOfWork,
    caller: Caller,
    lead_id: LeadID,
    minimum: ProjectRole = ProjectRole.VIEWER,
    *,
    for_update: bool = False,
) -> Lead:
    """A lead of a workspace of the caller's. Raises NotFound (also for foreign ones) and Forbidden.

    `for_update` locks it against other changes; messages and signals may still refer to it.
    """
    statement = (
        select(Lead, WorkspaceMember.role)
        .join(Campaign, Campaign.id == Lead.campaign_id)
        .join(Workspace, Workspace.id == Lead.workspace_id)
        .join(WorkspaceMember, WorkspaceMember.workspace_id == Lead.workspace_id)
        .where(
            Lead.id == lead_id,
            Campaign.deleted_at.is_(None),
            WorkspaceMember.user_id == caller.user_id,
            Workspace.status != ProjectStatus.DELETING,
        )
    )
    if for_update:
        statement = statement.with_for_update(of=Lead, key_share=True)
    statement = statement.execution_options(populate_existing=True)
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("There is no such lead.")
    lead, role = row
    Access(caller, lead.workspace_id, role).require(minimum)
    return lead
