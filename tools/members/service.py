"""Members: who is in a workspace and with which role; how roles change, and how people go."""

from persistence.models.invitation import Invitation
from persistence.models.workspace import ProjectRole, Workspace, WorkspaceMember
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import UserID, WorkspaceID
from tools.access import ROLE_RANK, Caller, require_role
from tools.audit import service as audit
from tools.errors import NotFound
from tools.members import rules
from tools.members.invitations import Place
from tools.members.queries import lock_workspace, people, revoke_invitations

Places = dict[UserID, WorkspaceMember]


async def change_role(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, user_id: UserID, role: ProjectRole
) -> Place:
    """Give a member another role. An owner who makes somebody owner hands the workspace over, and may then go.

    Raises NotFound, Forbidden, Conflict when the last owner would step down.
    """
    workspace, places = await _locked(uow, caller, workspace_id)
    actor = places[caller.user_id].role
    if user_id == caller.user_id:
        rules.may_change_self(actor, role, owners=_owners(places))
    else:
        rules.may_manage(actor)
        rules.may_change_other(actor, _place(places, user_id).role, role)
    member = _place(places, user_id)
    present = member.role
    if role is not present:
        member.role = role
        _settle_ownership(workspace, places, newest=user_id if role is ProjectRole.OWNER else None)
        await _withdraw_offers(uow, workspace_id, user_id, role)
        await _record(uow, caller, workspace_id, user_id, present, role)
    return Place(member, (await people(uow, [user_id]))[user_id])


async def remove_member(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, user_id: UserID) -> None:
    """Take somebody out of a workspace, or leave it oneself.

    Raises NotFound, Forbidden, Conflict when the last owner would go.
    """
    workspace, places = await _locked(uow, caller, workspace_id)
    actor = places[caller.user_id].role
    if user_id == caller.user_id:
        rules.may_leave(actor, owners=_owners(places))
    else:
        rules.may_manage(actor)
        rules.may_remove_other(actor, _place(places, user_id).role)
    member = places.pop(user_id)
    _settle_ownership(workspace, places)
    await _withdraw_offers(uow, workspace_id, user_id, None)
    await _record(uow, caller, workspace_id, user_id, member.role, None)
    await Repository(uow.session, WorkspaceMember).delete(WorkspaceMember.id == member.id)


async def _locked(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> tuple[Workspace, Places]:
    """The workspace and its members, as they are now and stay until the transaction ends."""
    await require_role(uow, caller, workspace_id)
    workspace = await lock_workspace(uow, workspace_id)
    members = await Repository(uow.session, WorkspaceMember).get_all(
        WorkspaceMember.workspace_id == workspace_id, order_by=[WorkspaceMember.id.asc()]
    )
    places = {member.user_id: member for member in members}
    if workspace is None or caller.user_id not in places:
        raise NotFound("There is no such workspace.")
    return workspace, places


def _place(places: Places, user_id: UserID) -> WorkspaceMember:
    if user_id not in places:
        raise NotFound("There is no such member.")
    return places[user_id]


def _owners(places: Places) -> int:
    return sum(member.role is ProjectRole.OWNER for member in places.values())


def _settle_ownership(workspace: Workspace, places: Places, *, newest: UserID | None = None) -> None:
    """Let the workspace name an owner who is one: the newest, the present one, or the one who is here longest."""
    owners = [user_id for user_id, member in places.items() if member.role is ProjectRole.OWNER]
    if newest is not None:
        workspace.owner_user_id = newest
    elif workspace.owner_user_id not in owners:
        workspace.owner_user_id = owners[0]


async def _withdraw_offers(
    uow: UnitOfWork, workspace_id: WorkspaceID, user_id: UserID, role: ProjectRole | None
) -> None:
    """Take back the open invitations of somebody who may invite no longer."""
    if role is None or ROLE_RANK[role] < ROLE_RANK[ProjectRole.ADMIN]:
        await revoke_invitations(uow, workspace_id, Invitation.invited_by_user_id == user_id)


async def _record(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    user_id: UserID,
    before: ProjectRole,
    after: ProjectRole | None,
) -> None:
    await audit.record(
        uow,
        caller,
        workspace_id,
        entity="member",
        entity_id=user_id,
        action="removed" if after is None else "role_changed",
        before={"role": before.value},
        after=None if after is None else {"role": after.value},
    )
