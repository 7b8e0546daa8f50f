"""Filters of a search for people: drafted where none are given, and moved until their count lies in a band."""

from typing import Annotated

from fastapi import Body, Response

from api.deps import CallerDep, ExpectedVersionDep, PathIDOf, ServicesDep, set_etag
from api.envelope import ok
from api.routing import api_router, route_options
from persistence.session import UnitOfWork
from persistence.types import ExperimentID
from tools.filters import service
from tools.filters.optimiser import Optimised
from tools.filters.schemas import (
    EXPERIMENT_EXAMPLE,
    ExperimentRegenerate,
    FilterRequest,
    FiltersRead,
    RegenerateRequest,
)
from tools.schemas import Envelope

router = api_router("filters")


@router.post("/filters/optimize")
@route_options(limit="scrape")
async def optimize_filters(
    body: FilterRequest, caller: CallerDep, services: ServicesDep
) -> Envelope[FiltersRead]:
    """Find filters whose count lies in the band, in at most 8 counts, and show what was counted. For members and above.

    Counting costs no credits. What an experiment tests is never moved. Nothing is saved; asked again after a failure, it
    goes on where it broke off.
    """
    async with services.transactions.open() as uow:
        search = await service.search_for(uow, caller, body)
    found = await services.filters.optimise(caller, search.workspace_id, search.question)
    return ok(service.filters_read(search, found), "The filters were counted.")


@router.post("/filters/regenerate")
@route_options(limit="scrape")
async def regenerate_filters(
    body: RegenerateRequest, caller: CallerDep, services: ServicesDep
) -> Envelope[FiltersRead]:
    """The same with filters drafted anew from the text, the hypothesis or the experiment. Nothing is saved."""
    async with services.transactions.open() as uow:
        search = await service.search_for(uow, caller, body, anew=True)
    found = await services.filters.optimise(caller, search.workspace_id, search.question)
    return ok(service.filters_read(search, found), "The filters were drafted.")


@router.post("/experiments/{experiment_id}/filters/regenerate")
@route_options(limit="scrape")
async def regenerate_experiment_filters(
    experiment_id: PathIDOf[ExperimentID],
    caller: CallerDep,
    services: ServicesDep,
    version: ExpectedVersionDep,
    response: Response,
    body: Annotated[ExperimentRegenerate | None, Body(examples=[EXPERIMENT_EXAMPLE])] = None,
) -> Envelope[FiltersRead]:
    """Draft an experiment's filters anew, move them to the band, and save them in the experiment. For members and above.

    What it tests stays as it is saved. Once leads were looked for nothing is changed (`saved` is false): a wider arm is then
    approved by PUT on the experiment, which the audit log keeps.
    """
    wanted = body or ExperimentRegenerate()
    async with services.transactions.open() as uow:
        search = await service.search_for_experiment(
            uow, caller, experiment_id, wanted, expected_version=version
        )
    kept: list[service.Kept] = []

    async def keep(uow: UnitOfWork, found: Optimised) -> None:
        kept.append(
            await service.keep_filters(
                uow, caller, experiment_id, wanted, search, found, expected_version=version
            )
        )

    found = await services.filters.optimise(caller, search.workspace_id, search.question, keep)
    set_etag(response, kept[0].version)
    return ok(service.filters_read(search, found, kept[0]), "The filters were drafted.")
