"""Reading a company's website, at once or as a job."""

from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse

from api.deps import CallerDep, ServicesDep
from api.envelope import ok
from api.routing import api_router, route_options
from tools.jobs.schemas import JobStarted
from tools.schemas import Envelope
from tools.usage.service import Spender
from tools.websites import service
from tools.websites.reading import read_site
from tools.websites.schemas import ScrapeRequest, WebsiteRead

router = api_router("scrape")

PreferHeader = Annotated[str | None, Header(description="`respond-async`: start a job and answer 202.")]
JOB_STARTED: dict[int | str, dict[str, Any]] = {
    202: {"model": Envelope[JobStarted], "description": "A job reads it; ask for it at /jobs."}
}


@router.post("/scrape/website", response_model=Envelope[WebsiteRead], responses=JOB_STARTED)
@route_options(limit="scrape")
async def scrape_website(
    body: ScrapeRequest,
    caller: CallerDep,
    services: ServicesDep,
    prefer: PreferHeader = None,
) -> Envelope[WebsiteRead] | JSONResponse:
    """Read a website: its text without clutter, title, description and icon. With a workspace, the reading is kept there."""
    return await (_start if wants_job(prefer) else _read)(body, caller, services)


async def _start(body: ScrapeRequest, caller: CallerDep, services: ServicesDep) -> JSONResponse:
    async with services.transactions.open() as uow:
        reader = services.websites.pages
        job = await service.start_reading(uow, caller, body, reader=reader, queue=services.queue)
    answer = ok(JobStarted(job_id=job.id, job_type=job.type), "The website is being read.")
    headers = {"Preference-Applied": "respond-async"}
    return JSONResponse(answer.model_dump(mode="json", by_alias=True), 202, headers)


async def _read(body: ScrapeRequest, caller: CallerDep, services: ServicesDep) -> Envelope[WebsiteRead]:
    """Nothing of the database is held while the website and the model answer."""
    async with services.transactions.open() as uow:
        payer = await service.paying_workspace(uow, caller, body.workspace_id)
    reading = await read_site(services.websites, body.url, depth=body.depth)
    async with services.transactions.open() as uow:
        if body.workspace_id is not None:
            await service.paying_workspace(uow, caller, body.workspace_id)
            await service.keep_reading(uow, body.workspace_id, reading)
        if payer is not None:
            await service.record_reading(uow, Spender(payer, caller.user_id), reading)
    return ok(service.website_read(reading), "The website was read.")


def wants_job(prefer: str | None) -> bool:
    """Whether `Prefer` asks for an answer before the work is done (RFC 7240)."""
    words = (part.split(";")[0].strip().lower() for part in (prefer or "").split(","))
    return "respond-async" in words


router.add_api_route(
    "/scraper/website",
    scrape_website,
    methods=["POST"],
    name="scrape_website_alias",
    response_model=Envelope[WebsiteRead],
    responses=JOB_STARTED,
    description="The same as `/scrape/website`, under the plan's other name.",
)
