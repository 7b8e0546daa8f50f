"""Reading what somebody posted."""

from agents.activity import graph as activity
from api.deps import CallerDep, ServicesDep
from api.envelope import ok
from api.routing import api_router, route_options
from persistence.types import utc_now
from tools.activity import service
from tools.activity.schemas import ActivityRead, ActivityRequest
from tools.schemas import Envelope

router = api_router("activity")
GRAPH = activity.build().compile()


@router.post("/ai/activity/analyze", response_model=Envelope[ActivityRead])
@route_options(limit="scrape")
async def analyze_activity(
    body: ActivityRequest, caller: CallerDep, services: ServicesDep
) -> Envelope[ActivityRead]:
    """What somebody's posts tell: topics, a way to begin, when they post. Every sentence rests on words of a post.

    Nothing is kept but the run's record. Asked again after a failure, it goes on where it broke off.
    """
    async with services.transactions.open() as uow:
        request, posts, sender = await service.activity_request(uow, caller, body)
    state = {"posts": posts, "sender": sender}
    async with (
        services.graphs.run(GRAPH, caller, request, state) as done,
        services.transactions.open() as uow,
    ):
        await done.end(uow)
    read = service.activity_read(posts, sender, done.state["findings"], utc_now())
    return ok(read, "The posts were read.")
