"""Who may start a turn, asked in one statement that also makes the starts of one person wait for one another."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from persistence.models.user import Client, EntityStatus, User
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import ROLE, Access, Caller, no_workspace
from tools.errors import Forbidden, Unauthenticated

LOCK_SPACE = 0x7475726E
"""First key of the advisory locks that make one person's starts wait for one another ("turn")."""

ADMITTED = (
    select(
        User.status.label("user_status"),
        Client.status.label("client_status"),
        ROLE.scalar_subquery().label("role"),
    )
    .join(Client, Client.id == User.client_id)
    .where(User.id == bindparam("user"))
)
"""What a start depends on: for `access_of`."""
ADMISSION = ADMITTED.add_columns(func.pg_advisory_xact_lock(LOCK_SPACE, func.hashint8(bindparam("user"))))
"""The lock comes with what is asked first, a statement before the turns are counted: only a later one sees all of them."""


async def admit(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> Access:
    """The access of a caller who may start turns here. Until the transaction ends, others of the same person wait.

    Raises Unauthenticated for a user that is gone, Forbidden for a disabled one and for a role below member, NotFound
    when the caller is no member: callers may come here whose user was looked up a moment ago.
    """
    given = {"workspace": workspace_id, "user": caller.user_id}
    row = (await uow.session.execute(ADMISSION, given)).one_or_none()
    return access_of(caller, workspace_id, (None, None, None) if row is None else row[:3])


def starts_lock(caller: Caller) -> str:
    """A command that makes the person's starts wait for one another from here, as `admit` does. It goes out with the BEGIN."""
    return f"SELECT pg_advisory_xact_lock({LOCK_SPACE}, hashint8({int(caller.user_id)}))"


def access_of(caller: Caller, workspace_id: WorkspaceID, found: Sequence[Any]) -> Access:
    """What follows from the states of user and organisation and the role, as words or as members of their enums.

    All are None when the user is gone. Raises as `admit` does.
    """
    user, client, role = found
    if user is None:
        raise Unauthenticated("A valid access token is needed.")
    if EntityStatus(user) is not EntityStatus.ACTIVE or EntityStatus(client) is not EntityStatus.ACTIVE:
        raise Forbidden("This account is disabled.", code="account_disabled")
    if role is None:
        raise no_workspace()
    access = Access(caller, workspace_id, ProjectRole(role))
    access.require(ProjectRole.MEMBER)
    return access
