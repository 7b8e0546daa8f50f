"""The port of the filter optimiser: what routes, jobs and the discovery talk ask, and what it asks itself."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from persistence.session import UnitOfWork
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.filters.optimiser import Optimised
from tools.filters.run import Question
from tools.providers.wiza.client import Place
from tools.providers.wiza.filters import ProspectFilters

Keep = Callable[[UnitOfWork, Optimised], Awaitable[None]]
"""Keeps an answer, in the transaction that closes its run."""


class ProspectCounter(Protocol):
    """Who knows how many people match, and which places there are."""

    def require_key(self) -> None:
        """Raise WizaClosed when nothing can be asked here at all: no run is begun then, and no model asked for nothing."""
        ...

    async def count(self, filters: ProspectFilters) -> int:
        """How many people match. Free. Raises a WizaFailure."""
        ...

    async def places(self, query: str) -> list[Place]:
        """The places a search takes whose names hold these 3 letters or more. Free. Raises a WizaFailure."""
        ...


class FilterOptimiser(Protocol):
    """Takes filters, or what is said of who is looked for, to a count that lies in a band, in at most 8 counts."""

    def require_key(self) -> None:
        """Raise WizaClosed when this installation has no Wiza to ask."""
        ...

    async def optimise(
        self, caller: Caller, workspace_id: WorkspaceID, question: Question, keep: Keep | None = None
    ) -> Optimised:
        """The answer, kept by `keep` when its run ends. The caller's access was checked.

        Asked the same again after a failure, it goes on behind the last model call or count. Raises a WizaFailure,
        ModelFailure, Invalid (`no_filters`), NotFound when the workspace is going, and what `keep` raises.
        """
        ...
