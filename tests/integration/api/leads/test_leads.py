"""One lead over HTTP: read, changed, judged, deleted."""

from typing import Any

import pytest

from persistence.models.lead import Lead, LeadStatus
from persistence.models.user import EntityStatus, User
from tests.fixtures.api import Api
from tests.integration.api.leads.crm import added, campaign, counters, drift, experiment, put_at
from tests.integration.api.team import Team, make_team
from tools.leads.schemas import LeadRead


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


async def test_a_lead_is_read_as_it_was_saved(api: Api, team: Team, path: str) -> None:
    saved = await added(team, path, relevanceScore=80, relevanceReasons=["By hand"], phone="+44 1")
    answer = await team.clients["viewer"].get(f"/leads/{saved['id']}")
    assert answer.json() == {"success": True, "message": "OK", "data": saved}
    assert answer.headers["ETag"] == '"v1"'
    assert saved["status"] == "found"
    assert saved["workspaceId"] == team.workspace_id
    assert saved["personId"]
    assert set(saved) == {field.alias for field in LeadRead.model_fields.values()} - {"rawData"}
    LeadRead.model_validate(saved | {"rawData": None}, strict=False)
    async with api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(Lead, saved["id"])).raw_data = {"source": "list"}
    whole = await team.owner.get(f"/leads/{saved['id']}", params={"include": "rawData"})
    assert whole.json()["data"]["rawData"] == {"source": "list"}
    assert (await team.owner.get(f"/leads/{saved['id']}", params={"include": "x"})).status_code == 422


async def test_what_a_lead_is_recognised_by_is_saved_once_for_the_version_that_was_read(
    team: Team, path: str
) -> None:
    saved = await added(team, path)
    body, read = {"email": "new@acme.example", "company": "Acme"}, {"If-Match": '"v1"'}
    answer = await team.owner.put(f"/leads/{saved['id']}", json=body, headers=read)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"v2"'), answer.text


async def test_a_put_changes_what_is_sent_and_null_clears(team: Team, path: str) -> None:
    saved = await added(team, path, jobTitle="CFO", location="London")
    answer = await team.clients["member"].put(
        f"/leads/{saved['id']}", json={"jobTitle": None, "location": "Paris"}
    )
    after = answer.json()["data"]
    assert (after["jobTitle"], after["location"]) == (None, "Paris")
    assert answer.headers["ETag"] == '"v2"'
    unchanged = saved.keys() - {"jobTitle", "location", "updatedAt"}
    assert {name: after[name] for name in unchanged} == {name: saved[name] for name in unchanged}
    for field in ("fullName", "status"):
        refused = await team.owner.put(f"/leads/{saved['id']}", json={field: None})
        assert refused.status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"fullName": ""},
        {"fullName": "a\u0000"},
        {"relevanceScore": 101},
        {"relevanceScore": "80"},
        {"email": "nobody"},
        {"status": "lost"},
        {"outcome": "won"},
        {"campaignId": 1},
        {"rawData": {}},
        {"contactedAt": None},
        {"personId": 1},
        {"phone": "1" * 51},
        [],
    ],
)
async def test_a_wrong_change_is_refused(settled: Team, body: Any) -> None:
    saved = await added(settled, await campaign(settled))
    answer = await settled.owner.put(f"/leads/{saved['id']}", json=body)
    assert answer.status_code == 422, answer.text


async def test_of_two_stale_puts_one_is_refused(team: Team, path: str) -> None:
    saved = await added(team, path)
    tag = (await team.owner.get(f"/leads/{saved['id']}")).headers["ETag"]
    answers = [
        await team.owner.put(f"/leads/{saved['id']}", json={"jobTitle": title}, headers={"If-Match": tag})
        for title in ("A", "B")
    ]
    assert [answer.status_code for answer in answers] == [200, 412]


async def test_a_lead_walks_along_its_table(api: Api, team: Team, path: str) -> None:
    saved = await added(team, path)
    lead_path = f"/leads/{saved['id']}"
    refused = await team.owner.put(lead_path, json={"status": "sent", "jobTitle": "CFO"})
    assert refused.status_code == 409
    assert refused.json()["legal"] == ["enriching", "drafted"]
    assert (await team.owner.get(lead_path)).json()["data"]["jobTitle"] is None
    for status in ("drafted", "queued", "enriched", "queued", "sent"):
        moved = await team.clients["member"].put(lead_path, json={"status": status})
        assert moved.status_code == 200, moved.text
    assert moved.json()["data"]["contactedAt"]
    feed = (await team.owner.get(f"{path}/activities")).json()["data"]
    assert [(entry["activityType"], entry["status"]) for entry in feed] == [
        ("lead_contacted", "sent"),
        ("lead_moved", "queued"),
        ("lead_moved", "enriched"),
        ("lead_moved", "queued"),
        ("outreach_generated", "drafted"),
        ("leads_found", None),
        ("campaign_created", "active"),
    ]
    assert {entry["actorUserId"] for entry in feed[:5]} == {team.user_ids["member"]}
    assert await counters(api, path) == (1, 1, 0, 0)
    assert await drift(api, team) == []


