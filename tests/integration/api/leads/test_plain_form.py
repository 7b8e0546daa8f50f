"""What is asked most is answered ahead of FastAPI when it is plain: alike in every answer, and held to every rule."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import fastapi.routing
import httpx
import pytest
from starlette.types import Message

from api.app import ROUTERS
from api.hot.routes import Again, hot_routes
from persistence.models.lead import Lead
from persistence.models.user import EntityStatus, User
from tests.fixtures.api import Api, SupabaseProject, running_api
from tests.integration.api.leads.crm import added, campaign
from tests.integration.api.team import Team, make_team
from tools.leads.saving import PLAIN
from tools.leads.schemas import LeadUpdate
from tools.leads.service import IDENTIFYING


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team, all of whom have called already."""
    return await make_team(api)


@pytest.fixture
async def lead(team: Team) -> dict[str, Any]:
    """One of three leads."""
    path = await campaign(team)
    await added(team, path)
    await added(team, path)
    return await added(team, path, relevanceScore=10)


def _told(answer: httpx.Response) -> tuple[int, Any, dict[str, str]]:
    """All that an answer says but for its own id."""
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, answer.json(), headers


def test_four_routes_have_a_plain_form() -> None:
    assert [(hot.method, hot.route.path) for hot in hot_routes(ROUTERS)] == [
        ("GET", "/workspaces/{workspace_id}/leads"),
        ("GET", "/leads/{lead_id}"),
        ("PUT", "/leads/{lead_id}"),
        ("POST", "/workspaces/{workspace_id}/discovery/chat"),
    ]


def test_every_field_is_either_plain_or_moves_or_recognises() -> None:
    moving = {"status", "outcome", "outcome_reason"}
    assert LeadUpdate.model_fields.keys() - IDENTIFYING - moving == PLAIN.keys()


async def _never(**_: object) -> None:
    raise AssertionError("FastAPI was asked")


async def test_the_plain_form_does_without_fastapi(
    team: Team, lead: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer, path = team.clients["viewer"], f"/leads/{lead['id']}"
    assert (await viewer.get("/auth/me")).status_code == 200  # who is not known yet goes the long way once
    monkeypatch.setattr(fastapi.routing, "solve_dependencies", _never)
    page = (await viewer.get(f"{team.path}/leads?limit=2")).json()
    rest = await viewer.get(f"{team.path}/leads?limit=2&cursor={page['page']['nextCursor']}")
    assert [item["id"] for item in rest.json()["data"]] == [lead["id"]]
    assert (await viewer.get(path)).json()["data"] == lead
    saved = await team.owner.put(path, json={"jobTitle": "CFO"}, headers={"If-Match": '"v1"'})
    assert (saved.status_code, saved.headers["ETag"], saved.json()["data"]["jobTitle"]) == (
        200,
        '"v2"',
        "CFO",
    )


async def test_both_forms_answer_alike(team: Team, lead: dict[str, Any]) -> None:
    path = f"/leads/{lead['id']}"
    for plain in (f"{team.path}/leads", path, "/leads/9223372036854775807", "/workspaces/1/leads"):
        other = f"{plain}?{'sort=createdAt' if plain.endswith('leads') else 'unknown=1'}"
        assert _told(await team.owner.get(plain)) == _told(await team.owner.get(other))
    assert _told(await team.stranger.get(path)) == _told(await team.stranger.get(f"{path}?unknown=1"))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"phone": "+44 1", "relevanceReasons": ["By hand"], "enrichmentData": {"a": [1, None]}}, {}),
        ({"phone": None, "relevanceReasons": None, "enrichmentData": None, "relevanceScore": None}, {}),
        ({"phone": "1" * 51}, {}),
        ({"relevanceScore": 101}, {}),
        ({"fullName": None}, {}),
        ({"unknown": 1}, {}),
        ({}, {}),
        ({"phone": "2"}, {"If-Match": '"v7"'}),
        ({"phone": "2"}, {"If-Match": "nonsense"}),
        ({"phone": "2"}, {"If-Match": "*"}),
    ],
)
async def test_both_forms_save_alike(
    api: Api, team: Team, lead: dict[str, Any], body: dict[str, Any], headers: dict[str, str]
) -> None:
    told = []
    for path in (f"/leads/{lead['id']}", f"/leads/{lead['id']}?unknown=1"):
        status, document, said = _told(await team.owner.put(path, json=body, headers=headers))
        if status == 200:
            document["data"].pop("updatedAt"), said.pop("etag")
            said.pop("content-length")  # a time may have a digit less
            assert {name: document["data"][name] for name in body} == body
        told.append((status, document, {name: value for name, value in said.items() if name != "etag"}))
        async with api.services.database.unit_of_work() as uow:
            row = await uow.session.get_one(Lead, lead["id"])
            row.phone = row.enrichment_data = row.relevance_reasons = None
            row.relevance_score = 10
            row.version = 1
    assert told[0] == told[1]


