"""Adding leads over HTTP: one, many, duplicates, and companies of other experiments."""

import time
from typing import Any

import pytest

from tests.fixtures.api import Api
from tests.integration.api.leads.crm import added, campaign, counters, drift, experiment, lead
from tests.integration.api.team import Team, created, make_team


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


@pytest.fixture(scope="module")
async def settled(api: Api) -> Team:
    """A team for what is refused, which changes nothing."""
    return await make_team(api)


@pytest.fixture
async def path(team: Team) -> str:
    """A campaign of an experiment."""
    return await campaign(team, await experiment(team))


@pytest.mark.parametrize("way", ["leads", "leads/batch"])
async def test_a_batch_answers_the_list_in_order(api: Api, team: Team, path: str, way: str) -> None:
    batch = [lead() for _ in range(25)]
    answer = await team.clients["member"].post(f"{path}/{way}", json={"leads": batch})
    assert answer.status_code == 201, answer.text
    assert [row["fullName"] for row in answer.json()["data"]] == [row["fullName"] for row in batch]
    ids = [row["id"] for row in answer.json()["data"]]
    assert ids == sorted(ids)
    assert answer.json()["duplicates"] == answer.json()["rejected"] == []
    assert await counters(api, path) == (25, 0, 0, 0)
    assert await drift(api, team) == []
    feed = (await team.owner.get(f"{path}/activities")).json()["data"]
    assert (feed[0]["title"], feed[0]["metadata"]) == ("25 leads added", {"count": 25})
    assert feed[0]["actorUserId"] == team.user_ids["member"]


async def test_a_single_duplicate_is_refused_with_the_lead_it_is(team: Team, path: str) -> None:
    first = await added(team, path)
    other = await campaign(team)
    for same, reason in (
        ({"linkedinUrl": first["linkedinUrl"].replace("https://www.", "http://") + "/"}, "linkedin_url"),
        ({"email": first["email"].upper()}, "email"),
    ):
        answer = await team.owner.post(f"{other}/leads", json={"fullName": "Somebody", **same})
        assert answer.status_code == 409
        assert (answer.json()["leadId"], answer.json()["reason"]) == (first["id"], reason)
    stranger = await created(team.stranger, "/workspaces", {"name": "Theirs"})
    theirs = await created(team.stranger, f"/workspaces/{stranger['id']}/campaigns", {"name": "Theirs"})
    elsewhere = await team.stranger.post(f"/campaigns/{theirs['id']}/leads", json=lead(email=first["email"]))
    assert elsewhere.status_code == 201, "another workspace's leads are no duplicates"


async def test_a_batch_saves_what_can_be_saved_and_reports_the_rest(api: Api, team: Team, path: str) -> None:
    first = await added(team, path)
    new = lead()
    batch: list[Any] = [
        lead(email=first["email"]),
        new,
        {**lead(), "linkedinUrl": new["linkedinUrl"]},
        {"fullName": "", "email": "nobody"},
        {"fullName": "No keys at all"},
        {"fullName": "No keys at all"},
        5,
    ]
    answer = (await team.owner.post(f"{path}/leads", json={"leads": batch})).json()
    names = [row["fullName"] for row in answer["data"]]
    assert names == [new["fullName"], "No keys at all", "No keys at all"]
    assert answer["duplicates"] == [
        {"index": 0, "leadId": first["id"], "reason": "email"},
        {"index": 2, "leadId": answer["data"][0]["id"], "reason": "linkedin_url"},
    ]
    assert [
        (item["index"], [error["pointer"] for error in item["errors"]]) for item in answer["rejected"]
    ] == [
        (3, ["/email", "/fullName"]),
        (6, [""]),
    ]
    assert await counters(api, path) == (4, 0, 0, 0)
    assert await drift(api, team) == []


async def test_a_batch_in_which_nothing_is_a_lead_is_refused(team: Team, path: str) -> None:
    answer = await team.owner.post(f"{path}/leads", json={"leads": [{"fullName": ""}, {"name": "Ada"}]})
    assert answer.status_code == 422
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert "/leads/0/fullName" in pointers
    assert "/leads/1/name" in pointers


