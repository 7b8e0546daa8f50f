"""One step counts one setting at Wiza and names the next."""

from langgraph.runtime import Runtime

from agents.filters.count import count
from agents.filters.graph import after_count
from agents.filters.state import FiltersState
from tests.fixtures.graphs import GraphBench
from tests.fixtures.sandbox import SandboxServer
from tests.unit.tools.filters.specifications import counted
from tools.filters.run import Asked, asked_of, question
from tools.filters.search import Band
from tools.providers.wiza.filters import parse_filters

WANTED = parse_filters({"job_role": ["design"], "company_size": ["51-200"]})


def asked(band: Band, most: int = 8) -> Asked:
    return asked_of(question(band, WANTED, most=most), WANTED.wire())


async def test_the_first_count_is_of_what_was_asked_and_the_next_is_broader_when_it_was_too_few(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    await sandbox.wiza()
    state: FiltersState = {"asked": asked(Band(1_000, 2_000))}

    update = await count(state, Runtime(context=graph_bench.context))

    assert update["counted"] == [{"point": [0], "count": counted(WANTED)}]
    assert update["following"][0] > 0
    assert after_count({**state, **update}) == "count"


async def test_a_reached_band_ends_the_run(graph_bench: GraphBench, sandbox: SandboxServer) -> None:
    await sandbox.wiza()
    here = counted(WANTED)

    update = await count({"asked": asked(Band(here, here))}, Runtime(context=graph_bench.context))

    assert update["following"] is None
    assert after_count(update) == "__end__"


async def test_one_count_is_all_when_no_more_is_wanted(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    await sandbox.wiza()

    update = await count({"asked": asked(Band(1_000, 2_000), most=1)}, Runtime(context=graph_bench.context))

    assert (len(update["counted"]), update["following"]) == (1, None)
