"""A page goes to the model alone, and only its own words come back."""

import re

from langgraph.runtime import Runtime

from agents.website.cleanup import cleanup
from tests.factories.pages import a_page
from tests.fixtures.graphs import GraphBench
from tests.fixtures.sandbox import SandboxServer

TEXT = "Home Login\nTidewerk plans crews for harbour tugs.\nIt costs EUR 89 per tug and month.\nRead more"


async def test_what_comes_back_stands_on_the_page(graph_bench: GraphBench, sandbox: SandboxServer) -> None:
    for behaviour in ("honest", "obedient", "fabricating"):
        await sandbox.behave(behaviour) if behaviour != "honest" else await sandbox.behave_well()
        update = await cleanup({"number": 3, "page": a_page("/", TEXT)}, Runtime(context=graph_bench.context))
        assert update["cleaned"].keys() == {"3"}
        said = update["cleaned"]["3"] or ""
        assert set(re.findall(r"\w+", said)) <= set(re.findall(r"\w+", TEXT))
    await sandbox.behave_well()


async def test_a_model_that_is_away_leaves_the_page_as_it_was(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    await sandbox.behave("500")
    update = await cleanup({"number": 0, "page": a_page("/", TEXT)}, Runtime(context=graph_bench.context))
    assert update == {"cleaned": {"0": None}}
    await sandbox.behave_well()
