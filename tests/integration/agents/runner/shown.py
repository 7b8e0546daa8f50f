"""A talk whose turns are held against what LangGraph streams of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Annotated, Any, Literal, TypedDict
from uuid import uuid4

from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agents.nodes import add_node
from agents.turns.checkpoints import LeasedCheckpointer
from agents.turns.graph_run import GraphRun, TalkGraph, TurnGraph
from agents.turns.state_shape import StateShape
from persistence.checkpointer import PooledSaver
from tests.fixtures.checkpoint_runs import may_write
from tools.turns.requests import ApprovalAnswer

Json = dict[str, Any]
Next = Literal["speak", "hear", "ask", "__end__"]


class Talk(TypedDict, total=False):
    """A turn's words, what is left of them to do, what was said in all turns, and what was answered."""

    turn: Json
    left: list[str]
    said: list[str]
    answers: list[Json]


class Longer(Talk, total=False):
    """One with a channel that has a beginning of its own."""

    heard: Annotated[list[str], lambda before, more: before + more]


@dataclass
class Place:
    """What the nodes of a run may use: how it can be broken off."""

    broken: bool = True
    drain: Callable[[str], object] = str
    waits: asyncio.Event = field(default_factory=asyncio.Event)


async def speak(state: Talk, runtime: Runtime[Any]) -> Json:
    """Do the first of the words."""
    word, *left = state.get("left") or state["turn"]["text"].split()
    if word == "break" and runtime.context.broken:
        raise ConnectionError(word)
    if word == "drain":
        runtime.context.drain(word)
    if word == "wait":
        runtime.context.waits.set()
        await asyncio.Event().wait()
    return {"left": left if word != "ever" else ["ever"], "said": [*state.get("said", []), word]}


async def hear(state: Talk, runtime: Runtime[Any]) -> Json:
    """Change nothing."""
    return {}


async def ask(state: Talk, runtime: Runtime[Any]) -> Json:
    """Ask two things, the one after the other."""
    return {"answers": [interrupt({"may": "I"}), interrupt("really?")], "left": state["left"][1:]}


def after(state: Talk) -> Next:
    left = state["left"]
    return "__end__" if not left else "ask" if left[0] == "ask" else "hear" if left == ["rest"] else "speak"


def talk_graph(shape: type[Talk] = Talk) -> TurnGraph:
    """As the product builds its graphs, entered directly; `Longer` is built with LangGraph's edges."""
    graph: StateGraph[Any, Any, Any, Any] = StateGraph(shape)
    for node, then in ((speak, after), (hear, None), (ask, after)):
        if shape is Talk:
            add_node(graph, node, then)
        else:
            graph.add_node(node)
            if then is not None:
                graph.add_conditional_edges(node.__name__, then)
    graph.add_edge(START, "speak")
    return TalkGraph(graph.compile()).compiled


class Shown:
    """What LangGraph streams of a graph's runs, whether anybody asked for it or not."""

    def __init__(self, graph: Any) -> None:
        self.parts: list[Any] = []
        self._astream = graph.astream
        graph.astream = self.astream

    async def astream(self, *given: Any, stream_mode: list[str], **options: Any) -> AsyncIterator[Any]:
        async for part in self._astream(*given, stream_mode=["values"], **options):
            self.parts.append(part)
            if stream_mode:
                yield part


@dataclass
class Thread:
    """A talk in a graph, turn by turn, each with a checkpointer of its own."""

    saver: PooledSaver
    graph: TurnGraph
    place: Place = field(default_factory=Place)
    thread_id: Any = field(default_factory=uuid4)
    before: Json = field(default_factory=dict)

    def turn(self, text: str, answers: tuple[ApprovalAnswer, ...] = (), *, goes_on: bool = False) -> GraphRun:
        """A run that has not begun."""
        opened: Any = SimpleNamespace(
            thread_id=self.thread_id,
            message_id="1",
            kind="resume" if answers else "message",
            text=text,
            now=datetime.now(UTC),
            after=None,
            seed=None,
            turn_count=1,
            answers=answers,
        )
        log: Any = SimpleNamespace(count=lambda: 0, settle=self._settle)
        checkpointer = LeasedCheckpointer(self.saver, may_write, "turn", log, shape=StateShape())
        place: Any = self.place
        run = GraphRun(self.graph, opened, place, checkpointer, goes_on)
        self.place.drain = run.drain.request_drain
        return run

    async def hold(self, run: GraphRun) -> Any:
        """Let it run; the error that it ended with. Holds what is known of it then against what was shown."""
        shown = Shown(self.graph)
        error = None
        try:
            await run.run()
        except Exception as raised:  # noqa: BLE001 — which one it is, the test says
            error = raised
        await run.checkpointer.settle()
        self.held(run, shown.parts)
        self.before = run.state or self.before
        del self.graph.astream  # the one of this run
        return error

    def held(self, run: GraphRun, parts: list[Any]) -> None:
        """A run that an input begins has found the state of before, with it; each other one what is shown first."""
        began = parts[0]["data"] if parts else None
        if run.opened.kind != "resume" and not run.goes_on:
            entry = {**self.before, "turn": run.began_with["turn"]} if run.began_with else {}
            assert entry["turn"]["text"] == run.opened.text
            began = {name: entry[name] for name in Talk.__annotations__ if name in entry}
        newest = parts[-1]["data"] if parts else began
        assert run.began_with == began
        assert run.state == newest
        assert list(run.state or {}) == list(newest or {})
        assert run.interrupts == (parts[-1]["interrupts"] if parts else ())

    async def _settle(self) -> None:
        """Nothing is logged."""
