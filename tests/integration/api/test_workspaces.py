"""Workspaces over HTTP."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from persistence.models.discovery import DiscoverySession
from tests.fixtures.api import Api
from tests.integration.api.team import Team, created, make_team


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


async def _saved(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.put(path, json=body)
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def test_whoever_makes_a_workspace_owns_it(api: Api) -> None:
    client = api.client()
    workspace = await created(client, "/workspaces", {"name": "  Acme  ", "website": "acme.example"})
    assert workspace["name"] == "Acme"
    assert workspace["website"] == "https://acme.example"
    assert workspace["role"] == "owner"
    assert workspace["onboardingStatus"] == "incomplete"
    assert workspace["discoveryChatHistory"] == []
    me = (await client.get("/auth/me")).json()["data"]
    assert workspace["ownerUserId"] == me["userId"]
    assert (await client.get(f"/workspaces/{workspace['id']}")).json()["data"] == workspace


async def test_the_answer_names_exactly_the_fields_of_the_wire(team: Team) -> None:
    workspace = (await team.owner.get(team.path)).json()["data"]
    assert set(workspace) == {
        *("id", "name", "website", "faviconUrl", "status", "onboardingStatus", "discoveryChatHistory"),
        *("worldview", "websiteScrape", "settings", "ownerUserId", "role", "createdAt", "updatedAt"),
        *("timeZone", "language"),
    }


async def test_a_list_holds_the_callers_workspaces_page_by_page(api: Api) -> None:
    client = api.client()
    first_own = (await client.get("/workspaces")).json()["data"]
    made = [(await created(client, "/workspaces", {"name": f"W{n}"}))["id"] for n in range(5)]
    found: list[int] = []
    cursor: str | None = None
    while True:
        params = {"limit": 2, "count": True} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/workspaces", params=params)).json()
        found += [workspace["id"] for workspace in page["data"]]
        assert page["page"]["total"] == len(first_own) + 5
        cursor = page["page"]["nextCursor"]
        if cursor is None:
            break
    assert found == [workspace["id"] for workspace in first_own] + made


async def test_each_member_sees_their_own_role(team: Team) -> None:
    for role, client in team.clients.items():
        assert (await client.get(team.path)).json()["data"]["role"] == role


async def test_a_put_changes_what_is_sent_and_null_clears(team: Team) -> None:
    before = await _saved(
        team.owner, team.path, {"faviconUrl": "https://acme.example/i.png", "worldview": "# W"}
    )
    after = await _saved(team.owner, team.path, {"website": None, "timeZone": "Europe/Vienna"})
    assert after["website"] is None
    assert after["timeZone"] == "Europe/Vienna"
    unchanged = before.keys() - {"website", "timeZone", "updatedAt"}
    assert {name: after[name] for name in unchanged} == {name: before[name] for name in unchanged}


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("completed", "complete"),
        ("complete", "complete"),
        ("in_progress", "incomplete"),
        ("not_started", "incomplete"),
    ],
)
async def test_old_words_of_the_onboarding_status_are_understood(team: Team, word: str, meaning: str) -> None:
    assert (await _saved(team.owner, team.path, {"onboardingStatus": word}))["onboardingStatus"] == meaning


@pytest.mark.parametrize(
    "body",
    [
        {"name": None},
        {"name": "  "},
        {"name": "a\u0000b"},
        {"onboardingStatus": None},
        {"onboardingStatus": "nearly"},
        {"website": "ftp://acme.example"},
        {"website": "https://user:secret@acme.example"},
        {"website": "https://"},
        {"website": "javascript:alert(1)"},
        {"website": "https://acme.example/" + "a" * 500},
        {"faviconUrl": "data:image/png;base64,AAAA"},
        {"timeZone": "Mars/Olympus"},
        {"ownerUserId": 1},
        {"clientId": 1},
        {"role": "owner"},
        {"settings": []},
        {"discoveryChatHistory": [{"role": "system", "content": "x"}]},
        {"unknown": 1},
    ],
)
async def test_a_wrong_field_is_refused_and_nothing_changes(team: Team, body: dict[str, Any]) -> None:
    before = (await team.owner.get(team.path)).json()["data"]
    answer = await team.owner.put(team.path, json={"worldview": "changed", **body})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]
    assert (await team.owner.get(team.path)).json()["data"] == before


async def test_a_stale_version_is_refused_and_the_newest_is_named(team: Team) -> None:
    tag = (await team.owner.get(team.path)).headers["ETag"]
    first = await team.owner.put(team.path, json={"name": "One"}, headers={"If-Match": tag})
    assert first.status_code == 200
    second = await team.owner.put(team.path, json={"name": "Two"}, headers={"If-Match": tag})
    assert second.status_code == 412
    assert (await team.owner.put(team.path, json={"name": "Three"})).status_code == 200
    assert (await team.owner.get(team.path)).json()["data"]["name"] == "Three"


async def test_of_two_who_save_the_same_version_at_once_one_is_told(team: Team) -> None:
    tag = (await team.owner.get(team.path)).headers["ETag"]
    puts = [
        client.put(team.path, json={"name": f"By {role}"}, headers={"If-Match": tag})
        for role, client in team.clients.items()
        if role != "viewer"
    ]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*puts))
    assert statuses == [200, 412, 412]


TALK = [
    {"role": "user", "content": "We sell to finance.", "timestamp": "2026-01-01T10:00:00+00:00"},
    {"role": "assistant", "content": "To whom exactly?", "timestamp": "2026-01-01T10:00:05+00:00", "id": "x"},
]


async def _sessions(api: Api, workspace_id: int) -> list[tuple[bool, int]]:
    """Of each session, oldest first: whether it is imported, and how many messages it has."""
    mine = select(DiscoverySession).where(DiscoverySession.workspace_id == workspace_id)
    async with api.services.database.unit_of_work() as uow:
        rows = (await uow.session.execute(mine.order_by(DiscoverySession.id))).scalars()
        return [(row.imported, len(row.messages)) for row in rows]


async def test_a_posted_talk_becomes_one_imported_session_that_grows(api: Api, team: Team) -> None:
    saved = await _saved(team.owner, team.path, {"discoveryChatHistory": TALK[:1]})
    assert [message["content"] for message in saved["discoveryChatHistory"]] == ["We sell to finance."]
    saved = await _saved(team.owner, team.path, {"discoveryChatHistory": TALK})
    saved = await _saved(team.owner, team.path, {"discoveryChatHistory": TALK})
    saved = await _saved(team.owner, team.path, {"discoveryChatHistory": TALK[:1]})
    assert [message["content"] for message in saved["discoveryChatHistory"]] == [
        message["content"] for message in TALK
    ]
    assert await _sessions(api, team.workspace_id) == [(True, 2)]


async def test_another_talk_becomes_another_session_and_the_old_one_stays(api: Api, team: Team) -> None:
    await _saved(team.owner, team.path, {"discoveryChatHistory": TALK})
    other = [{"role": "user", "content": "Something else."}]
    saved = await _saved(team.owner, team.path, {"discoveryChatHistory": other})
    assert [message["content"] for message in saved["discoveryChatHistory"]] == ["Something else."]
    saved = await _saved(team.owner, team.path, {"discoveryChatHistory": None})
    assert saved["discoveryChatHistory"] == []
    assert await _sessions(api, team.workspace_id) == [(True, 2), (True, 1), (True, 0)]


async def test_a_deleted_workspace_is_gone_for_everybody(team: Team) -> None:
    assert (await team.clients["admin"].delete(team.path)).status_code == 403
    answer = await team.owner.delete(team.path)
    assert answer.status_code == 200
    assert answer.json()["data"] is None
    for client in team.clients.values():
        assert (await client.get(team.path)).status_code == 404
        listed = (await client.get("/workspaces", params={"limit": 1000})).json()["data"]
        assert team.workspace_id not in [workspace["id"] for workspace in listed]
    assert (await team.owner.delete(team.path)).status_code == 404


async def test_strangers_get_the_same_answer_as_for_what_never_was(team: Team) -> None:
    missing = f"/workspaces/{team.workspace_id + 10_000_000}"
    for method in ("GET", "PUT", "DELETE"):
        foreign = await team.stranger.request(method, team.path, json={} if method == "PUT" else None)
        absent = await team.stranger.request(method, missing, json={} if method == "PUT" else None)
        assert foreign.status_code == absent.status_code == 404
        assert foreign.json() == absent.json()
