"""Reading a turn: from the writer when it runs in this process, else from Redis, else from its record.

A reader always begins with the turn's first event. What belongs to a dead attempt is left out of the first batch.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID

from agents.events import TurnStarted, decode_event
from agents.turns.entries import LogEntry, from_record, is_terminal, remainder
from agents.turns.failures import LOST
from agents.turns.writer import TurnWriter
from persistence.session import Database
from persistence.turn_log import LogRecord, TurnLog, TurnLogUnavailable
from tools.turns.reading import TurnStanding, events_before, standing

BLOCK_MS = 400
"""How long one read waits in Redis; shorter than the time-out of a command."""

DOUBT_SECONDS = 2.0
"""After so long without an event, ask Postgres whether the turn still runs."""


class TurnReader:
    """Follows turns wherever they run."""

    def __init__(self, database: Database, turn_log: TurnLog, writers: dict[UUID, TurnWriter]) -> None:
        """`writers` are those of this process, kept up to date by the runner."""
        self._database = database
        self._log = turn_log
        self._writers = writers

    async def follow(self, turn_id: UUID, *, whole: bool = False) -> AsyncGenerator[list[LogEntry], None]:
        """The turn's entries in batches, to its last event; the first batch is all there is so far.

        `whole` puts the turns before it that waited for approvals in front, so that the message is complete.
        """
        before = await self._before(turn_id) if whole else []
        seen: list[LogEntry] = []
        async with aclosing(self._batches(turn_id, seen)) as batches:
            async for batch in batches:
                seen.extend(batch)
                yield [*before, *batch]
                before = []

    async def _batches(self, turn_id: UUID, seen: list[LogEntry]) -> AsyncGenerator[list[LogEntry], None]:
        writer = self._writers.get(turn_id)
        if writer is not None:
            async with aclosing(writer.follow()) as batches:
                async for batch in batches:
                    yield batch
        if not seen or not is_terminal(seen[-1].event):
            async with aclosing(self._follow_elsewhere(turn_id, seen)) as batches:
                async for batch in batches:
                    yield batch

    async def has_more(self, turn_id: UUID, after: tuple[int, int]) -> bool:
        """Whether Redis still holds something behind a place in the turn's log. Raises TurnLogUnavailable."""
        return bool(await self._log.read(str(turn_id), after))

    async def _before(self, turn_id: UUID) -> list[LogEntry]:
        async with self._database.unit_of_work() as uow:
            events = await events_before(uow, turn_id)
        return [entry for entry in from_record(events) if not is_terminal(entry.event)]

    async def _follow_elsewhere(
        self, turn_id: UUID, seen: list[LogEntry]
    ) -> AsyncGenerator[list[LogEntry], None]:
        """From Redis; when nothing comes, what Postgres knows decides."""
        place = _place(seen)
        quiet_since = time.monotonic()
        if not seen and not await self._read(turn_id, place, block_ms=None):
            quiet_since -= DOUBT_SECONDS
        while True:
            records = await self._read(turn_id, place, block_ms=BLOCK_MS)
            if records:
                quiet_since = time.monotonic()
                batch = _entries(records, place, seen)
                place = (records[-1].epoch, records[-1].number)
                if batch:
                    yield batch
                if batch and is_terminal(batch[-1].event):
                    return
            elif time.monotonic() - quiet_since >= DOUBT_SECONDS:
                quiet_since = time.monotonic()
                ending = _ending(await self._standing(turn_id), seen)
                if ending:
                    yield ending
                    return

    async def _standing(self, turn_id: UUID) -> TurnStanding | None:
        async with self._database.unit_of_work() as uow:
            return await standing(uow, turn_id)

    async def _read(self, turn_id: UUID, place: tuple[int, int], *, block_ms: int | None) -> list[LogRecord]:
        try:
            return await self._log.read(str(turn_id), place, block_ms=block_ms)
        except TurnLogUnavailable:
            await asyncio.sleep(BLOCK_MS / 1000)
            return []


def _place(seen: list[LogEntry]) -> tuple[int, int]:
    return (seen[-1].epoch, seen[-1].number) if seen else (0, 0)


def _ending(turn: TurnStanding | None, seen: list[LogEntry]) -> list[LogEntry]:
    """The last batch of a turn whose log says nothing more; empty while somebody works on it."""
    if turn is not None and turn.running and turn.alive:
        return []
    recorded = [entry.event for entry in from_record(turn.events)] if turn is not None else []
    rest = remainder(recorded, [entry.event for entry in seen]) if recorded else None
    return [LogEntry(0, number, event) for number, event in enumerate(rest or [LOST], 1)]


def _entries(records: list[LogRecord], place: tuple[int, int], seen: list[LogEntry]) -> list[LogEntry]:
    """Decoded entries: of several attempts only the last, of a log that began anew only what is new."""
    entries = [LogEntry(record.epoch, record.number, decode_event(record.data)) for record in records]
    starts = [i for i, entry in enumerate(entries) if isinstance(entry.event, TurnStarted)]
    if not starts:
        return entries
    entries = entries[starts[-1] :]
    shown = max((entry.event.attempt for entry in seen if isinstance(entry.event, TurnStarted)), default=0)
    first = entries[0].event
    assert isinstance(first, TurnStarted)
    return entries if first.attempt > shown else [entry for entry in entries if entry.number > place[1]]
