"""Readings of a workspace's websites."""

from sqlalchemy import func, select

from persistence.models.page_snapshot import PageSnapshot
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID


async def latest_snapshots(
    uow: UnitOfWork, workspace_id: WorkspaceID, *, limit: int = 5
) -> list[PageSnapshot]:
    """The newest reading of each page, newest first. The caller has checked who asks."""
    newest = (
        select(func.max(PageSnapshot.id))
        .where(PageSnapshot.workspace_id == workspace_id)
        .group_by(PageSnapshot.url)
    )
    return await Repository(uow.session, PageSnapshot).get_all(
        PageSnapshot.id.in_(newest), order_by=[PageSnapshot.id.desc()], limit=limit
    )
