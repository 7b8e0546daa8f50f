"""Where an experiment's filters begin, so that arms differ in what they test and in nothing else."""

from typing import Any

from persistence.models.experiment import Experiment, ExperimentType
from tests.factories.designs import changed, design
from tools.experiments.design import DimensionName, ExperimentDesign
from tools.experiments.targeting import DIMENSIONS_OF, filters_of
from tools.filters.search import Band
from tools.filters.targets import DEFAULT_BAND, control_of, fact, saved_filters, target_of

FILTERS = {"job_role": ["finance"], "company_size": ["51-200"]}


def experiment(arm: ExperimentType, made: ExperimentDesign | None = None, **values: Any) -> Experiment:
    stored = None if made is None else made.model_dump(mode="json", by_alias=True)
    return Experiment(id=int(values.pop("id", 1)), name="Arm", type=arm, design=stored, **values)


def test_saved_filters_are_the_base_and_what_is_tested_is_fixed() -> None:
    arm = experiment(ExperimentType.VARIABLE_A, changed(DimensionName.PERSONA), wiza_filters=FILTERS)

    target = target_of(arm, None)

    assert target.base is not None
    assert target.base.wire() == FILTERS
    assert target.fixed == filters_of({DimensionName.PERSONA})
    assert not target.unfinished


def test_an_arm_without_filters_takes_the_bullseyes_in_all_it_does_not_test() -> None:
    bullseye = experiment(ExperimentType.BULLSEYE, design(), wiza_filters=FILTERS)
    arm = experiment(ExperimentType.VARIABLE_A, changed(DimensionName.PERSONA))

    target = target_of(arm, bullseye)

    assert target.fixed == frozenset(DIMENSIONS_OF) - filters_of({DimensionName.PERSONA})
    assert target.unfinished
    angle = target_of(experiment(ExperimentType.VARIABLE_B, changed(DimensionName.ANGLE)), bullseye)
    assert (angle.base, angle.unfinished) == (saved_filters(bullseye), False)


def test_without_any_filters_all_is_to_be_drafted() -> None:
    target = target_of(experiment(ExperimentType.VARIABLE_A, changed(DimensionName.PERSONA)), None)

    assert (target.base, target.fixed) == (None, frozenset())
    assert {each["name"] for each in target.facts} == {
        "name", "design.persona", "design.firmographic", "design.situation", "design.trigger"
    }  # fmt: skip


def test_the_band_is_what_the_comparison_needs_and_room() -> None:
    assert target_of(experiment(ExperimentType.BULLSEYE, design(minimum_sample=100)), None).band == Band(
        100, 500
    )
    assert target_of(experiment(ExperimentType.BULLSEYE), None).band == DEFAULT_BAND


def test_filters_that_wiza_would_not_take_are_no_base() -> None:
    assert saved_filters(experiment(ExperimentType.BULLSEYE, wiza_filters={"job_titles": ["CFO"]})) is None
    assert saved_filters(experiment(ExperimentType.BULLSEYE, wiza_filters={})) is None


def test_the_control_is_the_bullseye_of_the_set_and_never_the_arm_itself() -> None:
    bullseye, arm = experiment(ExperimentType.BULLSEYE, id=1), experiment(ExperimentType.VARIABLE_A, id=2)

    assert control_of([arm, bullseye], arm) is bullseye
    assert control_of([arm, bullseye], bullseye) is None


def test_a_fact_is_clean_bounded_and_never_empty() -> None:
    assert fact("text", "a\u200bb") == [{"name": "text", "text": "ab"}]
    assert len(fact("text", "x" * 9_000)[0]["text"]) == 4_000
    assert fact("text", " \u200b ") == fact("text", None) == fact("text", {}) == []
    assert fact("hypothesis", {"pain": "late"})[0]["text"] == '{"pain":"late"}'
