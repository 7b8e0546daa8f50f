"""The audit log over HTTP."""

import pytest

from tests.fixtures.api import Api
from tests.integration.api.team import Team, make_invited_team


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team: three invitations and three joinings are in its log."""
    return await make_invited_team(api)


async def test_admins_and_owners_read_it_newest_first(team: Team) -> None:
    for role, client in team.clients.items():
        answer = await client.get(f"{team.path}/audit")
        assert answer.status_code == (200 if role in {"owner", "admin"} else 403)
    log = (await team.owner.get(f"{team.path}/audit")).json()["data"]
    assert [(entry["entity"], entry["action"]) for entry in log] == [
        ("member", "joined"),
        ("invitation", "created"),
    ] * 3
    assert set(log[0]) == {
        *("id", "actorUserId", "entity", "entityId", "action", "from", "to", "createdAt"),
    }


async def test_it_is_filtered_and_paged(team: Team) -> None:
    path = f"{team.path}/audit"
    whole = (await team.owner.get(path)).json()["data"]
    found = []
    cursor: str | None = None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await team.owner.get(path, params=params)).json()
        found += page["data"]
        cursor = page["page"]["nextCursor"]
        if cursor is None:
            break
    assert found == whole
    joined = (await team.owner.get(path, params={"action": "joined"})).json()["data"]
    assert joined == [entry for entry in whole if entry["action"] == "joined"]
    of_one = (await team.owner.get(path, params={"entity": "member", "entityId": "0"})).json()["data"]
    assert of_one == []


async def test_it_holds_no_other_workspaces_entries_and_no_token(api: Api, team: Team) -> None:
    other = await make_invited_team(api)
    mine = {entry["id"] for entry in (await team.owner.get(f"{team.path}/audit")).json()["data"]}
    theirs = {entry["id"] for entry in (await other.owner.get(f"{other.path}/audit")).json()["data"]}
    assert not mine & theirs
    assert (await team.stranger.get(f"{team.path}/audit")).status_code == 404
    assert "oken" not in (await team.owner.get(f"{team.path}/audit")).text
