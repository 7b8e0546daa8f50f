"""Messages to leads."""

from fastapi import Response

from api.deps import (
    CallerDep,
    ExpectedVersionDep,
    PageDep,
    PathIDOf,
    ServicesDep,
    UnitOfWorkDep,
    set_etag,
)
from api.envelope import listed, ok
from api.routing import api_router
from persistence.types import LeadID
from tools.messages import service
from tools.messages.schemas import MessageCreate, MessageRead, MessageUpdate
from tools.schemas import Envelope, PageEnvelope

router = api_router("messages")


@router.get("/leads/{lead_id}/messages")
async def list_messages(
    lead_id: PathIDOf[LeadID], caller: CallerDep, uow: UnitOfWorkDep, page: PageDep
) -> PageEnvelope[MessageRead]:
    """The messages to a lead, oldest first."""
    found = await service.list_messages(uow, caller, lead_id, page)
    return listed([MessageRead.model_validate(row) for row in found.items], found)


@router.get("/leads/{lead_id}/outreach")
async def list_outreach(
    lead_id: PathIDOf[LeadID], caller: CallerDep, uow: UnitOfWorkDep, page: PageDep
) -> PageEnvelope[MessageRead]:
    """The history of the outreach to a lead: its messages, newest first."""
    found = await service.list_messages(uow, caller, lead_id, page, newest_first=True)
    return listed([MessageRead.model_validate(row) for row in found.items], found)


@router.post("/leads/{lead_id}/messages", status_code=201)
async def create_message(
    lead_id: PathIDOf[LeadID],
    body: MessageCreate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    response: Response,
) -> Envelope[MessageRead]:
    """Keep a draft that you wrote; its lead becomes `drafted`. For members and above."""
    message = await service.write_message(uow, caller, lead_id, body)
    set_etag(response, message.version)
    return ok(MessageRead.model_validate(message), "Draft saved.")


@router.get("/messages/{message_id}")
async def get_message(
    message_id: PathIDOf[int], caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[MessageRead]:
    """One message."""
    message = await service.read_message(uow, caller, message_id)
    set_etag(response, message.version)
    return ok(MessageRead.model_validate(message))


@router.put("/messages/{message_id}")
async def update_message(
    message_id: PathIDOf[int],
    body: MessageUpdate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
    version: ExpectedVersionDep,
    response: Response,
) -> Envelope[MessageRead]:
    """Change what is sent; null clears, absent leaves as it is. For members and above.

    `status` moves the message and its lead: `scheduled` queues both, `draft` takes them back, `sent` and `replied` note
    what a person did and heard. A lead that is suppressed, and a draft that failed a check, can't be queued: 409.
    """
    message = await service.update_message(
        uow, caller, message_id, body, services.contact_hashes, expected_version=version
    )
    set_etag(response, message.version)
    return ok(MessageRead.model_validate(message), "Message saved.")


@router.delete("/messages/{message_id}")
async def delete_message(message_id: PathIDOf[int], caller: CallerDep, uow: UnitOfWorkDep) -> Envelope[None]:
    """Remove a draft or a queued message; its lead goes back. What was sent stays: 409. For members and above."""
    await service.remove_message(uow, caller, message_id)
    return ok(None, "Message deleted.")
