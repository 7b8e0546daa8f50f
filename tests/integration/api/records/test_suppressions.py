"""The suppression list over HTTP, and what it forbids."""

import asyncio

import pytest
from sqlalchemy import select

from persistence.models.suppression import Suppression
from persistence.types import WorkspaceID
from tests.fixtures.api import Api
from tests.integration.api.team import Team, created
from tools.suppressions.hashing import Contact
from tools.suppressions.service import forbidding


async def _forbidden(api: Api, team: Team, contact: Contact) -> bool:
    async with api.services.database.unit_of_work() as uow:
        workspace_id = WorkspaceID(team.workspace_id)
        return await forbidding(uow, workspace_id, contact, api.services.contact_hashes) is not None


async def test_it_is_kept_as_a_hash_and_shown_masked(api: Api, team: Team) -> None:
    path = f"{team.path}/suppressions"
    added = await created(
        team.owner, path, {"kind": "email", "value": " Kim@Example.com", "reason": "opt_out"}
    )
    assert added == added | {"kind": "email", "value": "k***@example.com", "reason": "opt_out"}
    assert (await team.clients["viewer"].get(path)).json()["data"] == [added]
    async with api.services.database.unit_of_work() as uow:
        row = (
            await uow.session.execute(select(Suppression).where(Suppression.id == added["id"]))
        ).scalar_one()
    assert row.key_hash == api.services.contact_hashes.of(row.kind, "kim@example.com")
    log = (await team.owner.get(f"{team.path}/audit")).text
    assert "kim" not in log.lower()


async def test_the_same_again_is_one_and_a_lasting_reason_wins(team: Team) -> None:
    path = f"{team.path}/suppressions"
    first = await created(team.owner, path, {"kind": "domain", "value": "acme.example"})
    again = await team.owner.post(path, json={"kind": "domain", "value": "https://www.acme.example/"})
    assert (again.status_code, again.json()["data"]) == (200, first)
    asked = await team.owner.post(path, json={"kind": "domain", "value": "acme.example", "reason": "legal"})
    assert asked.json()["data"] == first | {"reason": "legal"}
    weaker = await team.owner.post(
        path, json={"kind": "domain", "value": "acme.example", "reason": "customer"}
    )
    assert weaker.json()["data"]["reason"] == "legal"


async def test_twenty_at_once_are_one(team: Team) -> None:
    path = f"{team.path}/suppressions"
    body = {"kind": "linkedin", "value": "https://www.linkedin.com/in/kim"}
    answers = await asyncio.gather(*(team.owner.post(path, json=body) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len((await team.owner.get(path)).json()["data"]) == 1


async def test_what_people_asked_for_lasts_and_the_rest_is_lifted_by_admins(api: Api, team: Team) -> None:
    path = f"{team.path}/suppressions"
    for reason in ("opt_out", "complaint", "legal"):
        body = {"kind": "email", "value": f"{reason}@example.com", "reason": reason}
        row = await created(team.owner, path, body)
        refused = await team.owner.delete(f"{path}/{row['id']}")
        assert (refused.status_code, refused.json()["code"]) == (409, "suppression_lasts")
    row = await created(team.clients["member"], path, {"kind": "email", "value": "kim@example.org"})
    assert await _forbidden(api, team, Contact(email="kim@example.org"))
    assert (await team.clients["member"].delete(f"{path}/{row['id']}")).status_code == 403
    assert (await team.clients["admin"].delete(f"{path}/{row['id']}")).status_code == 200
    assert (await team.clients["admin"].delete(f"{path}/{row['id']}")).status_code == 404
    assert not await _forbidden(api, team, Contact(email="kim@example.org"))


async def test_a_domain_covers_its_addresses_subdomains_and_company(api: Api, team: Team) -> None:
    await created(team.owner, f"{team.path}/suppressions", {"kind": "domain", "value": "acme.example"})
    assert await _forbidden(api, team, Contact(email="a@acme.example"))
    assert await _forbidden(api, team, Contact(email="a@mail.acme.example"))
    assert await _forbidden(api, team, Contact(company_domain="www.acme.example"))
    assert not await _forbidden(api, team, Contact(email="a@notacme.example"))
    assert not await _forbidden(api, team, Contact())


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "email", "value": "kim"}, "/value"),
        ({"kind": "domain", "value": "acme"}, "/value"),
        ({"kind": "linkedin", "value": "https://example.com/kim"}, "/value"),
        ({"kind": "phone", "value": "1"}, "/kind"),
        ({"kind": "email", "value": "kim@example.com", "reason": "mood"}, "/reason"),
        ({"kind": "email"}, "/value"),
    ],
)
async def test_what_names_nobody_is_refused(team: Team, body: dict[str, str], pointer: str) -> None:
    answer = await team.owner.post(f"{team.path}/suppressions", json=body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_it_is_filtered_and_paged(team: Team) -> None:
    path = f"{team.path}/suppressions"
    for number in range(5):
        await created(team.owner, path, {"kind": "email", "value": f"k{number}@example.com"})
    await created(team.owner, path, {"kind": "domain", "value": "example.com"})
    page = (await team.owner.get(path, params={"kind": "email", "limit": 3, "count": True})).json()
    assert (len(page["data"]), page["page"]["total"]) == (3, 5)
    rest = await team.owner.get(path, params={"kind": "email", "cursor": page["page"]["nextCursor"]})
    assert len(rest.json()["data"]) == 2


async def test_viewers_add_none_and_strangers_see_none(team: Team) -> None:
    path = f"{team.path}/suppressions"
    body = {"kind": "email", "value": "kim@example.com"}
    assert (await team.clients["viewer"].post(path, json=body)).status_code == 403
    assert (await team.stranger.get(path)).status_code == 404
