"""The run contexts of graphs: the scope, what model calls are counted in, and for a talk where events go."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from agents.events import TextDelta, TurnEvent
from persistence.session import UnitOfWork
from persistence.types import SessionID
from tools.context import RunContext
from tools.filters.port import FilterOptimiser, ProspectCounter
from tools.outreach.drafter import Heard, Written
from tools.providers.models.usage import UsageMeter
from tools.providers.website.reader import WebsiteReader
from tools.suppressions.hashing import ContactHashes

Emit = Callable[[TurnEvent], Awaitable[None]]
Tell = Callable[[TextDelta], bool]
Guard = Callable[[UnitOfWork], Awaitable[None]]
NodeBegan = Callable[[str], Awaitable[None]]


async def nobody(_node: str) -> None:
    """Nobody wants to know."""


def not_now(_event: TextDelta) -> bool:
    """Nothing is taken where nothing can be awaited."""
    return False


@dataclass(frozen=True)
class GraphContext(RunContext):
    """The context of a graph that answers one request. `meter` goes to every model call, `prospects` counts people.

    `hashes` tells who must not be written to. `pages` reads websites. `began` is told of nodes as they begin by those that
    say so; what it raises ends the run. `heard` is told what a model writes, as it writes it; None: nobody listens.
    """

    meter: UsageMeter
    prospects: ProspectCounter
    hashes: ContactHashes
    pages: WebsiteReader
    began: NodeBegan = nobody
    heard: Heard | None = None

    async def tell(self, *written: Written) -> None:
        """Tell whoever listens."""
        if self.heard is not None:
            for item in written:
                await self.heard(item)


@dataclass(frozen=True)
class TurnContext(RunContext):
    """One turn's context.

    `emit` writes to the turn's log; it raises when the turn's lease is lost. `tell` does the same where nothing can be awaited,
    and raises nothing: False says that `emit` has to be called. `meter` goes to every model call.
    `guard` is called first in each transaction that writes for the user: it raises LeaseLost when another process has the
    turn now, and keeps that from happening before the transaction ends. `filters` is the way to the filters' graph. `loaded` is what nodes have read once and need again, by a name of theirs; it lives as long as the run.
    """

    session_id: SessionID
    turn_id: str
    emit: Emit
    guard: Guard
    meter: UsageMeter
    filters: FilterOptimiser
    tell: Tell = not_now
    loaded: dict[str, Any] = field(default_factory=dict)
