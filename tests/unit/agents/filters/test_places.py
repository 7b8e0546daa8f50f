"""The names of places come from Wiza, each asked for once."""

from langgraph.runtime import Runtime

from agents.filters.places import places
from agents.filters.state import FiltersState
from tests.fixtures.graphs import GraphBench
from tests.fixtures.sandbox import SandboxServer

STATE: FiltersState = {
    "drafted": {
        "location": [{"name": "Toronto", "kind": "city"}],
        "company_location": [{"name": "Canada", "kind": "country"}, {"name": "Atlantis", "kind": "city"}],
    },
    "places": {"Canada": [{"v": "Canada", "b": "country"}]},
}


async def test_wiza_is_asked_for_what_it_was_not_asked_before(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    before = await sandbox.last_call()

    known = (await places(STATE, Runtime(context=graph_bench.context)))["places"]

    assert known == {
        "Canada": [{"v": "Canada", "b": "country"}],
        "Toronto": [{"v": "Toronto, Ontario, Canada", "b": "city"}],
        "Atlantis": [],
    }
    assert len(await sandbox.calls("wiza", kind="locations", since=before)) == 2
