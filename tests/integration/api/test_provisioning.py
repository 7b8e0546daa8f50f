"""The first call makes the user: once, whoever they are and however often they call at the same time."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from persistence.models.user import Client, EntityStatus, User
from persistence.models.workspace import Workspace, WorkspaceMember
from tests.fixtures.api import Api, SupabaseProject, running_api, served


async def _made_for(api: Api, subject: str) -> tuple[int, int, int, int]:
    """How many users, clients, workspaces and memberships this subject has."""
    async with api.services.database.unit_of_work() as uow:
        mine = select(User.client_id).where(User.supabase_user_id == UUID(subject))
        users = select(func.count()).select_from(mine.subquery())
        clients = select(func.count(Client.id)).where(Client.id.in_(mine))
        workspaces = select(func.count(Workspace.id)).where(Workspace.client_id.in_(mine))
        members = (
            select(func.count(WorkspaceMember.id))
            .join(User, User.id == WorkspaceMember.user_id)
            .where(User.supabase_user_id == UUID(subject))
        )
        counts = [await uow.session.scalar(statement) for statement in (users, clients, workspaces, members)]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0, counts[3] or 0


async def _get_me(url: str, token: str) -> tuple[int, dict[str, Any]]:
    """`GET /auth/me` on a connection of its own. (A thousand at once in httpx's pool would mostly measure httpx.)"""
    host, _, port = url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = (
        f"GET /auth/me HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    start, _, body = answer.partition(b"\r\n\r\n")
    return int(start.split(b" ", 2)[1]), json.loads(body)


@pytest.mark.parametrize("calls", [150, pytest.param(1000, marks=pytest.mark.full)])
async def test_many_first_calls_at_once_make_one_user(api: Api, calls: int) -> None:
    subject = str(uuid4())
    token = api.supabase.token(sub=subject)
    async with api.services.database.unit_of_work() as uow:
        before = await uow.session.scalar(select(func.count(Client.id)))
    async with served(api.app) as url:
        answers = await asyncio.gather(*[_get_me(url, token) for _ in range(calls)])
    assert {status for status, _ in answers} == {200}
    assert len({body["data"]["userId"] for _, body in answers}) == 1
    assert await _made_for(api, subject) == (1, 1, 1, 1)
    async with api.services.database.unit_of_work() as uow:
        assert await uow.session.scalar(select(func.count(Client.id))) == (before or 0) + 1


@pytest.fixture
async def replicas(
    api_environment: dict[str, str], supabase_project: SupabaseProject
) -> AsyncIterator[tuple[Api, Api]]:
    """Two processes' worth of applications on one database."""
    async with (
        running_api(api_environment, supabase_project) as one,
        running_api(api_environment, supabase_project) as other,
    ):
        yield one, other


@pytest.mark.full
async def test_two_replicas_that_greet_the_same_user_make_one(replicas: tuple[Api, Api]) -> None:
    for _ in range(10):
        subject = str(uuid4())
        clients = [api.client(sub=subject) for api in replicas for _ in range(5)]
        answers = await asyncio.gather(*[client.get("/auth/me") for client in clients])
        assert {answer.status_code for answer in answers} == {200}
        assert await _made_for(replicas[0], subject) == (1, 1, 1, 1)


async def test_the_first_workspace_is_a_setting(
    api_environment: dict[str, str], supabase_project: SupabaseProject
) -> None:
    environment = api_environment | {"FIRST_WORKSPACE": "false"}
    async with running_api(environment, supabase_project) as api:
        subject = str(uuid4())
        me = (await api.client(sub=subject).get("/auth/me")).json()["data"]
        assert me["workspaces"] == []
        assert await _made_for(api, subject) == (1, 1, 0, 0)


async def test_the_first_workspace_is_the_callers_own(api: Api) -> None:
    me = (await api.client().get("/auth/me")).json()["data"]
    assert [workspace["role"] for workspace in me["workspaces"]] == ["owner"]
    assert me["role"] == "admin"


@pytest.mark.parametrize(
    ("email", "metadata", "name", "shown_email"),
    [
        ("ada@example.com", {"full_name": "Ada Lovelace"}, "Ada Lovelace", "ada@example.com"),
        ("ada@example.com", {"name": "Ada"}, "Ada", "ada@example.com"),
        ("ada@example.com", {}, "ada", "ada@example.com"),
        ("", {}, "User", None),
        ("not an address", {}, "not an address", None),
        ("x@example.com", {"full_name": "a\x00b\u202ec\ud800"}, "abc", "x@example.com"),
        ("x@example.com", {"full_name": " \u200b\n "}, "x", "x@example.com"),
        ("x@example.com", {"full_name": "N" * 5000}, "N" * 200, "x@example.com"),
        ("x@example.com", {"full_name": {"$ne": 1}}, "x", "x@example.com"),
        ("x@example.com", ["full_name"], "x", "x@example.com"),
        ("y" * 5000 + "@example.com", {"full_name": "Y"}, "Y", None),
        ("z@example.com\x00", {"full_name": "💥'; DROP TABLE"}, "💥'; DROP TABLE", "z@example.com"),
    ],
)
async def test_names_and_addresses_are_taken_as_untrusted_text(
    api: Api, email: str, metadata: object, name: str, shown_email: str | None
) -> None:
    answer = await api.client(email=email, user_metadata=metadata).get("/auth/me")
    assert answer.status_code == 200, answer.text
    me = answer.json()["data"]
    cut = me["name"].replace("\ufffd", "").rstrip()
    assert (cut, me["email"]) == (name, shown_email)


async def test_users_are_recognised_by_subject_not_by_address(api: Api) -> None:
    one = await api.client(email="same@example.com").get("/auth/me")
    other = await api.client(email="same@example.com").get("/auth/me")
    assert one.json()["data"]["userId"] != other.json()["data"]["userId"]
    assert one.json()["data"]["clientId"] != other.json()["data"]["clientId"]


async def test_a_disabled_user_is_refused_at_once(api: Api) -> None:
    client = api.client()
    user_id = (await client.get("/auth/me")).json()["data"]["userId"]
    async with api.services.database.unit_of_work() as uow:
        await uow.session.execute(update(User).where(User.id == user_id).values(status=EntityStatus.INACTIVE))
    answer = await client.get("/auth/me")
    assert (answer.status_code, answer.json()["code"]) == (403, "account_disabled")


async def test_new_users_of_one_address_are_limited_and_known_ones_are_not(
    api_environment: dict[str, str], supabase_project: SupabaseProject, redis_url: str
) -> None:
    environment = api_environment | {"PROVISIONING_LIMIT": "5/hour", "REDIS_URL": redis_url[:-2] + "/9"}
    async with running_api(environment, supabase_project) as api:
        await api.services.redis.flushdb()
        clients = [api.client() for _ in range(5)]
        for client in clients:
            assert (await client.get("/auth/me")).status_code == 200
        refused = await api.client().get("/auth/me")
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["Retry-After"]) <= 3600
        assert (await clients[0].get("/auth/me")).status_code == 200
