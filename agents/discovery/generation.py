"""A talk's set of experiments without a turn: what `output` does, done for a job on the state that the talk left.

The set that lies on the talk's table is taken as it is; else `output` makes one, which is recorded as a run of its own and
not made again when the job is begun again. Nothing is said in the talk, and nothing is saved here.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.discovery import memory, planning
from agents.discovery.briefing import begin_brief
from agents.discovery.output import output
from agents.discovery.state import DiscoveryState, StoredState, Turn
from agents.discovery.versions.upgrades import SHAPE
from agents.events import TurnEvent
from agents.runs import noting_failure
from agents.turns.state_shape import UnreadableState
from persistence.session import Database, UnitOfWork
from persistence.types import JobID, WorkspaceID, utc_now
from tools.access import Caller
from tools.errors import Conflict
from tools.filters.port import FilterOptimiser
from tools.generation.sets import MadeSet, TalkSource, refuse_broken
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter
from tools.runs.service import RunRequest, begin_run, end_run
from tools.runs.settings import RunSettings
from tools.turns.states import GONE, read_state

GRAPH = "experiments"


@dataclass(frozen=True)
class Talk:
    """A talk as a set is made of it, and the context that its nodes run in."""

    source: TalkSource
    state: DiscoveryState
    context: TurnContext


class SetGenerator:
    """Makes sets. One per process."""

    def __init__(
        self, database: Database, models: ModelRouter, filters: FilterOptimiser, settings: RunSettings
    ) -> None:
        self._database = database
        self._settings = settings
        self._models = models
        self._filters = filters

    async def read(self, caller: Caller, workspace_id: WorkspaceID, source: TalkSource) -> Talk:
        """The talk with what is stored of the company now.

        Raises NotFound when the caller is no member, Conflict when the state is gone or nothing is known of the company.
        """
        async with self._database.unit_of_work() as uow:
            left = await read_state(uow, source.state_of)
        try:
            stored: StoredState = SHAPE.read(left.version, left.state)  # type: ignore[assignment]
        except UnreadableState as error:
            raise Conflict(GONE, code="state_gone") from error
        context = self._context(caller, workspace_id, source)
        brief, reference = await begin_brief(stored, context)
        told: DiscoveryState = {**stored, "brief": brief, "company": reference}
        state: DiscoveryState = {
            **told,
            "turn": Turn(message_id=str(uuid4()), text="", now=utc_now().isoformat()),
            "known": memory.with_onboarding(told["known"], told),
            "prompt_tags": [],
            "action": None,
        }
        if planning.nothing_known(state):
            raise Conflict(
                "Nothing is known of the company yet; tell what it does first.", code="nothing_known"
            )
        return Talk(source, planning.with_strictness(state), context)

    async def make(self, talk: Talk, job_id: JobID) -> MadeSet:
        """The set on the talk's table, or a new one. Raises Invalid naming the rules it breaks, ModelFailure, QuotaExceeded."""
        state = talk.state
        proposal = state.get("proposal")
        if proposal is not None and proposal["status"] == "proposed":
            return _made(dict(state))
        left = await self._drafted(talk, job_id)
        refuse_broken(left["proposal"])
        return _made({**state, **left})

    async def _drafted(self, talk: Talk, job_id: JobID) -> dict[str, Any]:
        """What `output` leaves; of a job that was cut off behind it, what it left then."""
        context = talk.context
        asked = {**talk.source.as_json(), "jobId": str(job_id)}
        request = RunRequest(
            GRAPH,
            context.workspace_id,
            context.caller.user_id,
            asked,
            job_id=job_id,
            once=True,
            held=True,
        )
        async with self._database.unit_of_work() as uow:
            run = await begin_run(uow, request, self._settings)
        if run.answered is not None:
            return run.answered
        async with noting_failure(self._database.unit_of_work, run, context.meter):
            update = await output(talk.state, Runtime(context=context))
            left: dict[str, Any] = {
                name: update[name] for name in ("proposal", "experiments") if name in update
            }
            async with self._database.unit_of_work() as uow:
                await end_run(uow, run, context.meter, state=left)
        return left

    def _context(self, caller: Caller, workspace_id: WorkspaceID, source: TalkSource) -> TurnContext:
        return TurnContext(
            caller=caller,
            workspace_id=workspace_id,
            database=self._database,
            models=self._models,
            session_id=source.session_id,
            turn_id=str(source.state_of),
            emit=_unheard,
            guard=_nothing_written,
            meter=UsageMeter(),
            filters=self._filters,
        )


def _made(state: dict[str, Any]) -> MadeSet:
    style = state.get("style")
    proposal = state["proposal"]
    return MadeSet(
        state["experiments"],
        proposal["insight"],
        proposal["pre_evidence"],
        style["guide"] if style else None,
    )


async def _unheard(_event: TurnEvent) -> None:
    """Nobody listens to a job's set while it is made."""


async def _nothing_written(_uow: UnitOfWork) -> None:
    """The job's lease is asked for by whoever saves the set."""
