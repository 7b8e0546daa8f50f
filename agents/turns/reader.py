"""Reading a turn: from the writer when it runs in this process, else from Redis, else from its record.

A reader always begins with the turn's first event. What belongs to a dead attempt is left out of the first batch; who was
shown some of it already gets the rest when the new attempt goes on from there, else the new attempt from its start.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from agents.events import TurnStarted, decode_event
from agents.turns.entries import (
    END,
    INSIDE,
    Hear,
    LogEntry,
    from_record,
    going_on,
    is_terminal,
    newest_attempt,
    remainder,
)
from agents.turns.failures import LOST, RESTARTING
from agents.turns.writer import TurnWriter
from persistence.session import Database
from persistence.turn_log import LogRecord, TurnLog, TurnLogUnavailable
from tools.turns.reading import TurnStanding, standing

log = structlog.get_logger(__name__)

BLOCK_MS = 400
"""How long one read waits in Redis; shorter than the time-out of a command."""

DOUBT_SECONDS = 2.0
"""After so long without an event, ask Postgres whether the turn still runs."""


class TurnReader:
    """Follows turns wherever they run."""

    def __init__(
        self,
        database: Database,
        turn_log: TurnLog,
        writers: dict[UUID, TurnWriter],
        *,
        patience: float,
        closing: Callable[[], bool],
    ) -> None:
        """`writers` are those of this process, kept up to date by the runner.

        `patience` is how many seconds a dead turn is given to be taken over; `closing` says that this process ends.
        """
        self._database = database
        self._log = turn_log
        self._writers = writers
        self._patience = patience
        self._closing = closing

    async def follow(
        self, turn_id: UUID, *, before: Sequence[LogEntry] = (), hear: Hear | None = None
    ) -> AsyncGenerator[list[LogEntry], None]:
        """The turn's entries in batches, to its last event; the first batch is all there is so far, behind `before`.

        A turn of this process offers each later entry to `hear` first. Raises nothing: who reads has been told that all is
        well.
        """
        seen: list[LogEntry] = []
        writer = self._writers.get(turn_id)
        if writer is not None:
            async with aclosing(writer.follow(_noting(seen, hear))) as batches:
                async for batch in batches:
                    seen.extend(batch)
                    yield [*before, *batch]
                    before = ()
        if seen and is_terminal(seen[-1].event):
            return
        async with aclosing(self._follow_elsewhere(turn_id, seen)) as batches:
            async for batch in batches:
                seen.extend(batch)
                yield [*before, *batch]
                before = ()

    async def has_more(self, turn_id: UUID, after: tuple[int, int]) -> bool:
        """Whether there is more of an ended turn than up to a place in its log; also when only the record has it.

        Redis may have lost the log, or its writer died when the end was recorded and not yet told. Raises TurnLogUnavailable.
        """
        epoch, number = after
        if number == END:
            return False
        entries = await self._log.read(str(turn_id), (epoch, max(number - 1, 0)))
        read_all = bool(entries) and (entries[-1].epoch, entries[-1].number) == after
        return not (read_all and is_terminal(decode_event(entries[-1].data)))

    async def _follow_elsewhere(
        self, turn_id: UUID, seen: list[LogEntry]
    ) -> AsyncGenerator[list[LogEntry], None]:
        """From Redis; when nothing comes, what Postgres knows decides."""
        place = _place(seen)
        quiet_since = alive_at = time.monotonic()
        if not seen and not await self._read(turn_id, place, block_ms=None):
            quiet_since -= DOUBT_SECONDS
        while True:
            records = await self._read(turn_id, place, block_ms=BLOCK_MS)
            if records:
                quiet_since = alive_at = time.monotonic()
                batch = _entries(records, place, seen)
                place = (records[-1].epoch, records[-1].number)
                if batch:
                    yield batch
                if batch and is_terminal(batch[-1].event):
                    return
            if self._closing():
                yield await self._farewell(turn_id, seen)
                return
            if not records and time.monotonic() - quiet_since >= DOUBT_SECONDS:
                quiet_since = time.monotonic()
                turn = await self._standing(turn_id)
                if turn.running and turn.alive:
                    alive_at = quiet_since
                elif not turn.running or quiet_since - alive_at >= self._patience:
                    yield _ending(turn, seen)
                    return

    async def _farewell(self, turn_id: UUID, seen: list[LogEntry]) -> list[LogEntry]:
        """The last batch from a process that ends: who reads on here would be cut off, and can read on elsewhere."""
        turn = await self._standing(turn_id)
        return [LogEntry(0, 1, RESTARTING)] if turn.running else _ending(turn, seen)

    async def _standing(self, turn_id: UUID) -> TurnStanding:
        """How the turn stands; while Postgres can't say, nobody is known to be alive."""
        try:
            async with self._database.unit_of_work() as uow:
                turn = await standing(uow, turn_id)
        except (SQLAlchemyError, OSError) as error:
            log.warning("turn.standing_unknown", error=type(error).__name__)
            return TurnStanding(running=True, alive=False, events=[])
        return turn or TurnStanding(running=False, alive=False, events=[])

    async def _read(self, turn_id: UUID, place: tuple[int, int], *, block_ms: int | None) -> list[LogRecord]:
        try:
            return await self._log.read(str(turn_id), place, block_ms=block_ms)
        except TurnLogUnavailable:
            await asyncio.sleep(BLOCK_MS / 1000)
            return []


def _noting(seen: list[LogEntry], hear: Hear | None) -> Hear | None:
    """The same, but what is taken is noted as seen. Nothing is offered before the first batch."""
    if hear is None:
        return None

    def heard(entry: LogEntry) -> bool:
        if not seen or not hear(entry):
            return False
        seen.append(entry)
        return True

    return heard


def _place(seen: list[LogEntry]) -> tuple[int, int]:
    return (seen[-1].epoch, seen[-1].number) if seen else (0, 0)


def _ending(turn: TurnStanding, seen: list[LogEntry]) -> list[LogEntry]:
    """The last batch of a turn whose log says nothing more, and which nobody took over."""
    recorded = [entry.event for entry in from_record(turn.events)]
    rest = remainder(recorded, [entry.event for entry in seen]) if recorded else None
    if not rest:
        return [LogEntry(0, 1, LOST)]
    *others, last = rest
    return [*(LogEntry(turn.fence, INSIDE, event) for event in others), LogEntry(turn.fence, END, last)]


def _entries(records: list[LogRecord], place: tuple[int, int], seen: list[LogEntry]) -> list[LogEntry]:
    """Decoded entries: of several attempts only the last, of a log that began anew only what is new."""
    entries = [LogEntry(record.epoch, record.number, decode_event(record.data)) for record in records]
    attempt = newest_attempt(entries)
    first = attempt[0].event
    if not isinstance(first, TurnStarted) or not seen:
        return attempt
    shown = [entry.event for entry in newest_attempt(seen)]
    if isinstance(shown[0], TurnStarted) and first.attempt <= shown[0].attempt:
        return [entry for entry in attempt if entry.number > place[1]]
    rest = going_on(attempt, shown)
    return attempt if rest is None else rest
