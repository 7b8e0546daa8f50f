"""Who am I, and tickets for streams that can't send a header."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.deps import CallerDep, ServicesDep, UnitOfWorkDep
from api.envelope import ok
from api.routing import api_router
from tools.schemas import Envelope, WireModel
from tools.users.queries import read_me
from tools.users.schemas import Me

router = api_router("auth")

StreamPath = Annotated[str, StringConstraints(max_length=500, pattern=r"^/[A-Za-z0-9/_.~-]*$")]


class TicketRequest(WireModel):
    """Which stream a ticket is for."""

    model_config = ConfigDict(json_schema_extra={"example": {"path": "/jobs/1/events"}})

    path: StreamPath = Field(
        description="The path of the GET stream, without host and query, such as `/jobs/123/events`."
    )


class Ticket(WireModel):
    """A ticket for one stream of one user."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ticket": "kq7Vw2…", "path": "/jobs/1/events", "expiresIn": 900}}
    )

    ticket: str = Field(description="Send it as `?ticket=` in place of the Authorization header.")
    path: str = Field(description="The only path it is good for.")
    expires_in: int = Field(description="Seconds it is good for; the stream may be opened again until then.")


@router.get("/auth/me")
async def get_me(caller: CallerDep, uow: UnitOfWorkDep) -> Envelope[Me]:
    """The caller and their workspaces. The first call of a new user makes their account."""
    return ok(await read_me(uow, caller))


@router.post("/auth/stream-tickets", status_code=201)
async def create_stream_ticket(
    body: TicketRequest, caller: CallerDep, services: ServicesDep
) -> Envelope[Ticket]:
    """Issue a ticket for a GET stream, for clients that can't send a header (EventSource)."""
    ticket = await services.tickets.issue(caller.supabase_user_id, body.path)
    return ok(Ticket(ticket=ticket, path=body.path, expires_in=services.tickets.seconds), "Ticket issued.")
