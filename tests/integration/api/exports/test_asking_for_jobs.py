"""Asking for jobs in ways that mean nothing: clear answers, and nothing said of other people's jobs."""

from uuid import uuid4

import pytest

from persistence.models.job import AsyncJobType
from persistence.models.workspace import Workspace
from tests.factories.jobs import make_job
from tests.fixtures.api import Api
from tests.integration.api.team import make_team


async def job_of(api: Api, workspace_id: int, **values: object) -> str:
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, workspace_id)
        return str((await make_job(uow, workspace, **values)).id)


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("/jobs/{job}?jobType=make_coffee", "query/jobType"),
        ("/jobs/not-a-uuid", "path/job_id"),
        ("/jobs/workspace/{workspace}?status=sleeping", "query/status"),
    ],
)
async def test_what_names_no_job_is_refused_with_the_field(api: Api, path: str, pointer: str) -> None:
    team = await make_team(api)
    job = await job_of(api, team.workspace_id)
    answer = await team.owner.get(path.format(job=job, workspace=team.workspace_id))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_foreign_job_is_answered_like_one_that_never_was(api: Api) -> None:
    team = await make_team(api)
    job = await job_of(api, team.workspace_id)
    told = set()
    for id_ in (job, str(uuid4())):
        for ask in (
            team.stranger.get(f"/jobs/{id_}"),
            team.stranger.post(f"/jobs/{id_}/cancel"),
            team.stranger.post(f"/jobs/{id_}/items/1/resolve", json={"action": "drop"}),
        ):
            answer = await ask
            told.add((answer.status_code, answer.json()["detail"]))
    assert told == {(404, "There is no such job.")}
    assert (await team.owner.get(f"/jobs/{job}")).json()["data"]["status"] != "cancelled"


async def test_a_cancelled_job_of_many_items_cancels_all_that_has_not_begun(api: Api) -> None:
    team = await make_team(api)
    job = await job_of(api, team.workspace_id, type=AsyncJobType.BULK_LEAD_ENRICHMENT, items=30)
    for _ in range(2):
        assert (await team.owner.post(f"/jobs/{job}/cancel")).status_code == 200
    read = (await team.owner.get(f"/jobs/{job}")).json()["data"]
    assert (read["status"], read["completedAt"] is not None) == ("cancelled", True)
    assert (await team.clients["viewer"].post(f"/jobs/{job}/cancel")).status_code == 403
