"""Who may start a turn, asked in one statement that also makes the starts of one person wait for one another."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from persistence.driver.connections import DirectTransaction
from persistence.driver.statements import DirectStatement
from persistence.models.user import Client, EntityStatus, User
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import ROLE, Access, Caller, no_workspace
from tools.errors import Forbidden, Unauthenticated

LOCK_SPACE = 0x7475726E
"""First key of the advisory locks that make one person's starts wait for one another ("turn")."""

ADMISSION = (
    select(
        User.status,
        Client.status,
        ROLE.scalar_subquery().label("role"),
        func.pg_advisory_xact_lock(LOCK_SPACE, func.hashint8(bindparam("user"))),
    )
    .join(Client, Client.id == User.client_id)
    .where(User.id == bindparam("user"))
)
"""The lock comes with what is asked first, a statement before the turns are counted: only a later one sees all of them."""


DIRECT_ADMISSION = DirectStatement(ADMISSION)


async def admit(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> Access:
    """The access of a caller who may start turns here. Until the transaction ends, others of the same person wait.

    Raises Unauthenticated for a user that is gone, Forbidden for a disabled one and for a role below member, NotFound
    when the caller is no member: callers may come here whose user was looked up a moment ago.
    """
    given = {"workspace": workspace_id, "user": caller.user_id}
    row = (await uow.session.execute(ADMISSION, given)).one_or_none()
    return _access(caller, workspace_id, None if row is None else row[:3])


async def admit_directly(transaction: DirectTransaction, caller: Caller, workspace_id: WorkspaceID) -> Access:
    """The same in a transaction of the driver's own."""
    given = DIRECT_ADMISSION.arguments(workspace=workspace_id, user=caller.user_id)
    rows = await transaction.rows(DIRECT_ADMISSION.text, *given)
    return _access(caller, workspace_id, rows[0][:3] if rows else None)


def _access(caller: Caller, workspace_id: WorkspaceID, found: Sequence[Any] | None) -> Access:
    """What follows from the states of user and organisation and the role, as words or as members of their enums."""
    if found is None:
        raise Unauthenticated("A valid access token is needed.")
    user, client, role = found
    if EntityStatus(user) is not EntityStatus.ACTIVE or EntityStatus(client) is not EntityStatus.ACTIVE:
        raise Forbidden("This account is disabled.", code="account_disabled")
    if role is None:
        raise no_workspace()
    access = Access(caller, workspace_id, ProjectRole(role))
    access.require(ProjectRole.MEMBER)
    return access
