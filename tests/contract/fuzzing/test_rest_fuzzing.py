"""No request makes a 5xx or an answer that the OpenAPI document does not promise; and faults of that kind would be found."""

import os
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.contract.access_world import make_world
from tests.contract.fuzzing.schemathesis import fuzz
from tests.fixtures.api import SupabaseProject, running_api, served

EXAMPLES = int(os.environ.get("EXAMPLES", "400"))
SEED = int(os.environ.get("SEED", "1"))


@pytest.mark.full
@pytest.mark.timeout(2_400)
async def test_every_answer_is_one_the_document_promises(
    api_environment: dict[str, str], own_database_url: str, supabase_project: SupabaseProject, tmp_path: Path
) -> None:
    environment = api_environment | {"DATABASE_URL": own_database_url}
    async with running_api(environment, supabase_project) as api:
        world = await make_world(api)
        ours, _ = await world.arrange()
        token = world.clients["owner"].headers["authorization"].removeprefix("Bearer ")
        second, _ = await world.arrange()
        known = {name: value for name, value in ours.items() if isinstance(value, int | str)}
        async with served(api.app) as url:
            found = await fuzz(
                url,
                tmp_path,
                token=token,
                known=known,
                instead={"DELETE /workspaces/{workspace_id}": {"workspace_id": second["workspace_id"]}},
                may_be_away=[
                    "POST /scrape/website",
                    "POST /scraper/website",
                    "POST /workspaces/{workspace_id}/worldview/generate",
                    "POST /ai/activity/analyze",
                    "POST /leads/{lead_id}/generate-outreach",
                    "POST /ai/outreach/generate",
                    "POST /filters/optimize",
                    "POST /filters/regenerate",
                    "POST /experiments/{experiment_id}/filters/regenerate",
                ],
                examples=EXAMPLES,
                seed=SEED,
            )
    assert found.failed == {}, f"SEED={SEED}\n{found.output}"
    assert found.complete, found.output
    assert found.tested == len([None for path in api.app.openapi()["paths"].values() for _ in path])


@pytest.mark.full
async def test_rest_faults_that_are_planted_are_found(tmp_path: Path) -> None:
    app = FastAPI()

    @app.get("/numbers/{number}")
    async def number(number: int) -> int:
        if number < 0:
            raise RuntimeError("planted")
        return number

    @app.post("/texts")
    async def text(body: dict[str, str]) -> int:
        if any("\x00" in value for value in body.values()):
            raise RuntimeError("planted")
        return len(body)

    @app.get("/fine")
    async def fine() -> int:
        return 1

    async with served(app) as url:
        found = await fuzz(url, tmp_path, may_be_away=["GET /fine"], examples=200, seed=SEED)
    assert found.tested == 3
    assert set(found.failed["ServerError"]) == {"GET /numbers/{number}", "POST /texts"}
