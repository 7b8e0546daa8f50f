"""Invitations: offered once, as a token of which only the hash is stored, and accepted by whoever brings it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from persistence.models.invitation import Invitation
from persistence.models.user import User
from persistence.models.workspace import ProjectRole, WorkspaceMember
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import InvitationID, WorkspaceID, utc_now
from tools.access import Caller, require_role
from tools.audit import service as audit
from tools.errors import Conflict, NotFound
from tools.members.queries import add_member, lock_workspace, pending, people, revoke_invitations
from tools.members.rules import may_invite
from tools.members.schemas import InvitationCreate

LIFETIME = timedelta(days=7)
MAX_PENDING = 500


@dataclass(frozen=True)
class Offer:
    """A new invitation and the token that goes with it, which is nowhere stored."""

    invitation: Invitation
    token: str


@dataclass(frozen=True)
class Place:
    """A membership and the person who holds it."""

    member: WorkspaceMember
    user: User


async def invite(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, new: InvitationCreate) -> Offer:
    """Offer somebody a role. An open offer to the same address is replaced. For admins and owners.

    Raises NotFound, Forbidden, Invalid for `owner`, Conflict when too many offers are open.
    """
    await require_role(uow, caller, workspace_id, ProjectRole.ADMIN)
    await lock_workspace(uow, workspace_id)
    access = await require_role(
        uow, caller, workspace_id, ProjectRole.ADMIN
    )  # nobody is demoted from here on
    may_invite(access.role, new.role)
    await revoke_invitations(uow, workspace_id, Invitation.email == new.email)
    invitations = Repository(uow.session, Invitation)
    if await invitations.count(pending(workspace_id)) >= MAX_PENDING:
        raise Conflict(f"There are {MAX_PENDING} open invitations; take some back first.")
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        workspace_id=workspace_id,
        email=new.email,
        role=new.role,
        token_hash=_hash(token),
        invited_by_user_id=caller.user_id,
        expires_at=utc_now() + LIFETIME,
    )
    await invitations.create(invitation)
    await audit.record(
        uow,
        caller,
        workspace_id,
        entity="invitation",
        entity_id=invitation.id,
        action="created",
        after={"role": new.role.value},
    )
    return Offer(invitation, token)


async def accept(uow: UnitOfWork, caller: Caller, token: str) -> Place:
    """Make the caller a member. The token works once, also when it is sent twice at the same time.

    Raises NotFound for an unknown or withdrawn token; Conflict when it is used or expired, or the caller is a member.
    """
    invitation = await Repository(uow.session, Invitation).get(
        Invitation.token_hash == _hash(token), Invitation.revoked_at.is_(None), for_update=True
    )
    if invitation is None:
        raise NotFound("There is no such invitation.")
    if invitation.accepted_at is not None:
        raise Conflict("This invitation has been used.", code="invitation_used")
    if invitation.expires_at <= utc_now():
        raise Conflict("This invitation has expired.", code="invitation_expired")
    member = await add_member(uow, invitation.workspace_id, caller.user_id, invitation.role)
    if member is None:
        raise Conflict("You are a member of this workspace already.", code="already_member")
    invitation.accepted_at = utc_now()
    invitation.accepted_by_user_id = caller.user_id
    await audit.record(
        uow,
        caller,
        invitation.workspace_id,
        entity="member",
        entity_id=caller.user_id,
        action="joined",
        after={"role": invitation.role.value, "invitationId": invitation.id},
    )
    users = await people(uow, [caller.user_id])
    return Place(member, users[caller.user_id])


async def withdraw(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, invitation_id: InvitationID
) -> None:
    """Take an open invitation back. For admins and owners. Raises NotFound, Forbidden."""
    await require_role(uow, caller, workspace_id, ProjectRole.ADMIN)
    invitation = await Repository(uow.session, Invitation).get(
        pending(workspace_id), Invitation.id == invitation_id, for_update=True
    )
    if invitation is None:
        raise NotFound("There is no such invitation.")
    invitation.revoked_at = utc_now()
    await audit.record(
        uow,
        caller,
        workspace_id,
        entity="invitation",
        entity_id=invitation_id,
        action="withdrawn",
        before={"role": invitation.role.value},
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
