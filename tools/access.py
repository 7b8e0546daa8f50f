"""Who is calling, and what they may do in a workspace. The one place where membership is checked."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import ClientID, UserID, WorkspaceID
from tools.errors import Forbidden, NotFound

ROLE_RANK: dict[ProjectRole, int] = {
    ProjectRole.VIEWER: 0,
    ProjectRole.MEMBER: 1,
    ProjectRole.ADMIN: 2,
    ProjectRole.OWNER: 3,
}


@dataclass(frozen=True)
class Caller:
    """A signed-in person: identity is the token's `sub`, never the e-mail address."""

    user_id: UserID
    client_id: ClientID
    supabase_user_id: UUID
    email: str | None
    name: str


@dataclass(frozen=True)
class Access:
    """A caller's place in one workspace. Only what reads the membership makes one: `require_role`, and the loaders of rows."""

    caller: Caller
    workspace_id: WorkspaceID
    role: ProjectRole

    def require(self, minimum: ProjectRole) -> None:
        """Raise Forbidden when the role is lower than `minimum`."""
        if ROLE_RANK[self.role] < ROLE_RANK[minimum]:
            raise Forbidden(f"This needs the role {minimum.value} or higher; yours is {self.role.value}.")


ROLE = (
    select(WorkspaceMember.role)
    .join(Workspace, Workspace.id == WorkspaceMember.workspace_id)
    .where(
        WorkspaceMember.workspace_id == bindparam("workspace"),
        WorkspaceMember.user_id == bindparam("user"),
        Workspace.status != ProjectStatus.DELETING,
    )
)
"""The caller's role, no row for who is no member. Built once, for every request asks it; others add columns to it."""


async def require_role(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, minimum: ProjectRole = ProjectRole.VIEWER
) -> Access:
    """The caller's access to a workspace.

    Raises NotFound when the workspace is missing or the caller is no member, Forbidden when the role is too low.
    """
    role = (await uow.session.execute(ROLE, {"workspace": workspace_id, "user": caller.user_id})).scalar()
    if role is None:
        raise no_workspace()
    access = Access(caller, workspace_id, role)
    access.require(minimum)
    return access


def no_workspace() -> NotFound:
    """What a stranger is told, whether the workspace exists or not."""
    return NotFound("There is no such workspace.")
