"""Many at once: counters stay true, a lead is one lead, a company stays in one arm, nothing is left without its owner."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Coroutine
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from persistence.models.campaign import Campaign, CampaignActivity
from persistence.models.company_assignment import CompanyAssignment
from persistence.models.lead import Lead, LeadStatus
from persistence.models.person import Person
from persistence.models.workspace import Workspace
from persistence.types import WorkspaceID
from tests.fixtures.api import Api
from tests.integration.api.leads.crm import added, campaign, drift, experiment, lead, put_at
from tests.integration.api.team import Team, created, make_team
from tools.workspaces.removal import finish_removals

SEED = int(os.environ.get("SEED", "20261125"))
OUTCOMES = ["no_response", "interested", "meeting_booked", "meeting_done", "closed_won", "rejected"]
STATUSES = [status.value for status in LeadStatus]


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team."""
    return await make_team(api)


async def _all(calls: list[Coroutine[Any, Any, httpx.Response]]) -> Counter[int]:
    """The statuses of calls made at once; none is a failure of ours."""
    answers = await asyncio.gather(*calls)
    failures = [answer.text for answer in answers if answer.status_code >= 500]
    assert not failures, f"SEED={SEED}: {failures}"
    return Counter(answer.status_code for answer in answers)


async def test_outcomes_moves_and_deletions_at_once_leave_true_counters(api: Api, team: Team) -> None:
    chance = random.Random(SEED)
    arms = [await experiment(team), await experiment(team), None]
    paths = [await campaign(team, arm) for arm in arms]
    ids = [(await added(team, paths[number % 3]))["id"] for number in range(12)]
    for id_ in ids:
        await put_at(api, id_, chance.choice(list(LeadStatus)))
    client = team.clients["member"]

    def call() -> Coroutine[Any, Any, httpx.Response]:
        id_, some = chance.choice(ids), chance.sample(ids, 5)
        target = int(chance.choice(paths).rpartition("/")[2])
        return chance.choice(
            [
                lambda: client.post(f"/leads/{id_}/outcome", json={"outcome": chance.choice(OUTCOMES)}),
                lambda: client.post(f"/leads/{id_}/outcome", json={"outcome": chance.choice(OUTCOMES)}),
                lambda: client.put(f"/leads/{id_}", json={"status": chance.choice(STATUSES)}),
                lambda: client.put(f"/leads/{id_}", json={"status": chance.choice(STATUSES)}),
                lambda: client.post(
                    "/leads/bulk",
                    json={"leadIds": some, "action": "status", "value": chance.choice(STATUSES)},
                ),
                lambda: client.post("/leads/bulk", json={"leadIds": some, "action": "move", "value": target}),
                lambda: client.post(f"{chance.choice(paths)}/leads", json=lead()),
                lambda: (
                    client.delete(f"/leads/{id_}") if chance.random() < 0.1 else client.get(f"/leads/{id_}")
                ),
            ]
        )()

    statuses = await _all([call() for _ in range(100)])
    assert statuses[200] > 30
    assert await drift(api, team) == [], f"SEED={SEED}"


async def test_the_same_lead_twenty_times_at_once_is_one_lead(api: Api, team: Team) -> None:
    paths = [await campaign(team), await campaign(team)]
    body = lead()
    calls = [team.owner.post(f"{paths[number % 2]}/leads", json=body) for number in range(20)]
    answers = await asyncio.gather(*calls)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 19}
    (made,) = [answer.json()["data"]["id"] for answer in answers if answer.status_code == 201]
    assert {answer.json()["leadId"] for answer in answers if answer.status_code == 409} == {made}
    assert await drift(api, team) == []


