"""Members and invitations over HTTP."""

import pytest

from tests.fixtures.api import Api
from tests.integration.api.team import ROLES, Team, created, join, make_invited_team, make_team


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


async def _role_of(team: Team, name: str) -> str | None:
    members = (await team.owner.get(f"{team.path}/members")).json()["data"]
    return next((m["role"] for m in members if m["userId"] == team.user_ids[name]), None)


async def test_an_invitation_shows_its_token_once(team: Team) -> None:
    invited = await created(
        team.owner, f"{team.path}/members", {"email": "Kim@Example.com", "role": "member"}
    )
    assert invited["status"] == "invited"
    assert invited["userId"] is None
    assert invited["inviteToken"]
    assert invited["user"] == {"id": None, "email": "kim@example.com", "displayName": None}
    listed = (await team.owner.get(f"{team.path}/members")).json()["data"]
    again = next(person for person in listed if person["status"] == "invited")
    assert again == {name: value for name, value in invited.items() if name != "inviteToken"}


async def test_open_invitations_are_shown_to_those_who_manage_them(team: Team) -> None:
    await created(team.owner, f"{team.path}/members", {"email": "kim@example.com", "role": "viewer"})
    for role, client in team.clients.items():
        people = (await client.get(f"{team.path}/members")).json()["data"]
        assert [person["role"] for person in people if person["status"] == "active"] == list(ROLES)
        assert any(person["status"] == "invited" for person in people) == (role in {"owner", "admin"})


async def test_the_list_goes_on_from_members_to_invitations(team: Team) -> None:
    for number in range(4):
        body = {"email": f"kim{number}@example.com", "role": "viewer"}
        await created(team.owner, f"{team.path}/members", body)
    whole = (await team.owner.get(f"{team.path}/members")).json()["data"]
    assert len(whole) == 8
    for limit in (1, 2, 3, 4, 5, 7, 8):
        found = []
        cursor: str | None = None
        while True:
            params = {"limit": limit, "count": True} | ({"cursor": cursor} if cursor else {})
            page = (await team.owner.get(f"{team.path}/members", params=params)).json()
            found += page["data"]
            cursor = page["page"]["nextCursor"]
            assert page["page"]["total"] == 8
            assert len(page["data"]) <= limit
            if cursor is None:
                break
        assert found == whole
    assert (await team.owner.get(f"{team.path}/members", params={"cursor": "invited.x"})).status_code == 422


async def test_a_second_invitation_of_an_address_replaces_the_first(api: Api, team: Team) -> None:
    body = {"email": "kim@example.com", "role": "member"}
    first = await created(team.owner, f"{team.path}/members", body)
    second = await created(team.owner, f"{team.path}/members", {**body, "email": "KIM@example.com"})
    person = api.client()
    old = await person.post("/invitations/accept", json={"token": first["inviteToken"]})
    assert old.status_code == 404
    new = await person.post("/invitations/accept", json={"token": second["inviteToken"]})
    assert new.status_code == 200
    assert new.json()["data"]["role"] == "member"


async def test_a_withdrawn_invitation_works_no_longer(api: Api, team: Team) -> None:
    invited = await created(team.owner, f"{team.path}/members", {"email": "k@example.com", "role": "member"})
    path = f"{team.path}/invitations/{invited['id']}"
    assert (await team.clients["member"].delete(path)).status_code == 403
    assert (await team.stranger.delete(path)).status_code == 404
    assert (await team.clients["admin"].delete(path)).status_code == 200
    assert (await team.clients["admin"].delete(path)).status_code == 404
    answer = await api.client().post("/invitations/accept", json={"token": invited["inviteToken"]})
    assert answer.status_code == 404


async def test_the_address_in_a_token_opens_nothing(api: Api, team: Team) -> None:
    await created(team.owner, f"{team.path}/members", {"email": "boss@example.com", "role": "admin"})
    impostor = api.client(email="boss@example.com")
    assert (await impostor.get(team.path)).status_code == 404


async def test_a_member_is_not_promoted_by_somebody_elses_invitation(team: Team) -> None:
    invited = await created(team.owner, f"{team.path}/members", {"email": "k@example.com", "role": "admin"})
    answer = await team.clients["viewer"].post("/invitations/accept", json={"token": invited["inviteToken"]})
    assert answer.status_code == 409
    assert await _role_of(team, "viewer") == "viewer"


