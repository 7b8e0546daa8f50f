"""The task `process-discovery-chat`: a turn of the talk that nobody listens to, run here as the API runs others.

The turn is named by its message, so whoever begins the job again joins it. A worker that dies leaves the turn to the
processes that take turns over, and so does one whose time for a message is up; the job then waits for the turn's record.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from uuid import UUID

from agents.events import NodeEntered, TurnEvent, TurnFailed, TurnFinished
from agents.runner import TurnHandle, TurnRunner
from agents.turns.entries import LogEntry, from_record
from api.jobs.experiments import caller_of_item
from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.talking import WorkerTalk
from api.jobs.work import begin_step, work_on
from api.streaming.answer import chat_answer
from persistence.models.job import AsyncJobType
from persistence.types import JobID
from tools.access import Caller
from tools.errors import Conflict, ProviderUnavailable, QuiverError, QuotaExceeded
from tools.generation.messages import request_of
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem, ComeBack
from tools.jobs.steps import KINDS
from tools.sessions.lookup import SessionReference
from tools.sessions.service import turn_count
from tools.turns.reading import standing

STEPS = {"orchestrator": 0, "strategy": 1, "style": 2, "output": 3, "execution": 4}
"""The step that a node of the graph begins, by its place among the texts of the kind. Who speaks before begins none."""
LAST = 4
LISTENING_SHARE = 0.7
"""Of the time limit, how long a message goes on with a turn before it leaves it to others."""
LONGEST_WAIT = 60.0
SOON = 2.0
"""Seconds until the job looks again."""
WAITED_FOR = frozenset({"turn_running", "too_many_turns", "too_many_turns_at_once"})
"""Why a turn can't begin now that could in a moment: the message was taken, so its job waits."""
AWAY = frozenset({"stream_unavailable", "server_restarting"})


def open_chat(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task with a runner of turns of its own."""
    talk = WorkerTalk(services, stack)

    async def work(item: ClaimedItem) -> None:
        await talk_item(services, (await talk.get()).runner, item)

    async def process(job_id: str) -> None:
        await work_on(services, JobID(UUID(job_id)), work)

    return process


async def talk_item(services: WorkerServices, runner: TurnRunner, item: ClaimedItem) -> None:
    """One turn, to its end or until somebody else goes on with it."""
    await begin_step(services, item, 0)
    async with services.database.unit_of_work() as uow:
        caller = await caller_of_item(uow, item)
    turn = await _start(runner, caller, item)
    try:
        async with asyncio.timeout(services.settings.worker.time_limit * LISTENING_SHARE):
            await _show_steps(services, item, runner.follow(turn.turn_id))
    except TimeoutError:
        pass  # whether the turn is over, its record says
    except (claims.JobCancelled, asyncio.CancelledError):
        await _stop_if_cancelled(services, runner, caller, item, turn)
        raise
    finally:
        await runner.leave(turn.turn_id)
    await _keep(services, item, turn)


async def _start(runner: TurnRunner, caller: Caller, item: ClaimedItem) -> TurnHandle:
    """The turn, begun now or before. Raises ComeBack when that can't be now."""
    try:
        return await runner.start(caller, item.workspace_id, request_of(item.input))
    except (Conflict, QuotaExceeded) as refusal:
        if refusal.error_code not in WAITED_FOR:
            raise
        wait = refusal.retry_after if isinstance(refusal, QuotaExceeded) else SOON
        raise ComeBack(min(wait, LONGEST_WAIT)) from refusal
    except ProviderUnavailable as failure:
        if failure.error_code in AWAY:
            raise ComeBack(SOON) from failure
        raise


async def _show_steps(
    services: WorkerServices, item: ClaimedItem, entries: AsyncGenerator[list[LogEntry], None]
) -> None:
    """Note the steps as the turn goes through its nodes; none comes again. Raises JobCancelled, LeaseLost."""
    reached = 0
    async with aclosing(entries) as batches:
        async for batch in batches:
            nodes = [entry.event.node for entry in batch if isinstance(entry.event, NodeEntered)]
            newest = max((STEPS.get(node, 0) for node in nodes), default=0)
            if newest > reached:
                reached = newest
                await begin_step(services, item, reached)


async def _stop_if_cancelled(
    services: WorkerServices, runner: TurnRunner, caller: Caller, item: ClaimedItem, turn: TurnHandle
) -> None:
    """Stop the turn of a job that was cancelled, in whichever process it runs; another end leaves it to be taken over."""
    async with services.database.unit_of_work() as uow:
        cancelled = await claims.is_cancelled(uow, [item.job_id])
    if cancelled:
        session = SessionReference(session_id=turn.session_id)
        await runner.stop(caller, item.workspace_id, session, turn_id=turn.turn_id)


async def _keep(services: WorkerServices, item: ClaimedItem, turn: TurnHandle) -> None:
    """End the job with what the turn's record holds. Raises ComeBack while there is none, and the turn's own failure."""
    async with services.database.unit_of_work() as uow:
        recorded = await standing(uow, turn.turn_id)
        count = await turn_count(uow, turn.session_id)
    if recorded is not None and recorded.running:
        raise ComeBack(SOON)
    events = [entry.event for entry in from_record(recorded.events)] if recorded else []
    stopped = _stopped(events)
    answer = chat_answer(
        events, session_id=turn.session_id, turn_id=str(turn.turn_id), turn_count=count
    ).model_dump(mode="json", by_alias=True)
    await begin_step(services, item, LAST)
    async with services.database.unit_of_work() as uow:
        await claims.finish(uow, item, {**answer, "stopped": stopped})


def _stopped(events: list[TurnEvent]) -> bool:
    """Whether somebody stopped the turn. Raises its failure, which is not tried again: the talk shows it."""
    last = events[-1] if events else None
    if isinstance(last, TurnFinished):
        return last.stopped
    if isinstance(last, TurnFailed):
        raise QuiverError(last.message, code=last.code)
    raise QuiverError("The answer was lost.", code="turn_lost")


TASKS: dict[str, Open] = {KINDS[AsyncJobType.DISCOVERY_CHAT].task: open_chat}