async def test_the_same_people_in_batches_of_any_order_are_added_once(api: Api, team: Team) -> None:
    chance = random.Random(SEED)
    paths = [await campaign(team), await campaign(team)]
    people = [lead() for _ in range(8)]
    batches = [chance.sample(people, 8) for _ in range(12)]
    calls = [
        team.owner.post(f"{paths[number % 2]}/leads", json={"leads": batch})
        for number, batch in enumerate(batches)
    ]
    answers = [answer.json() for answer in await asyncio.gather(*calls)]
    assert sum(len(answer["data"]) for answer in answers) == 8
    assert sum(len(answer["duplicates"]) for answer in answers) == 8 * 11
    listed = (await team.owner.get(f"{team.path}/leads")).json()["data"]
    assert sorted(row["email"] for row in listed) == sorted(person["email"] for person in people)
    assert await drift(api, team) == []


async def test_a_company_is_never_in_two_arms(api: Api, team: Team) -> None:
    paths = [await campaign(team, await experiment(team)) for _ in range(4)]
    companies = [f"firm{number}.example" for number in range(4)]
    elsewhere = [await added(team, path) for path in paths]
    calls = [
        team.owner.post(f"{path}/leads", json=lead(companyDomain=company))
        for path in paths
        for company in companies
    ]
    calls += [
        team.owner.put(f"/leads/{row['id']}", json={"companyDomain": companies[0]}) for row in elsewhere
    ]
    calls += [
        team.owner.post(
            "/leads/bulk",
            json={
                "workspaceId": team.workspace_id,
                "filter": {"campaignId": [int(paths[0].rpartition("/")[2])]},
                "action": "move",
                "value": int(path.rpartition("/")[2]),
            },
        )
        for path in paths[1:]
    ]
    await _all(calls)
    async with api.services.database.unit_of_work() as uow:
        arms = (
            select(Lead.company_key, func.count(func.distinct(Campaign.experiment_id)))
            .join(Campaign, Campaign.id == Lead.campaign_id)
            .where(Lead.workspace_id == team.workspace_id)
            .group_by(Lead.company_key)
        )
        found: dict[Any, int] = {row[0]: row[1] for row in (await uow.session.execute(arms)).all()}
        assert set(companies) <= set(found)
        assert set(found.values()) == {1}
        claimed = select(CompanyAssignment.experiment_id, Campaign.experiment_id).where(
            CompanyAssignment.workspace_id == team.workspace_id,
            Lead.company_key == CompanyAssignment.company_key,
            Lead.workspace_id == team.workspace_id,
            Campaign.id == Lead.campaign_id,
        )
        assert all(claim == arm for claim, arm in (await uow.session.execute(claimed)).all())
    assert await drift(api, team) == []


async def test_of_two_stale_puts_at_once_one_is_refused(team: Team) -> None:
    saved = await added(team, await campaign(team))
    path = f"/leads/{saved['id']}"
    tag = (await team.owner.get(path)).headers["ETag"]
    calls = [
        team.owner.put(path, json={"jobTitle": title}, headers={"If-Match": tag}) for title in ("A", "B")
    ]
    assert await _all(calls) == {200: 1, 412: 1}


async def test_a_campaign_deleted_while_leads_come_leaves_true_counters(api: Api, team: Team) -> None:
    arm = await experiment(team)
    kept, gone = await campaign(team, arm), await campaign(team, arm)
    moving = [await added(team, gone) for _ in range(4)]
    calls = [team.owner.post(f"{gone}/leads", json=lead()) for _ in range(8)]
    calls += [
        team.owner.post(f"/leads/{row['id']}/outcome", json={"outcome": "closed_won"}) for row in moving
    ]
    calls.insert(6, team.owner.delete(gone))
    statuses = await _all(calls)
    assert set(statuses) <= {200, 201, 404}
    assert await drift(api, team) == []
    assert (await team.owner.get(f"{kept}/leads")).json()["data"] == []


