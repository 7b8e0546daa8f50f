"""Scoring leads over HTTP: what is stored with a lead, and who may ask."""

from typing import Any

import pytest

from persistence.models.workspace import Workspace
from tests.factories.designs import design
from tests.factories.experiments import make_experiment
from tests.fixtures.api import Api
from tests.integration.api.team import Team, created, make_team

LEADS: list[dict[str, Any]] = [
    {"fullName": "Ada", "jobTitle": "Head of Finance", "company": "Passauer Steel Trading", "email": "ada@steel.example"},
    {"fullName": "Bob", "jobTitle": "Welder", "company": "Steel Works", "relevanceScore": 99, "relevanceReasons": ["I like him"]},
    {"fullName": "Cy"},
]  # fmt: skip


@pytest.fixture
async def team(api: Api) -> Team:
    return await make_team(api)


async def campaign_with(api: Api, team: Team, *, designed: bool = True) -> dict[str, Any]:
    """A campaign of an experiment."""
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        stored = design().model_dump(mode="json", by_alias=True) if designed else None
        experiment = await make_experiment(uow, workspace, design=stored)
    body = {"name": "November", "experimentId": experiment.id}
    return await created(team.owner, f"{team.path}/campaigns", body)


async def added(team: Team, campaign: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await team.owner.post(f"/campaigns/{campaign['id']}/leads", json={"leads": LEADS})
    assert answer.status_code == 201, answer.text
    leads: list[dict[str, Any]] = answer.json()["data"]
    return leads


async def test_scores_and_reasons_are_stored_and_only_changed_leads_are_written(api: Api, team: Team) -> None:
    campaign = await campaign_with(api, team)
    ada, bob, cy = await added(team, campaign)
    answer = await team.clients["member"].post(f"/campaigns/{campaign['id']}/leads/score")
    assert answer.json()["data"] == {"scored": 3, "changed": 3}
    shown = (await team.owner.get(f"/leads/{ada['id']}")).json()["data"]
    assert shown["relevanceScore"] == 53
    assert shown["relevanceReasons"][0] == "persona: jobTitle (finan, head) (35 of 35)"
    assert (await team.owner.get(f"/leads/{bob['id']}")).json()["data"]["relevanceScore"] == 8
    assert (await team.owner.get(f"/leads/{cy['id']}")).json()["data"]["relevanceScore"] == 0
    again = await team.owner.post(f"/campaigns/{campaign['id']}/leads/score")
    assert again.json()["data"] == {"scored": 3, "changed": 0}
    best = await team.owner.get(f"/campaigns/{campaign['id']}/leads?sort=-relevanceScore&minScore=50")
    assert [lead["id"] for lead in best.json()["data"]] == [ada["id"]]


async def test_a_signal_raises_the_score_and_a_stale_etag_is_noticed(api: Api, team: Team) -> None:
    campaign = await campaign_with(api, team)
    ada = (await added(team, campaign))[0]
    chosen = {"leadIds": [ada["id"]]}
    before = await team.owner.get(f"/leads/{ada['id']}")
    await team.owner.post(f"/campaigns/{campaign['id']}/leads/score", json=chosen)
    signal = {
        "headline": "The auditor asks for a faster close",
        "signalType": "hiring",
        "citations": [{"quote": "He told me.", "source": "user"}],
    }
    await created(team.owner, f"/leads/{ada['id']}/signals", signal)
    answer = await team.owner.post(f"/campaigns/{campaign['id']}/leads/score", json=chosen)
    assert answer.json()["data"] == {"scored": 1, "changed": 1}
    shown = (await team.owner.get(f"/leads/{ada['id']}")).json()["data"]
    assert shown["relevanceScore"] == 73
    assert any(reason.startswith("trigger: signals.") for reason in shown["relevanceReasons"])
    stale = {"If-Match": before.headers["ETag"]}
    refused = await team.owner.put(f"/leads/{ada['id']}", json={"jobTitle": "CFO"}, headers=stale)
    assert refused.status_code == 412


async def test_without_a_design_there_is_nothing_to_score_against(api: Api, team: Team) -> None:
    campaign = await campaign_with(api, team, designed=False)
    answer = await team.owner.post(f"/campaigns/{campaign['id']}/leads/score")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_design")


async def test_a_lead_of_another_campaign_is_not_found(api: Api, team: Team) -> None:
    ada = (await added(team, await campaign_with(api, team)))[0]
    elsewhere = await created(team.owner, f"{team.path}/campaigns", {"name": "Other"})
    answer = await team.owner.post(f"/campaigns/{elsewhere['id']}/leads/score", json={"leadIds": [ada["id"]]})
    assert answer.status_code == 404
