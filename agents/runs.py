"""Runs a graph for one request: on a thread of its own, checkpointed, recorded, and taken up where an attempt broke off.

Turns of a talk have a runner of their own (`runner.py`): they stream, wait for approvals and outlive their process.
"""

import asyncio
import copy
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import psycopg
import structlog
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph

from agents.context import GraphContext, NodeBegan, nobody
from agents.turns.checkpoints import VERSION
from agents.turns.state_shape import FIRST
from persistence.session import Database, UnitOfWork
from tools.access import Caller
from tools.errors import QuiverError
from tools.filters.port import ProspectCounter
from tools.jobs.claims import JobCancelled, LeaseLost
from tools.outreach.drafter import Heard
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter
from tools.providers.website.reader import WebsiteReader
from tools.runs.service import OpenRun, RunRequest, begin_run, bill_calls, end_run
from tools.runs.settings import RunSettings
from tools.suppressions.hashing import ContactHashes

log = structlog.get_logger(__name__)

Graph = CompiledStateGraph[Any, GraphContext, Any, Any]
Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]

RECURSION_LIMIT = 50
STATE_VERSION = 1
"""Of the states of all graphs that answer one request. Raise it when the shape of one changes: what broke off before, an hour
at most, then begins again instead of going on.
"""
BROKEN = "internal_error"
CODES: dict[type[BaseException], str] = {
    asyncio.CancelledError: "stopped",
    JobCancelled: "job_cancelled",
    LeaseLost: "lease_lost",
}
"""What a run that failed without one of our errors is recorded as."""


@dataclass
class FinishedRun:
    """What a graph left. `end` belongs in the transaction that keeps the result; nothing is to be kept when `again`."""

    run: OpenRun
    state: dict[str, Any]
    meter: UsageMeter = field(default_factory=UsageMeter)

    @property
    def again(self) -> bool:
        """Whether this is the answer of a run that was over before."""
        return self.run.answered is not None

    async def end(self, uow: UnitOfWork) -> str:
        """Record the run as done; whose model answered. Raises NotFound when its workspace is gone."""
        return await end_run(uow, self.run, self.meter, state=self.state) or "none"


@asynccontextmanager
async def noting_failure(open_work: Open, run: OpenRun, meter: UsageMeter) -> AsyncIterator[None]:
    """Record what raises in here as how the run failed, and what was used until then."""
    try:
        yield
    except (Exception, asyncio.CancelledError) as error:
        code = error.error_code if isinstance(error, QuiverError) else CODES.get(type(error), BROKEN)
        async with open_work() as uow:
            await end_run(uow, run, meter, error_code=code)
        raise


class GraphRuns:
    """Runs graphs. One per process."""

    def __init__(
        self,
        database: Database,
        open_work: Open,
        saver: BaseCheckpointSaver[str],
        models: ModelRouter,
        prospects: ProspectCounter,
        hashes: ContactHashes,
        pages: WebsiteReader,
        settings: RunSettings,
    ) -> None:
        """`open_work` opens a transaction."""
        self._database = database
        self.open = open_work
        self._prospects = prospects
        self.hashes = hashes
        self._saver = saver
        self._models = models
        self._pages = pages
        self._settings = settings

    @asynccontextmanager
    async def run(
        self,
        graph: Graph,
        caller: Caller,
        request: RunRequest,
        state: dict[str, Any],
        *,
        heard: Heard | None = None,
        began: NodeBegan = nobody,
    ) -> AsyncIterator[FinishedRun]:
        """Run to the end, then let the caller keep the result. Whatever raises on the way is recorded as a failed run.

        No transaction is open while the graph runs. `heard` is told what is written as it is written, `began` which nodes begin.
        Raises NotFound, QuotaExceeded, Conflict as the request says, TakenOver, and what the graph and `began` raise.
        """
        meter = UsageMeter()
        async with self.open() as uow:
            run = await begin_run(uow, request, self._settings)
        if run.answered is not None:
            yield FinishedRun(run, run.answered, meter)
            return
        context = GraphContext(
            caller=caller,
            workspace_id=request.workspace_id,
            database=self._database,
            models=self._models,
            meter=meter,
            prospects=self._prospects,
            hashes=self.hashes,
            pages=self._pages,
            began=began,
            heard=heard,
        )
        async with noting_failure(self.open, run, meter):
            yield FinishedRun(run, await self._to_the_end(graph, run, state, context), meter)

    async def _to_the_end(
        self, graph: Graph, run: OpenRun, state: dict[str, Any], context: GraphContext
    ) -> dict[str, Any]:
        """The state after the last node. What each node's calls used is billed when it ends, so that no death loses it."""
        bound = copy.copy(graph)
        bound.checkpointer = self._saver
        config: RunnableConfig = {
            "configurable": {"thread_id": str(run.thread_id)},
            "recursion_limit": RECURSION_LIMIT,
            "metadata": {VERSION: STATE_VERSION},
        }
        begun = run.goes_on and await self._holds_state(run)
        steps = bound.astream(
            None if begun else state,
            config,
            context=context,
            durability="sync",
            stream_mode=["updates", "values"],
        )
        result: dict[str, Any] = {}
        async with aclosing(cast(AsyncGenerator[tuple[str, dict[str, Any]]], steps)) as parts:
            async for mode, part in parts:
                if mode == "values":
                    result = part
                else:
                    await self._bill(run, context.meter)
        return result

    async def _holds_state(self, run: OpenRun) -> bool:
        """Whether the run's thread holds a state to go on from. One of another version, or that can't be read, is thrown away."""
        thread = str(run.thread_id)
        try:
            found = await self._saver.aget_tuple({"configurable": {"thread_id": thread}})
        except (psycopg.Error, OSError, TimeoutError):
            raise
        except Exception as error:  # noqa: BLE001 — what can't be decoded raises whatever the decoder does
            log.warning("run.state_unreadable", run_id=str(run.id), error=type(error).__name__)
        else:
            metadata: dict[str, Any] = dict(found.metadata) if found else {}
            if found is None or metadata.get(VERSION, FIRST) == STATE_VERSION:
                return found is not None and bool(found.checkpoint["channel_values"])
            log.info("run.state_of_another_version", run_id=str(run.id))
        await self._saver.adelete_thread(thread)
        return False

    async def _bill(self, run: OpenRun, meter: UsageMeter) -> None:
        # Other nodes may go on calling meanwhile.
        if (new := meter.unbilled()).calls:
            async with self.open() as uow:
                await bill_calls(uow, run, new)
            meter.billed += new.calls
