"""A workspace with somebody of every role, and a stranger: who the tests of routes act as."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.fixtures.api import Api

ROLES = ("owner", "admin", "member", "viewer")


@dataclass(frozen=True)
class Team:
    """One workspace, a signed-in client for each role, and a stranger who owns another workspace."""

    workspace_id: int
    clients: dict[str, httpx.AsyncClient]
    user_ids: dict[str, int]
    stranger: httpx.AsyncClient

    @property
    def owner(self) -> httpx.AsyncClient:
        """The owner's client."""
        return self.clients["owner"]

    @property
    def path(self) -> str:
        """The workspace's path."""
        return f"/workspaces/{self.workspace_id}"


async def join(owner: httpx.AsyncClient, workspace_id: int, person: httpx.AsyncClient, role: str) -> int:
    """Make `person` a member the way people do: invited, then accepted. Their user id."""
    invited = await owner.post(
        f"/workspaces/{workspace_id}/members", json={"email": f"{role}@example.com", "role": role}
    )
    assert invited.status_code == 201, invited.text
    accepted = await person.post("/invitations/accept", json={"token": invited.json()["data"]["inviteToken"]})
    assert accepted.status_code == 200, accepted.text
    user_id: int = accepted.json()["data"]["userId"]
    return user_id


async def make_team(api: Api) -> Team:
    """A new team of new people."""
    clients = {role: api.client() for role in ROLES}
    owner = clients["owner"]
    workspace = await created(owner, "/workspaces", {"name": "Acme", "website": "https://acme.example"})
    me = (await owner.get("/auth/me")).json()["data"]
    user_ids = {"owner": me["userId"]}
    for role in ROLES[1:]:
        user_ids[role] = await join(owner, workspace["id"], clients[role], role)
    stranger = api.client()
    await created(stranger, "/workspaces", {"name": "Elsewhere"})
    return Team(workspace["id"], clients, user_ids, stranger)


async def created(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """The data of a 201 answer."""
    answer = await client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data
