"""Everything about one person."""

from typing import Annotated

from fastapi import Query

from api.deps import CallerDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import ok
from api.routing import api_router
from persistence.types import PersonID
from tools.persons import service
from tools.persons.schemas import PersonErased, PersonExport
from tools.schemas import Envelope

router = api_router("persons")


@router.get("/persons/{person_id}/export")
async def export_person(
    person_id: PathIDOf[PersonID], caller: CallerDep, uow: UnitOfWorkDep, services: ServicesDep
) -> Envelope[PersonExport]:
    """All that is stored about a person, in every workspace of the organisation.

    For admins of the organisation, and for who is admin in every workspace in which the person is a lead.
    """
    return ok(await service.export_person(uow, caller, person_id, services.contact_hashes))


@router.delete("/persons/{person_id}")
async def erase_person(
    person_id: PathIDOf[PersonID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
    suppress: Annotated[
        bool, Query(description="Whether to forbid writing to them for good, kept as a hash only.")
    ] = False,
) -> Envelope[PersonErased]:
    """Erase a person: leads, messages, signals, runs with their checkpoints, and their name in talks. It can't be undone.

    Leads that were written to are emptied instead of removed, so that rates stay true. What people wrote of their own
    company is not changed: `places` names the fields to look at. For the same people as the export.
    """
    erased = await service.erase_person(
        uow, caller, person_id, services.contact_hashes, suppress_too=suppress
    )
    return ok(erased, "Erased.")
