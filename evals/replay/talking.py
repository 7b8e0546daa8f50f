"""One discovery talk on the real graph: turns on a fresh thread in memory, seeded anywhere."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command, Interrupt
from sqlalchemy import update

from agents.context import TurnContext
from agents.discovery.graph import build
from agents.events import ExperimentsProposed, NodeEntered, TextDelta, TurnEvent
from agents.filters import graph as filters_graph
from agents.filters.optimiser import GraphOptimiser
from agents.runs import GraphRuns
from evals.dataset.conversation import Approval, Conversation, Turn, Usage
from evals.replay.errors import RunStopped
from evals.replay.models import elapsed
from evals.replay.saving import put_set
from evals.replay.seeding import kept_state, saved_before, state_before
from evals.replay.stage import Stage
from evals.replay.workspace import Place, make_place
from evals.trails.graphs import trails_of
from persistence.models.discovery import DiscoverySession
from persistence.session import UnitOfWork
from tools.providers.models.usage import UsageMeter
from tools.runs.settings import RunSettings

Json = dict[str, Any]
SEEDED_AS = "execution"
"""The node after which a seeded state stands: one with no edge out of it, as at the end of a turn."""
RECURSION_LIMIT = 50


@dataclass
class Spoken:
    """What a turn brought."""

    turn: Turn
    experiments: list[Json] | None
    state: Json
    waits: tuple[Interrupt, ...] = ()


@dataclass
class GraphTalk:
    """A talk of one case. Each is a thread of its own."""

    stage: Stage
    case: Conversation
    place: Place
    thread: str
    saver: InMemorySaver = field(default_factory=InMemorySaver)
    meters: list[UsageMeter] = field(default_factory=list)

    @classmethod
    async def begin(cls, stage: Stage, case: Conversation, thread: str, at: int = 0) -> "GraphTalk":
        """A new talk in a new workspace, taken up before the user's turn `at`."""
        talk = cls(stage, case, await make_place(stage.database, case), thread)
        state = state_before(case, at)
        if state is not None:
            graph = build().compile(checkpointer=talk.saver)
            state |= await talk._saved(saved_before(case, at))
            await graph.aupdate_state({"configurable": {"thread_id": thread}}, state, as_node=SEEDED_AS)
        return talk

    async def _saved(self, experiments: list[Json]) -> Json:
        """What the talk had saved, put into its database; the ids that it has there."""
        if not experiments:
            return {}
        async with self.stage.database.unit_of_work() as uow:
            ids = await put_set(uow, self.place.workspace_id, self.place.session_id, experiments)
        return {"saved_ids": ids}

    async def say(
        self, text: str, place: int, *, approval: Approval | None = None, keep_state: bool = False
    ) -> Spoken:
        """One message of the user, whose answer has this place, and the answer to the card it leads to. Raises what the graph raises."""
        events: list[TurnEvent] = []

        async def emit(event: TurnEvent) -> None:
            events.append(event)

        turn_id = uuid5(NAMESPACE_URL, f"{self.thread}/{place}")
        await self._hold(turn_id)
        meter = UsageMeter()
        self.meters.append(meter)
        graph = build().compile(checkpointer=self.saver)
        context, began = self._context(emit, str(turn_id), meter), time.monotonic()

        async def go_on(given: Any) -> Any:
            config: RunnableConfig = {
                "configurable": {"thread_id": self.thread},
                "recursion_limit": RECURSION_LIMIT,
            }
            return await graph.ainvoke(given, config, context=context, durability="sync", version="v2")

        turn = {"message_id": f"{self.case.id}-{place}", "text": text, "now": self.case.world.now}
        result = await go_on({"turn": turn})
        if approval is not None and result.interrupts:
            result = await go_on(Command(resume=approval.model_dump()))
        state: Json = result.value
        spoken = _turn(place, events, state, meter, elapsed(began))
        if keep_state:
            spoken = spoken.model_copy(update={"state": kept_state(state)})
        proposed = next(
            (event for event in events if isinstance(event, ExperimentsProposed) and event.valid), None
        )
        return Spoken(spoken, proposed.experiments if proposed else None, state, result.interrupts)

    async def attempt(
        self, text: str, place: int, *, approval: Approval | None = None, keep_state: bool = False
    ) -> Spoken | str:
        """As `say`; what the graph raises as a sentence. RunStopped goes through."""
        try:
            return await self.say(text, place, approval=approval, keep_state=keep_state)
        except (RunStopped, asyncio.CancelledError):
            raise
        except Exception as error:  # noqa: BLE001 — a graph that breaks is a result of the run
            return f"{type(error).__name__}: {error}"

    async def trails(self) -> list[str]:
        """The ways its turns took, and those of the filters' graph, which the talk asks about what it saved."""
        found: list[str] = []
        for thread, space in self._threads():
            name, graph = (
                ("discovery", build()) if thread == self.thread else ("filters", filters_graph.build())
            )
            here: RunnableConfig = {"configurable": {"thread_id": thread, "checkpoint_ns": space}}
            found += await trails_of(name, graph.compile(checkpointer=self.saver), here)
        return found

    def _threads(self) -> list[tuple[str, str]]:
        """Thread and namespace of all that its checkpointer has."""
        kept = (each.config["configurable"] for each in self.saver.list(None))
        return sorted({(each["thread_id"], each.get("checkpoint_ns", "")) for each in kept})

    def _context(self, emit: Any, turn_id: str, meter: UsageMeter) -> TurnContext:
        stage = self.stage
        runs = GraphRuns(
            stage.database,
            stage.database.unit_of_work,
            self.saver,
            stage.models,
            stage.prospects,
            stage.hashes,
            stage.pages,
            RunSettings(),
        )
        return TurnContext(
            caller=self.place.caller,
            workspace_id=self.place.workspace_id,
            database=stage.database,
            models=stage.models,
            session_id=self.place.session_id,
            turn_id=turn_id,
            emit=emit,
            guard=_nobody_else,
            meter=meter,
            filters=GraphOptimiser(runs, stage.prospects),
        )

    async def _hold(self, turn_id: Any) -> None:
        """Make this turn the one that may write, as the runner's lease does."""
        async with self.stage.database.unit_of_work() as uow:
            here = DiscoverySession.id == self.place.session_id
            await uow.session.execute(update(DiscoverySession).where(here).values(active_turn_id=turn_id))


async def _nobody_else(_uow: UnitOfWork) -> None:
    """Nobody else wants this turn."""


def _turn(place: int, events: list[TurnEvent], state: Json, meter: UsageMeter, took: int) -> Turn:
    """What was said, by whom, and what was asked for."""
    spoke: Literal["followup", "output", "execution"] | None = None
    for event in events:
        if isinstance(event, NodeEntered) and event.node in {"followup", "output", "execution"}:
            spoke = event.node  # type: ignore[assignment]
            if spoke != "followup":
                break
    plan = state.get("plan") or {}
    asks = plan.get("ask") or None
    return Turn.model_validate(
        {
            "i": place,
            "role": "assistant",
            "content": "".join(event.text for event in events if isinstance(event, TextDelta)),
            "node": spoke,
            "asks": asks if spoke == "followup" and plan.get("mode") == "ask" else None,
            "usage": Usage(read=meter.input_tokens, written=meter.output_tokens),
            "ms": took,
        }
    )
