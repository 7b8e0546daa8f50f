"""Everything about one person: hand it out, or erase it. Both are noted in the audit log, without saying who it was."""

from typing import Any

from persistence.models.suppression import SuppressionKind, SuppressionReason
from persistence.session import UnitOfWork
from persistence.types import PersonID
from tools.access import Caller
from tools.audit import service as audit
from tools.audit.service import Change
from tools.persons.erasure import Erased, erase
from tools.persons.gathering import gather
from tools.persons.places import places_naming
from tools.persons.queries import Found, person_of
from tools.persons.redaction import traces_of
from tools.persons.schemas import PersonErased, PersonExport
from tools.suppressions.hashing import ContactHashes
from tools.suppressions.identifiers import email_key, linkedin_key
from tools.suppressions.schemas import SuppressionCreate
from tools.suppressions.service import add_suppressions, hold_additions

ENTITY = "person"


async def export_person(
    uow: UnitOfWork, caller: Caller, person_id: PersonID, hashes: ContactHashes
) -> PersonExport:
    """All that is stored about a person. Raises NotFound, Forbidden."""
    found = await person_of(uow, caller, person_id)
    places = await places_naming(uow, found.workspace_ids, traces_of(found.person, found.leads))
    export = await gather(uow, found, hashes, places)
    await _note(uow, caller, found, "exported", {"leads": len(found.leads)})
    return export


async def erase_person(
    uow: UnitOfWork, caller: Caller, person_id: PersonID, hashes: ContactHashes, *, suppress_too: bool = False
) -> PersonErased:
    """Erase a person from all that is stored of them; fields about the own company that name them are told, not changed.

    With `suppress_too` they can't be written to again either. Raises NotFound, Forbidden, and Conflict while a talk that names them is being answered.
    """
    if suppress_too:
        for workspace_id in (await person_of(uow, caller, person_id)).workspace_ids:
            await hold_additions(uow, workspace_id)
    found = await person_of(uow, caller, person_id, for_update=True)
    if suppress_too:
        await _suppress(uow, caller, found, hashes)
    traces = traces_of(found.person, found.leads)
    erased = await erase(uow, found)
    places = await places_naming(uow, found.workspace_ids, traces)
    await _note(uow, caller, found, "erased", {**_counted(erased), "places": len(places)})
    return PersonErased(person_id=person_id, **_counted(erased), places=places)


async def _suppress(uow: UnitOfWork, caller: Caller, found: Found, hashes: ContactHashes) -> None:
    """Forbid writing to the person, in every workspace that knew them."""
    wanted = set()
    for row in found.rows:
        wanted.add((SuppressionKind.EMAIL, email_key(row.email or "")))
        wanted.add((SuppressionKind.LINKEDIN, linkedin_key(row.linkedin_url or "")))
    items = [
        SuppressionCreate(kind=kind, value=key, reason=SuppressionReason.LEGAL)
        for kind, key in sorted(wanted, key=str)
        if key
    ]
    for workspace_id in found.workspace_ids if items else ():
        await add_suppressions(uow, caller, workspace_id, items, hashes)


def _counted(erased: Erased) -> dict[str, Any]:
    return dict(vars(erased))


async def _note(uow: UnitOfWork, caller: Caller, found: Found, action: str, counts: dict[str, Any]) -> None:
    """Note it in every workspace that knew the person, or with the Client when none does."""
    change = Change(ENTITY, found.person.id, action, None, counts)
    for workspace_id in found.workspace_ids:
        await audit.record_all(uow, caller, workspace_id, [change])
    if not found.workspace_ids:
        await audit.record_for_client(uow, caller, found.person.client_id, change)
