"""A message that nobody listens to: its turn is one like any other, and a job waits for the answer."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from api.jobs.chat import open_chat
from tests.embedded import free_port
from tests.fixtures.api import running_api
from tests.fixtures.exporting import worker_services
from tests.integration.jobs.talks.stand import FIVE_NOW, TalkStand

pytestmark = pytest.mark.full
"""`make test-full PART=jobs`: together they take a minute."""

MESSAGE = (
    "Our best customer is a steel trader near Passau, and the head of finance closed the books in Excel."
)


async def test_the_answer_is_the_jobs_output_and_stands_in_the_talk(stand: TalkStand) -> None:
    job = await stand.answered(MESSAGE)
    assert (job["status"], job["progress"], job["totalSteps"]) == ("completed", 100, 5), job
    output = job["output"]
    assert output["message"]
    assert (output["turnCount"], output["experiments"], output["stopped"]) == (1, None, False)
    talk = (await stand.session(output["sessionId"]))["messages"]
    assert [(said["role"], said["content"]) for said in talk] == [
        ("user", MESSAGE),
        ("assistant", output["message"]),
    ]
    more = await stand.say("They lost nine days every month.", output["sessionId"])
    assert more["turnCount"] == 2, "the talk goes on by streams or jobs alike"


async def test_a_set_that_the_turn_proposed_is_in_the_output_and_waits_for_a_yes(stand: TalkStand) -> None:
    session_id = await stand.tell_all()
    job = await stand.answered(FIVE_NOW, session_id)
    assert len(job["output"]["experiments"]) == 5, job
    assert job["output"]["approval"]["action"] == "save_experiments"
    assert await stand.experiments() == []


async def test_a_message_that_comes_often_is_one_turn(stand: TalkStand) -> None:
    job_id = await stand.posted(MESSAGE)
    await asyncio.gather(*(stand.chat(job_id=job_id) for _ in range(4)))
    assert (await stand.finish(job_id, stand.chat))["status"] == "completed"
    assert len(await stand.turns()) == 1


async def test_a_key_names_one_job_and_one_text(stand: TalkStand) -> None:
    key = {"Idempotency-Key": f"said-once-in-{stand.team.workspace_id}"}
    answers = await asyncio.gather(*(stand.post(MESSAGE, **key) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["data"]["jobId"] for answer in answers}) == 1
    other = await stand.post("Something else.", **key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_cancelling_the_job_stops_the_turn(stand: TalkStand) -> None:
    await stand.sandbox.behave("slow", delay=20)
    job_id = await stand.posted(MESSAGE)
    working = asyncio.ensure_future(stand.chat(job_id=job_id))
    await stand.until_step(job_id, "Analyzing company context")
    await stand.until_begun()
    await stand.client.post(f"/jobs/{job_id}/cancel?jobType=discovery_chat")
    await asyncio.wait_for(working, 10)
    assert (await stand.job(job_id))["status"] == "cancelled"
    (turn,) = await stand.turns()
    assert turn.status.value == "stopped"


async def test_a_turn_that_fails_fails_its_job_and_is_not_tried_again(stand: TalkStand) -> None:
    await stand.sandbox.behave("server_error")
    job = await stand.answered(MESSAGE)
    assert (job["status"], job["output"]) == ("failed", None)
    assert job["errorMessage"]
    assert len(await stand.turns()) == 1


async def test_a_turn_that_takes_longer_than_a_message_may_goes_on_elsewhere(stand: TalkStand) -> None:
    await stand.sandbox.behave("slow", delay=4, count=1)
    job_id = await stand.posted(MESSAGE)
    async with AsyncExitStack() as stack:
        hasty = open_chat(worker_services(stand.api, time_limit=2), stack)
        await hasty(job_id=job_id)
        assert (await stand.job(job_id))["completedAt"] is None
        job = await stand.finish(job_id, hasty, rounds=60)
    assert job["status"] == "completed", job
    (turn,) = await stand.turns()
    assert turn.attempt == 2
    talk = (await stand.session(job["output"]["sessionId"]))["messages"]
    assert [said["role"] for said in talk] == ["user", "assistant"]


async def test_a_message_is_taken_while_redis_is_away(stand: TalkStand) -> None:
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    environment = {**stand.environment, "REDIS_URL": nowhere, "CELERY_BROKER_URL": nowhere}
    async with running_api(environment, stand.api.supabase) as lonely:
        member = lonely.anonymous(Authorization=stand.client.headers["Authorization"])
        answer = await stand.post(MESSAGE, client=member)
        assert answer.status_code == 202, answer.text
    job = await stand.finish(answer.json()["data"]["jobId"], stand.chat)
    assert job["status"] == "completed", job


async def test_a_job_is_for_those_who_may_talk(stand: TalkStand) -> None:
    viewer = await stand.post(MESSAGE, client=stand.team.clients["viewer"])
    stranger = await stand.post(MESSAGE, client=stand.team.stranger)
    elsewhere = await stand.post(MESSAGE, session_id=2**40)
    assert [answer.status_code for answer in (viewer, stranger, elsewhere)] == [403, 404, 404]
