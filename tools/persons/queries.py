"""The one way to a person's row, and to all that is stored of them in their Client's workspaces."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select

from persistence.models.lead import Lead
from persistence.models.person import Person
from persistence.models.user import User, UserRole
from persistence.models.workspace import ProjectRole, ProjectStatus, Workspace, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import PersonID, WorkspaceID
from tools.access import ROLE_RANK, Caller
from tools.errors import Forbidden, NotFound


@dataclass(frozen=True)
class Found:
    """A person, every lead that is them, and the workspaces those are in."""

    person: Person
    leads: Sequence[Lead]
    workspace_ids: Sequence[WorkspaceID]

    @property
    def rows(self) -> list[Person | Lead]:
        """Every row that says who they are."""
        return [self.person, *self.leads]


async def person_of(
    uow: UnitOfWork, caller: Caller, person_id: PersonID, *, for_update: bool = False
) -> Found:
    """A person the caller answers for: as admin of the Client, or as admin of every workspace that has them as a lead.

    Raises NotFound when they are in none of the caller's workspaces, and Forbidden when they are in others too.
    """
    statement = select(Person).where(Person.id == person_id)
    if for_update:
        statement = statement.with_for_update()
    person = (await uow.session.execute(statement)).scalar_one_or_none()
    if person is None:
        raise NotFound("There is no such person.")
    places = await _places(uow, caller, person)
    of_client = await _leads_the_client(uow, caller, person)
    if not of_client and not any(places.values()):
        raise NotFound("There is no such person.")
    if not of_client and not all(role and _is_admin(role) for role in places.values()):
        raise Forbidden("This needs the role admin in every workspace in which the person is a lead.")
    return Found(person, await _leads(uow, person, for_update=for_update), sorted(places))


def is_the_person(person: Person) -> ColumnElement[bool]:
    """Leads that are this person: linked to them, or with the same profile or address."""
    same = [Lead.person_id == person.id]
    same += [Lead.linkedin_key == person.linkedin_key] if person.linkedin_key else []
    same += [Lead.email_key == person.email_key] if person.email_key else []
    return or_(false(), *same)


async def _places(uow: UnitOfWork, caller: Caller, person: Person) -> dict[WorkspaceID, ProjectRole | None]:
    """The Client's workspaces that have the person as a lead, with the caller's role in each."""
    member = (WorkspaceMember.workspace_id == Workspace.id) & (WorkspaceMember.user_id == caller.user_id)
    statement = (
        select(Workspace.id, WorkspaceMember.role)
        .outerjoin(WorkspaceMember, member)
        .where(
            Workspace.client_id == person.client_id,
            Workspace.status != ProjectStatus.DELETING,
            Workspace.id.in_(select(Lead.workspace_id).where(is_the_person(person))),
        )
    )
    return {row[0]: row[1] for row in await uow.session.execute(statement)}


async def _leads(uow: UnitOfWork, person: Person, *, for_update: bool) -> Sequence[Lead]:
    workspaces = select(Workspace.id).where(Workspace.client_id == person.client_id)
    statement = select(Lead).where(is_the_person(person), Lead.workspace_id.in_(workspaces)).order_by(Lead.id)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await uow.session.execute(statement)).scalars().all()


async def _leads_the_client(uow: UnitOfWork, caller: Caller, person: Person) -> bool:
    """Whether the caller is an admin of the person's Client."""
    if caller.client_id != person.client_id:
        return False
    statement = select(User.role).where(User.id == caller.user_id)
    return (await uow.session.execute(statement)).scalar_one_or_none() is UserRole.ADMIN


def _is_admin(role: ProjectRole) -> bool:
    return ROLE_RANK[role] >= ROLE_RANK[ProjectRole.ADMIN]
