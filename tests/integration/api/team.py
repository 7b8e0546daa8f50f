"""A workspace with somebody of every role, and a stranger: who the tests of routes act as."""

from dataclasses import dataclass
from typing import Any

import httpx

from persistence.models.workspace import ProjectRole
from tests.factories.users import make_user
from tests.factories.workspaces import make_member, make_workspace
from tests.fixtures.api import Api

ROLES = ("owner", "admin", "member", "viewer")
STRANGER = "stranger"


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
    """A new team of new people, who have all signed in and accepted before; the owner has an older workspace, too."""
    async with api.services.database.unit_of_work() as uow:
        people = {name: await make_user(uow) for name in (*ROLES, STRANGER)}
        await make_workspace(uow, owner=people["owner"])
        workspace = await make_workspace(
            uow, owner=people["owner"], name="Acme", website="https://acme.example"
        )
        for role in ROLES[1:]:
            await make_member(uow, workspace, people[role], ProjectRole(role))
        await make_workspace(uow, owner=people[STRANGER], name="Elsewhere")
        ids = {role: people[role].id for role in ROLES}
    clients = {name: api.client(sub=str(user.supabase_user_id)) for name, user in people.items()}
    stranger = clients.pop(STRANGER)
    return Team(workspace.id, clients, ids, stranger)


async def make_invited_team(api: Api) -> Team:
    """A new team that came together over HTTP: each was invited and accepted, and the audit log says so."""
    team = await make_team(api)
    clients = {role: api.client() for role in ROLES[1:]}
    workspace = await created(team.owner, "/workspaces", {"name": "Invited"})
    joined = {role: await join(team.owner, workspace["id"], client, role) for role, client in clients.items()}
    ids = {"owner": team.user_ids["owner"], **joined}
    return Team(workspace["id"], {"owner": team.owner, **clients}, ids, team.stranger)


async def created(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """The data of a 201 answer."""
    answer = await client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data
