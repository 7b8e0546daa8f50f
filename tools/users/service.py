"""From a verified identity to a Caller: found, or made at the first call, once however many calls come at the same time."""

import re
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from persistence.models.user import Client, EntityStatus, User, UserRole
from persistence.models.workspace import ProjectRole, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import ClientID, UserID
from tools.access import Caller
from tools.errors import Conflict, Forbidden

SLUG_ATTEMPTS = 5
FIRST_WORKSPACE = "My workspace"


@dataclass(frozen=True)
class Identity:
    """Whom a token names. Only `supabase_user_id` recognises anybody; e-mail and name are the user's own words."""

    supabase_user_id: UUID
    email: str | None
    name: str


KNOWN = (
    select(User.id, User.client_id, User.email, User.name, User.status, Client.status)
    .join(Client, Client.id == User.client_id)
    .where(User.supabase_user_id == bindparam("identity"))
)


async def find_caller(uow: UnitOfWork, identity: Identity) -> Caller | None:
    """The user with this identity, or None at the first call. Raises Forbidden for a disabled user or Client."""
    given = {"identity": identity.supabase_user_id}
    row = (await uow.session.execute(KNOWN, given)).one_or_none()
    if row is None:
        return None
    user_id, client_id, email, name, *statuses = row
    if any(status is not EntityStatus.ACTIVE for status in statuses):
        raise Forbidden("This account is disabled.", code="account_disabled")
    return Caller(user_id, client_id, identity.supabase_user_id, email, name)


async def provision(uow: UnitOfWork, identity: Identity, *, first_workspace: bool) -> Caller:
    """Make Client, User and perhaps a first workspace, unless another call was quicker: then its user is returned.

    Raises Forbidden when that user is disabled, Conflict when no free slug was found.
    """
    savepoint = await uow.session.begin_nested()
    client_id = await _add_client(uow, identity)
    user_id = await _add_user(uow, identity, client_id)
    if user_id is None:
        await savepoint.rollback()
        found = await find_caller(uow, identity)
        if found is None:
            raise Conflict("This account is being changed; try again.")
        return found
    await savepoint.commit()
    caller = Caller(user_id, client_id, identity.supabase_user_id, identity.email, identity.name)
    if first_workspace:
        await _add_first_workspace(uow, caller)
    return caller


async def _add_client(uow: UnitOfWork, identity: Identity) -> ClientID:
    """The user's own organisation, with a slug nobody has."""
    name = f"{identity.name}'s organization"[:255]
    for _ in range(SLUG_ATTEMPTS):
        statement = (
            insert(Client)
            .values(name=name, slug=new_slug(identity.name))
            .on_conflict_do_nothing(index_elements=[Client.slug])
            .returning(Client.id)
        )
        client_id = (await uow.session.execute(statement)).scalar_one_or_none()
        if client_id is not None:
            return client_id
    raise Conflict("No free name was found for the organization; try again.")


async def _add_user(uow: UnitOfWork, identity: Identity, client_id: ClientID) -> UserID | None:
    """The new user's id; None when somebody else made it (this waits for the other transaction to end)."""
    statement = (
        insert(User)
        .values(
            supabase_user_id=identity.supabase_user_id,
            email=identity.email,
            name=identity.name,
            client_id=client_id,
            role=UserRole.ADMIN,
        )
        .on_conflict_do_nothing(index_elements=[User.supabase_user_id])
        .returning(User.id)
    )
    return (await uow.session.execute(statement)).scalar_one_or_none()


async def _add_first_workspace(uow: UnitOfWork, caller: Caller) -> None:
    workspace = Workspace(client_id=caller.client_id, name=FIRST_WORKSPACE, owner_user_id=caller.user_id)
    uow.session.add(workspace)
    await uow.session.flush()
    uow.session.add(
        WorkspaceMember(workspace_id=workspace.id, user_id=caller.user_id, role=ProjectRole.OWNER)
    )
    await uow.session.flush()


def new_slug(name: str) -> str:
    """A readable, hard to guess slug: letters and digits of `name`, then eight random characters."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    return f"{words or 'user'}-{secrets.token_hex(4)}"
