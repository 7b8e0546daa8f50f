"""Who may change whose role."""

from collections.abc import Callable
from itertools import product

import pytest

from persistence.models.workspace import ProjectRole
from tools.access import ROLE_RANK
from tools.errors import Conflict, Forbidden, Invalid
from tools.members import rules

OWNER, ADMIN, MEMBER, VIEWER = ProjectRole.OWNER, ProjectRole.ADMIN, ProjectRole.MEMBER, ProjectRole.VIEWER


def _allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except (Forbidden, Conflict, Invalid):
        return False
    return True


@pytest.mark.parametrize(("actor", "present", "new"), list(product(ProjectRole, repeat=3)))
def test_nobody_acts_on_or_gives_a_role_above_their_own(
    actor: ProjectRole, present: ProjectRole, new: ProjectRole
) -> None:
    allowed = _allowed(lambda: rules.may_manage(actor)) and _allowed(
        lambda: rules.may_change_other(actor, present, new)
    )
    reaches = max(ROLE_RANK[present], ROLE_RANK[new]) <= ROLE_RANK[actor]
    assert allowed == (actor in {OWNER, ADMIN} and reaches)


@pytest.mark.parametrize(("present", "new"), list(product(ProjectRole, repeat=2)))
def test_one_may_step_down_but_never_up(present: ProjectRole, new: ProjectRole) -> None:
    allowed = _allowed(lambda: rules.may_change_self(present, new, owners=2))
    assert allowed == (ROLE_RANK[new] <= ROLE_RANK[present])


@pytest.mark.parametrize("new", [ADMIN, MEMBER, VIEWER])
def test_the_last_owner_stays(new: ProjectRole) -> None:
    with pytest.raises(Conflict) as refused:
        rules.may_change_self(OWNER, new, owners=1)
    assert refused.value.error_code == "last_owner"
    with pytest.raises(Conflict):
        rules.may_leave(OWNER, owners=1)


@pytest.mark.parametrize(("actor", "offered"), list(product([OWNER, ADMIN], ProjectRole)))
def test_an_invitation_offers_at_most_ones_own_role_and_never_ownership(
    actor: ProjectRole, offered: ProjectRole
) -> None:
    if offered is OWNER:
        with pytest.raises(Invalid) as refused:
            rules.may_invite(actor, offered)
        assert refused.value.errors[0].pointer == "/role"
    else:
        rules.may_invite(actor, offered)
