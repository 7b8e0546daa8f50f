"""Worldviews over HTTP: each statement rests on a stored word, whatever the model writes."""

import asyncio

import pytest

from persistence.models.agent_run import AgentRunStatus
from tests.fixtures.api import Api
from tests.fixtures.sandbox import SandboxServer
from tests.integration.api.agents.conftest import runs_of, threads_left
from tests.integration.api.team import Team

ONBOARDING = {
    "company": {
        "companyName": "Tidewerk",
        "oneSentencePitch": "We plan crews for harbour tugs in eleven ports.",
        "beforeState": "Dispatchers redo the crew plan every night by telephone.",
        "afterState": "The plan survives the first late ship.",
        "price": "EUR 89 per tug and month",
    },
    "customerEvidence": {
        "bestCustomers": [
            {
                "role": "Head of operations",
                "industry": "Towage",
                "quote": "We stopped redoing the plan at 2 a.m.",
            }
        ]
    },
    "worldview": {"customerFrustration": "Planners are blamed for the weather."},
    "success": {"customerGoal": "Twenty towage companies by next summer."},
}


async def told(team: Team) -> None:
    """The onboarding is saved."""
    answer = await team.owner.put(f"{team.path}/onboarding", json={"data": ONBOARDING})
    assert answer.status_code == 200, answer.text


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [str(value)]


async def test_every_statement_quotes_what_is_stored_and_the_view_is_kept(thinking: Api, team: Team) -> None:
    await told(team)
    answer = await team.owner.post(f"{team.path}/worldview/generate")
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    said = _texts(ONBOARDING)
    assert data["provider"] == "openai"
    assert len(data["statements"]) >= 3
    for statement in data["statements"]:
        assert any(statement["quote"] in text for text in said)
        assert statement["source"].startswith("onboarding:")
        assert statement["text"] in data["worldview"].replace("\\", "")
    workspace = (await team.owner.get(team.path)).json()["data"]
    assert workspace["worldview"] == data["worldview"]
    assert data["worldview"].startswith("# Acme\n\n## ")


async def test_a_run_is_recorded_with_its_state_and_leaves_no_thread(thinking: Api, team: Team) -> None:
    await told(team)
    before = await threads_left(thinking)
    await team.owner.post(f"{team.path}/worldview/generate")
    (run,) = await runs_of(thinking, team.workspace_id, "worldview")
    assert run.status is AgentRunStatus.DONE
    assert run.prompt_tags[0].startswith("worldview/draft@2#")
    assert (run.model_calls, run.attempt, run.user_id) == (1, 1, team.user_ids["owner"])
    assert run.input_tokens > 0
    assert run.state is not None
    assert run.state["kept"]
    assert await threads_left(thinking) == before


async def test_what_is_sent_along_is_read_in_place_of_what_is_stored(team: Team) -> None:
    await told(team)
    body = {
        "onboardingData": {"company": {"pitch": "We wash the windows of lighthouses."}},
        "websiteScrape": {
            "content": "Lighthouse keepers ring us after each storm. Salt ruins the glass in a week."
        },
    }
    answer = await team.owner.post(f"{team.path}/worldview/generate", json=body)
    assert answer.status_code == 200, answer.text
    sources = {statement["source"] for statement in answer.json()["data"]["statements"]}
    assert sources
    assert sources <= {"request:onboarding:company.pitch", "request:page"}


async def test_nothing_a_fabricating_model_says_is_kept(
    thinking: Api, team: Team, sandbox: SandboxServer
) -> None:
    await told(team)
    await team.owner.put(team.path, json={"worldview": "What was kept before."})
    await sandbox.behave("fabricating")
    answer = await team.owner.post(f"{team.path}/worldview/generate")
    assert (answer.status_code, answer.json()["code"]) == (503, "nothing_supported")
    workspace = (await team.owner.get(team.path)).json()["data"]
    assert workspace["worldview"] == "What was kept before."
    (failed,) = await runs_of(thinking, team.workspace_id, "worldview")
    assert (failed.status, failed.model_calls) == (AgentRunStatus.FAILED, 2)
    await sandbox.behave_well()
    again = await team.owner.post(f"{team.path}/worldview/generate")
    assert again.status_code == 200, again.text


async def test_a_model_that_fails_leaves_a_run_that_the_same_request_goes_on_with(
    thinking: Api, team: Team, sandbox: SandboxServer
) -> None:
    await told(team)
    await sandbox.behave("server_error")
    failed = await team.owner.post(f"{team.path}/worldview/generate")
    assert failed.status_code == 503, failed.text
    await sandbox.behave_well()
    # The breaker may leave the provider alone for a moment.
    for _ in range(60):
        answer = await team.owner.post(f"{team.path}/worldview/generate")
        if answer.status_code == 200:
            break
        await asyncio.sleep(0.5)
    assert answer.status_code == 200, answer.text
    (run,) = await runs_of(thinking, team.workspace_id, "worldview")
    assert run.status is AgentRunStatus.DONE
    assert run.attempt >= 2


async def test_a_workspace_that_nothing_is_known_of_gets_no_worldview(team: Team) -> None:
    answer = await team.owner.post(f"{team.path}/worldview/generate")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_known")


@pytest.mark.parametrize("body", [{"onboardingData": []}, {"websiteScrape": 5}, {"more": 1}])
async def test_what_is_no_material_is_refused_by_field(team: Team, body: dict[str, object]) -> None:
    answer = await team.owner.post(f"{team.path}/worldview/generate", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/")
