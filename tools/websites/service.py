"""Website readings of a workspace: who may ask, what is kept."""

from typing import Any

from sqlalchemy import select

from persistence.models.job import AsyncJobType, Job
from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace, WorkspaceMember
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller, require_role
from tools.budgets.tokens import require_tokens
from tools.errors import FieldError, Invalid, NotFound
from tools.jobs.service import NewItem, submit
from tools.queue import Queue
from tools.websites.reading import SiteReader, SiteReading, SiteRequest
from tools.websites.schemas import PageRead, ScrapeRequest, WebsiteRead
from tools.websites.snapshots import refine_snapshots

GRAPH = "website"
MAX_FAVICON = 512
"""Characters that the workspace's column holds."""


async def paying_workspace(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID | None
) -> WorkspaceID | None:
    """The workspace a reading counts against: the named one, else the caller's default (oldest) one, if any.

    Raises NotFound or Forbidden when the caller may not write to the named one.
    """
    if workspace_id is not None:
        await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
        return workspace_id
    statement = (
        select(Workspace.id)
        .join(WorkspaceMember, WorkspaceMember.workspace_id == Workspace.id)
        .where(
            WorkspaceMember.user_id == caller.user_id,
            WorkspaceMember.role != ProjectRole.VIEWER,
            Workspace.status != ProjectStatus.DELETING,
        )
        .order_by(Workspace.id)
        .limit(1)
    )
    return (await uow.session.execute(statement)).scalar_one_or_none()


async def reading_request(
    uow: UnitOfWork, caller: Caller, request: ScrapeRequest, reader: SiteReader
) -> SiteRequest:
    """What is to be read, and on whose bill.

    Raises WebsiteRefused for what is no public web address, NotFound or Forbidden as `paying_workspace`, and Invalid
    when the caller has no workspace at all.
    """
    payer = await paying_workspace(uow, caller, request.workspace_id)
    if payer is None:
        reason = FieldError("/workspaceId", "Name a workspace of yours.")
        raise Invalid("A reading needs a workspace.", [reason])
    return SiteRequest(reader.accept(request.url), request.depth, payer, request.workspace_id)


async def start_reading(
    uow: UnitOfWork, caller: Caller, request: ScrapeRequest, *, reader: SiteReader, queue: Queue
) -> Job:
    """A job that reads the website. It belongs to the workspace that pays for it.

    Raises as `reading_request` does, and QuotaExceeded when the workspace's tokens of today are spent.
    """
    asked = await reading_request(uow, caller, request, reader)
    await require_tokens(uow, asked.workspace_id)
    item = NewItem({"url": asked.url, "depth": asked.depth, "workspaceId": asked.keep_in})
    return await submit(uow, caller, asked.workspace_id, AsyncJobType.WEBSITE_SCRAPE, [item], queue=queue)


async def keep_reading(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, reading: SiteReading
) -> None:
    """Show the reading in the workspace, and keep what was left of its pages. The role is looked at again: time has passed.

    Raises NotFound when the workspace is gone, or going, and Forbidden.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    workspaces = Repository(uow.session, Workspace)
    workspace = await workspaces.get(Workspace.id == workspace_id, for_update=True)
    if workspace is None or workspace.status is ProjectStatus.DELETING:
        raise NotFound("There is no such workspace.")
    await refine_snapshots(uow, reading.snapshots, reading.pages)
    values: dict[str, Any] = {"website_scrape": website_read(reading).model_dump(mode="json", by_alias=True)}
    favicon = reading.first.favicon
    if favicon and len(favicon) <= MAX_FAVICON:
        values["favicon_url"] = favicon
    await workspaces.update(values, Workspace.id == workspace_id)


def website_read(reading: SiteReading) -> WebsiteRead:
    """The reading as the wire shows it."""
    first = reading.first
    return WebsiteRead(
        url=first.url,
        title=first.title,
        description=first.description,
        favicon=first.favicon,
        content=reading.content,
        pages=[PageRead(url=page.url, title=page.title) for page in reading.pages],
        fetched_at=reading.fetched_at,
        cleaned=reading.cleaned,
    )
