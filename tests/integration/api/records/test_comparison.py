"""The comparison of experiments over HTTP: rates of leads whose window is over, verdicts by the rules fixed before."""

from typing import Any

import pytest
from sqlalchemy import text

from persistence.models.company_assignment import AssignmentOrigin, CompanyAssignment
from persistence.models.experiment import Experiment, ExperimentType
from persistence.models.workspace import Workspace
from persistence.types import ExperimentID, utc_now
from tests.factories.campaigns import make_campaign
from tests.factories.designs import design
from tests.factories.experiments import make_experiment
from tests.fixtures.api import Api
from tests.integration.api.team import Team
from tools.experiments.design import OutcomeMeasured
from tools.experiments.sampling import wilson_interval

LEADS = text(
    """
    INSERT INTO "Leads"
        ("CampaignID", "ProjectID", "FullName", "CompanyKey", "Status", "Outcome", "ContactedAt", "RespondedAt")
    SELECT :campaign, :workspace, 'Lead', :company || n,
        CAST(CASE WHEN n <= :replies THEN 'responded' ELSE 'sent' END AS "LeadStatus"),
        CAST(CASE WHEN n <= :replies THEN CAST(:outcome AS text) END AS "LeadOutcome"),
        now() - make_interval(days => :days), CASE WHEN n <= :replies THEN now() - make_interval(days => :answered) END
    FROM generate_series(1, :count) AS n
    """
)


async def _arm(api: Api, team: Team, kind: ExperimentType, **changes: Any) -> ExperimentID:
    """An experiment with a design and a campaign."""
    async with api.services.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, team.workspace_id)
        stored = design(minimum_sample=1_000, **changes).model_dump(mode="json", by_alias=True)
        experiment = await make_experiment(uow, workspace, type=kind, design=stored)
        await make_campaign(uow, workspace, experiment=experiment)
    return experiment.id


async def _write_to(
    api: Api, experiment_id: ExperimentID, count: int, *, replies: int, days: int = 60, **values: Any
) -> None:
    """Leads of an experiment that were written to so many days ago; the replies came a day later."""
    async with api.services.database.unit_of_work() as uow:
        experiment = await uow.session.get_one(Experiment, experiment_id)
        statement = text('SELECT "CampaignID" FROM "Campaigns" WHERE "ExperimentID" = :id')
        campaign = (await uow.session.execute(statement, {"id": experiment_id})).scalar_one()
        given = {"company": f"c{experiment_id}-{days}-", "outcome": None, "answered": days - 1} | values
        given |= {"campaign": campaign, "workspace": experiment.workspace_id}
        await uow.session.execute(LEADS, {**given, "count": count, "replies": replies, "days": days})


async def _comparison(team: Team) -> Any:
    answer = await team.clients["viewer"].get(f"{team.path}/experiments/comparison")
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


@pytest.fixture
async def bullseye(api: Api, team: Team) -> ExperimentID:
    """A control."""
    return await _arm(api, team, ExperimentType.BULLSEYE)


@pytest.fixture
async def variable(api: Api, team: Team, bullseye: ExperimentID) -> ExperimentID:
    """An arm beside it."""
    return await _arm(api, team, ExperimentType.VARIABLE_A)


async def test_without_experiments_there_is_nothing_to_say(team: Team) -> None:
    assert await _comparison(team) == {"experiments": [], "verdicts": []}


async def test_a_rate_counts_leads_whose_window_is_over(api: Api, team: Team, bullseye: ExperimentID) -> None:
    await _write_to(api, bullseye, 200, replies=10)
    await _write_to(api, bullseye, 50, replies=50, days=5)
    (shown,) = (await _comparison(team))["experiments"]
    interval = wilson_interval(10, 200)
    assert shown == {
        "experimentId": bullseye,
        "type": "bullseye",
        "outcomeMeasured": "reply",
        "n": 200,
        "waiting": 50,
        "outcomes": 10,
        "rate": {"value": interval.value, "low": interval.low, "high": interval.high},
        "needed": 1_000,
    }


