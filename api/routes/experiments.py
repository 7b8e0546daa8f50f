"""Experiments."""

from typing import Annotated, Literal

from fastapi import Body, Query, Response

from api.deps import CallerDep, ExpectedVersionDep, PageDep, PathIDOf, ServicesDep, UnitOfWorkDep, set_etag
from api.envelope import listed, ok
from api.routing import api_router, route_options
from persistence.models.experiment import ExperimentStatus, ExperimentType
from persistence.types import ExperimentID, WorkspaceID
from tools.experiments import service
from tools.experiments.schemas import (
    ExperimentBatch,
    ExperimentRead,
    ExperimentUpdate,
    OneOrMany,
)
from tools.generation.schemas import REQUEST_EXAMPLE, GenerateExperiments
from tools.generation.service import start_generating
from tools.jobs.schemas import JobStarted
from tools.results.schemas import ComparisonRead
from tools.results.service import compare_experiments as compare
from tools.schemas import Envelope, PageEnvelope

router = api_router("experiments")

StatusFilter = Annotated[
    list[ExperimentStatus] | None,
    Query(max_length=7, description="Only these statuses; repeat it for several."),
]
TypeFilter = Annotated[
    list[ExperimentType] | None,
    Query(alias="type", max_length=5, description="Only these types; repeat it for several."),
]
Sort = Annotated[
    Literal["createdAt", "-createdAt"], Query(description="Oldest first, or with a minus newest first.")
]


@router.get("/workspaces/{workspace_id}/experiments")
async def list_experiments(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    page: PageDep,
    status: StatusFilter = None,
    arm: TypeFilter = None,
    sort: Sort = "createdAt",
) -> PageEnvelope[ExperimentRead]:
    """The workspace's experiments."""
    found = await service.list_experiments(
        uow,
        caller,
        workspace_id,
        page,
        statuses=status or (),
        types=arm or (),
        newest_first=sort.startswith("-"),
    )
    return listed([ExperimentRead.model_validate(row) for row in found.items], found)


@router.post("/workspaces/{workspace_id}/experiments", status_code=201)
@route_options(body="batch")
async def create_experiments(
    workspace_id: PathIDOf[WorkspaceID],
    body: OneOrMany,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    response: Response,
) -> Envelope[ExperimentRead] | Envelope[list[ExperimentRead]]:
    """Save one experiment, or several as `{"experiments": [...]}`, which answers the list. For members and above.

    Five with designs, one of each type, are a set and have to keep all rules of a set.
    """
    if isinstance(body, ExperimentBatch):
        return await create_experiment_batch(workspace_id, body, caller, uow)
    rows = await service.save_experiments(uow, caller, workspace_id, [body])
    set_etag(response, rows[0].version)
    return ok(ExperimentRead.model_validate(rows[0]), "Experiment saved.")


@router.post("/workspaces/{workspace_id}/experiments/batch", status_code=201)
@route_options(body="batch")
async def create_experiment_batch(
    workspace_id: PathIDOf[WorkspaceID], body: ExperimentBatch, caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[list[ExperimentRead]]:
    """Save several experiments, all or none, in the order sent. For members and above."""
    rows = await service.save_experiments(uow, caller, workspace_id, body.experiments)
    return ok([ExperimentRead.model_validate(row) for row in rows], "Experiments saved.")


@router.post("/workspaces/{workspace_id}/experiments/generate", status_code=202)
async def generate_experiments(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    services: ServicesDep,
    uow: UnitOfWorkDep,
    body: Annotated[GenerateExperiments | None, Body(examples=[REQUEST_EXAMPLE])] = None,
) -> Envelope[JobStarted]:
    """Make the experiments of a conversation as a job: the set it proposed, or a new one from what was said in it.

    The set has to keep all rules of a set; one that breaks a rule fails the job with the rule's name, and nothing is
    saved. The job's output holds the saved experiments. For members and above; 409 while an answer is being written.
    """
    session_id = body.session_id if body else None
    job = await start_generating(uow, caller, workspace_id, session_id, queue=services.queue)
    return ok(JobStarted(job_id=job.id, job_type=job.type), "The experiments are being made.")


@router.get("/workspaces/{workspace_id}/experiments/comparison")
async def compare_experiments(
    workspace_id: PathIDOf[WorkspaceID], caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[ComparisonRead]:
    """The experiments side by side: each one's rate with its interval, and each arm beside its bullseye.

    A verdict comes once, at the sample that was fixed before, or earlier by a method that daily looking doesn't break;
    until then `not_enough_data` says how many more leads are needed.
    """
    return ok(await compare(uow, caller, workspace_id))


@router.get("/experiments/{experiment_id}")
async def get_experiment(
    experiment_id: PathIDOf[ExperimentID], caller: CallerDep, uow: UnitOfWorkDep, response: Response
) -> Envelope[ExperimentRead]:
    """One experiment."""
    experiment = await service.read_experiment(uow, caller, experiment_id)
    set_etag(response, experiment.version)
    return ok(ExperimentRead.model_validate(experiment))


@router.put("/experiments/{experiment_id}")
async def update_experiment(
    experiment_id: PathIDOf[ExperimentID],
    body: ExperimentUpdate,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    version: ExpectedVersionDep,
    response: Response,
) -> Envelope[ExperimentRead]:
    """Change what is sent; null clears, absent leaves as it is. For members and above.

    A status moves only along its table; 409 says which moves are legal. Type and design are fixed once leads are
    looked for.
    """
    experiment = await service.update_experiment(uow, caller, experiment_id, body, expected_version=version)
    set_etag(response, experiment.version)
    return ok(ExperimentRead.model_validate(experiment), "Experiment saved.")


@router.delete("/experiments/{experiment_id}")
async def delete_experiment(
    experiment_id: PathIDOf[ExperimentID], caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[None]:
    """Remove an experiment; its campaigns stay. For members and above."""
    await service.delete_experiment(uow, caller, experiment_id)
    return ok(None, "Experiment deleted.")
