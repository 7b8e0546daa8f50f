"""What the database knows of a caller."""

from sqlalchemy import select

from persistence.models.user import Client, EntityStatus, User
from persistence.models.workspace import ProjectStatus, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import UserID
from tools.access import Caller
from tools.errors import Forbidden
from tools.users.schemas import Me, MyWorkspace

MAX_WORKSPACES = 1_000


async def read_me(uow: UnitOfWork, caller: Caller) -> Me:
    """The caller and their workspaces (the first thousand), oldest first."""
    role = (await uow.session.execute(select(User.role).where(User.id == caller.user_id))).scalar_one()
    statement = (
        select(Workspace.id, Workspace.name, WorkspaceMember.role)
        .join(WorkspaceMember, WorkspaceMember.workspace_id == Workspace.id)
        .where(WorkspaceMember.user_id == caller.user_id, Workspace.status != ProjectStatus.DELETING)
        .order_by(Workspace.id)
        .limit(MAX_WORKSPACES)
    )
    rows = (await uow.session.execute(statement)).all()
    return Me(
        user_id=caller.user_id,
        client_id=caller.client_id,
        supabase_user_id=caller.supabase_user_id,
        email=caller.email,
        name=caller.name,
        role=role,
        workspaces=[MyWorkspace(id=id_, name=name, role=member_role) for id_, name, member_role in rows],
    )


async def caller_of_user(uow: UnitOfWork, user_id: UserID) -> Caller:
    """The caller that a user is, for work that goes on without their token. Raises Forbidden for a disabled user."""
    statement = (
        select(User.client_id, User.supabase_user_id, User.email, User.name, User.status, Client.status)
        .join(Client, Client.id == User.client_id)
        .where(User.id == user_id)
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if (
        row is None
        or row.supabase_user_id is None
        or any(found is not EntityStatus.ACTIVE for found in row[4:])
    ):
        raise Forbidden("This account is disabled.", code="account_disabled")
    return Caller(user_id, row.client_id, row.supabase_user_id, row.email, row.name)
