"""The optimiser as the product has it: a recorded run of the graph."""

from agents.filters import graph as filters
from agents.runs import GraphRuns
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.experiments.design import DimensionName
from tools.filters.optimiser import Optimised
from tools.filters.run import answer_of, asked
from tools.filters.search import Band
from tools.providers.wiza.filters import ProspectFilters
from tools.runs.service import RunRequest

GRAPH = "filters"


class GraphOptimiser:
    """Fills the port `FilterOptimiser`."""

    def __init__(self, runs: GraphRuns) -> None:
        self._runs = runs
        self._graph = filters.build().compile()

    async def optimise(
        self,
        caller: Caller,
        workspace_id: WorkspaceID,
        wanted: ProspectFilters,
        band: Band,
        tested: frozenset[DimensionName],
    ) -> Optimised:
        """At most 8 counts; the same again after a failure goes on behind the last one. Raises a WizaFailure, NotFound."""
        question = asked(wanted, band, tested)
        request = RunRequest(GRAPH, workspace_id, caller.user_id, {"asked": question})
        async with (
            self._runs.run(self._graph, caller, request, {"asked": question}) as done,
            self._runs.open() as uow,
        ):
            await done.end(uow)
        return answer_of(question, done.state["counted"])
