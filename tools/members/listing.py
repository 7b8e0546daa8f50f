"""The list of a workspace's people: its members, then, for those who manage them, the open invitations."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from persistence.models.invitation import Invitation
from persistence.models.workspace import ProjectRole, WorkspaceMember
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import ROLE_RANK, Access, Caller, require_role
from tools.members.invitations import Place
from tools.members.queries import pending, people
from tools.paging import Page, PageRequest, page_of

INVITED = "invited."
"""Begins the cursors that go on among the invitations."""

Person = Place | Invitation


async def list_people(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, page: PageRequest
) -> Page[Person]:
    """Members by user id, then open invitations by age, as one list. Raises NotFound, Invalid for a wrong cursor."""
    access = await require_role(uow, caller, workspace_id)
    if ROLE_RANK[access.role] < ROLE_RANK[ProjectRole.ADMIN]:
        return await _members(uow, access, page)
    total = await _total(uow, access) if page.count else None
    people_found: list[Person] = []
    if page.cursor is None or not page.cursor.startswith(INVITED):
        members = await _members(uow, access, replace(page, count=False))
        if members.next_cursor is not None:
            return replace(members, total=total)
        people_found += members.items
        page = replace(page, cursor=INVITED)
    invited, cursor = await _invited(uow, access, page, room=page.limit - len(people_found))
    return Page([*people_found, *invited], page.limit, cursor, total)


async def _members(uow: UnitOfWork, access: Access, page: PageRequest) -> Page[Place]:
    statement = select(WorkspaceMember).where(WorkspaceMember.workspace_id == access.workspace_id)
    found = await page_of(uow, statement, [WorkspaceMember.user_id], page)
    users = await people(uow, [member.user_id for member in found.items])
    places = [Place(member, users[member.user_id]) for member in found.items]
    return Page(places, found.limit, found.next_cursor, found.total)


async def _invited(
    uow: UnitOfWork, access: Access, page: PageRequest, *, room: int
) -> tuple[Sequence[Invitation], str | None]:
    """Up to `room` open invitations behind the cursor, and the cursor of what follows them."""
    if room == 0:
        more = await Repository(uow.session, Invitation).count(pending(access.workspace_id))
        return [], INVITED if more else None
    after = (page.cursor or INVITED).removeprefix(INVITED) or None
    statement = select(Invitation).where(pending(access.workspace_id))
    found = await page_of(uow, statement, [Invitation.id], PageRequest(room, after))
    return found.items, None if found.next_cursor is None else INVITED + found.next_cursor


async def _total(uow: UnitOfWork, access: Access) -> int:
    members = Repository(uow.session, WorkspaceMember)
    invitations = Repository(uow.session, Invitation)
    here = WorkspaceMember.workspace_id == access.workspace_id
    return await members.count(here) + await invitations.count(pending(access.workspace_id))