async def test_an_answer_after_the_window_does_not_count(
    api: Api, team: Team, bullseye: ExperimentID
) -> None:
    await _write_to(api, bullseye, 10, replies=4, answered=30)
    assert (await _comparison(team))["experiments"][0]["outcomes"] == 0


async def test_too_few_leads_say_how_many_more(
    api: Api, team: Team, bullseye: ExperimentID, variable: ExperimentID
) -> None:
    await _write_to(api, bullseye, 300, replies=9)
    await _write_to(api, variable, 100, replies=5)
    assert (await _comparison(team))["verdicts"] == [
        {"a": variable, "b": bullseye, "verdict": "not_enough_data", "more": 900}
    ]


@pytest.mark.parametrize(("replies", "verdict"), [(90, "better"), (30, "no_difference"), (4, "worse")])
async def test_at_the_sample_there_is_a_verdict(
    api: Api, team: Team, bullseye: ExperimentID, variable: ExperimentID, replies: int, verdict: str
) -> None:
    await _write_to(api, bullseye, 1_000, replies=30)
    await _write_to(api, variable, 1_000, replies=replies)
    assert (await _comparison(team))["verdicts"] == [
        {"a": variable, "b": bullseye, "verdict": verdict, "more": 0}
    ]


async def test_a_verdict_does_not_change_with_later_days(
    api: Api, team: Team, bullseye: ExperimentID, variable: ExperimentID
) -> None:
    await _write_to(api, bullseye, 1_000, replies=30)
    await _write_to(api, variable, 1_000, replies=31)
    await _write_to(api, variable, 500, replies=300, days=40)
    assert (await _comparison(team))["verdicts"][0]["verdict"] == "no_difference"


async def test_arms_are_measured_as_their_control_is(api: Api, team: Team) -> None:
    measured = {"outcome_measured": OutcomeMeasured.MEETING_BOOKED, "window_days": 45}
    control = await _arm(api, team, ExperimentType.BULLSEYE, **measured)
    arm = await _arm(api, team, ExperimentType.CONTRARIAN)
    await _write_to(api, control, 10, replies=3, outcome="meeting_booked")
    await _write_to(api, arm, 10, replies=3, outcome="interested")
    shown = {row["experimentId"]: row for row in (await _comparison(team))["experiments"]}
    assert (shown[control]["outcomes"], shown[arm]["outcomes"]) == (3, 0)
    assert shown[arm]["outcomeMeasured"] == "meeting_booked"


async def test_long_shots_and_sets_without_a_control_get_no_verdict(api: Api, team: Team) -> None:
    await _arm(api, team, ExperimentType.VARIABLE_A)
    assert (await _comparison(team))["verdicts"] == []
    await _arm(api, team, ExperimentType.BULLSEYE)
    await _arm(api, team, ExperimentType.LONG_SHOT)
    assert len((await _comparison(team))["verdicts"]) == 1


async def test_deleted_campaigns_and_companies_of_other_arms_are_left_out(
    api: Api, team: Team, bullseye: ExperimentID, variable: ExperimentID
) -> None:
    await _write_to(api, bullseye, 5, replies=1, company="shared")
    await _write_to(api, variable, 5, replies=1)
    async with api.services.database.unit_of_work() as uow:
        for number in (1, 2):
            uow.session.add(
                CompanyAssignment(
                    workspace_id=team.workspace_id,
                    company_key=f"shared{number}",
                    experiment_id=variable,
                    origin=AssignmentOrigin.MIGRATION,
                )
            )
        marked = text('UPDATE "Campaigns" SET "DeletedAt" = :now WHERE "ExperimentID" = :id')
        await uow.session.execute(marked, {"now": utc_now(), "id": variable})
    shown = {row["experimentId"]: row["n"] for row in (await _comparison(team))["experiments"]}
    assert shown == {bullseye: 3, variable: 0}


async def test_strangers_compare_nothing(team: Team) -> None:
    assert (await team.stranger.get(f"{team.path}/experiments/comparison")).status_code == 404
