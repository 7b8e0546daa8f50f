"""Filters for people who ask: what is begun with, for whom, and where the answer is kept."""

from dataclasses import dataclass
from typing import Any

from persistence.models.experiment import Experiment
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, WorkspaceID
from tools.access import Caller
from tools.errors import FieldError, Invalid, NotFound
from tools.experiments.queries import experiment_of, set_of
from tools.experiments.service import change_filters
from tools.experiments.targeting import has_begun
from tools.filters.advice import advice
from tools.filters.optimiser import Optimised
from tools.filters.run import Fact, Question, nothing_drafted, question
from tools.filters.schemas import (
    BandIn,
    ExperimentRegenerate,
    FilterRequest,
    FiltersRead,
    FilterStep,
    RegenerateRequest,
)
from tools.filters.search import MOST_COUNTS, Band
from tools.filters.targets import Target, control_of, fact, target_of
from tools.providers.wiza.filters import ProspectFilters, parse_filters
from tools.versions import require_version, stale
from tools.websites.service import paying_workspace

UNTOUCHED = "Leads were looked for already, so nothing was changed. To widen this arm, save these filters with PUT on the experiment."


@dataclass(frozen=True)
class Kept:
    """The experiment's version, and whether it has the found filters now. Not, when leads were looked for already."""

    version: int
    saved: bool


@dataclass(frozen=True)
class Search:
    """What is asked of the optimiser, and the workspace it counts against."""

    workspace_id: WorkspaceID
    question: Question

    @property
    def band(self) -> Band:
        """How many people are wanted."""
        return Band(self.question["low"], self.question["high"])


async def search_for(
    uow: UnitOfWork, caller: Caller, request: FilterRequest, *, anew: bool = False
) -> Search:
    """What a request begins with; `anew`: drafted also where there are filters. For members and above.

    Raises NotFound, Forbidden, and Invalid naming unknown words, or when there is no workspace or nothing to begin with.
    """
    experiment = None
    if request.experiment_id is not None:
        experiment = await experiment_of(uow, caller, request.experiment_id, ProjectRole.MEMBER)
    payer = await _payer(uow, caller, request.workspace_id, experiment)
    target = await _target(uow, experiment)
    given = None if request.filters is None else _given(request.filters)
    facts = [*fact("text", request.text)]
    most = MOST_COUNTS
    if isinstance(request, RegenerateRequest):
        facts += fact("hypothesis", request.hypothesis)
        most = MOST_COUNTS if request.optimize else 1
    return Search(payer, _question(target, given, facts, request.band, anew=anew, most=most))


async def search_for_experiment(
    uow: UnitOfWork,
    caller: Caller,
    experiment_id: ExperimentID,
    wanted: ExperimentRegenerate,
    *,
    expected_version: int | None = None,
) -> Search:
    """What an experiment's filters are made anew from. For members and above. Raises NotFound, Forbidden, StaleVersion."""
    experiment = await experiment_of(uow, caller, experiment_id, ProjectRole.MEMBER)
    require_version(experiment, expected_version)
    target = await _target(uow, experiment)
    most = MOST_COUNTS if wanted.optimize else 1
    facts = fact("hypothesis", wanted.hypothesis)
    return Search(experiment.workspace_id, _question(target, None, facts, wanted.band, anew=True, most=most))


def search_for_unsaved(
    workspace_id: WorkspaceID, experiment: Experiment, control: Experiment | None
) -> Search:
    """What the filters of an experiment are made from that has no row yet; of an arm, with its bullseye, counted once."""
    target = target_of(experiment, control)
    most = MOST_COUNTS if control is None else 1
    return Search(workspace_id, _question(target, None, [], None, anew=True, most=most))


async def keep_filters(
    uow: UnitOfWork,
    caller: Caller,
    experiment_id: ExperimentID,
    wanted: ExperimentRegenerate,
    search: Search,
    found: Optimised,
    *,
    expected_version: int | None = None,
) -> Kept:
    """Give the experiment what was found, unless leads were looked for: then its arm is not changed by the way.

    Time has passed: raises NotFound, Forbidden, and StaleVersion when the version, or what was begun with, is another now.
    """
    experiment = await experiment_of(uow, caller, experiment_id, ProjectRole.MEMBER, for_update=True)
    require_version(experiment, expected_version)
    if has_begun(experiment):
        return Kept(experiment.version, saved=False)
    now = await search_for_experiment(uow, caller, experiment_id, wanted)
    if now != search:
        raise stale(experiment.version)
    steps = [{"change": step.change, "count": step.count} for step in found.steps]
    counted: dict[str, Any] = {"prospectCount": found.count, "reached": found.reached, "steps": steps}
    await change_filters(uow, caller, experiment, found.filters.wire(), found=counted)
    await uow.session.flush()
    return Kept(experiment.version, saved=True)


def filters_read(search: Search, found: Optimised, kept: Kept | None = None) -> FiltersRead:
    """The answer; `kept` for an experiment that was to have what was found."""
    refused = kept is not None and not kept.saved
    return FiltersRead(
        filters=found.filters.wire(),
        prospect_count=found.count,
        reached=found.reached,
        proven=found.proven,
        steps=[FilterStep(change=step.change, why=step.why, count=step.count) for step in found.steps],
        optimization_suggestions=[*advice(found, search.band), *([UNTOUCHED] if refused else [])],
        saved=kept is not None and kept.saved,
    )


async def _payer(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID | None, experiment: Experiment | None
) -> WorkspaceID:
    if experiment is not None:
        if workspace_id not in {None, experiment.workspace_id}:
            raise NotFound("There is no such experiment.")
        return experiment.workspace_id
    payer = await paying_workspace(uow, caller, workspace_id)
    if payer is None:
        raise Invalid("Filters need a workspace.", [FieldError("/workspaceId", "Name a workspace of yours.")])
    return payer


async def _target(uow: UnitOfWork, experiment: Experiment | None) -> Target:
    if experiment is None:
        return Target()
    return target_of(experiment, control_of(await set_of(uow, experiment), experiment))


def _given(raw: dict[str, Any]) -> ProspectFilters:
    filters = parse_filters(raw)
    if not filters.wire():
        raise Invalid("Filters are missing.", [FieldError("/filters", "Set at least one filter.")])
    return filters


def _question(
    target: Target,
    given: ProspectFilters | None,
    said: list[Fact],
    band: BandIn | None,
    *,
    anew: bool,
    most: int,
) -> Question:
    """Filters that are there are moved; they are drafted when there are none, when more is said of them, or `anew`."""
    wanted = Band(band.min, band.max) if band else target.band
    base = given or target.base
    known = [*said, *target.facts]
    if given is not None:
        known += fact("filters", given.wire())
    wishes = anew or bool(said) or base is None or (given is None and target.unfinished)
    drafting = bool(known) and wishes and not (given is None and target.settled)
    if not drafting and base is None:
        raise nothing_drafted()
    return question(
        wanted,
        base,
        tested=target.tested,
        facts=known if drafting else (),
        fixed=target.fixed,
        most=most,
    )
