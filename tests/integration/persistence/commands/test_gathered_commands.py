"""Commands of many callers in one write: each gets its own answers, refusals included."""

import asyncio

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from persistence import redis_client as redis_connection
from persistence.commands.gathered_commands import GatheredCommands
from persistence.settings import RedisSettings
from tests import embedded


async def test_each_caller_gets_its_own_answers_in_order(redis_client: Redis) -> None:
    gathered = GatheredCommands(redis_client, pause=0.01)
    callers = [
        gathered.execute(("SET", f"gathered:{number}", number), ("GET", f"gathered:{number}"))
        for number in range(50)
    ]
    answers = await asyncio.gather(*callers)
    assert [answer[1] for answer in answers] == [str(number).encode() for number in range(50)]


async def test_a_refused_command_is_its_callers_matter_only(redis_client: Redis) -> None:
    gathered = GatheredCommands(redis_client, pause=0.0)
    good, bad = await asyncio.gather(
        gathered.execute(("SET", "gathered:text", "x")), gathered.execute(("INCR", "gathered:text"))
    )
    assert good[0] in {True, b"OK", "OK"}
    assert isinstance(bad[0], ResponseError)


async def test_a_caller_that_leaves_harms_nobody(redis_client: Redis) -> None:
    gathered = GatheredCommands(redis_client, pause=0.0)
    leaving, staying = (asyncio.create_task(gathered.execute(("PING",))) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    assert len(await staying) == 1


async def test_without_redis_every_caller_is_told() -> None:
    url = f"redis://127.0.0.1:{embedded.free_port()}/0"
    away = redis_connection.connect(RedisSettings.model_validate({"REDIS_URL": url}))
    gathered = GatheredCommands(away, pause=0.0)
    told = await asyncio.gather(*(gathered.execute(("PING",)) for _ in range(3)), return_exceptions=True)
    assert [isinstance(error, RedisError) for error in told] == [True] * 3
    await away.aclose()
