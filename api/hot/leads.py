"""The leads' requests that are asked most, in their plain form: a page in the usual order, one lead, a change of its own fields."""

from starlette.responses import Response

from api.bootstrap import Services
from api.hot.requests import Asked, Work, plain_body, plain_page, plain_version
from api.ready_json import ready, ready_page
from persistence.types import LeadID, WorkspaceID
from tools.access import Caller
from tools.leads import reading
from tools.leads.saving import is_plain, save_and_score, save_plain
from tools.leads.schemas import LeadSelection, LeadUpdate

EVERYTHING = LeadSelection()


def plain_workspace_leads(asked: Asked) -> Work | None:
    """A page of a workspace's leads in their usual order, with nothing chosen."""
    page = plain_page(asked.query)
    if page is None:
        return None

    async def answer(services: Services, caller: Caller) -> Response:
        found = await reading.list_of_workspace(
            services.database.direct, caller, WorkspaceID(asked.number), page, chosen=EVERYTHING
        )
        return ready_page(found)

    return answer


def plain_lead(asked: Asked) -> Work | None:
    """A lead without its raw data."""
    if asked.query:
        return None

    async def answer(services: Services, caller: Caller) -> Response:
        item, version = await reading.read_lead(services.database.direct, caller, LeadID(asked.number))
        return ready(item, version=version)

    return answer


def plain_update(asked: Asked) -> Work | None:
    """A change of what concerns nothing but the lead itself."""
    understood, expected = plain_version(asked)
    body = plain_body(asked, LeadUpdate) if understood and not asked.query else None
    if body is None or not is_plain(body):
        return None

    async def answer(services: Services, caller: Caller) -> Response:
        lead_id = LeadID(asked.number)
        saved = await save_plain(services.database.direct, caller, lead_id, body, expected)
        if saved is None:
            async with services.transactions.open() as uow:
                saved = await save_and_score(uow, caller, lead_id, body, expected)
        item, version = saved
        return ready(item, "Lead saved.", version=version)

    return answer
