"""What a run is configured with says to LangGraph what it would say itself."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from langchain_core.runnables import RunnableConfig
from langgraph.config import get_config
from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.turns.graph_run import GraphRun
from tests.unit.agents.crossroads import Counting, Json, Talk


class Noting(Counting):
    """A saver that notes the metadata it is called with."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[Any] = []

    async def aput(self, config: RunnableConfig, *rest: Any) -> RunnableConfig:
        self.noted.append(config["metadata"])
        return await super().aput(config, *rest)


async def test_the_metadata_is_that_of_langgraph_as_a_plain_mapping() -> None:
    seen: list[Any] = []

    async def look(state: Talk, runtime: Runtime[TurnContext]) -> Json:
        metadata = dict(get_config()["metadata"])
        seen.append({key: metadata[key] for key in sorted(metadata) if key != "langgraph_checkpoint_ns"})
        return {}

    graph = StateGraph(Talk, context_schema=TurnContext)
    graph.add_node(look)
    graph.add_edge(START, "look")
    saver, opened, nothing = Noting(), SimpleNamespace(kind="message", thread_id=uuid4()), None
    run: Any = GraphRun(graph.compile(), opened, nothing, saver)  # type: ignore[arg-type]
    ours = run._config()
    theirs = {key: value for key, value in ours.items() if key != "metadata"}

    for config in (ours, theirs):
        await run.graph.ainvoke({"wish": "look"}, config)
        await saver.adelete_thread(str(opened.thread_id))

    assert seen[0] == seen[1]
    assert seen[0]["thread_id"] == str(opened.thread_id)
    assert type(saver.noted[0]) is dict
    assert saver.noted[0] == saver.noted[-1]