@pytest.mark.full
async def test_an_experiment_deleted_while_its_leads_change_waits_for_its_turn(api: Api, team: Team) -> None:
    for _ in range(6):
        arm, other = await experiment(team), await experiment(team)
        paths = [await campaign(team, arm), await campaign(team, arm), await campaign(team, other)]
        rows = [await added(team, path) for path in paths for _ in range(3)]
        calls = [
            team.owner.post(f"/leads/{row['id']}/outcome", json={"outcome": "interested"}) for row in rows
        ]
        calls += [team.owner.post(f"{path}/leads", json={"leads": [lead(), lead()]}) for path in paths]
        for row, path in zip(rows, reversed(paths), strict=False):
            body = {"leadIds": [row["id"]], "action": "move", "value": int(path.rpartition("/")[2])}
            calls.append(team.owner.post("/leads/bulk", json=body))
        calls.insert(4, team.owner.delete(f"/experiments/{arm}"))
        calls.append(team.owner.delete(paths[1]))
        assert set(await _all(calls)) <= {200, 201, 404, 409}
    assert await drift(api, team) == []


async def test_a_workspace_deleted_while_its_leads_are_written_leaves_no_orphan(api: Api, team: Team) -> None:
    arm = await experiment(team)
    path = await campaign(team, arm)
    rows = [await added(team, path) for _ in range(6)]
    writing = [
        team.clients["member"].post(f"{path}/leads", json={"leads": [lead(), lead()]}) for _ in range(10)
    ]
    writing += [
        team.clients["admin"].post(f"/leads/{row['id']}/outcome", json={"outcome": "meeting_booked"})
        for row in rows
    ]
    writing += [team.clients["admin"].put(f"/leads/{row['id']}", json={"status": "drafted"}) for row in rows]
    writing.insert(8, team.owner.delete(team.path))
    answers = await asyncio.gather(*writing)
    # A write that meets the removal may be told to come again; it never fails otherwise.
    assert {answer.status_code for answer in answers} <= {200, 201, 404, 409, 503}
    assert answers[8].status_code == 200
    await finish_removals(api.services.database, api.services.removal)
    async with api.services.database.unit_of_work() as uow:
        workspace = WorkspaceID(team.workspace_id)
        assert await uow.session.get(Workspace, workspace) is None
        for statement in (
            select(func.count()).select_from(Lead).where(Lead.workspace_id == workspace),
            select(func.count()).select_from(Campaign).where(Campaign.workspace_id == workspace),
            select(func.count())
            .select_from(CampaignActivity)
            .where(CampaignActivity.campaign_id == int(path.rpartition("/")[2])),
        ):
            assert (await uow.session.execute(statement)).scalar_one() == 0


async def test_people_added_to_two_workspaces_at_once_are_one_person_each(api: Api, team: Team) -> None:
    second = await created(team.owner, "/workspaces", {"name": "Second"})
    there = await created(team.owner, f"/workspaces/{second['id']}/campaigns", {"name": "There"})
    paths = [await campaign(team), f"/campaigns/{there['id']}"]
    for number in range(4):
        people = [lead() for _ in range(40)]
        orders = [people, random.Random(SEED + number).sample(people, 40)]
        calls = [
            team.owner.post(f"{path}/leads/batch", json={"leads": batch})
            for path, batch in zip(paths, orders, strict=True)
        ]
        ours, theirs = [answer.json()["data"] for answer in await asyncio.gather(*calls)]
        persons = {row["email"]: row["personId"] for row in ours}
        assert None not in persons.values(), f"SEED={SEED}"
        assert persons == {row["email"]: row["personId"] for row in theirs}, f"SEED={SEED}"


async def test_a_person_that_another_workspace_makes_meanwhile_is_found(api: Api, team: Team) -> None:
    path, body = await campaign(team), lead()
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        made = Person(client_id=workspace.client_id, full_name="Somebody", email_key=body["email"])
        uow.session.add(made)
        await uow.session.flush()
        adding = asyncio.create_task(team.owner.post(f"{path}/leads/batch", json={"leads": [lead(), body]}))
        done, _ = await asyncio.wait([adding], timeout=1)
        assert not done, "it waits for what becomes of the other's person"
    rows = (await adding).json()["data"]
    assert rows[1]["personId"] == made.id
    assert rows[0]["personId"] not in {None, made.id}
    assert (await team.owner.get(f"/leads/{rows[1]['id']}")).headers["ETag"] == '"v1"'
