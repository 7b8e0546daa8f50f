"""The optimiser as the product has it: a recorded run of the graph."""

from typing import Any

from agents.filters import graph as filters
from agents.filters.state import FiltersState
from agents.runs import GraphRuns
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.filters.optimiser import Optimised
from tools.filters.port import Keep, ProspectCounter
from tools.filters.run import Question, answer_of, asked_of, nothing_drafted
from tools.runs.service import RunRequest

GRAPH = "filters"


class GraphOptimiser:
    """Fills the port `FilterOptimiser`."""

    def __init__(self, runs: GraphRuns, prospects: ProspectCounter) -> None:
        self._runs = runs
        self._prospects = prospects
        self._graph = filters.build().compile()

    def require_key(self) -> None:
        """Raise WizaClosed when this installation has no Wiza to ask."""
        self._prospects.require_key()

    async def optimise(
        self, caller: Caller, workspace_id: WorkspaceID, question: Question, keep: Keep | None = None
    ) -> Optimised:
        """At most two drafts and 8 counts; the same again after a failure goes on where it broke off.

        Raises a WizaFailure, ModelFailure, Invalid (`no_filters`), NotFound, and what `keep` raises.
        """
        self.require_key()
        asked = {"question": question}
        request = RunRequest(GRAPH, workspace_id, caller.user_id, asked, asks_model=bool(question["facts"]))
        async with self._runs.run(self._graph, caller, request, dict(_begun(question))) as done:
            answer = _answer(done.state)
            async with self._runs.open() as uow:
                if answer is not None and keep is not None:
                    await keep(uow, answer)
                await done.end(uow)
        # Only now: a run that found nothing is over, and the same again asks the model anew.
        if answer is None:
            raise nothing_drafted()
        return answer


def _answer(state: dict[str, Any]) -> Optimised | None:
    if state["asked"] is None:
        return None
    return answer_of(state["asked"], state["counted"], state.get("refused", []))


def _begun(question: Question) -> FiltersState:
    """Where a run begins: with facts at the draft, else at the first count."""
    if question["facts"]:
        return {"question": question}
    return {"question": question, "asked": asked_of(question, question["base"])}
