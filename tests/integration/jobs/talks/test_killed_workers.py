"""A real worker whose child is killed in the middle: one set, one turn, and the job comes to its end."""

import pytest

from tests.integration.jobs.talks.stand import TalkStand, WorkerOfItsOwn
from tests.integration.jobs.talks.test_chatting import MESSAGE

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]


async def test_a_set_is_made_once_though_its_worker_is_killed(
    stand: TalkStand, worker: WorkerOfItsOwn
) -> None:
    session_id = await stand.told()
    await stand.sandbox.behave("slow", kind="structured", delay=3, count=1)
    job_id = await stand.start(session_id)
    await stand.until_step(job_id, "Validating ICP patterns", seconds=60)
    assert worker.kill_child() >= 1
    job = await stand.until(job_id, "completed", "failed", seconds=120)
    assert job["status"] == "completed", job
    assert await stand.attempts(job_id) >= 2
    assert len(await stand.experiments()) == 5


async def test_a_turn_is_taken_over_and_its_job_waits_for_it(
    stand: TalkStand, worker: WorkerOfItsOwn
) -> None:
    await stand.sandbox.behave("slow", delay=3, count=1)
    job_id = await stand.posted(MESSAGE)
    await stand.until_begun()
    assert worker.kill_child() >= 1
    job = await stand.until(job_id, "completed", "failed", seconds=120)
    assert job["status"] == "completed", job
    (turn,) = await stand.turns()
    assert turn.attempt == 2, "the API went on with it"
    talk = (await stand.session(job["output"]["sessionId"]))["messages"]
    assert [said["role"] for said in talk] == ["user", "assistant"]
