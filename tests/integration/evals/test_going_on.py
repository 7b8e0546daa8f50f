"""Talks that go on after their set, workspaces that hold something already, and requests that no model is asked about."""

import pytest

from evals.dataset.conversation import Conversation, Message
from evals.dataset.reading import conversations
from evals.replay.choosing import chosen_prompts
from evals.replay.discovery import Ask
from evals.replay.running import produced
from evals.replay.stage import Stage
from evals.runs.output import Output

ACTED = "discovery: __start__ orchestrator execution __end__"


def case(name: str) -> Conversation:
    return next(conversations(ids=[name]))


async def answered(stage: Stage, name: str, turn: int) -> Output:
    """One recorded answer of a case again."""
    with chosen_prompts(None, ""):
        output = await produced(stage, case(name), Ask("fork", turn=turn))
    assert output.error is None
    return output


def discovery(output: Output) -> list[str]:
    return [line for line in output.trails if line.startswith("discovery: ")]


async def test_a_plain_yes_saves_the_set_that_lies_on_the_table(stage: Stage) -> None:
    output = await answered(stage, "disc-1045", 19)

    assert discovery(output) == [ACTED]
    assert output.turns[-1].node == "execution"
    assert "5" in output.turns[-1].content
    assert any(line.startswith("filters: ") for line in output.trails)


async def test_after_a_save_the_talk_knows_of_the_saved_set(stage: Stage) -> None:
    output = await answered(stage, "disc-1045", 21)

    assert {
        "_shared/experiments: for experiment in experiments",
        'discovery/followup: elif mode == "discuss"',
    } <= set(output.branches)
    assert "discovery/followup: if proposed" not in output.branches


async def test_a_founder_s_no_to_the_card_and_its_reason_are_heard(stage: Stage) -> None:
    output = await answered(stage, "disc-1046", 13)

    assert discovery(output) == ["discovery: __start__ orchestrator strategy output execution __end__"]
    assert {'discovery/execution: elif outcome == "declined"', "discovery/execution: if reason"} <= set(
        output.branches
    )


async def test_a_set_that_was_declined_is_revised(stage: Stage) -> None:
    output = await answered(stage, "disc-1046", 15)

    assert "discovery/output: if revises" in output.branches
    assert discovery(output) == ["discovery: __start__ orchestrator strategy output execution"]


async def test_a_new_set_takes_the_place_of_the_one_that_the_talk_saved_before(stage: Stage) -> None:
    output = await answered(stage, "disc-1050", 21)

    assert 'discovery/execution: if tool == "replace_experiments"' in output.branches


async def test_what_earlier_talks_saved_is_there_with_its_results_and_can_be_deleted(stage: Stage) -> None:
    asked, deleted = await answered(stage, "disc-1047", 1), await answered(stage, "disc-1047", 13)

    assert {
        "_shared/experiments: if experiment.results.contacted",
        "_shared/experiments: else of if experiment.results.needed",
        "_shared/experiments: else of for name, value in experiment.dimensions.items()",
    } <= set(asked.branches)
    assert discovery(deleted) == [ACTED]
    assert "Hotelküchen" in deleted.turns[-1].content


async def test_two_statements_that_do_not_fit_together_are_asked_about(stage: Stage) -> None:
    output = await answered(stage, "disc-1048", 9)

    assert {"discovery/followup: elif contradiction", "_shared/sources: for page in pages"} <= set(
        output.branches
    )


@pytest.mark.parametrize(("name", "locked"), [("filt-1049", []), ("filt-1050", ["job_title_level"])])
async def test_filters_that_are_given_are_counted_and_no_model_is_asked(
    stage: Stage, name: str, locked: list[str]
) -> None:
    output = await produced(stage, case(name), Ask("forced"))
    trail = output.artifacts.filters

    assert trail is not None
    assert output.calls == []
    assert trail.steps[0].filters == trail.drafted == case(name).setup.filters
    assert set(locked) <= set(trail.locked)
    assert all(line.startswith("filters: __start__ count") for line in output.trails)


async def test_nobody_is_written_to_who_forbade_it_since_the_packet_was_gathered(stage: Stage) -> None:
    output = await produced(stage, case("mail-1044"), Ask("forced"))
    (message,) = output.artifacts.outreach

    assert isinstance(message, Message)
    assert "opt_out" in str(message.declined)
    assert output.calls == []
    assert list(output.trails) == ["outreach: draft decline __end__"]
