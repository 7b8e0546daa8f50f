"""One turn from its first event to its last: drives the graph, keeps the lease, records the end, then says so.

What can't be brought to an end here (the process ends, Postgres is away) is left to whoever takes the turn over.

It is a task of its own. Nobody's connection is in here: a client that goes away changes nothing.
"""

import asyncio
import time
from collections.abc import Sequence

import psycopg
import structlog
from langgraph.errors import GraphDrained, InvalidUpdateError
from sqlalchemy.exc import SQLAlchemyError

from agents.context import TurnContext
from agents.events import ApprovalAnswered, ApprovalRequested, TextDelta, ToolCalled, TurnEvent, TurnFinished
from agents.turns import metrics
from agents.turns.ending import make_record, usage_event
from agents.turns.entries import visible_text
from agents.turns.failures import LOST, TIMED_OUT, failure_of
from agents.turns.graph_run import GraphRun
from agents.turns.seeding import begin_again, note_unreadable
from agents.turns.state_shape import UnreadableState
from agents.turns.writer import TurnWriter
from persistence.session import Database
from persistence.types import AgentRunID
from tools import tracing
from tools.providers.models.usage import UsageMeter
from tools.turns import lease as leases
from tools.turns.lease import LeaseLost
from tools.turns.recording import Json, TurnRecord, record_alone, record_turn, stands_alone
from tools.turns.requests import OpenedTurn
from tools.turns.settings import TurnSettings
from tools.turns.starting import GRAPH
from tools.turns.takeover import Fate
from tools.turns.tidying import tidy_after
from tools.usage.service import Spender, usage_rows

log = structlog.get_logger(__name__)

CLOSING_SECONDS = 2.0
"""What a cancelled graph gets to close its connections."""

RECORD_PAUSES = (0.2, 1.0, 3.0)
"""Seconds between attempts to record a turn while Postgres is away."""


class HandedOverError(Exception):
    """The turn is not to be ended here: another process, or this one later, goes on with it."""


