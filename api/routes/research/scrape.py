"""Reading a company's website, at once or as a job."""

from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse

from api.deps import CallerDep, ServicesDep
from api.envelope import ok
from api.routing import api_router, route_options
from tools.jobs.schemas import JobStarted
from tools.schemas import Envelope
from tools.websites import service
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
    """Read a website: its text without clutter, title, description and icon. With a workspace, the reading is kept there.

    Asked again after a failure, it goes on where it broke off: nothing is fetched or paid for twice.
    """
    return await (_start if wants_job(prefer) else _read)(body, caller, services)


async def _start(body: ScrapeRequest, caller: CallerDep, services: ServicesDep) -> JSONResponse:
    async with services.transactions.open() as uow:
        job = await service.start_reading(uow, caller, body, reader=services.websites, queue=services.queue)
    answer = ok(JobStarted(job_id=job.id, job_type=job.type), "The website is being read.")
    headers = {"Preference-Applied": "respond-async"}
    return JSONResponse(answer.model_dump(mode="json", by_alias=True), 202, headers)


async def _read(body: ScrapeRequest, caller: CallerDep, services: ServicesDep) -> Envelope[WebsiteRead]:
    """Nothing of the database is held while the website and the model answer."""
    async with services.transactions.open() as uow:
        asked = await service.reading_request(uow, caller, body, services.websites)
    reading = await services.websites.read(caller, asked)
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
