"""Many at once: an invitation works once, and a workspace never loses its last owner."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from persistence.models.invitation import Invitation
from persistence.models.user import User
from persistence.models.workspace import ProjectRole, Workspace, WorkspaceMember
from persistence.session import Database, UnitOfWork
from tests.factories.users import caller_of, make_user
from tests.factories.workspaces import make_member, make_workspace
from tools.errors import Conflict, QuiverError
from tools.members import invitations, service
from tools.members.schemas import InvitationCreate

Act = Callable[[UnitOfWork], Awaitable[object]]


async def _outcome(database: Database, act: Act) -> str:
    """`done`, or the code of the refusal."""
    try:
        async with database.unit_of_work() as uow:
            await act(uow)
    except QuiverError as refused:
        return refused.error_code
    return "done"


async def _roles(database: Database, workspace: Workspace) -> dict[int, ProjectRole]:
    async with database.unit_of_work() as uow:
        mine = select(WorkspaceMember).where(WorkspaceMember.workspace_id == workspace.id)
        return {row.user_id: row.role for row in (await uow.session.execute(mine)).scalars()}


async def _owners(database: Database, count: int) -> tuple[Workspace, list[User]]:
    async with database.unit_of_work() as uow:
        users = [await make_user(uow) for _ in range(count)]
        workspace = await make_workspace(uow, owner=users[0])
        for user in users[1:]:
            await make_member(uow, workspace, user, ProjectRole.OWNER)
    return workspace, users


async def _token(database: Database, workspace: Workspace, owner: User, role: ProjectRole) -> str:
    async with database.unit_of_work() as uow:
        new = InvitationCreate(email="kim@example.com", role=role)
        return (await invitations.invite(uow, caller_of(owner), workspace.id, new)).token


@pytest.mark.parametrize("way", ["leave", "step down", "remove each other"])
async def test_when_all_owners_go_at_once_one_stays(database: Database, way: str) -> None:
    workspace, users = await _owners(database, 6)

    def act(index: int) -> Act:
        user, other = users[index], users[(index + 1) % len(users)]
        target = other if way == "remove each other" else user
        if way == "step down":
            return lambda uow: service.change_role(
                uow, caller_of(user), workspace.id, user.id, ProjectRole.ADMIN
            )
        return lambda uow: service.remove_member(uow, caller_of(user), workspace.id, target.id)

    await asyncio.gather(*[_outcome(database, act(index)) for index in range(len(users))])
    roles = await _roles(database, workspace)
    owners = [user_id for user_id, role in roles.items() if role is ProjectRole.OWNER]
    assert owners
    async with database.unit_of_work() as uow:
        stored = await uow.session.get_one(Workspace, workspace.id)
    assert stored.owner_user_id in owners


async def test_a_token_sent_by_many_at_once_lets_one_in(database: Database) -> None:
    workspace, (owner,) = await _owners(database, 1)
    token = await _token(database, workspace, owner, ProjectRole.MEMBER)
    async with database.unit_of_work() as uow:
        people = [await make_user(uow) for _ in range(8)]

    def act(user: User) -> Act:
        return lambda uow: invitations.accept(uow, caller_of(user), token)

    outcomes = await asyncio.gather(*[_outcome(database, act(user)) for user in people])
    assert sorted(outcomes) == ["done"] + ["invitation_used"] * 7
    assert len(await _roles(database, workspace)) == 2


async def test_one_person_with_two_tokens_at_once_joins_once_and_uses_one(database: Database) -> None:
    workspace, owners = await _owners(database, 2)
    async with database.unit_of_work() as uow:
        person = await make_user(uow)
        tokens = []
        for number, owner in enumerate(owners):
            new = InvitationCreate(email=f"p{number}@example.com", role=ProjectRole.VIEWER)
            tokens.append((await invitations.invite(uow, caller_of(owner), workspace.id, new)).token)

    def act(token: str) -> Act:
        return lambda uow: invitations.accept(uow, caller_of(person), token)

    outcomes = await asyncio.gather(*[_outcome(database, act(token)) for token in tokens])
    assert sorted(outcomes) == ["already_member", "done"]
    async with database.unit_of_work() as uow:
        used = select(Invitation).where(
            Invitation.workspace_id == workspace.id, Invitation.accepted_at.is_not(None)
        )
        assert len((await uow.session.execute(used)).all()) == 1


async def test_the_token_is_nowhere_stored(database: Database) -> None:
    workspace, (owner,) = await _owners(database, 1)
    token = await _token(database, workspace, owner, ProjectRole.MEMBER)
    async with database.unit_of_work() as uow:
        rows = select(Invitation).where(Invitation.workspace_id == workspace.id)
        invitation = (await uow.session.execute(rows)).scalar_one()
    stored = [getattr(invitation, column.key) for column in Invitation.__mapper__.column_attrs]
    assert not any(token.encode() in repr(value).encode() for value in stored)
    assert len(invitation.token_hash) == 32


async def test_an_expired_token_is_refused(database: Database) -> None:
    workspace, (owner,) = await _owners(database, 1)
    token = await _token(database, workspace, owner, ProjectRole.MEMBER)
    async with database.unit_of_work() as uow:
        rows = select(Invitation).where(Invitation.workspace_id == workspace.id)
        invitation = (await uow.session.execute(rows)).scalar_one()
        invitation.expires_at = invitation.created_at
        person = await make_user(uow)
    async with database.unit_of_work() as uow:
        with pytest.raises(Conflict) as refused:
            await invitations.accept(uow, caller_of(person), token)
    assert refused.value.error_code == "invitation_expired"
