"""Filters for experiments that were just agreed on. The bullseye's are found first and moved to what it needs; the arms take
them in all they don't test and are counted as they are: an arm is widened only when a person says so, by its own filters.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict

import structlog

from persistence.models.experiment import Experiment, ExperimentType
from persistence.repositories import Repository
from persistence.session import Database, UnitOfWork
from persistence.types import ExperimentID, WorkspaceID
from tools.access import Caller
from tools.errors import QuiverError
from tools.filters.optimiser import Optimised
from tools.filters.port import FilterOptimiser
from tools.filters.schemas import ExperimentRegenerate
from tools.filters.service import keep_filters, search_for_experiment

log = structlog.get_logger(__name__)

Guard = Callable[[UnitOfWork], Awaitable[None]]


class Targeted(TypedDict):
    """An experiment that has its filters now, how many people they have, and whether that is what it needs."""

    experimentId: int
    prospectCount: int
    reached: bool


@dataclass(frozen=True)
class TargetedSet:
    """What was found, in the order of the experiments; `missing` are those without filters still, `why` for a person."""

    found: list[Targeted]
    missing: list[int]
    why: str | None


@dataclass
class SetTargeting:
    """Finds and saves filters for experiments of one workspace. `guard` is called first in each transaction that writes."""

    database: Database
    optimiser: FilterOptimiser
    caller: Caller
    workspace_id: WorkspaceID
    guard: Guard

    async def find(self, experiment_ids: Sequence[int], *, seconds: float) -> TargetedSet:
        """What can be found in that time for those that have no filters yet. A domain error ends its experiment alone.

        When the bullseye has none, the others are not tried: whoever could not be asked then can't be asked now. Raises
        what `guard` raises.
        """
        found: dict[int, Targeted] = {}
        failures: list[QuiverError] = []
        rows = await self._experiments(experiment_ids)
        controls = [row for row in rows if row.type is ExperimentType.BULLSEYE]
        first = [row.id for row in controls if row.wiza_filters is None]
        others = [row.id for row in rows if row not in controls and row.wiza_filters is None]
        try:
            async with asyncio.timeout(seconds):
                await self._each(first, ExperimentRegenerate(), found, failures)
                if not failures:
                    wanted = ExperimentRegenerate(optimize=not controls)
                    await self._each(others, wanted, found, failures)
        except TimeoutError:
            log.warning("filters.set_unfinished", found=len(found))
        missing: list[int] = [each for each in [*first, *others] if each not in found]
        why = failures[0].message if failures else None
        return TargetedSet([found[each] for each in experiment_ids if each in found], missing, why)

    async def _experiments(self, experiment_ids: Sequence[int]) -> Sequence[Experiment]:
        async with self.database.unit_of_work() as uow:
            here = Experiment.workspace_id == self.workspace_id, Experiment.id.in_(experiment_ids)
            return await Repository(uow.session, Experiment).get_all(*here, order_by=[Experiment.id])

    async def _each(
        self,
        ids: Sequence[ExperimentID],
        wanted: ExperimentRegenerate,
        found: dict[int, Targeted],
        failures: list[QuiverError],
    ) -> None:
        """All at the same time; one that fails stops no other."""
        outcomes = await asyncio.gather(
            *(self._one(each, wanted, found) for each in ids), return_exceptions=True
        )
        for outcome in outcomes:
            if isinstance(outcome, QuiverError):
                log.warning("filters.not_found", code=outcome.error_code)
                failures.append(outcome)
            elif outcome is not None:
                raise outcome

    async def _one(
        self, experiment_id: ExperimentID, wanted: ExperimentRegenerate, found: dict[int, Targeted]
    ) -> None:
        async with self.database.unit_of_work() as uow:
            search = await search_for_experiment(uow, self.caller, experiment_id, wanted)

        async def keep(uow: UnitOfWork, answer: Optimised) -> None:
            await self.guard(uow)
            await keep_filters(uow, self.caller, experiment_id, wanted, search, answer)

        answer = await self.optimiser.optimise(self.caller, self.workspace_id, search.question, keep)
        found[experiment_id] = {
            "experimentId": experiment_id,
            "prospectCount": answer.count,
            "reached": answer.reached,
        }
