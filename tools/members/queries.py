"""What services ask about members and invitations beyond the six methods."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.dialects.postgresql import insert

from persistence.models.invitation import Invitation
from persistence.models.user import User
from persistence.models.workspace import ProjectRole, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import UserID, WorkspaceID, utc_now


async def lock_workspace(uow: UnitOfWork, workspace_id: WorkspaceID) -> Workspace | None:
    """The workspace, locked against other changes of its members; None when it is gone.

    Rows that refer to the workspace may still be added meanwhile.
    """
    statement = select(Workspace).where(Workspace.id == workspace_id).with_for_update(key_share=True)
    return (await uow.session.execute(statement)).scalar_one_or_none()


async def people(uow: UnitOfWork, user_ids: Sequence[UserID]) -> dict[UserID, User]:
    """The users with these ids."""
    rows = (await uow.session.execute(select(User).where(User.id.in_(user_ids)))).scalars()
    return {user.id: user for user in rows}


async def add_member(
    uow: UnitOfWork, workspace_id: WorkspaceID, user_id: UserID, role: ProjectRole
) -> WorkspaceMember | None:
    """The new membership; None when the user is a member already, even since a moment ago."""
    statement = (
        insert(WorkspaceMember)
        .values(workspace_id=workspace_id, user_id=user_id, role=role)
        .on_conflict_do_nothing(index_elements=[WorkspaceMember.workspace_id, WorkspaceMember.user_id])
        .returning(WorkspaceMember)
    )
    return (await uow.session.execute(statement)).scalar_one_or_none()


def pending(workspace_id: WorkspaceID) -> ColumnElement[bool]:
    """An invitation of this workspace that can still be accepted."""
    return and_(
        Invitation.workspace_id == workspace_id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > utc_now(),
    )


async def revoke_invitations(uow: UnitOfWork, workspace_id: WorkspaceID, *where: ColumnElement[bool]) -> None:
    """Take back those open invitations of a workspace that match."""
    statement = update(Invitation).where(pending(workspace_id), *where).values(revoked_at=utc_now())
    await uow.session.execute(statement.execution_options(synchronize_session=False))
