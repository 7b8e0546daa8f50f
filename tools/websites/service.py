"""Website readings of a workspace: who may ask, what is kept."""

from typing import Any

from sqlalchemy import select

from persistence.models.job import AsyncJobType, Job
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace, WorkspaceMember
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller, require_role
from tools.errors import FieldError, Invalid, NotFound
from tools.jobs.service import NewItem, submit
from tools.providers.website.reader import Page, WebsiteReader
from tools.queue import Queue
from tools.usage.service import Spender, record_usage
from tools.websites.reading import SiteReading
from tools.websites.schemas import PageRead, ScrapeRequest, WebsiteRead

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


async def start_reading(
    uow: UnitOfWork, caller: Caller, request: ScrapeRequest, *, reader: WebsiteReader, queue: Queue
) -> Job:
    """A job that reads the website. It belongs to the workspace that pays for it.

    Raises WebsiteRefused for what is no public web address, NotFound or Forbidden as `paying_workspace`, and Invalid
    when the caller has no workspace at all.
    """
    payer = await paying_workspace(uow, caller, request.workspace_id)
    if payer is None:
        raise Invalid("A job needs a workspace.", [FieldError("/workspaceId", "Name a workspace of yours.")])
    url = reader.accept(request.url)
    item = NewItem({"url": url, "depth": request.depth, "workspaceId": request.workspace_id})
    return await submit(uow, caller, payer, AsyncJobType.WEBSITE_SCRAPE, [item], queue=queue)


async def keep_reading(uow: UnitOfWork, workspace_id: WorkspaceID, reading: SiteReading) -> None:
    """Store each page with date and hash, and show the reading in the workspace. Whoever asked was let in before.

    Raises NotFound when the workspace is gone, or going.
    """
    workspaces = Repository(uow.session, Workspace)
    workspace = await workspaces.get(Workspace.id == workspace_id, for_update=True)
    if workspace is None or workspace.status is ProjectStatus.DELETING:
        raise NotFound("There is no such workspace.")
    snapshots = [_snapshot(workspace_id, page) for page in reading.pages]
    await Repository(uow.session, PageSnapshot).create(*snapshots)
    values: dict[str, Any] = {"website_scrape": website_read(reading).model_dump(mode="json", by_alias=True)}
    favicon = reading.first.favicon
    if favicon and len(favicon) <= MAX_FAVICON:
        values["favicon_url"] = favicon
    await workspaces.update(values, Workspace.id == workspace_id)


async def record_reading(uow: UnitOfWork, spender: Spender, reading: SiteReading) -> None:
    """Note the tokens that the clean-up used."""
    await record_usage(uow, spender, reading.meter, graph=GRAPH)


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


def _snapshot(workspace_id: WorkspaceID, page: Page) -> PageSnapshot:
    return PageSnapshot(
        workspace_id=workspace_id,
        url=page.asked[:2048],
        final_url=page.url[:2048],
        title=page.title,
        description=page.description,
        favicon_url=page.favicon,
        content=page.text,
        content_hash=page.content_hash,
        fetched_at=page.fetched_at,
    )
