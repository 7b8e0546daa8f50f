"""What an experiment says of who is meant: the facts a model drafts from, and the filters that hold its arms apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from persistence.models.experiment import Experiment, ExperimentType
from prompts.characters import clean
from tools.errors import Invalid
from tools.experiments.design import DimensionName, ExperimentDesign
from tools.experiments.targeting import DIMENSIONS_OF, design_of, filters_of, tested
from tools.filters.run import Fact
from tools.filters.search import Band
from tools.providers.wiza.filters import ProspectFilters, parse_filters

FACT_LENGTH = 4_000
DEFAULT_BAND = Band(500, 5_000)
ROOM = 5
"""How many times the leads it needs an arm may have people: not everybody has an address, and not everybody is contacted."""
SPOKEN = (DimensionName.PERSONA, DimensionName.FIRMOGRAPHIC, DimensionName.SITUATION, DimensionName.TRIGGER)


@dataclass(frozen=True)
class Target:
    """Where filters begin: at `base`, those in `fixed` as they are there; `facts` say the rest."""

    facts: tuple[Fact, ...] = ()
    base: ProspectFilters | None = None
    fixed: frozenset[str] = frozenset()
    tested: frozenset[DimensionName] = frozenset()
    band: Band = DEFAULT_BAND
    unfinished: bool = False
    """What it tests is not in `base` yet."""

    @property
    def settled(self) -> bool:
        """Whether a draft could change nothing."""
        return self.fixed == frozenset(DIMENSIONS_OF)


def fact(name: str, said: Any) -> list[Fact]:
    """Something said, as one fact; none when it says nothing. Objects are shown as JSON."""
    text = said if isinstance(said, str) else to_json(said).decode() if said else ""
    kept = clean(text)[0].strip()[:FACT_LENGTH]
    return [{"name": name, "text": kept}] if kept else []


def target_of(experiment: Experiment, control: Experiment | None) -> Target:
    """Where an experiment's filters begin.

    What it tests stays as it is saved. An arm without filters whose bullseye has some takes the bullseye's in all that it
    doesn't test: so the two differ in that alone.
    """
    design = design_of(experiment)
    varied = tested(design)
    told, band = tuple(_facts(experiment, design)), band_of(design)
    if (saved := saved_filters(experiment)) is not None:
        return Target(told, saved, filters_of(varied), varied, band)
    if control is not None and (others := saved_filters(control)) is not None:
        fixed = frozenset(DIMENSIONS_OF) - filters_of(varied)
        return Target(told, others, fixed, varied, band, unfinished=bool(filters_of(varied)))
    return Target(told, tested=varied, band=band)


def saved_filters(experiment: Experiment) -> ProspectFilters | None:
    """The filters an experiment has; None when it has none, or none that Wiza would take."""
    try:
        found = parse_filters(experiment.wiza_filters or {})
    except Invalid:
        return None
    return found if found.wire() else None


def band_of(design: ExperimentDesign | None) -> Band:
    """How many people an experiment wants: what its comparison needs, and room."""
    if design is None:
        return DEFAULT_BAND
    return Band(design.minimum_sample, design.minimum_sample * ROOM)


def control_of(arms: Iterable[Experiment], experiment: Experiment) -> Experiment | None:
    """The bullseye of the set; None for the bullseye itself."""
    return next(
        (arm for arm in arms if arm.type is ExperimentType.BULLSEYE and arm.id != experiment.id), None
    )


def _facts(experiment: Experiment, design: ExperimentDesign | None) -> Iterable[Fact]:
    yield from fact("name", experiment.name)
    yield from fact("pattern", experiment.pattern)
    yield from fact("industries", ", ".join(map(str, experiment.industries or [])))
    yield from fact("pain", experiment.pain)
    yield from fact("trigger", experiment.trigger)
    for name in SPOKEN if design else ():
        yield from fact(f"design.{name.value}", design.dimension(name).value if design else None)
