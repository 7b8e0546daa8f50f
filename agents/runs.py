"""Runs a graph for one request: on a thread of its own, checkpointed, recorded, and taken up where an attempt broke off.

Turns of a talk have a runner of their own (`runner.py`): they stream, wait for approvals and outlive their process.
"""

import copy
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph

from agents.context import GraphContext
from persistence.session import Database, UnitOfWork
from tools.access import Caller
from tools.errors import QuiverError
from tools.filters.port import ProspectCounter
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter
from tools.runs.service import OpenRun, RunRequest, begin_run, end_run

Graph = CompiledStateGraph[Any, GraphContext, Any, Any]
Open = Callable[[], AbstractAsyncContextManager[UnitOfWork]]

RECURSION_LIMIT = 50


@dataclass
class FinishedRun:
    """What a graph left. `end` belongs in the transaction that keeps the result."""

    run: OpenRun
    state: dict[str, Any]
    meter: UsageMeter = field(default_factory=UsageMeter)

    async def end(self, uow: UnitOfWork) -> str:
        """Record the run as done; whose model answered. Raises NotFound when its workspace is gone."""
        return await end_run(uow, self.run, self.meter, state=self.state) or "none"


class GraphRuns:
    """Runs graphs. One per process."""

    def __init__(
        self,
        database: Database,
        open_work: Open,
        saver: BaseCheckpointSaver[str],
        models: ModelRouter,
        prospects: ProspectCounter,
    ) -> None:
        """`open_work` opens a transaction."""
        self._database = database
        self.open = open_work
        self._prospects = prospects
        self._saver = saver
        self._models = models

    @asynccontextmanager
    async def run(
        self, graph: Graph, caller: Caller, request: RunRequest, state: dict[str, Any]
    ) -> AsyncIterator[FinishedRun]:
        """Run to the end, then let the caller keep the result. Whatever raises on the way is recorded as a failed run.

        No transaction is open while the graph runs. Raises NotFound, and what the graph raises.
        """
        meter = UsageMeter()
        async with self.open() as uow:
            run = await begin_run(uow, request)
        try:
            yield FinishedRun(run, await self._to_the_end(graph, caller, run, state, meter), meter)
        except Exception as error:
            code = error.error_code if isinstance(error, QuiverError) else "internal_error"
            async with self.open() as uow:
                await end_run(uow, run, meter, error_code=code)
            raise

    async def _to_the_end(
        self, graph: Graph, caller: Caller, run: OpenRun, state: dict[str, Any], meter: UsageMeter
    ) -> dict[str, Any]:
        bound = copy.copy(graph)
        bound.checkpointer = self._saver
        config: RunnableConfig = {
            "configurable": {"thread_id": str(run.thread_id)},
            "recursion_limit": RECURSION_LIMIT,
        }
        begun = run.goes_on and bool((await bound.aget_state(config)).values)
        context = GraphContext(
            caller=caller,
            workspace_id=run.request.workspace_id,
            database=self._database,
            models=self._models,
            meter=meter,
            prospects=self._prospects,
        )
        result = await bound.ainvoke(None if begun else state, config, context=context, durability="sync")
        assert isinstance(result, dict)
        return result
