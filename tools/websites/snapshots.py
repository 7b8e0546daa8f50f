"""PageSnapshots of a reading: stored as extracted before a model sees them, and then with the text that was cleaned."""

from collections.abc import Sequence

from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller, require_role
from tools.providers.website.reader import Page

MAX_URL = 2_048


async def store_snapshots(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, pages: Sequence[Page]
) -> list[int]:
    """Store each page with date and hash, once however often it is asked; their ids in the order given.

    Raises NotFound and Forbidden for who may not keep them any more.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    return [await _store(uow, workspace_id, page) for page in pages]


async def refine_snapshots(uow: UnitOfWork, ids: Sequence[int], pages: Sequence[Page]) -> None:
    """Give stored pages the text that was left of them when they were cleaned."""
    snapshots = Repository(uow.session, PageSnapshot)
    for id_, page in zip(ids, pages, strict=True):
        values = {"content": page.text, "content_hash": page.content_hash}
        await snapshots.update(values, PageSnapshot.id == id_)


async def _store(uow: UnitOfWork, workspace_id: WorkspaceID, page: Page) -> int:
    snapshots = Repository(uow.session, PageSnapshot)
    url = page.asked[:MAX_URL]
    here = (PageSnapshot.workspace_id == workspace_id, PageSnapshot.url == url)
    # Of an attempt that died right after it stored this very page.
    there = await snapshots.get(*here, PageSnapshot.fetched_at == page.fetched_at)
    if there is not None:
        return there.id
    snapshot = PageSnapshot(
        workspace_id=workspace_id,
        url=url,
        final_url=page.url[:MAX_URL],
        title=page.title,
        description=page.description,
        favicon_url=page.favicon,
        content=page.text,
        content_hash=page.content_hash,
        fetched_at=page.fetched_at,
    )
    await snapshots.create(snapshot)
    return snapshot.id
