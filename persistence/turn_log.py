"""The log of a turn: one Redis stream a turn, written by the one process that runs it, read by any.

An event's place is `<epoch>-<number>`: the epoch is the lease's fence, the number counts from 1. What is appended together
is one entry of Redis, a line an event, under the place of its last. So Redis itself refuses a writer whose lease was taken
over, a repeated write and a missing one are recognised, and a client's cursor is `<epoch>.<number>`.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError, ResponseError

from persistence.commands.direct_commands import DirectCommands
from persistence.commands.gathering import Gathering

FIELD = b"e"
KEY = "turn-log:{}"

APPEND = """
local function append(key, given, events)
  local epoch, first, last, most, seconds = string.match(given, '(%d+) (%d+) (%d+) (%d+) (%d+)')
  local id, known = epoch .. '-' .. last, 0
  epoch, first, last = tonumber(epoch), tonumber(first), tonumber(last)
  local top = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1]
  if top then
    local top_epoch, top_number = string.match(top[1], '(%d+)-(%d+)')
    if tonumber(top_epoch) > epoch then return 'taken' end
    if tonumber(top_epoch) == epoch then known = tonumber(top_number) end
  end
  if known < first - 1 then return 'lost' end
  if known < last then
    redis.call('XADD', key, 'MAXLEN', '~', most, id, 'e', events)
  end
  if seconds ~= '0' then redis.call('EXPIRE', key, seconds) end
  return 'ok'
end
local answers = {}
for place, key in ipairs(KEYS) do
  answers[place] = append(key, ARGV[2 * place - 1], ARGV[2 * place])
end
return answers
"""
"""Adds events to the logs of one or more turns, unless they are there or a gap came of it. For each log two arguments: `epoch
first last most_entries seconds_to_live` in one, because each argument is packed by itself, and the events. With 0 seconds the
log lives as long as was said before. One script for all, because each answer is waited for by itself, too.
"""
APPEND_SHA = hashlib.sha1(APPEND.encode(), usedforsecurity=False).hexdigest().encode()
LOST, TAKEN = b"lost", b"taken"


class TurnLogUnavailable(Exception):  # noqa: N818 — a fact
    """Redis does not answer. Nothing is known of what it holds."""


class TurnLogLost(Exception):  # noqa: N818
    """Redis answers but does not hold what this writer wrote: it was emptied in mid-turn, or forgot what came last."""


class TurnLogTaken(Exception):  # noqa: N818
    """A writer with a newer epoch has written: this one may not write again."""


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One event as stored."""

    epoch: int
    number: int
    data: bytes


Append = tuple[bytes, bytes, bytes]
"""A log's key and the two arguments of APPEND for it."""


