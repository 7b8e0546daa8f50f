"""The one way to a message's row: through the reader's membership in its lead's workspace."""

from sqlalchemy import select

from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage, OutreachStatus
from persistence.models.sender_profile import LinkedinTier, SenderProfile
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import LeadID, WorkspaceID
from tools.access import Caller
from tools.errors import NotFound
from tools.leads.queries import lead_of

NO_MESSAGE = "There is no such message."


async def message_of(
    uow: UnitOfWork,
    caller: Caller,
    message_id: int,
    minimum: ProjectRole = ProjectRole.VIEWER,
    *,
    for_update: bool = False,
) -> tuple[OutreachMessage, Lead]:
    """A message of a workspace of the caller's, and its lead. Raises NotFound (also for foreign ones) and Forbidden.

    `for_update` locks the lead, then the message: everything that changes messages goes through their lead.
    """
    lead_id = await lead_id_of(uow, message_id)
    try:
        lead = await lead_of(uow, caller, lead_id, minimum, for_update=for_update)
    except NotFound as error:
        raise NotFound(NO_MESSAGE) from error
    statement = select(OutreachMessage).where(OutreachMessage.id == message_id)
    if for_update:
        statement = statement.with_for_update()
    fresh = statement.execution_options(populate_existing=True)
    message = (await uow.session.execute(fresh)).scalar_one_or_none()
    if message is None:
        raise NotFound(NO_MESSAGE)
    return message, lead


async def lead_id_of(uow: UnitOfWork, message_id: int) -> LeadID:
    """Whom a message is for. Raises NotFound."""
    statement = select(OutreachMessage.lead_id).where(OutreachMessage.id == message_id)
    lead_id = (await uow.session.execute(statement)).scalar_one_or_none()
    if lead_id is None:
        raise NotFound(NO_MESSAGE)
    return lead_id


async def statuses_of(uow: UnitOfWork, lead_id: LeadID) -> set[OutreachStatus]:
    """Every status that a message of this lead has."""
    statement = select(OutreachMessage.status).where(OutreachMessage.lead_id == lead_id).distinct()
    return set((await uow.session.execute(statement)).scalars())


async def linkedin_tier_of(uow: UnitOfWork, workspace_id: WorkspaceID) -> LinkedinTier | None:
    """The sender's LinkedIn account."""
    statement = select(SenderProfile.linkedin_tier).where(SenderProfile.workspace_id == workspace_id)
    return (await uow.session.execute(statement)).scalar_one_or_none()