@pytest.mark.parametrize("word", ["reason", "notes"])
async def test_an_outcome_is_logged_in_any_status(api: Api, team: Team, path: str, word: str) -> None:
    saved = await added(team, path)
    outcome = f"/leads/{saved['id']}/outcome"
    logged = await team.owner.post(outcome, json={"outcome": "interested", word: "Met at a fair"})
    assert logged.status_code == 200
    data = logged.json()["data"]
    assert (data["status"], data["outcome"], data["outcomeReason"]) == (
        "found",
        "interested",
        "Met at a fair",
    )
    await put_at(api, saved["id"], LeadStatus.SENT)
    answer = await team.owner.post(outcome, json={"outcome": "meeting_booked"})
    assert (answer.json()["data"]["status"], answer.json()["data"]["outcomeReason"]) == ("responded", None)
    assert answer.json()["data"]["respondedAt"]
    assert await counters(api, path) == (1, 1, 1, 1)
    taken_back = await team.owner.put(f"/leads/{saved['id']}", json={"outcome": None})
    assert taken_back.json()["data"]["outcome"] is None
    assert await counters(api, path) == (1, 1, 1, 0)
    assert await drift(api, team) == []
    for wrong in ({}, {"outcome": None}, {"outcome": "won"}, {"outcome": "rejected", "by": 1}):
        assert (await team.owner.post(outcome, json=wrong)).status_code == 422


async def test_a_deleted_lead_is_gone_and_counted_no_more(api: Api, team: Team, path: str) -> None:
    saved = await added(team, path)
    await put_at(api, saved["id"], LeadStatus.SENT)
    assert await counters(api, path) == (1, 1, 0, 0)
    lead_path = f"/leads/{saved['id']}"
    assert (await team.clients["viewer"].delete(lead_path)).status_code == 403
    assert (await team.clients["member"].delete(lead_path)).json()["data"] is None
    assert (await team.owner.get(lead_path)).status_code == 404
    assert await counters(api, path) == (0, 0, 0, 0)
    assert await drift(api, team) == []
    log = (await team.owner.get(f"{team.path}/audit", params={"entity": "lead"})).json()["data"]
    assert [(entry["action"], entry["entityId"]) for entry in log] == [("deleted", str(saved["id"]))]
    assert saved["fullName"] not in str(log), "who asks to be forgotten is in no log"
    assert (
        await team.owner.post(f"{path}/leads", json={"fullName": "A", "email": saved["email"]})
    ).status_code == 201


async def test_leads_of_a_deleted_campaign_do_not_exist(team: Team, path: str) -> None:
    saved = await added(team, path)
    assert (await team.owner.delete(path)).status_code == 200
    lead_path = f"/leads/{saved['id']}"
    for method, tail, body in (
        ("GET", "", None),
        ("PUT", "", {}),
        ("DELETE", "", None),
        ("POST", "/outcome", {"outcome": "rejected"}),
    ):
        answer = await team.owner.request(method, lead_path + tail, json=body)
        assert answer.status_code == 404, (method, answer.text)
    assert (await team.owner.get(f"{team.path}/leads")).json()["data"] == []
    assert (await team.owner.get(f"{path}/leads")).status_code == 404
    again = await team.owner.post(
        f"{await campaign(team)}/leads", json={"fullName": "Again", "email": saved["email"]}
    )
    assert again.status_code == 201, "a deleted campaign holds nobody back"


async def test_a_profile_of_another_lead_is_refused(team: Team, path: str) -> None:
    first, second = await added(team, path), await added(team, path)
    for taken in ({"email": first["email"].upper()}, {"linkedinUrl": first["linkedinUrl"] + "/?x=1"}):
        answer = await team.owner.put(f"/leads/{second['id']}", json=taken)
        assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_lead")
        assert answer.json()["leadId"] == first["id"]
    own = await team.owner.put(f"/leads/{second['id']}", json={"email": second["email"].upper()})
    assert own.status_code == 200
    free = await team.owner.put(f"/leads/{first['id']}", json={"email": None, "linkedinUrl": None})
    assert free.status_code == 200
    taken_over = await team.owner.put(f"/leads/{second['id']}", json={"email": first["email"]})
    assert taken_over.status_code == 200


async def test_leads_of_strangers_do_not_exist(team: Team, path: str) -> None:
    saved = await added(team, path)
    stranger = await team.stranger.get(f"/leads/{saved['id']}")
    absent = await team.stranger.get(f"/leads/{2**62}")
    assert stranger.status_code == absent.status_code == 404
    assert stranger.json() == absent.json()
    assert (await team.stranger.get(f"{path}/leads")).status_code == 404
    assert (await team.stranger.get(f"{team.path}/leads")).status_code == 404


async def test_who_is_disabled_reads_nothing_more_at_once(api: Api, team: Team, path: str) -> None:
    saved = await added(team, path)
    viewer = team.clients["viewer"]
    assert (await viewer.get(f"/leads/{saved['id']}")).status_code == 200
    async with api.services.database.unit_of_work() as uow:
        (await uow.session.get_one(User, team.user_ids["viewer"])).status = EntityStatus.INACTIVE
    for listing in (f"/leads/{saved['id']}", f"{path}/leads", f"{team.path}/leads"):
        answer = await viewer.get(listing)
        assert (answer.status_code, answer.json()["code"]) == (403, "account_disabled")
    async with api.services.database.unit_of_work() as uow:
        await uow.session.delete(await uow.session.get_one(User, team.user_ids["viewer"]))
    assert (await viewer.get(f"/leads/{saved['id']}")).status_code == 401


async def test_who_leaves_a_workspace_reads_nothing_more_at_once(team: Team, path: str) -> None:
    saved = await added(team, path)
    viewer = team.clients["viewer"]
    assert (await viewer.get(f"/leads/{saved['id']}")).status_code == 200
    gone = await team.owner.delete(f"{team.path}/members/{team.user_ids['viewer']}")
    assert gone.status_code == 200
    for listing in (f"/leads/{saved['id']}", f"{path}/leads", f"{team.path}/leads"):
        assert (await viewer.get(listing)).status_code == 404
