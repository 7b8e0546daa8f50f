"""Members of a workspace, and invitations."""

from api.deps import CallerDep, PageDep, PathIDOf, UnitOfWorkDep
from api.envelope import listed, ok
from api.routing import api_router
from persistence.models.invitation import Invitation
from persistence.types import InvitationID, UserID, WorkspaceID
from tools.members import invitations, service
from tools.members.invitations import Place
from tools.members.listing import list_people
from tools.members.schemas import (
    InvitationAccept,
    InvitationCreate,
    InvitedRead,
    MemberRead,
    MemberUser,
    RoleChange,
)
from tools.schemas import Envelope, PageEnvelope

router = api_router("members")


@router.get("/workspaces/{workspace_id}/members")
async def list_members(
    workspace_id: PathIDOf[WorkspaceID], caller: CallerDep, uow: UnitOfWorkDep, page: PageDep
) -> PageEnvelope[MemberRead]:
    """The members; for admins and owners the open invitations follow them."""
    found = await list_people(uow, caller, workspace_id, page)
    shown = [_member(person) if isinstance(person, Place) else _invited(person) for person in found.items]
    return listed(shown, found)


@router.post("/workspaces/{workspace_id}/members", status_code=201)
async def invite_member(
    workspace_id: PathIDOf[WorkspaceID], body: InvitationCreate, caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[InvitedRead]:
    """Invite somebody, at most to one's own role. Nothing sends mail: pass the `inviteToken` on; it is shown this once.

    An open invitation of the same address is replaced. For admins and owners.
    """
    offer = await invitations.invite(uow, caller, workspace_id, body)
    fields = {name: getattr(_invited(offer.invitation), name) for name in MemberRead.model_fields}
    return ok(InvitedRead(**fields, invite_token=offer.token), "Invitation created.")


@router.delete("/workspaces/{workspace_id}/invitations/{invitation_id}")
async def withdraw_invitation(
    workspace_id: PathIDOf[WorkspaceID],
    invitation_id: PathIDOf[InvitationID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
) -> Envelope[None]:
    """Take an open invitation back. For admins and owners."""
    await invitations.withdraw(uow, caller, workspace_id, invitation_id)
    return ok(None, "Invitation withdrawn.")


@router.post("/invitations/accept")
async def accept_invitation(
    body: InvitationAccept, caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[MemberRead]:
    """Join a workspace with an invitation's token, which works once."""
    place = await invitations.accept(uow, caller, body.token)
    return ok(_member(place), "You are a member now.")


@router.put("/workspaces/{workspace_id}/members/{user_id}")
async def change_member(
    workspace_id: PathIDOf[WorkspaceID],
    user_id: PathIDOf[UserID],
    body: RoleChange,
    caller: CallerDep,
    uow: UnitOfWorkDep,
) -> Envelope[MemberRead]:
    """Change a member's role, at most to one's own; an owner who sets `owner` hands the workspace over.

    Anybody may lower their own role, but the last owner stays (409). For admins and owners.
    """
    place = await service.change_role(uow, caller, workspace_id, user_id, body.role)
    return ok(_member(place), "Role changed.")


@router.delete("/workspaces/{workspace_id}/members/{user_id}")
async def remove_member(
    workspace_id: PathIDOf[WorkspaceID], user_id: PathIDOf[UserID], caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[None]:
    """Leave a workspace, or as admin or owner remove somebody. The last owner stays (409)."""
    await service.remove_member(uow, caller, workspace_id, user_id)
    return ok(None, "Member removed.")


def _member(place: Place) -> MemberRead:
    member, user = place.member, place.user
    return MemberRead(
        id=member.id,
        user_id=member.user_id,
        workspace_id=member.workspace_id,
        role=member.role,
        status="active",
        user=MemberUser(id=user.id, email=user.email, display_name=user.name),
        created_at=member.created_at,
        expires_at=None,
    )


def _invited(invitation: Invitation) -> MemberRead:
    return MemberRead(
        id=invitation.id,
        user_id=None,
        workspace_id=invitation.workspace_id,
        role=invitation.role,
        status="invited",
        user=MemberUser(id=None, email=invitation.email, display_name=None),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )
