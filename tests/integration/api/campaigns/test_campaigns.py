"""Campaigns over HTTP."""

from typing import Any

import httpx
import pytest

from persistence.models.campaign import Campaign
from persistence.models.lead import LeadOutcome, LeadStatus
from tests.factories.leads import make_lead
from tests.fixtures.api import Api
from tests.integration.api.team import Team, created, make_team
from tools.campaigns.recount import recount

NEW = {"name": "November"}


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


@pytest.fixture(scope="module")
async def settled(api: Api) -> Team:
    """A team for what is refused, which changes nothing."""
    return await make_team(api)


async def _experiment(team: Team) -> dict[str, Any]:
    body = {"name": "Finance leads", "type": "bullseye"}
    return await created(team.owner, f"{team.path}/experiments", body)


async def _read(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def _leads(api: Api, campaign_id: int, *made: tuple[LeadStatus, LeadOutcome | None]) -> None:
    """Leads that came that far, counted."""
    async with api.services.database.unit_of_work() as uow:
        campaign = await uow.session.get_one(Campaign, campaign_id)
        for status, outcome in made:
            await make_lead(uow, campaign, status=status, outcome=outcome)
        await recount(uow, campaign.workspace_id)


@pytest.mark.parametrize("way", ["in the path", "in the body"])
async def test_a_campaign_is_made_and_read_back(team: Team, way: str) -> None:
    experiment = await _experiment(team)
    body = {**NEW, "experimentId": experiment["id"], "settings": {"tone": "plain"}, "autopilotEnabled": True}
    path = f"{team.path}/campaigns"
    if way == "in the body":
        path, body = "/campaigns", {**body, "workspaceId": team.workspace_id}
    made = await created(team.clients["member"], path, body)
    assert (made["status"], made["dailyLeadLimit"], made["autopilotEnabled"]) == ("active", 50, True)
    assert made["totalLeads"] == made["contactedCount"] == made["repliedCount"] == made["meetingsBooked"] == 0
    assert made["stats"] == {
        "byStatus": {},
        "byOutcome": {},
        "replyRate": {"value": 0, "low": 0, "high": 1, "n": 0},
    }
    assert made["experiment"]["name"] == "Finance leads"
    assert await _read(team.clients["viewer"], f"/campaigns/{made['id']}") == made
    listed = (await team.owner.get(f"{team.path}/campaigns")).json()["data"]
    assert listed == [{**made, "experiment": None}]


async def test_the_stats_say_what_the_leads_add_up_to(api: Api, team: Team) -> None:
    campaign = await created(team.owner, f"{team.path}/campaigns", NEW)
    await _leads(
        api,
        campaign["id"],
        (LeadStatus.FOUND, None),
        *[(LeadStatus.SENT, None)] * 8,
        (LeadStatus.RESPONDED, LeadOutcome.INTERESTED),
        (LeadStatus.RESPONDED, LeadOutcome.MEETING_BOOKED),
    )
    shown = await _read(team.owner, f"/campaigns/{campaign['id']}")
    assert (shown["totalLeads"], shown["contactedCount"]) == (11, 10)
    assert (shown["repliedCount"], shown["meetingsBooked"]) == (2, 1)
    assert shown["stats"]["byStatus"] == {"found": 1, "sent": 8, "responded": 2}
    assert shown["stats"]["byOutcome"] == {"interested": 1, "meeting_booked": 1}
    rate = shown["stats"]["replyRate"]
    assert (rate["value"], rate["n"]) == (0.2, 10)
    # The textbook's Wilson interval of 2 in 10.
    assert (round(rate["low"], 4), round(rate["high"], 4)) == (0.0567, 0.5098)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {**NEW, "totalLeads": 5},
        {**NEW, "dailyLeadLimit": -1},
        {**NEW, "dailyLeadLimit": "50"},
        {**NEW, "dailyLeadLimit": None},
        {**NEW, "settings": []},
        {**NEW, "autopilotEnabled": "yes"},
        {**NEW, "experimentId": "1"},
        {**NEW, "status": "gone"},
        {**NEW, "deletedAt": None},
    ],
)
async def test_a_wrong_body_is_refused(settled: Team, body: Any) -> None:
    answer = await settled.owner.post(f"{settled.path}/campaigns", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]


async def test_a_campaign_begins_active_or_paused(team: Team) -> None:
    assert (await created(team.owner, f"{team.path}/campaigns", {**NEW, "status": "paused"}))["id"]
    answer = await team.owner.post(f"{team.path}/campaigns", json={**NEW, "status": "completed"})
    assert answer.status_code == 409
    assert answer.json()["legal"] == ["active", "paused"]


async def test_pausing_and_resuming_are_moves_with_their_maker_in_the_feed(team: Team) -> None:
    campaign = await created(team.owner, f"{team.path}/campaigns", NEW)
    path = f"/campaigns/{campaign['id']}"
    for status in ("paused", "paused", "active", "completed", "archived"):
        moved = await team.clients["member"].put(path, json={"status": status})
        assert moved.json()["data"]["status"] == status
    refused = await team.owner.put(path, json={"status": "active", "name": "Again"})
    assert refused.status_code == 409
    assert refused.json()["legal"] == []
    assert (await _read(team.owner, path))["name"] == NEW["name"]
    feed = (await team.clients["viewer"].get(f"{path}/activities")).json()["data"]
    assert [entry["activityType"] for entry in feed] == [
        "campaign_archived",
        "campaign_completed",
        "campaign_resumed",
        "campaign_paused",
        "campaign_created",
    ]
    assert {entry["actorUserId"] for entry in feed[:-1]} == {team.user_ids["member"]}
    assert feed[0]["metadata"] == {"from": "completed", "to": "archived"}
    assert (feed[0]["campaignId"], feed[0]["status"]) == (campaign["id"], "archived")
    first = (await team.owner.get(f"{path}/activities", params={"limit": 2, "count": True})).json()
    assert first["page"]["total"] == 5
    rest = await team.owner.get(f"{path}/activities", params={"cursor": first["page"]["nextCursor"]})
    assert first["data"] + rest.json()["data"] == feed
    only = await team.owner.get(f"{path}/activities", params={"activityType": "campaign_paused"})
    assert [entry["id"] for entry in only.json()["data"]] == [feed[3]["id"]]


