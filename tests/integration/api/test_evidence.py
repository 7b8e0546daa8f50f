"""Evidence of experiments that people hand in: a quote counts only when the workspace has stored it."""

from typing import Any

import pytest

from persistence.models.page_snapshot import PageSnapshot
from persistence.types import utc_now
from tests.factories.designs import VALUES, design, observed, valid_set
from tests.factories.rows import insert
from tests.fixtures.api import Api
from tests.integration.api.team import Team, created, make_team
from tools.experiments.design import Dimension, Evidence, ExperimentDesign, Standing


@pytest.fixture
async def team(api: Api) -> Team:
    """A new team that has stored nothing yet."""
    return await make_team(api)


def _body(value: ExperimentDesign, kind: str = "bullseye") -> dict[str, Any]:
    return {"name": kind, "type": kind, "design": value.model_dump(mode="json", by_alias=True)}


async def _said(team: Team, *words: str) -> None:
    data = {"customerEvidence": {"bestCustomers": [{"quote": text} for text in words]}}
    assert (await team.owner.put(f"{team.path}/onboarding", json={"data": data})).status_code == 200


async def test_a_quote_that_stands_nowhere_makes_observed_assumed(team: Team) -> None:
    saved = await created(team.owner, f"{team.path}/experiments", _body(design()))
    persona = saved["design"]["persona"]
    assert persona["standing"] == "assumed"
    assert (persona["quote"], persona["source"]) == (None, None)
    assert persona["value"] == VALUES[next(iter(VALUES))], "what is tested stays"


async def test_a_set_on_invented_quotes_is_refused_with_the_rule(team: Team) -> None:
    experiments = [_body(arm.design, arm.type.value) for arm in valid_set()]
    path = f"{team.path}/experiments"
    answer = await team.owner.post(path, json={"experiments": experiments})
    assert answer.status_code == 422
    assert "bullseye_observed" in answer.json()["detail"]
    assert "contrarian_negates_belief" in answer.json()["detail"]
    assert (await team.owner.get(path)).json()["data"] == []
    await _said(team, *VALUES.values(), "Only finance buys this")
    assert (await team.owner.post(path, json={"experiments": experiments})).status_code == 201


async def test_the_source_named_is_where_the_quote_really_stands(team: Team) -> None:
    talk = [
        {
            "role": "user",
            "content": "Our best customers: Steel traders with 50 to 200 people in Germany, mostly.",
        },
        {"role": "assistant", "content": "So: They close the books by hand in spreadsheets."},
    ]
    assert (await team.owner.put(team.path, json={"discoveryChatHistory": talk})).status_code == 200
    await _said(team, "Head  of\nfinance")
    saved = (await created(team.owner, f"{team.path}/experiments", _body(design())))["design"]
    assert saved["persona"]["source"] == "onboarding:customerEvidence.bestCustomers.0.quote"
    assert saved["firmographic"]["source"] == "turn:imported"
    assert saved["situation"]["standing"] == "assumed", "what the assistant says is no evidence"


async def test_a_page_is_evidence_but_nobodys_belief(api: Api, team: Team) -> None:
    async with api.services.database.unit_of_work() as uow:
        page = {"url": "https://a.example", "final_url": "https://a.example/", "content_hash": "x",
                "content": f"{VALUES[next(iter(VALUES))]} first", "fetched_at": utc_now()}  # fmt: skip
        await insert(uow, PageSnapshot, {"workspace_id": team.workspace_id}, page)
    belief = Evidence(quote="Head of finance first", source="page:https://a.example/")
    body = _body(design(negated_belief=belief), "contrarian")
    saved = (await created(team.owner, f"{team.path}/experiments", body))["design"]
    assert saved["persona"]["source"] == "page:https://a.example/"
    assert saved["negatedBelief"] is None


async def test_what_another_workspace_stored_proves_nothing(api: Api, team: Team) -> None:
    await _said(await make_team(api), *VALUES.values())
    saved = await created(team.owner, f"{team.path}/experiments", _body(design()))
    assert saved["design"]["persona"]["standing"] == "assumed"


async def test_a_changed_design_is_checked_too(team: Team) -> None:
    await _said(team, *VALUES.values())
    saved = await created(team.owner, f"{team.path}/experiments", _body(design()))
    path = f"/experiments/{saved['id']}"
    invented = _body(design(persona=observed("Heads of procurement")))["design"]
    after = (await team.owner.put(path, json={"design": invented})).json()["data"]["design"]
    assert after["persona"]["standing"] == "assumed"
    assert after["trigger"]["standing"] == "observed"


async def test_what_is_inferred_stays_inferred_without_an_invented_quote(team: Team) -> None:
    inferred = Dimension(
        value="Heads of finance", standing=Standing.INFERRED, quote="We invented this one", source="turn:9"
    )
    saved = await created(team.owner, f"{team.path}/experiments", _body(design(persona=inferred)))
    persona = saved["design"]["persona"]
    assert (persona["standing"], persona["quote"], persona["source"]) == ("inferred", None, None)