@pytest.mark.parametrize(
    "body",
    [{}, [], {"leads": []}, {"leads": None}, {"leads": [{"fullName": "A"}] * 1001}, {"fullName": "A", "id": 1}],
)  # fmt: skip
async def test_a_wrong_body_is_refused(settled: Team, body: Any) -> None:
    answer = await settled.owner.post(f"{await campaign(settled)}/leads", json=body)
    assert answer.status_code == 422, answer.text
    assert not any("(" in error["pointer"] for error in answer.json()["errors"])


async def test_a_company_belongs_to_one_experiment(api: Api, team: Team, path: str) -> None:
    held = await added(team, path, companyDomain="acme.example")
    same_arm = await campaign(team, int((await team.owner.get(path)).json()["data"]["experimentId"]))
    other_arm, no_arm = await campaign(team, await experiment(team)), await campaign(team)
    rival = lead(companyDomain="https://www.ACME.example/about")
    single = await team.owner.post(f"{other_arm}/leads", json=rival)
    assert (single.status_code, single.json()["code"]) == (409, "company_in_other_arm")
    batch = (await team.owner.post(f"{other_arm}/leads", json={"leads": [rival, lead()]})).json()
    assert len(batch["data"]) == 1
    assert batch["rejected"][0]["index"] == 0
    assert batch["rejected"][0]["errors"][0]["code"] == "company_in_other_arm"
    for free in (same_arm, no_arm):
        assert (await added(team, free, companyDomain="acme.example"))["id"]
    renamed = await added(team, other_arm)
    refused = await team.owner.put(f"/leads/{renamed['id']}", json={"companyDomain": "acme.example"})
    assert (refused.status_code, refused.json()["code"]) == (409, "company_in_other_arm")
    assert held["companyDomain"] == "acme.example"
    assert await drift(api, team) == []


async def test_a_claim_without_leads_behind_it_is_given_up(team: Team, path: str) -> None:
    mistake = await added(team, path, companyDomain="acme.example")
    other_arm = await campaign(team, await experiment(team))
    rival = lead(companyDomain="acme.example")
    assert (await team.owner.post(f"{other_arm}/leads", json=rival)).status_code == 409
    await team.owner.delete(f"/leads/{mistake['id']}")
    assert (await team.owner.post(f"{other_arm}/leads", json=rival)).status_code == 201
    back = await team.owner.post(f"{path}/leads", json=lead(companyDomain="acme.example"))
    assert back.status_code == 409, "now the other experiment holds it"


async def test_the_same_human_being_is_one_person_in_all_workspaces_of_a_client(
    team: Team, path: str
) -> None:
    first = await added(team, path)
    second = await created(team.owner, "/workspaces", {"name": "Second"})
    there = await created(team.owner, f"/workspaces/{second['id']}/campaigns", {"name": "There"})
    same = await created(
        team.owner, f"/campaigns/{there['id']}/leads", {"fullName": "A", "email": first["email"]}
    )
    assert same["personId"] == first["personId"]
    nobody = await created(team.owner, f"/campaigns/{there['id']}/leads", {"fullName": "No keys"})
    assert nobody["personId"] is None


@pytest.mark.full
async def test_a_batch_into_a_full_workspace_takes_no_longer_than_into_an_empty_one(
    api: Api, team: Team
) -> None:
    path = await campaign(team, await experiment(team))
    seconds = []
    for _ in range(10):
        people = [lead() for _ in range(1_000)]
        started = time.perf_counter()
        answer = await team.owner.post(f"{path}/leads", json={"leads": people})
        seconds.append(time.perf_counter() - started)
        assert len(answer.json()["data"]) == 1_000
    # Before the lookups were planned anew, the last ones took eight times as long as the first.
    assert min(seconds[-3:]) < 3 * min(seconds[:3]), seconds
