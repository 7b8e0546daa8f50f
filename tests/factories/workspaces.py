"""Workspaces and their members."""

from typing import Any

from persistence.models.user import User
from persistence.models.workspace import ProjectRole, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from tests.factories.numbers import next_number
from tests.factories.rows import insert
from tests.factories.users import make_user


async def make_workspace(uow: UnitOfWork, *, owner: User | None = None, **values: Any) -> Workspace:
    """A workspace owned by `owner`, or by a new user in a Client of their own."""
    owner = owner or await make_user(uow)
    number = next_number()
    defaults = {
        "client_id": owner.client_id,
        "owner_user_id": owner.id,
        "name": f"Workspace {number}",
        "website": f"https://company{number}.example",
    }
    workspace = await insert(uow, Workspace, defaults, values)
    await make_member(uow, workspace, owner, ProjectRole.OWNER)
    return workspace


async def make_member(
    uow: UnitOfWork, workspace: Workspace, user: User, role: ProjectRole = ProjectRole.MEMBER
) -> WorkspaceMember:
    """A user's place in a workspace."""
    return await insert(
        uow, WorkspaceMember, {"workspace_id": workspace.id, "user_id": user.id, "role": role}, {}
    )
