"""A job makes a talk's experiments: by the rules, with filters, saved once; or it says which rule was broken."""

import asyncio

import pytest

from persistence.models.agent_run import AgentRun
from persistence.repositories import Repository
from tests.integration.jobs.talks.stand import FIVE_NOW, TalkStand
from tools.experiments.design import ExperimentDesign
from tools.experiments.rules import ARMS, Arm, broken_rules


async def test_a_talk_becomes_five_saved_experiments_with_filters(stand: TalkStand) -> None:
    session_id = await stand.tell_all()
    said = await stand.session(session_id)
    job = await stand.finish(await stand.start(session_id))
    assert (job["status"], job["progress"], job["totalSteps"]) == ("completed", 100, 5), job
    output = job["output"]
    assert [item["type"] for item in output["experiments"]] == [arm.value for arm in ARMS]
    arms = [
        Arm(arm, ExperimentDesign.model_validate(item["design"]))
        for arm, item in zip(ARMS, output["experiments"], strict=True)
    ]
    assert broken_rules(arms) == []
    assert output["strategicInsight"]
    saved = await stand.experiments()
    assert [item["id"] for item in saved] == [item["id"] for item in output["experiments"]]
    targeted = {item["experimentId"]: item["prospectCount"] for item in output["filters"]}
    assert targeted
    assert {item["id"] for item in saved if item["wizaFilters"]} == targeted.keys()
    assert set(output["withoutFilters"]) == {item["id"] for item in saved} - targeted.keys()
    read = await stand.session(session_id)
    assert read["experimentsGenerated"] == [item["id"] for item in saved]
    assert [item["name"] for item in read["generatedIcps"]] == [item["name"] for item in saved]
    assert read["messages"] == said["messages"], "a job says nothing in the talk"


@pytest.mark.full
async def test_the_set_on_the_table_is_the_one_that_is_saved_and_only_once(stand: TalkStand) -> None:
    session_id = await stand.tell_all()
    shown = (await stand.say(FIVE_NOW, session_id))["experiments"]
    since = await stand.sandbox.last_call()
    job = await stand.finish(await stand.start(session_id))
    assert [item["design"] for item in job["output"]["experiments"]] == [item["design"] for item in shown]
    drafts = [
        call
        for call in await stand.sandbox.calls(kind="structured", since=since, bodies=True)
        if "contrarian" in str(call["body"].get("response_format"))
    ]
    assert drafts == [], "the founder has seen this set, so no other is made"
    again = await stand.finish(await stand.start(session_id))
    ids = [[item["id"] for item in each["output"]["experiments"]] for each in (job, again)]
    assert ids[0] == ids[1]
    told = await stand.say("yes, save them", session_id)
    assert told["message"]
    assert len(await stand.experiments()) == 5


@pytest.mark.full
async def test_a_set_that_breaks_a_rule_fails_by_its_name_and_saves_nothing(stand: TalkStand) -> None:
    session_id = await stand.told()
    await stand.sandbox.behave("garbage", kind="structured")
    job = await stand.finish(await stand.start(session_id))
    assert job["status"] == "failed"
    assert "readable_draft" in job["errorMessage"]
    assert job["failures"][0]["code"] == "design_rule"
    assert await stand.experiments() == []


async def test_what_cant_be_begun_is_refused_at_once(stand: TalkStand) -> None:
    nothing = await stand.ask()
    assert nothing.status_code == 404
    session_id = await stand.told()
    job_id = await stand.start(session_id)
    second = await stand.ask({"sessionId": session_id})
    assert (second.status_code, second.json()["code"]) == (409, "generation_running")
    assert second.json()["jobId"] == job_id
    foreign = await stand.team.stranger.post(
        f"{stand.team.path}/experiments/generate", json={"sessionId": session_id}
    )
    assert foreign.status_code == 404
    wrong = await stand.ask({"sessionId": "twelve"})
    assert wrong.status_code == 422
    await stand.client.post(f"/jobs/{job_id}/cancel")


async def test_a_key_sent_many_times_at_once_makes_one_job(stand: TalkStand) -> None:
    session_id = await stand.told()
    key = {"Idempotency-Key": f"five-of-{session_id}"}
    answers = await asyncio.gather(*(stand.ask({"sessionId": session_id}, **key) for _ in range(20)))
    assert {answer.status_code for answer in answers} <= {202, 409}
    waited = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert waited <= {"request_in_progress"}
    again = await stand.ask({"sessionId": session_id}, **key)
    jobs = {answer.json()["data"]["jobId"] for answer in [*answers, again] if answer.status_code == 202}
    listed = (await stand.client.get(f"/jobs/workspace/{stand.team.workspace_id}")).json()["data"]
    assert {job["jobId"] for job in listed} == jobs
    assert len(jobs) == 1


async def test_a_message_that_comes_often_makes_one_set(stand: TalkStand) -> None:
    session_id = await stand.told()
    job_id = await stand.start(session_id)
    await asyncio.gather(*(stand.generate(job_id=job_id) for _ in range(4)))
    assert (await stand.job(job_id))["status"] == "completed"
    assert len(await stand.experiments()) == 5
    assert await stand.attempts(job_id) == 1


async def test_a_set_that_was_made_before_the_worker_died_is_not_made_again(stand: TalkStand) -> None:
    session_id = await stand.told()
    job_id = await stand.start(session_id)
    await stand.sandbox.behave("hang", provider="wiza")
    working = asyncio.ensure_future(stand.generate(job_id=job_id))
    await stand.until_step(job_id, "Generating Wiza filters")
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await stand.sandbox.behave_well()
    await stand.lapse(job_id)
    job = await stand.finish(job_id)
    assert job["status"] == "completed", job
    async with stand.services.database.unit_of_work() as uow:
        made = (AgentRun.workspace_id == stand.team.workspace_id, AgentRun.graph == "experiments")
        (run,) = await Repository(uow.session, AgentRun).get_all(*made)
    assert (run.attempt, run.status.value, str(run.job_id)) == (1, "done", job_id)
    assert len(await stand.experiments()) == 5


async def test_a_cancelled_job_stops_and_saves_nothing(stand: TalkStand) -> None:
    session_id = await stand.told()
    job_id = await stand.start(session_id)
    await stand.sandbox.behave("slow", kind="structured", delay=20)
    working = asyncio.ensure_future(stand.generate(job_id=job_id))
    await stand.until_step(job_id, "Validating ICP patterns")
    answer = await stand.client.post(f"/jobs/{job_id}/cancel?jobType=generate_experiments")
    assert answer.status_code == 200
    await asyncio.wait_for(working, 3)
    assert (await stand.job(job_id))["status"] == "cancelled"
    assert await stand.experiments() == []
