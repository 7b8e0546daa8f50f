"""Signals about leads."""

from api.deps import CallerDep, PageDep, PathIDOf, UnitOfWorkDep
from api.envelope import listed, ok
from api.routing import api_router
from persistence.types import LeadID
from tools.schemas import Envelope, PageEnvelope
from tools.signals import service
from tools.signals.schemas import SignalCreate, SignalRead

router = api_router("signals")


@router.get("/leads/{lead_id}/signals")
async def list_signals(
    lead_id: PathIDOf[LeadID], caller: CallerDep, uow: UnitOfWorkDep, page: PageDep
) -> PageEnvelope[SignalRead]:
    """What was noticed about a lead, newest first, each with what it rests on."""
    found = await service.list_signals(uow, caller, lead_id, page)
    return listed([SignalRead.model_validate(row) for row in found.items], found)


@router.post("/leads/{lead_id}/signals", status_code=201)
async def create_signal(
    lead_id: PathIDOf[LeadID], body: SignalCreate, caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[SignalRead]:
    """Keep what you noticed about a lead. For members and above.

    Quotes of a page are looked for in what this workspace read there (`POST /scrape/website`): 422 when they are not found.
    """
    signal = await service.add_signal(uow, caller, lead_id, body)
    return ok(SignalRead.model_validate(signal), "Signal saved.")
