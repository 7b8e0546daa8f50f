"""Who stands behind a lead: one person within a Client, over all its workspaces, so that nobody is paid for twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, union_all

from persistence.many_rows import insert_missing
from persistence.models.person import Person
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from persistence.types import PersonID, WorkspaceID
from tools.leads.identity import Keys
from tools.lookups import is_any

COPIED = ("full_name", "job_title", "company", "company_domain", "linkedin_url", "email", "phone", "location")


async def persons_behind(
    uow: UnitOfWork, workspace_id: WorkspaceID, leads: Sequence[tuple[dict[str, Any], Keys]]
) -> list[PersonID | None]:
    """The person of each lead, made when new; None for leads that can't be recognised."""
    keys = [keys for _, keys in leads]
    if not any(key.linkedin or key.email for key in keys):
        return [None] * len(leads)
    found = select(Workspace.client_id).where(Workspace.id == workspace_id)
    client_id = (await uow.session.execute(found)).scalar_one()
    known = await _known(uow, client_id, keys)
    new = [
        {
            "client_id": client_id,
            "linkedin_key": key.linkedin,
            "email_key": key.email,
            **{name: lead.get(name) for name in COPIED},
        }
        for lead, key in leads
        if (key.linkedin or key.email) and _of(known, key) is None
    ]
    if new:
        # In one order everywhere, so that two workspaces that add the same people don't wait for each other.
        new.sort(key=lambda person: (person["linkedin_key"] or "", person["email_key"] or ""))
        await insert_missing(uow.session, Person, new)
        known = await _known(uow, client_id, keys)
    return [_of(known, key) for key in keys]


def _of(known: dict[tuple[str, str], PersonID], keys: Keys) -> PersonID | None:
    by_profile = known.get(("linkedin", keys.linkedin or ""))
    return by_profile or known.get(("email", keys.email or ""))


async def _known(uow: UnitOfWork, client_id: int, keys: Sequence[Keys]) -> dict[tuple[str, str], PersonID]:
    asked = select(Person.id, Person.linkedin_key, Person.email_key).where(Person.client_id == client_id)
    statement = union_all(
        asked.where(is_any(Person.linkedin_key, [key.linkedin for key in keys])),
        asked.where(is_any(Person.email_key, [key.email for key in keys])),
    )
    known: dict[tuple[str, str], PersonID] = {}
    for id_, profile, address in (await uow.session.execute(statement)).all():
        if profile:
            known["linkedin", profile] = id_
        if address:
            known["email", address] = id_
    return known
