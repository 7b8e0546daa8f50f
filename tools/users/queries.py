"""What the database knows of a caller."""

from sqlalchemy import select

from persistence.models.user import User
from persistence.models.workspace import ProjectStatus, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from tools.access import Caller
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
