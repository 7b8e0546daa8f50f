"""Search filters for a set before it is saved: the bullseye's are moved to what it needs, the arms take them in all they don't test."""

import asyncio
from dataclasses import dataclass

import structlog

from persistence.models.experiment import Experiment, ExperimentType
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.errors import QuiverError
from tools.experiments.schemas import ExperimentCreate
from tools.filters.port import FilterOptimiser
from tools.filters.service import search_for_unsaved
from tools.generation.sets import FiltersByArm, FoundFilters
from tools.providers.wiza.errors import WizaClosed

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class DraftTargeting:
    """Finds filters for experiments that have no rows yet. What can't be found costs nothing else."""

    optimiser: FilterOptimiser
    caller: Caller
    workspace_id: WorkspaceID

    async def find(self, drafts: list[ExperimentCreate], *, seconds: float) -> FiltersByArm:
        """What can be found in that time, free of credits; nothing where there is no Wiza."""
        found: FiltersByArm = {}
        try:
            self.optimiser.require_key()
            async with asyncio.timeout(seconds):
                await self._find(drafts, found)
        except WizaClosed:
            return found
        except TimeoutError:
            log.warning("generation.filters_unfinished", found=len(found))
        return found

    async def _find(self, drafts: list[ExperimentCreate], found: FiltersByArm) -> None:
        """Without the control's filters the arms are not tried: who could not be asked then can't be asked now."""
        rows = [_row(draft) for draft in drafts]
        control = next((row for row in rows if row.type is ExperimentType.BULLSEYE), None)
        if control is None or not await self._one(control, None, found):
            return
        control.wiza_filters = found[control.type].filters
        arms = [row for row in rows if row is not control]
        await asyncio.gather(*(self._one(arm, control, found) for arm in arms))

    async def _one(self, row: Experiment, control: Experiment | None, found: FiltersByArm) -> bool:
        """Whether filters were found."""
        try:
            search = search_for_unsaved(self.workspace_id, row, control)
            answer = await self.optimiser.optimise(self.caller, self.workspace_id, search.question)
        except QuiverError as failure:
            log.warning("generation.filters_not_found", arm=row.type.value, code=failure.error_code)
            return False
        found[row.type] = FoundFilters(answer.filters.wire(), answer.count, answer.reached)
        return True


def _row(draft: ExperimentCreate) -> Experiment:
    """The draft as the filters' rules read experiments; it never gets into a session."""
    design = None if draft.design is None else draft.design.model_dump(mode="json", by_alias=True)
    return Experiment(**{**dict(draft), "design": design})
