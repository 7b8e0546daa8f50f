"""The list of a workspace's jobs, page by page."""

from persistence.models.workspace import Workspace
from tests.factories.jobs import make_job
from tests.fixtures.api import Api
from tests.integration.api.team import make_team


async def test_jobs_are_listed_newest_first_page_by_page(api: Api) -> None:
    team = await make_team(api)
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        made = [str((await make_job(uow, workspace)).id) for _ in range(5)]
    seen: list[str] = []
    query: dict[str, str] = {"limit": "2", "count": "true"}
    while True:
        answer = (await team.owner.get(f"/jobs/workspace/{team.workspace_id}", params=query)).json()
        assert answer["page"]["total"] == 5
        seen += [job["jobId"] for job in answer["data"]]
        if answer["page"]["nextCursor"] is None:
            break
        query["cursor"] = answer["page"]["nextCursor"]
    assert sorted(seen) == sorted(made)