async def test_saving_the_same_again_makes_no_version(team: Team, lead: dict[str, Any]) -> None:
    path, body = f"/leads/{lead['id']}", {"jobTitle": "CFO", "enrichmentData": {"a": 1}}
    first = await team.owner.put(path, json=body)
    again = await team.owner.put(path, json=body)
    assert first.headers["ETag"] == again.headers["ETag"] == '"v2"'
    assert first.json() == again.json()


async def test_of_many_who_read_the_same_version_one_saves(team: Team, lead: dict[str, Any]) -> None:
    path, read = f"/leads/{lead['id']}", {"If-Match": '"v1"'}
    answers = await asyncio.gather(
        *(team.owner.put(path, json={"jobTitle": f"Title {number}"}, headers=read) for number in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    assert (await team.owner.get(path)).headers["ETag"] == '"v2"'


async def test_roles_hold(team: Team, lead: dict[str, Any]) -> None:
    path, body = f"/leads/{lead['id']}", {"jobTitle": "CFO"}
    answers = {role: (await client.put(path, json=body)).status_code for role, client in team.clients.items()}
    assert answers == {"owner": 200, "admin": 200, "member": 200, "viewer": 403}
    assert (await team.stranger.put(path, json=body)).status_code == 404
    assert (await team.stranger.get(f"{team.path}/leads")).status_code == 404


async def test_who_was_disabled_a_moment_ago_is_refused(api: Api, team: Team, lead: dict[str, Any]) -> None:
    member = team.clients["member"]
    assert (await member.get(f"/leads/{lead['id']}")).status_code == 200
    async with api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(User, team.user_ids["member"])).status = EntityStatus.INACTIVE
    for answer in (
        await member.get(f"/leads/{lead['id']}"),
        await member.get(f"{team.path}/leads"),
        await member.put(f"/leads/{lead['id']}", json={"jobTitle": "CFO"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "account_disabled")


async def test_without_a_good_token_nothing_is_told(api: Api, team: Team, lead: dict[str, Any]) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic abc"}):
        client = api.anonymous(**headers)
        assert (await client.get(f"/leads/{lead['id']}")).status_code == 401
        assert (await client.put(f"/leads/{lead['id']}", json={"jobTitle": "CFO"})).status_code == 401


@pytest.fixture
async def strict_api(
    api_environment: dict[str, str], supabase_project: SupabaseProject, redis_url: str
) -> AsyncIterator[Api]:
    """The application with small limits, counted in a Redis database of its own."""
    limits = {"RATE_LIMIT_USER": "7/minute", "RATE_LIMIT_WORKSPACE": "5/minute"}
    async with running_api(
        api_environment | limits | {"REDIS_URL": redis_url[:-2] + "/11"}, supabase_project
    ) as api:
        await api.services.redis.flushdb()
        yield api


async def test_the_plain_form_is_held_to_the_limits(strict_api: Api) -> None:
    client = strict_api.client()
    workspace = (await client.get("/auth/me")).json()["data"]["workspaces"][0]["id"]
    answers = [await client.get(f"/workspaces/{workspace}/leads") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429], "of the workspace"
    assert (await client.get("/leads/1")).status_code == 429, "of the user"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


async def test_who_left_does_not_use_up_the_workspace(strict_api: Api) -> None:
    team_owner, stranger = strict_api.client(), strict_api.client()
    workspace = (await team_owner.get("/auth/me")).json()["data"]["workspaces"][0]["id"]
    me = (await stranger.get("/auth/me")).json()["data"]["userId"]
    await strict_api.services.workspace_limit.let_in(me, workspace)
    for _ in range(6):
        assert (await stranger.get(f"/workspaces/{workspace}/leads")).status_code == 404
    assert (await team_owner.get(f"/workspaces/{workspace}/leads")).status_code == 200


async def test_a_body_that_breaks_off_saves_nothing() -> None:
    whole = b'{"jobTitle": "CFO"}'
    messages: list[Message] = [
        {"type": "http.request", "body": whole, "more_body": True},
        {"type": "http.disconnect"},
    ]
    waiting = iter(messages)

    async def receive() -> Message:
        return next(waiting)

    again = Again(receive)
    assert await again.body(len(whole) + 1) is None
    assert [await again.receive() for _ in messages] == messages, "FastAPI hears all of it"
