"""Lists of leads over HTTP: filters, sorts, pages."""

from typing import Any

import pytest

from persistence.models.lead import LeadOutcome, LeadStatus
from tests.fixtures.api import Api
from tests.integration.api.leads.crm import added, campaign, experiment, put_at
from tests.integration.api.team import Team, make_team
from tools.leads.schemas import LeadListed

SORTS = ["createdAt", "-createdAt", "relevanceScore", "-relevanceScore", "fullName", "-fullName"]


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


async def _listed(team: Team, path: str, **params: Any) -> list[int]:
    answer = await team.clients["viewer"].get(path, params=params)
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["data"]]


async def test_every_filter_alone_and_together(api: Api, team: Team) -> None:
    arm = await experiment(team)
    first, second = await campaign(team, arm), await campaign(team)
    a = await added(team, first, fullName="Ada Lovelace", jobTitle="CFO", relevanceScore=90)
    b = await added(team, first, fullName="Grace Hopper", company="100%_Compilers", relevanceScore=10)
    c = await added(team, second, fullName="Alan Turing", email="alan@bombe.example")
    await put_at(api, a["id"], LeadStatus.RESPONDED, LeadOutcome.INTERESTED)
    ids = [row["id"] for row in (a, b, c)]
    path = f"{team.path}/leads"
    assert await _listed(team, path) == ids
    assert await _listed(team, path, status="responded") == ids[:1]
    assert await _listed(team, path, status=["found", "responded"]) == ids
    assert await _listed(team, path, outcome="interested") == ids[:1]
    assert await _listed(team, path, campaignId=c["campaignId"]) == ids[2:]
    assert await _listed(team, path, campaignId=[a["campaignId"], c["campaignId"]]) == ids
    assert await _listed(team, path, experimentId=arm) == ids[:2]
    assert await _listed(team, path, minScore=50) == ids[:1]
    assert await _listed(team, path, maxScore=50) == ids[1:2]
    assert await _listed(team, path, minScore=10, maxScore=90) == ids[:2]
    for text, expected in (
        ("lovelace", ids[:1]),
        ("CFO", ids[:1]),
        ("0%_c", ids[1:2]),
        ("%", ids[1:2]),
        ("bombe", ids[2:]),
        ("\\", []),
        ("' OR 1=1 --", []),
    ):
        assert await _listed(team, path, q=text) == expected, text
    assert await _listed(team, path, status="found", q="o", experimentId=arm) == ids[1:2]
    assert await _listed(team, f"{first}/leads") == ids[:2]
    assert await _listed(team, f"{first}/leads", status="found") == ids[1:2]
    assert await _listed(team, path, campaignId=2**62) == []


async def test_a_page_shows_leads_without_their_bulk(team: Team) -> None:
    path = await campaign(team)
    saved = await added(team, path, enrichmentData={"much": "more"})
    (row,) = (await team.owner.get(f"{team.path}/leads")).json()["data"]
    assert set(row) == {field.alias for field in LeadListed.model_fields.values()}
    assert row == {name: saved[name] for name in row}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("where", ["workspace", "campaign"])
async def test_pages_of_every_sort_are_the_whole_list(team: Team, sort: str, where: str) -> None:
    path = await campaign(team)
    for number, score in enumerate((50, None, 50, 0, None, 100)):
        await added(team, path, fullName=f"Lead {number % 3}", relevanceScore=score)
    listing = f"{team.path}/leads" if where == "workspace" else f"{path}/leads"
    whole = (await team.owner.get(listing, params={"sort": sort})).json()["data"]
    assert len(whole) == 6
    name = sort.removeprefix("-")
    values = [-1 if row[name] is None else row[name] for row in whole]
    assert values == sorted(values, reverse=sort.startswith("-"))
    paged: list[Any] = []
    params = {"sort": sort, "limit": 4, "count": True}
    while True:
        answer = (await team.owner.get(listing, params=params)).json()
        assert answer["page"]["total"] == 6
        assert answer["page"]["limit"] == 4
        paged += answer["data"]
        if answer["page"]["nextCursor"] is None:
            break
        params["cursor"] = answer["page"]["nextCursor"]
    assert paged == whole


async def test_a_cursor_of_another_list_is_refused(team: Team) -> None:
    path = await campaign(team)
    for _ in range(2):
        await added(team, path)
    listing = f"{team.path}/leads"
    first = (await team.owner.get(listing, params={"limit": 1})).json()
    cursor = first["page"]["nextCursor"]
    for wrong in (
        {"cursor": cursor, "sort": "fullName"},
        {"cursor": cursor[:-2]},
        {"cursor": "x"},
        {"cursor": "WyJjcmVhdGVkQXQiLCJ4Il0"},
        {"cursor": "WyJjcmVhdGVkQXQiLHRydWVd"},
        {"cursor": "WyJjcmVhdGVkQXQiXQ"},
        {"cursor": "e30"},
        {"sort": "company"},
        {"status": "lost"},
        {"minScore": 101},
        {"campaignId": "0"},
        {"limit": 1001},
    ):
        answer = await team.owner.get(listing, params=wrong)
        assert answer.status_code == 422, (wrong, answer.text)
