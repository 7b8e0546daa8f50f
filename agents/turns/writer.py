"""The one writer of a turn's log. Nodes hand events over and go on; text that comes in quickly becomes one event, and the name of
a node that just began is shown with what follows it soon.

What was said is kept here too. Readers in this process follow the writer itself and wait for no Redis; should the process
die before the rest is logged, the next attempt has a higher epoch, which voids their places. When Redis loses the log in
mid-turn, the writer begins it anew under a higher epoch.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable

import structlog

from agents.events import NodeEntered, TextDelta, TurnEvent, encode_event
from agents.turns.entries import Hear, LogEntry, is_terminal, join_text
from persistence.turn_log import TurnLog, TurnLogLost, TurnLogTaken, TurnLogUnavailable
from tools.turns.lease import Lease, LeaseLost

log = structlog.get_logger(__name__)

MAX_UNLOGGED = 2_000
"""Entries that may wait for one write to Redis; then nodes wait too."""
RETRY_SECONDS = 1.0

NAME_SECONDS = 0.025
"""How long a node's name may wait for what the node says or for the next one's name. Nobody reads it sooner, and each event that is
shown alone is a write to the client and one to Redis."""

LAST_PAUSES = (0.2, 0.5, 1.0)
"""Seconds after each attempt to write the last events. Readers elsewhere have the record, should none succeed."""


def _deaf(_entry: LogEntry) -> bool:
    """Takes nothing where it is shown."""
    return False


class _Follower:
    """A reader in this process: how much it has seen, and what it waits for once that is all."""

    __slots__ = ("change", "hear", "seen")

    def __init__(self, hear: Hear) -> None:
        self.hear = hear
        self.seen = 0
        self.change: asyncio.Future[None] | None = None

    def wake(self) -> None:
        """There is more to see, or will be no more."""
        change, self.change = self.change, None
        if change is not None and not change.done():  # a follower may have left
            change.set_result(None)


class TurnWriter:
    """Numbers events, writes them to Redis, shows them to followers of this process."""

    def __init__(
        self,
        turn_log: TurnLog,
        turn_id: str,
        lease: Lease,
        raise_fence: Callable[[], Awaitable[None]],
        *,
        coalesce: float,
    ) -> None:
        """`coalesce`: seconds in which text is gathered into one entry. The first piece is never held back.

        `raise_fence` gets the lease a higher fence, for a log that begins anew; it raises LeaseLost, or
        TurnLogUnavailable when that can't be done now.
        """
        self.entries: list[LogEntry] = []
        self._shown = 0
        self._log = turn_log
        self._turn_id = turn_id
        self._lease = lease
        self._raise_fence = raise_fence
        self._coalesce = coalesce
        self._pending: list[TurnEvent] = []
        self._logged = 0
        self._retry_at = 0.0
        self._writing = asyncio.Lock()
        self._flushing = 0
        """Those who write, or wait until they may."""
        self._loop = asyncio.get_running_loop()
        self._publication: asyncio.Handle | None = None
        self._naming: asyncio.Handle | None = None
        self._published_at = 0.0
        self._unwritten = False
        """Something was numbered since the worker looked last."""
        self._followers: list[_Follower] = []
        """Those who wait for what is shown next."""
        self._closed = False
        self._finished = self._abandoned = False
        self._worker: asyncio.Task[None] | None = None

    async def begin(self, *events: TurnEvent) -> None:
        """Write the first events at once, all or none: the start, and what a dead attempt leaves to this one.

        Raises TurnLogUnavailable: then the turn must not begin.
        """
        fence = self._lease.fence
        await self._log.append(self._turn_id, fence, 1, lambda: [encode_event(event) for event in events])
        self.entries.extend(LogEntry(fence, number, event) for number, event in enumerate(events, 1))
        self._logged = len(self.entries)
        self._show()

    async def emit(self, event: TurnEvent) -> None:
        """Hand an event over. Raises LeaseLost when this process may not write any more or the turn is over."""
        if self._closed:
            raise LeaseLost
        self._lease.check()
        self._pending.append(event)
        if isinstance(event, NodeEntered):
            self._show_name_soon()
        elif self._publication is None:
            self._publish_in_time(time.monotonic())
        while len(self.entries) - self._logged > MAX_UNLOGGED and self._worker and not self._worker.done():
            await asyncio.wait({self._worker})

    def take(self, event: TurnEvent) -> bool:
        """`emit` where nothing can be awaited. Raises nothing; False: it would have to raise or to wait."""
        now = time.monotonic()
        if self._closed or not self._lease.holds_at(now) or len(self.entries) - self._logged > MAX_UNLOGGED:
            return False
        self._pending.append(event)
        if self._publication is None:
            self._publish_in_time(now)
        return True

    def count(self) -> int:
        """How many entries there are, with what waits: it is numbered now, and shown and written soon."""
        self._number()
        return len(self.entries)

    async def settle(self) -> None:
        """Return when all that is numbered is logged, or can't be now. Before what counts on finding it in the log."""
        self._log.hurry()
        await self._flush(at_once=True)

    async def hand_over(self) -> None:
        """Write what waits and leave the rest to whoever takes the turn over. Followers look elsewhere."""
        await self.close()
        await self.settle()
        self.abandon()

    async def close(self) -> None:
        """Take nothing more and write what waits."""
        self._closed = True
        for waiting in (self._publication, self._naming):
            if waiting is not None:
                waiting.cancel()
        self._number()
        self._log.hurry()
        if self._worker is not None:
            await self._worker
        self._show()
        await self._flush(at_once=True)

    async def finish(self, *events: TurnEvent) -> None:
        """Write the last events, after `close` and the record, when the lease is given back: with them the log begins to expire.

        They alone are shown after they are written: who has seen the end finds it everywhere, unless Redis is away.
        """
        self._finished = True
        self._pending.extend(events)
        self._number()
        for pause in LAST_PAUSES:
            self._retry_at = 0.0
            await self._flush(at_once=True)
            self._show()
            if self._logged == len(self.entries):
                return
            await asyncio.sleep(pause)
        with contextlib.suppress(TurnLogUnavailable):
            await self._log.end(self._turn_id)

    async def follow(self, hear: Hear | None = None) -> AsyncGenerator[list[LogEntry], None]:
        """What is written, in batches as it comes, to the last event or until the writer gives up.

        Whoever waits for more is offered it by `hear` first, as it is shown; it does not come in a batch then.
        """
        follower = _Follower(hear or _deaf)
        while True:
            batch = self.entries[follower.seen : self._shown]
            if batch:
                follower.seen += len(batch)
                yield batch
                if is_terminal(batch[-1].event):
                    return
            elif self._abandoned:
                return
            else:
                follower.change = self._loop.create_future()
                self._followers.append(follower)
                try:
                    await follower.change
                finally:
                    self._followers.remove(follower)

    def abandon(self) -> None:
        """Stop at once and write nothing more: the lease is gone. Followers are told by the end of what they follow."""
        self._closed = self._abandoned = True
        self._pending.clear()
        self._show()

    def _publish_in_time(self, now: float) -> None:
        """Now, or with what comes soon when text was shown just before."""
        rest = self._published_at + self._coalesce - now
        if rest > 0 and isinstance(self.entries[-1].event, TextDelta):
            self._publication = self._loop.call_later(rest, self._publish)
        else:
            self._publish(now)

    def _show_name_soon(self) -> None:
        """With what comes next, or alone when that takes long."""
        if self._publication is None and self._naming is None:
            self._naming = self._loop.call_later(NAME_SECONDS, self._show_name)

    def _show_name(self) -> None:
        self._naming = None
        if self._publication is None and (self._pending or self._shown < len(self.entries)):
            self._publish()

    def _publish(self, now: float | None = None) -> None:
        """Number what waits and show it here; the log gets it soon."""
        self._publication, self._published_at = None, time.monotonic() if now is None else now
        self._number()
        self._show()
        self._unwritten = True
        if self._worker is None:
            self._worker = asyncio.create_task(self._work(), name=f"turn-writer-{self._turn_id}")

    async def _work(self) -> None:
        """Write, and again what gathered in the meantime. A task only while there is something to write: one that is over
        takes as much memory as one that works. What it raises, `close` raises.
        """
        while self._unwritten and not self._closed:
            self._unwritten = False
            await self._flush()
        self._worker = None

    async def _flush(self, *, at_once: bool = False) -> None:
        """Write what is numbered. What can't be written now is written with the next."""
        if self._logged == len(self.entries):
            return
        self._flushing += 1
        try:
            async with self._writing:
                await self._write(at_once=at_once)
        except TurnLogTaken:
            self._lease.revoke()
        except LeaseLost:
            self.abandon()
        finally:
            self._flushing -= 1
            if not self._flushing:  # a lock that was waited for keeps its empty queue, 760 bytes of it
                self._writing = asyncio.Lock()

    def _number(self) -> None:
        number, fence = len(self.entries), self._lease.fence
        if len(self._pending) == 1:  # nearly always
            self.entries.append(LogEntry(fence, number + 1, self._pending.pop()))
        elif self._pending:
            batch, self._pending = join_text(self._pending), []
            self.entries += [LogEntry(fence, number + i, event) for i, event in enumerate(batch, 1)]

    async def _write(self, *, at_once: bool) -> None:
        if self._abandoned or self._logged == len(self.entries) or time.monotonic() < self._retry_at:
            return
        if not self._finished:
            self._lease.check()
        try:
            await self._append_or_begin_anew(at_once=at_once)
        except TurnLogUnavailable:
            self._retry_at = time.monotonic() + RETRY_SECONDS
            log.warning("turn_log.unavailable", turn_id=self._turn_id)

    async def _append_or_begin_anew(self, *, at_once: bool) -> None:
        try:
            await self._append(at_once=at_once)
        except TurnLogLost:
            log.warning("turn_log.lost", turn_id=self._turn_id)
            await self._begin_anew()

    async def _append(self, *, at_once: bool) -> None:
        """Write what is numbered by the time it goes out."""
        first, ended, written = self._logged + 1, self._finished, 0

        def events() -> list[bytes]:
            nonlocal written
            if not ended:
                self._lease.check()
            waiting = self.entries[first - 1 :]
            written = len(waiting)
            return [encode_event(entry.event) for entry in waiting]

        await self._log.append(self._turn_id, self._lease.fence, first, events, at_once=at_once, ended=ended)
        self._logged += written  # more may have been numbered in the meantime

    async def _begin_anew(self) -> None:
        """Redis forgot the log: write all of it again, under an epoch that tells clients their cursors are void."""
        await self._raise_fence()
        fence = self._lease.fence
        self.entries = [LogEntry(fence, entry.number, entry.event) for entry in self.entries]
        self._logged = 0
        await self._append(at_once=True)

    def _show(self) -> None:
        """Offer the newest to those who have seen all before it; who doesn't take it, or is behind, is woken."""
        shown = self._shown = len(self.entries)
        for follower in self._followers:
            if follower.seen == shown - 1 and follower.hear(self.entries[-1]):
                follower.seen = shown
            else:
                follower.wake()
