"""A forked replica is what `./quiver serve` is: with the settings it was given, a port of its own and an end of its own."""

import signal

import httpx

from tests.durability.replicas import Replicas

MISDIRECTED = 400


async def test_a_forked_replica_serves_with_its_own_settings_and_dies_alone(replicas: Replicas) -> None:
    one, other = (
        await replicas.start(),
        await replicas.start({"ALLOWED_HOSTS": "elsewhere.example,127.0.0.1"}),
    )
    async with httpx.AsyncClient(trust_env=False, headers={"Host": "elsewhere.example"}) as client:
        answers = [await client.get(f"{replica.url}/health") for replica in (one, other)]
    one.kill()
    assert one.code == -signal.SIGKILL
    await other.ready()
    other.tell_to_stop()
    assert await other.end(20) in {0, -signal.SIGTERM}
    assert [answer.status_code for answer in answers] == [MISDIRECTED, 200]