@pytest.mark.parametrize(
    ("role", "offered", "status"),
    [
        ("admin", "admin", 201),
        ("owner", "admin", 201),
        ("owner", "owner", 422),
        ("admin", "owner", 422),
        ("member", "viewer", 403),
        ("viewer", "viewer", 403),
    ],
)
async def test_who_may_invite_to_what(team: Team, role: str, offered: str, status: int) -> None:
    body = {"email": "kim@example.com", "role": offered}
    answer = await team.clients[role].post(f"{team.path}/members", json=body)
    assert answer.status_code == status


async def test_an_admin_changes_roles_up_to_their_own(team: Team) -> None:
    admin = team.clients["admin"]
    member = f"{team.path}/members/{team.user_ids['member']}"
    assert (await admin.put(member, json={"role": "admin"})).json()["data"]["role"] == "admin"
    assert (await admin.put(member, json={"role": "viewer"})).status_code == 200
    assert (await admin.put(member, json={"role": "owner"})).status_code == 403
    owner = f"{team.path}/members/{team.user_ids['owner']}"
    assert (await admin.put(owner, json={"role": "viewer"})).status_code == 403
    assert (await admin.delete(owner)).status_code == 403


@pytest.mark.parametrize("role", ["admin", "member", "viewer"])
async def test_nobody_raises_their_own_role(team: Team, role: str) -> None:
    own = f"{team.path}/members/{team.user_ids[role]}"
    assert (await team.clients[role].put(own, json={"role": "owner"})).status_code == 403
    assert await _role_of(team, role) == role


async def test_the_last_owner_can_neither_go_nor_step_down(team: Team) -> None:
    own = f"{team.path}/members/{team.user_ids['owner']}"
    left = await team.owner.delete(own)
    assert left.status_code == 409
    assert left.json()["code"] == "last_owner"
    assert (await team.owner.put(own, json={"role": "admin"})).status_code == 409


async def test_an_owner_hands_the_workspace_over_and_goes(team: Team) -> None:
    heir = f"{team.path}/members/{team.user_ids['member']}"
    assert (await team.owner.put(heir, json={"role": "owner"})).status_code == 200
    workspace = (await team.owner.get(team.path)).json()["data"]
    assert workspace["ownerUserId"] == team.user_ids["member"]
    assert (await team.owner.delete(f"{team.path}/members/{team.user_ids['owner']}")).status_code == 200
    assert (await team.owner.get(team.path)).status_code == 404
    assert (await team.clients["member"].get(team.path)).json()["data"]["role"] == "owner"


async def test_everybody_else_may_leave(team: Team) -> None:
    for role in ROLES[1:]:
        own = f"{team.path}/members/{team.user_ids[role]}"
        assert (await team.clients[role].delete(own)).status_code == 200
        assert (await team.clients[role].get(team.path)).status_code == 404


async def test_the_invitations_of_somebody_who_was_removed_lapse(api: Api, team: Team) -> None:
    body = {"email": "accomplice@example.com", "role": "admin"}
    invited = await created(team.clients["admin"], f"{team.path}/members", body)
    assert (await team.owner.delete(f"{team.path}/members/{team.user_ids['admin']}")).status_code == 200
    answer = await api.client().post("/invitations/accept", json={"token": invited["inviteToken"]})
    assert answer.status_code == 404


async def test_a_removed_member_may_be_invited_again(team: Team) -> None:
    await team.owner.delete(f"{team.path}/members/{team.user_ids['viewer']}")
    user_id = await join(team.owner, team.workspace_id, team.clients["viewer"], "member")
    assert user_id == team.user_ids["viewer"]
    assert await _role_of(team, "viewer") == "member"


async def test_members_of_other_workspaces_are_not_members_here(team: Team) -> None:
    stranger = (await team.stranger.get("/auth/me")).json()["data"]["userId"]
    for method, body in (("PUT", {"role": "viewer"}), ("DELETE", None)):
        answer = await team.owner.request(method, f"{team.path}/members/{stranger}", json=body)
        assert answer.status_code == 404


async def test_role_changes_are_in_the_audit_log(api: Api) -> None:
    team = await make_invited_team(api)
    member = team.user_ids["member"]
    await team.owner.put(f"{team.path}/members/{member}", json={"role": "viewer"})
    await team.owner.delete(f"{team.path}/members/{member}")
    query = {"entity": "member", "entityId": member}
    log = (await team.owner.get(f"{team.path}/audit", params=query)).json()["data"]
    assert [(entry["action"], entry["from"], entry["to"] and entry["to"]["role"]) for entry in log] == [
        ("removed", {"role": "viewer"}, None),
        ("role_changed", {"role": "member"}, "viewer"),
        ("joined", None, "member"),
    ]
    assert log[0]["actorUserId"] == team.user_ids["owner"]
