"""Discovery sessions."""

from typing import Any

from persistence.models.discovery import DiscoverySession
from persistence.models.user import User
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from tests.factories.rows import insert


async def make_session(
    uow: UnitOfWork, workspace: Workspace, *, user: User | None = None, **values: Any
) -> DiscoverySession:
    """A talk in which nothing was said yet, of `user` or of the workspace's owner."""
    defaults = {"workspace_id": workspace.id, "user_id": user.id if user else workspace.owner_user_id}
    return await insert(uow, DiscoverySession, defaults, values)
