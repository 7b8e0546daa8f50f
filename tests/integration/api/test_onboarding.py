"""Onboarding answers over HTTP."""

import asyncio
from typing import Any

import pytest

from tests.fixtures.api import Api
from tests.integration.api.team import Team, make_team

DATA = {
    "company": {"companyName": "Acme", "price": 900, "afterState": "Zwei Tage ☀️"},
    "customerEvidence": {"hasPayingCustomers": True, "bestCustomers": [{"name": "Nordstahl", "signals": []}]},
    "somethingNew": [1, 2.5, None, {"deep": {"er": "yes"}}],
}


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


async def test_there_is_nothing_until_it_is_saved(team: Team) -> None:
    answer = await team.owner.get(f"{team.path}/onboarding")
    assert answer.status_code == 404
    assert answer.json()["code"] == "onboarding_not_saved"


async def test_what_is_saved_comes_back_unchanged(team: Team) -> None:
    path = f"{team.path}/onboarding"
    saved = await team.clients["member"].put(path, json={"data": DATA})
    assert saved.status_code == 200, saved.text
    read = await team.clients["viewer"].get(path)
    assert read.json()["data"] == saved.json()["data"]
    assert read.json()["data"]["data"] == DATA
    assert set(read.json()["data"]) == {"workspaceId", "data", "createdAt", "updatedAt"}
    assert (await team.clients["viewer"].put(path, json={"data": {}})).status_code == 403


async def test_a_save_replaces_what_was_there(team: Team) -> None:
    path = f"{team.path}/onboarding"
    await team.owner.put(path, json={"data": DATA})
    await team.owner.put(path, json={"data": {"voice": {"emojiUsage": "never"}}})
    assert (await team.owner.get(path)).json()["data"]["data"] == {"voice": {"emojiUsage": "never"}}


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": None},
        {"data": []},
        {"data": "text"},
        {"data": {}, "workspaceId": 1},
        {"data": {"company": {"companyName": "a\u0000b"}}},
        {"data": {"a\u0000": 1}},
        {"data": {"company": 2**63}},
        {"data": _nested(40)},
        {"data": {"company": "a" * 600_000}},
    ],
)
async def test_what_cannot_be_kept_is_refused(team: Team, body: Any) -> None:
    answer = await team.owner.put(f"{team.path}/onboarding", json=body)
    assert answer.status_code == 422, answer.text
    assert (await team.owner.get(f"{team.path}/onboarding")).status_code == 404


async def test_nan_and_lone_surrogates_are_refused(team: Team) -> None:
    for text in ('{"data": {"a": NaN}}', '{"data": {"a": "\\ud800"}}', '{"data": {"a": 1e999}}'):
        answer = await team.owner.put(
            f"{team.path}/onboarding", content=text, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 422, answer.text


async def test_many_first_saves_at_once_leave_one_document(team: Team) -> None:
    path = f"{team.path}/onboarding"
    puts = [team.owner.put(path, json={"data": {"number": number}}) for number in range(8)]
    answers = await asyncio.gather(*puts)
    assert {answer.status_code for answer in answers} == {200}
    assert (await team.owner.get(path)).json()["data"]["data"]["number"] in range(8)


async def test_a_stale_version_is_refused(team: Team) -> None:
    path = f"{team.path}/onboarding"
    early = await team.owner.put(path, json={"data": {}}, headers={"If-Match": '"v1"'})
    assert early.status_code == 412
    tag = (await team.owner.put(path, json={"data": DATA})).headers["ETag"]
    assert (await team.owner.get(path)).headers["ETag"] == tag
    assert (await team.owner.put(path, json={"data": {}}, headers={"If-Match": tag})).status_code == 200
    assert (await team.owner.put(path, json={"data": DATA}, headers={"If-Match": tag})).status_code == 412
