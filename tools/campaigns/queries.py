"""The one way to a campaign's row: through its reader's membership. Deleted campaigns do not exist."""

from sqlalchemy import select

from persistence.models.campaign import Campaign
from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import CampaignID
from tools.access import Access, Caller
from tools.errors import NotFound


async def campaign_of(
    uow: UnitOfWork,
    caller: Caller,
    campaign_id: CampaignID,
    minimum: ProjectRole = ProjectRole.VIEWER,
    *,
    for_update: bool = False,
) -> Campaign:
    """A campaign of a workspace of the caller's. Raises NotFound (also for foreign ones) and Forbidden.

    `for_update` locks it against other changes; leads may still refer to it.
    """
    statement = (
        select(Campaign, WorkspaceMember.role)
        .join(Workspace, Workspace.id == Campaign.workspace_id)
        .join(WorkspaceMember, WorkspaceMember.workspace_id == Campaign.workspace_id)
        .where(
            Campaign.id == campaign_id,
            Campaign.deleted_at.is_(None),
            WorkspaceMember.user_id == caller.user_id,
            Workspace.status != ProjectStatus.DELETING,
        )
    )
    if for_update:
        statement = statement.with_for_update(of=Campaign, key_share=True)
    statement = statement.execution_options(populate_existing=True)
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("There is no such campaign.")
    campaign, role = row
    Access(caller, campaign.workspace_id, role).require(minimum)
    return campaign