async def test_a_put_changes_what_is_sent_and_null_clears(team: Team) -> None:
    campaign = await created(team.owner, f"{team.path}/campaigns", {**NEW, "settings": {"tone": "plain"}})
    path = f"/campaigns/{campaign['id']}"
    answer = await team.owner.put(path, json={"settings": None, "dailyLeadLimit": 0, "name": "December"})
    after = answer.json()["data"]
    assert (after["settings"], after["dailyLeadLimit"], after["name"]) == (None, 0, "December")
    unchanged = campaign.keys() - {"settings", "dailyLeadLimit", "name", "updatedAt"}
    assert {name: after[name] for name in unchanged} == {name: campaign[name] for name in unchanged}
    for field in ("name", "status", "dailyLeadLimit", "autopilotEnabled"):
        assert (await team.owner.put(path, json={field: None})).status_code == 422


async def test_of_two_stale_puts_one_is_refused(team: Team) -> None:
    campaign = await created(team.owner, f"{team.path}/campaigns", NEW)
    path = f"/campaigns/{campaign['id']}"
    tag = (await team.owner.get(path)).headers["ETag"]
    answers = [
        await team.owner.put(path, json={"name": name}, headers={"If-Match": tag}) for name in ("A", "B")
    ]
    assert [answer.status_code for answer in answers] == [200, 412]


async def test_the_experiment_is_fixed_once_there_are_leads(api: Api, team: Team) -> None:
    first, second = await _experiment(team), await _experiment(team)
    campaign = await created(team.owner, f"{team.path}/campaigns", {**NEW, "experimentId": first["id"]})
    path = f"/campaigns/{campaign['id']}"
    changed = await team.owner.put(path, json={"experimentId": second["id"]})
    assert changed.json()["data"]["experiment"]["id"] == second["id"]
    await _leads(api, campaign["id"], (LeadStatus.FOUND, None))
    for late in (first["id"], None):
        refused = await team.owner.put(path, json={"experimentId": late})
        assert (refused.status_code, refused.json()["code"]) == (409, "experiment_fixed")
    assert (await team.owner.put(path, json={"experimentId": second["id"]})).status_code == 200


async def test_a_deleted_campaign_is_gone_and_its_experiment_counts_it_no_more(api: Api, team: Team) -> None:
    experiment = await _experiment(team)
    kept, gone = [
        await created(team.owner, f"{team.path}/campaigns", {**NEW, "experimentId": experiment["id"]})
        for _ in range(2)
    ]
    for campaign in (kept, gone):
        await _leads(api, campaign["id"], (LeadStatus.SENT, LeadOutcome.MEETING_BOOKED))
    assert (await _read(team.owner, f"/experiments/{experiment['id']}"))["leadsFound"] == 2
    path = f"/campaigns/{gone['id']}"
    assert (await team.clients["viewer"].delete(path)).status_code == 403
    assert (await team.clients["member"].delete(path)).json()["data"] is None
    for method, tail in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/activities")):
        answer = await team.owner.request(method, path + tail, json={} if method == "PUT" else None)
        assert answer.status_code == 404
    listed = (await team.owner.get(f"{team.path}/campaigns", params={"count": True})).json()
    assert [row["id"] for row in listed["data"]] == [kept["id"]]
    assert listed["page"]["total"] == 1
    after = await _read(team.owner, f"/experiments/{experiment['id']}")
    assert (after["leadsFound"], after["leadsWarming"], after["meetingsBooked"]) == (1, 1, 1)
    async with api.services.database.unit_of_work() as uow:
        row = await uow.session.get_one(Campaign, gone["id"])
        assert row.deleted_at is not None
        assert await recount(uow, row.workspace_id) == []
    log = (await team.owner.get(f"{team.path}/audit", params={"entity": "campaign"})).json()["data"]
    assert [(entry["action"], entry["entityId"]) for entry in log] == [("deleted", str(gone["id"]))]


async def test_lists_are_filtered_and_sorted(team: Team) -> None:
    experiment = await _experiment(team)
    bodies = [NEW, {**NEW, "status": "paused"}, {**NEW, "experimentId": experiment["id"]}]
    made = [await created(team.owner, f"{team.path}/campaigns", body) for body in bodies]
    ids = [campaign["id"] for campaign in made]

    async def listed(**params: Any) -> list[int]:
        answer = await team.clients["viewer"].get(f"{team.path}/campaigns", params=params)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["data"]]

    assert await listed(sort="-createdAt") == ids[::-1]
    assert await listed(status="paused") == ids[1:2]
    assert await listed(status=["paused", "active"]) == ids
    assert await listed(experimentId=experiment["id"]) == ids[2:]
    assert await listed(experimentId=2**62) == []
    for wrong in ({"status": "x"}, {"sort": "name"}, {"experimentId": "0"}):
        assert (await team.owner.get(f"{team.path}/campaigns", params=wrong)).status_code == 422
