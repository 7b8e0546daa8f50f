"""Sign-in as in development: through the sandbox's Supabase, by each of its algorithms and after a rotation."""

from collections.abc import AsyncIterator

import pytest

from tests.fixtures.api import Api, SupabaseProject, running_api
from tests.fixtures.sandbox import SandboxServer


@pytest.fixture
async def sandbox_api(
    api_environment: dict[str, str], supabase_project: SupabaseProject, sandbox: SandboxServer
) -> AsyncIterator[Api]:
    """The application whose Supabase is the sandbox."""
    environment = api_environment | {"SUPABASE_URL": sandbox.supabase_url, "JWKS_RETRY_SECONDS": "1"}
    async with running_api(environment, supabase_project) as api:
        yield api


async def test_a_person_who_signs_up_is_recognised(sandbox_api: Api, sandbox: SandboxServer) -> None:
    token = await sandbox.token("founder@example.com")
    me = (await sandbox_api.client(token).get("/auth/me")).json()["data"]
    again = await sandbox.token("founder@example.com")
    assert me["email"] == "founder@example.com"
    assert (await sandbox_api.client(again).get("/auth/me")).json()["data"]["userId"] == me["userId"]


@pytest.mark.parametrize(
    "wrong", [{"alg": "none"}, {"claims": {"role": "service_role"}}, {"claims": {"is_anonymous": True}}]
)
async def test_odd_tokens_of_the_sandbox_are_refused(
    sandbox_api: Api, sandbox: SandboxServer, wrong: dict[str, object]
) -> None:
    token = await sandbox.mint(email="founder@example.com", **wrong)
    assert (await sandbox_api.client(token).get("/auth/me")).status_code == 401
