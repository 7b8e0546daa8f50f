"""Budget and usage over HTTP."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from persistence.models.budget import UsageRecord
from persistence.models.workspace import Workspace
from persistence.types import utc_now
from tests.factories.campaigns import make_campaign
from tests.fixtures.api import Api
from tests.integration.api.team import Team, make_team


async def _spend(api: Api, team: Team, *, days_ago: int = 0, **values: Any) -> None:
    day = utc_now().date() - timedelta(days=days_ago)
    async with api.services.database.unit_of_work() as uow:
        uow.session.add(UsageRecord(workspace_id=team.workspace_id, day=day, **values))


async def test_without_a_budget_there_are_no_limits_and_nothing_spent(team: Team) -> None:
    answer = await team.clients["viewer"].get(f"{team.path}/budget")
    assert "ETag" not in answer.headers
    budget = answer.json()["data"]
    today = utc_now()
    assert budget["tokensPerDay"] is budget["creditsPerMonth"] is None
    assert budget["spent"] == {"tokensToday": 0, "creditsThisMonth": 0, "creditsReserved": 0}
    assert date.fromisoformat(budget["resetsAt"][:10]) > today.date()
    assert budget["creditsResetAt"][8:10] == "01"


async def test_limits_are_changed_one_by_one_and_taken_away(team: Team) -> None:
    path = f"{team.path}/budget"
    first = await team.clients["admin"].put(path, json={"creditsPerMonth": 500.12345})
    assert first.json()["data"]["creditsPerMonth"] == 500.1234
    both = await team.owner.put(
        path, json={"tokensPerDay": 1_000}, headers={"If-Match": first.headers["ETag"]}
    )
    assert (both.json()["data"]["creditsPerMonth"], both.json()["data"]["tokensPerDay"]) == (500.1234, 1_000)
    stale = await team.owner.put(path, json={"tokensPerDay": 1}, headers={"If-Match": first.headers["ETag"]})
    assert stale.status_code == 412
    none = (await team.owner.put(path, json={"creditsPerMonth": None})).json()["data"]
    assert (none["creditsPerMonth"], none["tokensPerDay"]) == (None, 1_000)
    log = (await team.owner.get(f"{team.path}/audit", params={"entity": "budget"})).json()["data"]
    assert log[0]["from"] == {"tokensPerDay": 1_000, "creditsPerMonth": 500.1234}
    assert log[0]["to"] == {"tokensPerDay": 1_000, "creditsPerMonth": None}


async def test_two_first_saves_at_once_keep_both_limits(team: Team) -> None:
    path = f"{team.path}/budget"
    puts = [team.owner.put(path, json=body) for body in ({"tokensPerDay": 5}, {"creditsPerMonth": 7})]
    assert {answer.status_code for answer in await asyncio.gather(*puts)} == {200}
    saved = (await team.owner.get(path)).json()["data"]
    assert (saved["tokensPerDay"], saved["creditsPerMonth"]) == (5, 7)


@pytest.mark.parametrize(
    "body",
    [
        {"tokensPerDay": -1},
        {"tokensPerDay": 1.5},
        {"creditsPerMonth": "5"},
        {"creditsPerMonth": 1e12},
        {"spent": {}},
    ],
)
async def test_a_wrong_limit_is_refused(team: Team, body: dict[str, Any]) -> None:
    assert (await team.owner.put(f"{team.path}/budget", json=body)).status_code == 422


async def test_members_read_but_do_not_set_limits(team: Team) -> None:
    assert (await team.clients["member"].put(f"{team.path}/budget", json={})).status_code == 403
    assert (await team.stranger.get(f"{team.path}/budget")).status_code == 404


async def test_what_was_spent_counts_from_midnight_and_from_the_first(api: Api, team: Team) -> None:
    await _spend(api, team, input_tokens=100, output_tokens=20, model="m")
    await _spend(api, team, credits=Decimal("1.5"))
    await _spend(api, team, days_ago=32, input_tokens=7, credits=Decimal(9))
    spent = (await team.owner.get(f"{team.path}/budget")).json()["data"]["spent"]
    assert spent == {"tokensToday": 120, "creditsThisMonth": 1.5, "creditsReserved": 0}


async def test_usage_is_added_up_by_day_campaign_graph_and_model(api: Api, team: Team) -> None:
    async with api.services.database.unit_of_work() as uow:
        campaign = await make_campaign(uow, await uow.session.get_one(Workspace, team.workspace_id))
    for tokens in (10, 20):
        await _spend(api, team, graph="discovery", model="m", input_tokens=tokens, cost_usd=Decimal("0.5"))
    await _spend(api, team, graph="outreach", model="m", output_tokens=5, campaign_id=campaign.id)
    await _spend(api, team, days_ago=1, credits=Decimal("2.5"))
    await _spend(api, team, days_ago=40, input_tokens=1)
    path = f"{team.path}/usage"
    usage = (await team.clients["viewer"].get(path)).json()["data"]
    assert [
        (row["graph"], row["campaignId"], row["inputTokens"], row["outputTokens"], row["credits"])
        for row in usage
    ] == [
        ("outreach", campaign.id, 0, 5, 0),
        ("discovery", None, 30, 0, 0),
        (None, None, 0, 0, 2.5),
    ]
    assert usage[1]["costUsd"] == 1.0
    of_campaign = (await team.owner.get(path, params={"campaignId": campaign.id})).json()["data"]
    assert of_campaign == usage[:1]
    yesterday = (utc_now() - timedelta(days=1)).date().isoformat()
    assert (await team.owner.get(path, params={"to": yesterday})).json()["data"] == usage[2:]


async def test_usage_is_paged_without_gap_or_repeat(api: Api, team: Team) -> None:
    for number in range(7):
        await _spend(api, team, days_ago=number % 3, graph=f"g{number}", input_tokens=number)
    path = f"{team.path}/usage"
    whole = (await team.owner.get(path, params={"count": True})).json()
    assert whole["page"]["total"] == 7
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while cursor or not found:
        page = (
            await team.owner.get(path, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        ).json()
        found += page["data"]
        cursor = page["page"]["nextCursor"]
    assert found == whole["data"]


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-02-30"},
        {"from": "2026-02-02", "to": "2026-02-01"},
        {"from": "2020-01-01", "to": "2026-01-01"},
    ],
)
async def test_days_that_make_no_sense_are_refused(team: Team, query: dict[str, str]) -> None:
    assert (await team.owner.get(f"{team.path}/usage", params=query)).status_code == 422


async def test_the_first_day_of_all_is_a_day(team: Team) -> None:
    assert (await team.owner.get(f"{team.path}/usage", params={"to": "0001-01-01"})).json()["data"] == []


async def test_nobody_sees_what_others_spent(api: Api, team: Team) -> None:
    other = await make_team(api)
    await _spend(api, other, input_tokens=5)
    assert (await team.owner.get(f"{team.path}/usage")).json()["data"] == []
