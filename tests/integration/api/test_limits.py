"""Rate limits: per user, per workspace, per kind of route; open when Redis is away."""

import time
from collections.abc import AsyncIterator

import pytest

from tests.fixtures.api import Api, SupabaseProject, running_api
from tests.integration.api import toys


@pytest.fixture
async def strict_api(
    api_environment: dict[str, str], supabase_project: SupabaseProject, redis_url: str
) -> AsyncIterator[Api]:
    """The application with small limits, counted in a Redis database of its own."""
    limits = {
        "RATE_LIMIT_USER": "5/minute",
        "RATE_LIMIT_WORKSPACE": "7/minute",
        "RATE_LIMIT_SCRAPE": "2/minute",
        "REDIS_URL": redis_url[:-2] + "/10",
    }
    async with running_api(api_environment | limits, supabase_project, toys.router) as api:
        await api.services.redis.flushdb()
        yield api


async def test_a_user_may_ask_so_often(strict_api: Api) -> None:
    client = strict_api.client()
    answers = [await client.get("/auth/me") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    refused = answers[-1]
    assert refused.json()["code"] == "rate_limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert (await strict_api.client().get("/auth/me")).status_code == 200


async def test_a_route_may_have_a_limit_of_its_own(strict_api: Api) -> None:
    client = strict_api.client()
    assert [(await client.post("/toys/chat", json={})).status_code for _ in range(3)] == [200, 200, 429]


async def test_a_workspace_is_limited_for_its_members_together(strict_api: Api) -> None:
    token = strict_api.supabase.token()
    client = strict_api.client(token)
    workspace = (await client.get("/auth/me")).json()["data"]["workspaces"][0]["id"]
    path = f"/workspaces/{workspace}/toys"
    await strict_api.services.redis.flushdb()
    for _ in range(7):
        assert (await client.get(path)).status_code == 200
        await _forget_users(strict_api)
    assert (await client.get(path)).status_code == 429


async def test_strangers_do_not_use_up_a_workspace(strict_api: Api) -> None:
    owner = strict_api.client()
    workspace = (await owner.get("/auth/me")).json()["data"]["workspaces"][0]["id"]
    stranger = strict_api.client()
    for _ in range(10):
        assert (await stranger.get(f"/workspaces/{workspace}/toys")).status_code == 404
        await _forget_users(strict_api)
    assert (await owner.get(f"/workspaces/{workspace}/toys")).status_code == 200


async def test_without_redis_everybody_may_and_nobody_waits_long(
    api_environment: dict[str, str], supabase_project: SupabaseProject
) -> None:
    limits = {"RATE_LIMIT_USER": "1/minute", "REDIS_URL": "redis://127.0.0.1:1/0"}
    async with running_api(api_environment | limits, supabase_project) as api:
        client = api.client()
        began = time.monotonic()
        for _ in range(5):
            assert (await client.get("/auth/me")).status_code == 200
        assert time.monotonic() - began < 3


async def _forget_users(api: Api) -> None:
    """Clear the users' own counters."""
    names = [name async for name in api.services.redis.scan_iter("rate*user*")]
    await api.services.redis.delete(*names)