class TurnLog:
    """The logs of all turns. Times to live are in seconds."""

    def __init__(
        self,
        redis: Redis,
        keep_running: int,
        keep_ended: int,
        *,
        max_entries: int = 50_000,
        gather: float = 0.0,
    ) -> None:
        """`gather`: how long what many turns append is gathered into one write."""
        self._redis = redis
        self._direct = DirectCommands(redis)
        self._appends: Gathering[Append, bytes | ResponseError] = Gathering(self._append_all, pause=gather)
        self._keep_running = keep_running
        self._keep_ended = keep_ended
        self._max_entries = max_entries

    async def ping(self) -> None:
        """Raise TurnLogUnavailable when Redis does not answer."""
        try:
            await self._redis.ping()
        except RedisError as error:
            raise TurnLogUnavailable from error

    def hurry(self) -> None:
        """Let what is being gathered be written now."""
        self._appends.hurry()

    async def append(
        self,
        turn_id: str,
        epoch: int,
        first: int,
        events: Callable[[], Sequence[bytes]],
        *,
        at_once: bool = False,
        ended: bool = False,
    ) -> None:
        """Add events numbered from `first`, all or none; safe to repeat. The first of a log, and `at_once`, wait for no other.

        With the last ones the turn has `ended`: the log goes after a while. `events` is called just before they go out, and
        gives those there are by then; what it raises is raised here. Raises TurnLogUnavailable, TurnLogLost (never for the
        first entry), TurnLogTaken.
        """
        seconds = self._keep_ended if ended else self._keep_running if first == 1 else 0

        def append() -> Append:
            told = events()
            last = first + len(told) - 1
            given = b"%d %d %d %d %d" % (epoch, first, last, self._max_entries, seconds)
            return KEY.format(turn_id).encode(), given, b"\n".join(told)

        try:
            answer = await self._appends.ask(append, at_once=at_once or first == 1)
        except RedisError as error:
            raise TurnLogUnavailable from error
        if isinstance(answer, ResponseError):
            raise TurnLogUnavailable from answer
        if answer == LOST:
            raise TurnLogLost
        if answer == TAKEN:
            raise TurnLogTaken

    async def _append_all(self, appends: Sequence[Append]) -> list[bytes | ResponseError]:
        """What becomes of each; when Redis refuses all together, each alone, for one may be to blame. Raises RedisError."""
        keys = [key for key, _, _ in appends]
        given = [argument for _, *arguments in appends for argument in arguments]
        ask = partial(self._direct.execute, b"EVALSHA", APPEND_SHA, len(keys), *keys, *given)
        try:
            try:
                answers: list[bytes | ResponseError] = await ask()
            except NoScriptError:
                await self._redis.script_load(APPEND)
                answers = await ask()
        except ResponseError as error:
            if len(appends) == 1:
                return [error]
            return [answer for append in appends for answer in await self._append_all([append])]
        return answers

    async def read(
        self, turn_id: str, after: tuple[int, int] = (0, 0), *, block_ms: int | None = None
    ) -> list[LogRecord]:
        """Every entry behind `after`; waits up to `block_ms` for one. Raises TurnLogUnavailable."""
        position = f"{after[0]}-{after[1]}"
        try:
            answer = await self._redis.xread({KEY.format(turn_id): position}, block=block_ms)
        except RedisError as error:
            raise TurnLogUnavailable from error
        records: list[LogRecord] = []
        for _, entries in _streams(answer):
            for entry in entries:
                for record in _records(*entry):
                    # A write that was repeated with more behind it begins with what is there already.
                    if (record.epoch, record.number) > after:
                        records.append(record)
                        after = (record.epoch, record.number)
        return records

    async def end(self, turn_id: str) -> None:
        """Let the log of a finished turn go after a while, whose last events are not in it. Raises TurnLogUnavailable."""
        try:
            await self._redis.expire(KEY.format(turn_id), self._keep_ended)
        except RedisError as error:
            raise TurnLogUnavailable from error

    async def delete(self, *turn_ids: str) -> None:
        """Remove logs at once. Raises TurnLogUnavailable."""
        try:
            if turn_ids:
                await self._redis.delete(*(KEY.format(turn_id) for turn_id in turn_ids))
        except RedisError as error:
            raise TurnLogUnavailable from error


def _streams(answer: Any) -> list[tuple[Any, list[Any]]]:
    """The streams of an XREAD answer: a list in RESP2, a mapping in RESP3, nothing when the wait was in vain."""
    if not answer:
        return []
    if isinstance(answer, dict):
        return [
            (key, value[0] if value and isinstance(value[0], list) else value)
            for key, value in answer.items()
        ]
    return list(answer)


def _records(entry_id: bytes | str, fields: Any) -> list[LogRecord]:
    """The events of one entry of Redis."""
    epoch, last = _numbers(entry_id)
    data: bytes = fields[FIELD] if FIELD in fields else fields[FIELD.decode()].encode()
    events = data.split(b"\n")
    return [LogRecord(epoch, number, event) for number, event in enumerate(events, last - len(events) + 1)]


def _numbers(entry_id: bytes | str) -> tuple[int, int]:
    text = entry_id.decode() if isinstance(entry_id, bytes) else entry_id
    epoch, _, number = text.partition("-")
    return int(epoch), int(number)
