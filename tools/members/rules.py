"""Who may change whose role, and who may go. Pure rules: the caller holds the lock that keeps them true."""

from persistence.models.workspace import ProjectRole
from tools.access import ROLE_RANK
from tools.errors import Conflict, FieldError, Forbidden, Invalid


def may_manage(actor: ProjectRole) -> None:
    """Raise Forbidden for everybody below admin."""
    if ROLE_RANK[actor] < ROLE_RANK[ProjectRole.ADMIN]:
        raise Forbidden(f"This needs the role admin or higher; yours is {actor.value}.")


def may_invite(actor: ProjectRole, offered: ProjectRole) -> None:
    """Raise Forbidden or Invalid unless `actor` may offer this role."""
    if offered is ProjectRole.OWNER:
        pointer = FieldError("/role", "Ownership is handed over to a member, not offered in an invitation.")
        raise Invalid("Nobody is invited as owner.", [pointer])
    _reach(actor, offered)


def may_change_other(actor: ProjectRole, present: ProjectRole, new: ProjectRole) -> None:
    """Raise Forbidden unless `actor` may move another member from one role to another."""
    _reach(actor, present)
    _reach(actor, new)


def may_change_self(present: ProjectRole, new: ProjectRole, *, owners: int) -> None:
    """Raise Forbidden for a promotion, Conflict when the last owner would step down."""
    if ROLE_RANK[new] > ROLE_RANK[present]:
        raise Forbidden("Nobody raises their own role.")
    if new is not ProjectRole.OWNER:
        may_leave(present, owners=owners)


def may_remove_other(actor: ProjectRole, present: ProjectRole) -> None:
    """Raise Forbidden unless `actor` may remove a member of this role."""
    _reach(actor, present)


def may_leave(present: ProjectRole, *, owners: int) -> None:
    """Raise Conflict when the last owner would go."""
    if present is ProjectRole.OWNER and owners <= 1:
        raise Conflict("The last owner can't go. Make another member the owner first.", code="last_owner")


def _reach(actor: ProjectRole, role: ProjectRole) -> None:
    if ROLE_RANK[role] > ROLE_RANK[actor]:
        raise Forbidden(f"This needs the role {role.value}; yours is {actor.value}.")
