"""Experiments over HTTP."""

from typing import Any

import pytest

from persistence.models.experiment import Experiment, ExperimentType
from tests.factories.designs import VALUES, changed, design, observed, valid_set
from tests.fixtures.api import Api
from tests.integration.api.team import Team, created, make_team
from tools.access import Caller
from tools.experiments.design import DimensionName, ExperimentDesign
from tools.experiments.service import delete_experiments

NEW = {"name": "Finance leads", "type": "bullseye", "industries": ["Steel"], "pain": "Nine days"}


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team that has told what the designs of these tests quote."""
    team = await make_team(api)
    said = {"company": {"notes": [*VALUES.values(), "Only finance buys this"]}}
    assert (await team.owner.put(f"{team.path}/onboarding", json={"data": said})).status_code == 200
    return team


def _wire(value: ExperimentDesign) -> dict[str, Any]:
    return value.model_dump(mode="json", by_alias=True)


def _set(**replaced: ExperimentDesign) -> list[dict[str, Any]]:
    """Five experiments with designs, as a client sends them."""
    return [
        {"name": arm.type.value, "type": arm.type.value, "design": _wire(arm.design)}
        for arm in valid_set(**replaced)
    ]


async def test_one_experiment_is_saved_and_read_back(team: Team) -> None:
    saved = await created(team.owner, f"{team.path}/experiments", {**NEW, "design": _wire(design())})
    assert saved["status"] == "pending"
    assert saved["workspaceId"] == team.workspace_id
    assert saved["leadsFound"] == saved["leadsWarming"] == saved["meetingsBooked"] == 0
    assert saved["design"]["persona"]["standing"] == "observed"
    assert saved["design"]["minimumSample"] == 1506
    assert (await team.owner.get(f"/experiments/{saved['id']}")).json()["data"] == saved


@pytest.mark.parametrize("path", ["experiments", "experiments/batch"])
async def test_a_batch_answers_the_list_in_order(team: Team, path: str) -> None:
    answer = await team.clients["member"].post(f"{team.path}/{path}", json={"experiments": _set()})
    assert answer.status_code == 201, answer.text
    assert [row["type"] for row in answer.json()["data"]] == [kind.value for kind in ExperimentType]


async def test_a_batch_is_saved_whole_or_not_at_all(team: Team) -> None:
    answer = await team.owner.post(
        f"{team.path}/experiments", json={"experiments": [NEW, {"name": "No type"}]}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/experiments/1/type"
    assert (await team.owner.get(f"{team.path}/experiments")).json()["data"] == []


async def test_a_set_that_breaks_a_rule_is_refused_with_its_name(team: Team) -> None:
    broken = _set(variable_a=changed(DimensionName.PERSONA, DimensionName.ANGLE))
    answer = await team.owner.post(f"{team.path}/experiments", json={"experiments": broken})
    assert answer.status_code == 422
    assert answer.json()["code"] == "design_rule"
    assert "variable_a_one_dimension" in answer.json()["detail"]
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert "/experiments/1/design" in pointers


async def test_one_design_is_held_to_the_rules_of_one(team: Team) -> None:
    greedy = {**NEW, "type": "long_shot", "design": _wire(design(lead_share=0.5))}
    answer = await team.owner.post(f"{team.path}/experiments", json=greedy)
    assert answer.status_code == 422
    assert "long_shot_share" in answer.json()["detail"]
    assert answer.json()["errors"][0]["pointer"] == "/design"


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        5,
        "experiments",
        None,
        {"experiments": []},
        {"experiments": None},
        {**NEW, "leadsFound": 5},
        {**NEW, "workspaceId": 1},
        {**NEW, "id": 1},
        {**NEW, "type": "guess"},
        {**NEW, "name": ""},
        {**NEW, "name": "a\u0000"},
        {**NEW, "industries": "Steel"},
        {**NEW, "industries": [1]},
        {**NEW, "wizaFilters": []},
        {**NEW, "design": {"persona": "me"}},
        {**NEW, "design": {**_wire(design()), "extra": 1}},
        {**NEW, "design": {**_wire(design()), "windowDays": "21"}},
        {**NEW, "design": {**_wire(design()), "leadShare": 2}},
    ],
)
async def test_a_wrong_body_is_refused(team: Team, body: Any) -> None:
    answer = await team.owner.post(f"{team.path}/experiments", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]
    assert not any("(" in error["pointer"] for error in answer.json()["errors"])


async def test_an_experiment_begins_pending(team: Team) -> None:
    answer = await team.owner.post(f"{team.path}/experiments", json={**NEW, "status": "complete"})
    assert answer.status_code == 409
    assert answer.json()["legal"] == ["pending"]


async def test_a_put_changes_what_is_sent_and_null_clears(team: Team) -> None:
    saved = await created(team.owner, f"{team.path}/experiments", {**NEW, "trigger": "New auditor"})
    answer = await team.owner.put(f"/experiments/{saved['id']}", json={"trigger": None, "pattern": "P"})
    after = answer.json()["data"]
    assert after["trigger"] is None
    assert after["pattern"] == "P"
    unchanged = saved.keys() - {"trigger", "pattern", "updatedAt"}
    assert {name: after[name] for name in unchanged} == {name: saved[name] for name in unchanged}
    for field in ("name", "type", "status"):
        refused = await team.owner.put(f"/experiments/{saved['id']}", json={field: None})
        assert refused.status_code == 422


async def test_a_stale_version_is_refused(team: Team) -> None:
    saved = await created(team.owner, f"{team.path}/experiments", NEW)
    path = f"/experiments/{saved['id']}"
    tag = (await team.owner.get(path)).headers["ETag"]
    assert (await team.owner.put(path, json={"pain": "A"}, headers={"If-Match": tag})).status_code == 200
    assert (await team.owner.put(path, json={"pain": "B"}, headers={"If-Match": tag})).status_code == 412


async def test_statuses_move_along_the_table_and_each_move_is_noted(team: Team) -> None:
    saved = await created(team.owner, f"{team.path}/experiments", NEW)
    path = f"/experiments/{saved['id']}"
    refused = await team.owner.put(path, json={"status": "complete", "pain": "Other"})
    assert refused.status_code == 409
    assert refused.json()["legal"] == ["creating_hypotheses", "failed"]
    assert (await team.owner.get(path)).json()["data"]["pain"] == NEW["pain"]
    for status in ("creating_hypotheses", "failed", "failed", "pending"):
        assert (await team.clients["member"].put(path, json={"status": status})).status_code == 200
    query = {"entity": "experiment", "action": "moved"}
    log = (await team.owner.get(f"{team.path}/audit", params=query)).json()["data"]
    assert [(entry["from"]["status"], entry["to"]["status"]) for entry in log] == [
        ("failed", "pending"),
        ("creating_hypotheses", "failed"),
        ("pending", "creating_hypotheses"),
    ]
    assert {entry["actorUserId"] for entry in log} == {team.user_ids["member"]}


async def test_the_design_is_fixed_once_leads_are_looked_for(team: Team) -> None:
    body = {**NEW, "design": _wire(design())}
    saved = await created(team.owner, f"{team.path}/experiments", body)
    path = f"/experiments/{saved['id']}"
    longer = _wire(design(window_days=60))
    assert (await team.owner.put(path, json={"design": longer})).status_code == 200
    for status in ("creating_hypotheses", "finding_leads"):
        assert (await team.owner.put(path, json={"status": status})).status_code == 200
    for late in ({"design": body["design"]}, {"design": None}, {"type": "contrarian"}):
        answer = await team.owner.put(path, json=late)
        assert answer.status_code == 409
        assert answer.json()["code"] == "design_fixed"
    same = await team.owner.put(path, json={"design": longer, "type": "bullseye", "pain": "Ten days"})
    assert same.status_code == 200


async def test_a_change_of_one_design_is_held_to_the_rules_of_its_set(team: Team) -> None:
    rows = (await team.owner.post(f"{team.path}/experiments", json={"experiments": _set()})).json()["data"]
    path = f"/experiments/{rows[1]['id']}"
    two = _wire(changed(DimensionName.PERSONA, DimensionName.TRIGGER))
    refused = await team.owner.put(path, json={"design": two})
    assert refused.status_code == 422
    assert "variable_a_one_dimension" in refused.json()["detail"]
    taken = _wire(changed(DimensionName.FIRMOGRAPHIC))
    assert (await team.owner.put(path, json={"design": taken})).status_code == 200
    window = await team.owner.put(path, json={"design": {**taken, "windowDays": 60}})
    assert "one_measure" in window.json()["detail"]
    assert (await team.owner.get(path)).json()["data"]["design"]["windowDays"] == 21
    control = f"/experiments/{rows[0]['id']}"
    moved = await team.owner.put(control, json={"design": _wire(design(channel=observed("Head of finance")))})
    assert "changes_declared" in moved.json()["detail"], "the others would differ in a second dimension"


async def test_without_its_set_a_design_is_held_to_the_rules_of_one(team: Team) -> None:
    rows = (await team.owner.post(f"{team.path}/experiments", json={"experiments": _set()})).json()["data"]
    assert (await team.owner.delete(f"/experiments/{rows[4]['id']}")).status_code == 200
    two = _wire(changed(DimensionName.PERSONA, DimensionName.TRIGGER))
    assert (await team.owner.put(f"/experiments/{rows[1]['id']}", json={"design": two})).status_code == 200


async def test_lists_are_filtered_sorted_and_paged(team: Team) -> None:
    rows = (await team.owner.post(f"{team.path}/experiments", json={"experiments": _set()})).json()["data"]
    await team.owner.put(f"/experiments/{rows[0]['id']}", json={"status": "failed"})
    path = f"{team.path}/experiments"

    async def ids(**params: Any) -> list[int]:
        answer = await team.clients["viewer"].get(path, params=params)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["data"]]

    everything = [row["id"] for row in rows]
    assert await ids() == everything
    assert await ids(sort="-createdAt") == everything[::-1]
    assert await ids(status="failed") == everything[:1]
    assert await ids(type=["variable_a", "variable_b"]) == everything[1:3]
    assert await ids(status="pending", type="bullseye") == []
    first = (await team.owner.get(path, params={"limit": 3, "sort": "-createdAt"})).json()
    rest = await ids(limit=3, sort="-createdAt", cursor=first["page"]["nextCursor"])
    assert [row["id"] for row in first["data"]] + rest == everything[::-1]
    for wrong in ({"status": "x"}, {"sort": "name"}, {"cursor": "x"}, {"limit": 0}):
        assert (await team.owner.get(path, params=wrong)).status_code == 422


async def test_a_deleted_experiment_is_gone_and_noted(team: Team) -> None:
    saved = await created(team.owner, f"{team.path}/experiments", NEW)
    path = f"/experiments/{saved['id']}"
    assert (await team.clients["viewer"].delete(path)).status_code == 403
    assert (await team.clients["member"].delete(path)).json()["data"] is None
    assert (await team.owner.get(path)).status_code == 404
    log = (await team.owner.get(f"{team.path}/audit", params={"action": "deleted"})).json()["data"]
    assert log[0]["entityId"] == str(saved["id"])
    assert log[0]["from"]["name"] == NEW["name"]


async def test_experiments_of_strangers_do_not_exist(team: Team) -> None:
    saved = await created(team.owner, f"{team.path}/experiments", NEW)
    for method in ("GET", "PUT", "DELETE"):
        body = {} if method == "PUT" else None
        foreign = await team.stranger.request(method, f"/experiments/{saved['id']}", json=body)
        absent = await team.stranger.request(method, "/experiments/9223372036854775807", json=body)
        assert foreign.status_code == absent.status_code == 404
        assert foreign.json() == absent.json()
    answer = await team.stranger.post(f"{team.path}/experiments", json=NEW)
    assert answer.status_code == 404


async def _caller(api: Api, team: Team) -> Caller:
    token = team.owner.headers["Authorization"]
    return await api.services.callers.from_authorization(token, "")


async def test_deleting_several_touches_no_other_workspace(api: Api, team: Team) -> None:
    mine = await created(team.owner, f"{team.path}/experiments", NEW)
    other = await make_team(api)
    theirs = await created(other.owner, f"{other.path}/experiments", NEW)
    caller = await _caller(api, team)
    async with api.services.database.unit_of_work() as uow:
        row = await uow.session.get_one(Experiment, mine["id"])
        removed = await delete_experiments(uow, caller, row.workspace_id, [row.id, theirs["id"]])
    assert removed == 1
    assert (await other.owner.get(f"/experiments/{theirs['id']}")).status_code == 200
