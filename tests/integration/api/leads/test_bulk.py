"""One action on many leads over HTTP."""

from typing import Any

import pytest

from persistence.models.lead import LeadOutcome, LeadStatus
from tests.fixtures.api import Api
from tests.integration.api.leads.crm import added, campaign, counters, drift, experiment, put_at
from tests.integration.api.team import Team, make_team


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


@pytest.fixture(scope="module")
async def settled(api: Api) -> Team:
    """A team for what is refused, which changes nothing."""
    return await make_team(api)


async def _bulk(team: Team, **body: Any) -> dict[str, Any]:
    answer = await team.clients["member"].post("/leads/bulk", json=body)
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def test_many_are_moved_and_what_may_not_is_refused(api: Api, team: Team) -> None:
    path = await campaign(team, await experiment(team))
    queued, sent, found = [await added(team, path) for _ in range(3)]
    await put_at(api, queued["id"], LeadStatus.QUEUED)
    await put_at(api, sent["id"], LeadStatus.SENT)
    ids = [queued["id"], sent["id"], found["id"], 2**62]
    done = await _bulk(team, leadIds=ids, action="status", value="sent")
    assert done["changed"] == 1
    assert [(item["leadId"], item["reason"]) for item in done["refused"]] == [
        (2**62, "not_found"),
        (found["id"], "illegal_move"),
    ]
    assert "`enriching` or `drafted`" in done["refused"][1]["detail"]
    assert (await team.owner.get(f"/leads/{queued['id']}")).json()["data"]["contactedAt"]
    feed = (await team.owner.get(f"{path}/activities")).json()["data"]
    assert (feed[0]["leadId"], feed[0]["activityType"]) == (queued["id"], "lead_contacted")
    assert feed[0]["actorUserId"] == team.user_ids["member"]
    assert await counters(api, path) == (3, 2, 0, 0)
    assert await drift(api, team) == []


async def test_many_are_judged_and_answers_move_those_that_were_written_to(api: Api, team: Team) -> None:
    path = await campaign(team, await experiment(team))
    sent, found = await added(team, path), await added(team, path)
    await put_at(api, sent["id"], LeadStatus.SENT)
    body = {"workspaceId": team.workspace_id, "filter": {}, "action": "outcome"}
    assert await _bulk(team, **body, value="meeting_booked") == {"changed": 2, "refused": []}
    rows = (await team.owner.get(f"{path}/leads")).json()["data"]
    assert [(row["status"], row["outcome"]) for row in rows] == [
        ("responded", "meeting_booked"),
        ("found", "meeting_booked"),
    ]
    assert await counters(api, path) == (2, 1, 1, 2)
    assert await _bulk(team, **body, value="meeting_booked") == {"changed": 0, "refused": []}
    assert await _bulk(team, **body, value=None) == {"changed": 2, "refused": []}
    assert await counters(api, path) == (2, 1, 1, 0)
    assert await drift(api, team) == []
    assert found["id"] == rows[1]["id"]


async def test_many_are_brought_to_another_campaign_unless_their_company_may_not(
    api: Api, team: Team
) -> None:
    arm, other = await experiment(team), await experiment(team)
    first, second, third = await campaign(team, arm), await campaign(team, other), await campaign(team, arm)
    stays = await added(team, third, companyDomain="acme.example")
    bound = await added(team, first, companyDomain="acme.example")
    free = await added(team, first)
    await put_at(api, free["id"], LeadStatus.SENT, LeadOutcome.MEETING_DONE)
    target = int(second.rpartition("/")[2])
    done = await _bulk(team, leadIds=[bound["id"], free["id"]], action="move", value=target)
    assert done["changed"] == 1
    assert [(item["leadId"], item["reason"]) for item in done["refused"]] == [
        (bound["id"], "company_in_other_arm")
    ]
    assert await counters(api, first) == (1, 0, 0, 0)
    assert await counters(api, second) == (1, 1, 0, 1)
    assert await drift(api, team) == []
    await team.owner.delete(f"/leads/{stays['id']}")
    done = await _bulk(team, leadIds=[bound["id"]], action="move", value=target)
    assert done == {"changed": 1, "refused": []}, "all of the company's leads go: its claim goes with them"
    back = await team.owner.post(f"{first}/leads", json={"fullName": "A", "companyDomain": "acme.example"})
    assert (back.status_code, back.json()["code"]) == (409, "company_in_other_arm")


async def test_many_are_deleted_by_filter(api: Api, team: Team) -> None:
    path, other = await campaign(team, await experiment(team)), await campaign(team)
    for score in (10, 20, 90):
        await added(team, path, relevanceScore=score)
    kept = await added(team, other, relevanceScore=10)
    chosen = {"maxScore": 50, "campaignId": [int(path.rpartition("/")[2])]}
    done = await _bulk(team, workspaceId=team.workspace_id, filter=chosen, action="delete")
    assert done == {"changed": 2, "refused": []}
    left = (await team.owner.get(f"{team.path}/leads")).json()["data"]
    assert [row["relevanceScore"] for row in left] == [90, 10]
    assert left[1]["id"] == kept["id"]
    assert await drift(api, team) == []
    (entry,) = (await team.owner.get(f"{team.path}/audit", params={"entity": "leads"})).json()["data"]
    assert (entry["action"], entry["from"]["count"]) == ("deleted", 2)


async def test_strangers_and_foreign_campaigns_do_not_exist(team: Team) -> None:
    path = await campaign(team)
    mine = await added(team, path)
    body = {"leadIds": [mine["id"]], "action": "delete"}
    assert (await team.stranger.post("/leads/bulk", json=body)).status_code == 404
    assert (await team.clients["viewer"].post("/leads/bulk", json=body)).status_code == 403
    moved = {**body, "action": "move", "value": 2**62}
    assert (await team.owner.post("/leads/bulk", json=moved)).status_code == 404
    whole = {"workspaceId": team.workspace_id, "filter": {}, "action": "delete"}
    assert (await team.stranger.post("/leads/bulk", json=whole)).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"action": "status", "value": "sent"},
        {"action": "status", "value": "sent", "leadIds": []},
        {"action": "status", "value": "sent", "leadIds": [1], "filter": {}},
        {"action": "status", "value": "sent", "filter": {}},
        {"action": "status", "leadIds": [1]},
        {"action": "status", "value": "rejected", "leadIds": [1]},
        {"action": "outcome", "value": "sent", "leadIds": [1]},
        {"action": "move", "value": "7", "leadIds": [1]},
        {"action": "delete", "value": 1, "leadIds": [1]},
        {"action": "archive", "leadIds": [1]},
        {"action": "delete", "leadIds": list(range(1, 1002))},
        {"action": "delete", "workspaceId": 1, "filter": {"name": "x"}},
    ],
)
async def test_a_wrong_body_is_refused(settled: Team, body: Any) -> None:
    answer = await settled.owner.post("/leads/bulk", json=body)
    assert answer.status_code == 422, answer.text