class TurnRun:
    """A turn that this process owns. `attach` gives it its graph before `main` runs."""

    def __init__(
        self,
        opened: OpenedTurn,
        writer: TurnWriter,
        database: Database,
        settings: TurnSettings,
        fate: Fate = "go_on",
    ) -> None:
        """With a `fate` other than to go on, the graph does not run: the turn is only ended."""
        self.opened = opened
        self.writer = writer
        self.meter = UsageMeter()
        self._database = database
        self._settings = settings
        self._fate = fate
        self._graph: GraphRun | None = None
        self._began = time.monotonic()
        self._first_token: float | None = None
        self._last_text = 0.0
        self._loop = asyncio.get_running_loop()
        self._asked_to_end: asyncio.Future[None] = self._loop.create_future()
        self._renewal: asyncio.TimerHandle | None = None
        self._renewing: asyncio.Task[None] | None = None
        self._stopped = self._out_of_time = False
        self._draining = False
        self._lost = False

    def attach(self, graph: GraphRun) -> None:
        """The graph to run; its context calls `emit` and `meter` of this turn."""
        self._graph = graph

    @property
    def graph(self) -> GraphRun:
        """The graph that was attached."""
        assert self._graph is not None
        return self._graph

    async def emit(self, event: TurnEvent) -> None:
        """What the graph's nodes call with each event. Raises LeaseLost.

        A node that asked for an approval runs again from its top after the answer: the call is not told twice.
        """
        if isinstance(event, TextDelta):
            self._note_text(time.monotonic())
        elif isinstance(event, ToolCalled) and event.tool_call_id in self.opened.told_calls:
            return
        await self.writer.emit(event)

    def tell(self, event: TextDelta) -> bool:
        """`emit` for text where nothing can be awaited. Raises nothing; False: `emit` has to be called."""
        now = time.monotonic()
        if not self.writer.take(event):
            return False
        self._note_text(now)
        return True

    def _note_text(self, now: float) -> None:
        if self._first_token is None:
            self._first_token = now
        elif now - self._last_text > metrics.PAUSE_SECONDS:
            metrics.PAUSES.inc()
        self._last_text = now

    def stop(self) -> None:
        """The user wants no more of it: end now, keep the text so far."""
        self._stopped = True
        self._ask_to_end()

    def _run_out_of_time(self) -> None:
        self._out_of_time = not self._asked_to_end.done()
        self._ask_to_end()

    def _ask_to_end(self, _ended: "asyncio.Task[None] | None" = None) -> None:
        if not self._asked_to_end.done():
            self._asked_to_end.set_result(None)

    def drain(self) -> None:
        """The process ends soon: stop at the graph's next step."""
        self.graph.drain.request_drain("the process ends")

    def hand_over(self) -> None:
        """The process ends: stop now."""
        self._draining = True
        self._ask_to_end()

    async def main(self) -> None:
        """Run the turn to its end. Raises nothing."""
        opened = self.opened
        with tracing.span("turn", session_id=opened.session_id, turn_id=str(opened.turn_id)) as span:
            await self._main()
            if self._first_token is not None:
                span.note(first_token_ms=round((self._first_token - self._began) * 1000, 1))

    async def _main(self) -> None:
        self._renew_later()
        try:
            ending = await self._drive()
            await self._stop_renewing()
            await self._end(ending)
            await self._tidy()
        except HandedOverError:
            await self._stop_renewing()
            metrics.LOST.labels("handed_over").inc()
            await self._release()
        except LeaseLost:
            metrics.LOST.labels("lease_lost").inc()
            log.warning("turn.lease_lost", turn_id=str(self.opened.turn_id))
            self.writer.abandon()
        except Exception:
            metrics.LOST.labels("not_ended").inc()
            log.exception("turn.not_ended", turn_id=str(self.opened.turn_id))
            self.writer.abandon()
        finally:
            await self._stop_renewing()
            if self._graph is not None:
                self._graph.checkpointer.abandon()

    async def _drive(self) -> TurnEvent:
        """Run the graph; the event that ends the turn. Raises LeaseLost, HandedOverError."""
        if self._fate != "go_on":
            return TurnFinished("other", stopped=True) if self._fate == "stopped" else LOST
        await self._tell_answers()
        work = asyncio.create_task(self._run_graph(), name=f"turn-graph-{self.opened.turn_id}")
        work.add_done_callback(self._ask_to_end)
        limit = self._loop.call_later(self._settings.time_limit, self._run_out_of_time)
        try:
            # One future for all that may end it: `asyncio.wait` takes ten times its memory, for as long as the model thinks.
            await self._asked_to_end
        finally:
            limit.cancel()
        timed_out = self._out_of_time and not work.done()
        await _cancel(work)
        return await self._ending(self.graph, work, timed_out=timed_out)

    async def _run_graph(self) -> None:
        """Run it; where the thread's state can't be read, once more in a new thread. Raises what the graph raises."""
        try:
            await self.graph.run()
        except UnreadableState as error:
            note_unreadable(self.opened, error)
            if self.opened.kind == "resume":  # what was agreed on is in the state alone
                raise
            self.opened = self.graph.opened = await begin_again(self.opened, self._database)
            await self.graph.run()

    async def _tell_answers(self) -> None:
        """The approvals that this turn goes on after, unless a dead attempt has told them."""
        if any(isinstance(entry.event, ApprovalAnswered) for entry in self.writer.entries):
            return
        for answer in self.opened.answers:
            call = self.opened.answered_calls[answer.approval_id]
            await self.emit(ApprovalAnswered(answer.approval_id, call, answer.approved, answer.reason))

    async def _ending(self, graph: GraphRun, work: "asyncio.Task[None]", *, timed_out: bool) -> TurnEvent:
        """Why the graph ended, as the last event. Raises LeaseLost, HandedOverError."""
        if self._lost:
            raise LeaseLost
        error = None if not work.done() or work.cancelled() else work.exception()
        if isinstance(error, LeaseLost):
            raise error
        if isinstance(error, GraphDrained):
            raise HandedOverError
        finished = work.done() and not work.cancelled() and error is None
        if not finished and self._stopped:
            return TurnFinished("other", stopped=True)
        if not finished and self._draining:
            raise HandedOverError
        if timed_out:
            return TIMED_OUT
        if error is not None:
            return failure_of(error, str(self.opened.turn_id))
        for interrupt in graph.interrupts:
            await self.writer.emit(_approval(interrupt.id, interrupt.value))
        return TurnFinished("tool-calls" if graph.interrupts else "stop")

    async def _end(self, ending: TurnEvent) -> None:
        """Record first, then say that it is over. Raises LeaseLost; HandedOverError when it can't be recorded now."""
        await self.writer.close()
        if ending != TurnFinished("stop") and ending != TurnFinished("tool-calls"):
            await self._keep_text()
        last: list[TurnEvent] = [*usage_event(self.meter), ending]
        try:
            await self._record(last)
        except (SQLAlchemyError, psycopg.Error, OSError) as error:
            log.error(  # noqa: TRY400 — a database error's text may hold what it could not store
                "turn.not_recorded", turn_id=str(self.opened.turn_id), error=type(error).__name__
            )
            raise HandedOverError from None
        await self.writer.finish(*last)

    async def _tidy(self) -> None:
        """Throw away what this turn leaves behind, now that everybody has its end. If that can't be, it waits."""
        try:
            checkpointer = self.graph.checkpointer
            await tidy_after(self._database, checkpointer.stores, self.opened, pruned=checkpointer.pruned)
        except (SQLAlchemyError, OSError) as error:
            log.warning("turn.not_tidied", turn_id=str(self.opened.turn_id), error=type(error).__name__)

    async def _keep_text(self) -> None:
        """What was said before the end came stays in the agent's memory; if that can't be, only the record has it."""
        try:
            await self.graph.keep_text(visible_text(entry.event for entry in self.writer.entries))
        except (SQLAlchemyError, psycopg.Error, OSError, InvalidUpdateError) as error:
            log.warning("turn.text_not_kept", error=type(error).__name__)

    async def _record(self, last: list[TurnEvent]) -> None:
        """Write the record behind the last checkpoint; try again while Postgres is away.

        Raises LeaseLost, SQLAlchemyError, psycopg.Error, OSError.
        """
        events = [entry.event for entry in self.writer.entries] + last
        record = make_record(events, self.graph, self.meter, began=self._began, first_token=self._first_token)
        calls = usage_rows(self._spender(self.graph.context), self.meter, graph=GRAPH)
        for pause in (*RECORD_PAUSES, None):
            try:
                await self.graph.checkpointer.settle(last=True)
                await self._store(record, calls)
                metrics.note_turn(record)
            except (SQLAlchemyError, psycopg.Error, OSError):
                if pause is None:
                    raise
                await asyncio.sleep(pause)
            else:
                return

    async def _store(self, record: TurnRecord, calls: Sequence[Json]) -> None:
        if stands_alone(self.opened):
            await record_alone(self._database.direct, self.opened, record, calls)
            return
        async with self._database.unit_of_work() as uow:
            await record_turn(uow, self.opened, record, calls)

    async def _release(self) -> None:
        """Leave the turn to others, with all it has come to. What can't be stored is done again by them."""
        try:
            await self.graph.checkpointer.settle()
            await self.writer.hand_over()
            async with self._database.unit_of_work() as uow:
                await leases.release(uow, self.opened.lease)
        except (SQLAlchemyError, psycopg.Error, OSError, LeaseLost) as error:
            log.warning("turn.not_released", turn_id=str(self.opened.turn_id), error=type(error).__name__)
            self.writer.abandon()
        else:
            log.info("turn.handed_over", turn_id=str(self.opened.turn_id))

    def _spender(self, context: TurnContext) -> Spender:
        run_id = AgentRunID(self.opened.turn_id)
        return Spender(context.workspace_id, context.caller.user_id, agent_run_id=run_id)

    def _renew_later(self) -> None:
        """Renew after a third of the lease, and so on. A timer: a task that sleeps takes ten times its memory."""
        self._renewal = self._loop.call_later(self.opened.lease.seconds / 3, self._begin_to_renew)

    def _begin_to_renew(self) -> None:
        self._renewing = self._loop.create_task(self._renew(), name=f"turn-lease-{self.opened.turn_id}")

    async def _stop_renewing(self) -> None:
        if self._renewing is not None:
            await _cancel(self._renewing)
        if self._renewal is not None:
            self._renewal.cancel()  # the last, for a renewal that ended sets it again

    async def _renew(self) -> None:
        """Renew the lease; when it is gone for good, end the turn without a word."""
        try:
            await leases.renew(self._database.direct, self.opened.lease)
        except LeaseLost:
            self._lost = True
            self._ask_to_end()
            return
        except (SQLAlchemyError, OSError) as error:
            log.warning("turn.lease_not_renewed", error=type(error).__name__)
        self._renew_later()
        self._renewing = None  # a task that is over takes as much memory as one that works


async def _cancel(task: "asyncio.Task[None]") -> None:
    """End a task that may have ended already; one that does not let go in time is left behind, and logged."""
    if task.done():  # nearly always
        return
    task.cancel()
    await asyncio.wait({task}, timeout=CLOSING_SECONDS)
    if not task.done():
        log.error("turn.task_hangs", task=task.get_name())


def _approval(approval_id: str, value: object) -> ApprovalRequested:
    """The event that asks for an approval, from what the node gave to `interrupt`."""
    details = value if isinstance(value, dict) else {}
    return ApprovalRequested(
        approval_id=approval_id,
        tool_call_id=str(details.get("toolCallId", approval_id)),
        action=str(details.get("action", "")),
        summary=str(details.get("summary", "")),
        input=dict(details.get("input") or {}),
    )
