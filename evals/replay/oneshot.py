"""Filters and outreach, replayed: graphs that answer one request, on a fresh thread in memory."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import StateGraph
from langgraph.types import Command

from agents.context import GraphContext
from agents.filters import graph as filters_graph
from agents.outreach import graph as outreach_graph
from evals.dataset.conversation import Artifacts, Conversation, FilterStep, FilterTrail, Message
from evals.replay.discovery import Ask
from evals.replay.errors import RunStopped
from evals.replay.models import Watched, calls_of, elapsed, watched
from evals.replay.stage import Stage
from evals.replay.workspace import Place, make_lead, make_place
from evals.runs.output import Output
from evals.trails.graphs import Graph, trails_of
from tools.experiments.design import DimensionName
from tools.filters.run import Fact, answer_of, asked_of, moves_of, question
from tools.filters.search import Band
from tools.outreach.evidence import EvidencePacket
from tools.providers.models.usage import UsageMeter
from tools.providers.wiza.filters import ProspectFilters

Json = dict[str, Any]
BAND = (500, 5_000)
"""Where counts are to lie when a case says nothing."""
RECURSION_LIMIT = 50
GATHERED = "packet"
"""The node after which an outreach run stands when its packet is given."""

Build = Callable[[], StateGraph[Any, GraphContext, Any, Any]]
Made = Callable[[Stage, Conversation, Ask, UsageMeter, Graph], Awaitable[Artifacts]]


async def replay_filters(stage: Stage, case: Conversation, ask: Ask) -> Output:
    """Drafted and moved to the band anew."""
    return await _once(stage, case, ask, "filters", filters_graph.build, _filters)


async def replay_outreach(stage: Stage, case: Conversation, ask: Ask) -> Output:
    """Written, checked and revised anew, from the same packet."""
    return await _once(stage, case, ask, "outreach", outreach_graph.build, _outreach)


async def _once(stage: Stage, case: Conversation, ask: Ask, name: str, build: Build, made: Made) -> Output:
    seen, meter, began = Watched(), UsageMeter(), time.monotonic()
    graph = build().compile(checkpointer=InMemorySaver())
    token = watched.set(seen)
    artifacts, error = Artifacts(), None
    try:
        artifacts = await made(stage, case, ask, meter, graph)
    except RunStopped:
        raise
    except Exception as broke:  # noqa: BLE001 — a graph that breaks is a result of the run
        error = f"{type(broke).__name__}: {broke}"
    finally:
        watched.reset(token)
    return Output(
        mode=ask.mode,
        turns=[turn for turn in case.turns if turn.role == "user"],
        artifacts=artifacts,
        calls=calls_of([meter], seen.cached),
        ms=elapsed(began),
        error=error,
        wiring=sorted(set(seen.wiring)),
        trails=Counter(await trails_of(name, graph, _thread(case, ask))),
        branches=sorted(seen.branches),
    )


async def _filters(stage: Stage, case: Conversation, ask: Ask, meter: UsageMeter, graph: Graph) -> Artifacts:
    place = await make_place(stage.database, case)
    left: Json = await graph.ainvoke(_begun(case), _thread(case, ask), context=_context(stage, place, meter))
    return Artifacts(filters=trail_of(left))


def _begun(case: Conversation) -> Json:
    """Where the run begins, as in the product: with words at the draft, with given filters at the first count."""
    low, high = case.expect.count_band or BAND
    tested = [DimensionName(word.removeprefix("tests:")) for word in case.tags if word.startswith("tests:")]
    if case.setup.filters is not None:
        given = ProspectFilters.model_validate(case.setup.filters)
        counted = question(Band(low, high), given, tested=tested)
        return {"question": counted, "asked": asked_of(counted, counted["base"])}
    said: list[Fact] = [{"name": f"turn:{turn.i}", "text": turn.content} for turn in case.said("user")]
    return {"question": question(Band(low, high), facts=said, tested=tested)}


def trail_of(left: Mapping[str, Any]) -> FilterTrail:
    """What a run of the filters' graph left, as it is recorded."""
    asked = left.get("asked")
    if asked is None:
        return FilterTrail(reached=False)
    found = answer_of(asked, left["counted"], left.get("refused", []))
    moves, _ = moves_of(asked)
    steps = [
        FilterStep(
            filters=moves.filters(tuple(counted["point"])).wire(),
            count=counted["count"],
            change=step.change,
            why=step.why,
        )
        for counted, step in zip(left["counted"], found.steps, strict=True)
    ]
    return FilterTrail(
        drafted=asked["filters"],
        steps=steps,
        final=found.filters.wire(),
        count=found.count,
        reached=found.reached,
        locked=list(found.locked),
    )


async def _outreach(stage: Stage, case: Conversation, ask: Ask, meter: UsageMeter, graph: Graph) -> Artifacts:
    packet = EvidencePacket.model_validate(case.setup.packet).model_dump(mode="json")
    place = await make_place(stage.database, case)
    lead = await make_lead(stage, place, packet, case.setup.suppressed)
    wish: Json = {"number": 1, **(case.setup.wish or {}), "lead_id": lead}
    thread = _thread(case, ask)
    seed: Any = {"wish": wish, "packet": packet, "suppressed": None, "answers": [], "refusal": None}
    gathered: Command[str] = Command(update=seed, goto=outreach_graph.after_packet(seed))  # as the node says
    await graph.aupdate_state(thread, gathered, as_node=GATHERED)
    left: Json = await graph.ainvoke(None, thread, context=_context(stage, place, meter))
    if not (left.get("answers") or left.get("refusal")):
        raise RuntimeError("the graph did not run: no answer was written")
    return Artifacts(outreach=[message_of(left)])


def message_of(left: Mapping[str, Any]) -> Message:
    """What a run of the outreach graph left, as it is recorded."""
    draft, refusal = left.get("draft"), left.get("refusal")
    wished = left["wish"]["format"]
    if refusal or not draft:
        return Message(
            format=wished, declined=(refusal or {}).get("reason") or "no draft held to its evidence"
        )
    return Message(format=draft["format"], subject=draft.get("subject"), body=draft["body"])


def _context(stage: Stage, place: Place, meter: UsageMeter) -> GraphContext:
    return GraphContext(
        caller=place.caller,
        workspace_id=place.workspace_id,
        database=stage.database,
        models=stage.models,
        meter=meter,
        prospects=stage.prospects,
        hashes=stage.hashes,
        pages=stage.pages,
    )


def _thread(case: Conversation, ask: Ask) -> Any:
    return {"configurable": {"thread_id": f"{case.id}/{ask.sample}"}, "recursion_limit": RECURSION_LIMIT}
