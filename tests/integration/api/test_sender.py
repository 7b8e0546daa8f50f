"""The sender profile over HTTP."""

import asyncio

import pytest

from tests.fixtures.api import Api
from tests.integration.api.team import Team, make_team

EMPTY = {
    "name": None,
    "title": None,
    "company": None,
    "postalAddress": None,
    "approvedFacts": [],
    "customerNames": [],
    "linkedinTier": None,
    "optOutLine": None,
}


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


async def test_it_is_empty_until_it_is_saved(team: Team) -> None:
    answer = await team.clients["viewer"].get(f"{team.path}/sender")
    assert answer.status_code == 200
    assert answer.json()["data"] == EMPTY


async def test_a_put_changes_what_is_sent_and_null_clears(team: Team) -> None:
    path = f"{team.path}/sender"
    body = {"name": "Ada", "approvedFacts": ["Two days."], "linkedinTier": "premium"}
    assert (await team.clients["admin"].put(path, json=body)).json()["data"] == EMPTY | body
    more = {"approvedFacts": None, "title": "Founder"}
    after = (await team.owner.put(path, json=more)).json()["data"]
    assert after == EMPTY | body | {"approvedFacts": [], "title": "Founder"}
    assert (await team.clients["viewer"].get(path)).json()["data"] == after


async def test_members_may_read_but_not_change_it(team: Team) -> None:
    for role in ("member", "viewer"):
        answer = await team.clients[role].put(f"{team.path}/sender", json={"name": "Eve"})
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"linkedinTier": "gold"},
        {"approvedFacts": "Two days."},
        {"approvedFacts": [""]},
        {"customerNames": [None]},
        {"customerNames": ["x"] * 201},
        {"name": "line\nbreak"},
        {"workspaceId": 1},
    ],
)
async def test_a_wrong_field_is_refused(team: Team, body: dict[str, object]) -> None:
    assert (await team.owner.put(f"{team.path}/sender", json=body)).status_code == 422


async def test_two_first_saves_at_once_keep_both_fields(team: Team) -> None:
    path = f"{team.path}/sender"
    puts = [team.owner.put(path, json=body) for body in ({"name": "Ada"}, {"title": "Founder"})]
    assert {answer.status_code for answer in await asyncio.gather(*puts)} == {200}
    saved = (await team.owner.get(path)).json()["data"]
    assert (saved["name"], saved["title"]) == ("Ada", "Founder")


async def test_a_stale_version_is_refused(team: Team) -> None:
    path = f"{team.path}/sender"
    assert (await team.owner.put(path, json={}, headers={"If-Match": '"v1"'})).status_code == 412
    tag = (await team.owner.put(path, json={"name": "Ada"})).headers["ETag"]
    assert (await team.owner.put(path, json={"name": "B"}, headers={"If-Match": tag})).status_code == 200
    assert (await team.owner.put(path, json={"name": "C"}, headers={"If-Match": tag})).status_code == 412


async def test_a_change_is_noted_without_its_text(team: Team) -> None:
    await team.owner.put(f"{team.path}/sender", json={"postalAddress": "Ringstraße 1"})
    log = (await team.owner.get(f"{team.path}/audit", params={"entity": "sender"})).json()["data"]
    assert log[0]["to"] == {"fields": ["postal_address"]}
