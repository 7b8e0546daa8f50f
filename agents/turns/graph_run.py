"""One run of a compiled graph on a session's thread: its input, its configuration, and what it leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.graph import START
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import RunControl
from langgraph.types import Command, Interrupt

from agents.context import TurnContext
from agents.turns.checkpoints import LeasedCheckpointer
from agents.turns.direct_entry import enter_directly, entered_with, state_at_entry
from agents.turns.quiet_nodes import run_quietly
from agents.turns.seeding import seed_state
from agents.turns.shown_state import kept_whole, state_of
from agents.turns.state_shape import Json, StateShape
from persistence.session import Database
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.turns.requests import OpenedTurn
from tools.turns.stored_talk import imported_messages

TurnGraph = CompiledStateGraph[Any, TurnContext, Any, Any]
ReadAhead = Callable[[Database, Caller, WorkspaceID], dict[str, Any]]
RECURSION_LIMIT = 50
CHECKPOINTER = "__pregel_checkpointer"
"""LangGraph's own key, for graphs that are compiled without one."""
STRICT_RESUME = "__pregel_strict_resume"
"""LangGraph's own key: an answer to an interrupt that is not pending raises instead of being passed over."""


@dataclass(frozen=True)
class TalkGraph:
    """A graph that holds a talk, compiled without a checkpointer, and the shape of its state.

    `ahead` begins to read what the graph reads first, by the names it has in a TurnContext's `loaded`.
    """

    compiled: TurnGraph
    shape: StateShape = field(default_factory=StateShape)
    ahead: ReadAhead | None = None

    def __post_init__(self) -> None:
        """Nobody listens to a talk's nodes but through the turn's log, and each begins with the same one."""
        run_quietly(self.compiled)
        enter_directly(self.compiled)


@dataclass
class GraphRun:
    """Runs the graph once."""

    graph: TurnGraph
    opened: OpenedTurn
    context: TurnContext
    checkpointer: LeasedCheckpointer
    goes_on: bool = False
    """Whether the thread's newest checkpoint is of this very turn, from an attempt that died."""
    drain: RunControl = field(default_factory=RunControl)
    _names: Sequence[str] | None = None
    """The state's channels, in a run that is known by its checkpoints; None in one that is known by what LangGraph streams."""
    _began_with: Json | None = None
    _state: Json | None = None
    """What was streamed, or read, or written beside a run."""
    _interrupts: tuple[Interrupt, ...] = ()

    @property
    def began_with(self) -> Json | None:
        """The state that the run found, with its input; None before that is known."""
        return self._kept(self.checkpointer.entered) if self._began_with is None else self._began_with

    @property
    def state(self) -> Json | None:
        """The newest whole state; None before the first."""
        return self._kept(self.checkpointer.newest) if self._state is None else self._state

    @property
    def interrupts(self) -> tuple[Interrupt, ...]:
        """What the run waits for when it has ended."""
        return self._interrupts if self._names is None else self.checkpointer.asked

    async def run(self) -> None:
        """Run to the end, to an interrupt, or into an exception: GraphDrained when `drain` was asked for on the way."""
        given = await self._input()
        self._names = kept_whole(self.graph) if isinstance(given, dict) else None
        parts = self.graph.astream(
            given,
            self._config(),
            context=self.context,
            stream_mode=["values"] if self._names is None else [],
            durability="sync",
            control=self.drain,
            version="v2",
        )
        try:
            async for part in parts:
                if part["type"] == "values":
                    self._state, self._interrupts = part["data"], part["interrupts"]
                    self._began_with = self._began_with or self._state
        finally:
            if self._names is None:
                self._note_entry()

    def _kept(self, channel_values: Json | None) -> Json | None:
        if self._names is None or channel_values is None:
            return None
        return state_of(self._names, channel_values)

    def _note_entry(self) -> None:
        """A turn that was cut off in its first node has a state all the same."""
        entered = self.checkpointer.entered
        state = None if entered is None else state_at_entry(self.graph, entered)
        if state is not None:
            self._began_with, self._state = state, self._state or state

    async def read_state(self) -> None:
        """Take the state from the thread, for a turn that only has to be ended."""
        self._state = (await self.graph.aget_state(self._thread())).values

    async def keep_question(self) -> None:
        """Let the agent remember a question that this turn left no checkpoint of, for a turn that only has to be ended.

        Raises as `keep_text` does.
        """
        values = (await self.graph.aget_state(self._thread())).values
        asked = {"role": "user", "content": self.opened.text, "turn_id": str(self.opened.turn_id)}
        self._state = self.checkpointer.shape.catch_up({**values, **await self._seed()}, [asked])
        await self.graph.aupdate_state(self._thread(), self.state, as_node=START)

    async def keep_text(self, text: str) -> None:
        """Let the agent remember what it had said when it was cut off. Raises LeaseLost, or a database's error.

        For graphs that keep the talk in `messages`; only when this turn's question is in it already.
        """
        messages = (self.state or {}).get("messages") or []
        last = messages[-1] if messages else {}
        if not text or last.get("role") != "user" or last.get("turn_id") != str(self.opened.turn_id):
            return
        answered = [*messages, {**last, "role": "assistant", "content": text}]
        await self.graph.aupdate_state(self._thread(), {"messages": answered}, as_node=START)
        self._state = {**(self.state or {}), "messages": answered}

    async def _input(self) -> Any:
        """What the graph is given."""
        if self.goes_on:
            return None
        if self.opened.kind == "resume":
            answers = {
                answer.approval_id: {"approved": answer.approved, "reason": answer.reason}
                for answer in self.opened.answers
            }
            return Command(resume=answers)
        turn = {
            "message_id": self.opened.message_id,
            "text": self.opened.text,
            "now": self.opened.now.isoformat(),
        }
        return entered_with(self.graph, {**await self._seed(), "turn": turn})

    async def _seed(self) -> dict[str, Any]:
        """The state that a new thread begins with; nothing for a thread that goes on."""
        if self.opened.seed is None:
            return await self._imported()
        async with self.context.database.unit_of_work() as uow:
            return await seed_state(uow, self.opened, self.checkpointer.shape)

    async def _imported(self) -> dict[str, Any]:
        """The talk of before, when this is the first run of a session that has turns already: of one held elsewhere."""
        if self.opened.after is not None or self.opened.turn_count < 2:
            return {}
        async with self.context.database.unit_of_work() as uow:
            await uow.autocommit()
            messages = await imported_messages(uow, self.opened.session_id)
        return {"messages": messages} if messages else {}

    def _config(self) -> RunnableConfig:
        config = self._thread()
        if self.opened.kind == "resume" and not self.goes_on:
            config["configurable"][STRICT_RESUME] = True
        return {**config, "recursion_limit": RECURSION_LIMIT}

    def _thread(self) -> RunnableConfig:
        """The talk's thread with this turn's checkpointer, as a graph hands its own to those inside it.

        The metadata is what LangGraph would put there, but for that it begins with a ChainMap, which costs in each merge.
        """
        thread_id = str(self.opened.thread_id)
        return {
            "configurable": {"thread_id": thread_id, CHECKPOINTER: self.checkpointer},
            "metadata": {"thread_id": thread_id},
        }
