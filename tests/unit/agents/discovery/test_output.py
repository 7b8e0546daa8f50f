"""Output shows a set that holds to the rules, or a refused one; it invents nothing and mends at most twice."""

import pytest

from agents.discovery.output import ATTEMPTS, output
from agents.events import ExperimentsProposed, ToolCalled
from tests.factories.states import FACTS, SAID, brief, known, plan, state
from tests.fixtures.discovery import NodeBench
from tests.fixtures.sandbox import SandboxServer
from tools.errors import ProviderUnavailable
from tools.experiments.design import ExperimentDesign
from tools.experiments.evidence import contains
from tools.experiments.rules import ARMS, Arm, broken_rules
from tools.experiments.schemas import ExperimentCreate

INSISTS = plan(
    steps=["strategy", "output", "execution"], strict=False, missing=[], why="asks for the experiments now"
)


@pytest.mark.parametrize("language", SAID)
async def test_a_shown_set_holds_to_every_rule_and_waits_for_approval(
    bench: NodeBench, language: str
) -> None:
    update, heard = await bench.run(output, state(language, plan=INSISTS))
    (event,) = heard.of(ExperimentsProposed)
    assert event.valid
    drafts = [ExperimentCreate.model_validate(item) for item in event.experiments]
    assert [draft.type for draft in drafts] == list(ARMS)
    assert broken_rules([Arm(draft.type, draft.design) for draft in drafts if draft.design]) == []
    (called,) = heard.of(ToolCalled)
    assert called.tool == "save_experiments"
    assert update["action"]["tool_call_id"] == called.tool_call_id
    assert heard.text


@pytest.mark.parametrize("language", SAID)
async def test_every_quote_of_a_set_stands_in_its_source(bench: NodeBench, language: str) -> None:
    update, _ = await bench.run(output, state(language, plan=INSISTS))
    stored = {f"turn:turn-{number}": text for number, text in enumerate(SAID[language], 1)}
    for item in update["experiments"]:
        for dimension in ExperimentDesign.model_validate(item["design"]).dimensions().values():
            if dimension.quote and dimension.source and dimension.source in stored:
                assert contains(stored[dimension.source], dimension.quote)


async def test_a_founder_without_customers_gets_a_marked_set_at_half_the_budget(bench: NodeBench) -> None:
    update, _ = await bench.run(output, state(plan=INSISTS, known=known(customers="no_customers")))
    designs = [ExperimentDesign.model_validate(item["design"]) for item in update["experiments"]]
    assert all(design.pre_evidence for design in designs)
    assert sum(design.budget_share for design in designs) <= 0.5
    assert all(
        dimension.standing != "observed" for design in designs for dimension in design.dimensions().values()
    )
    assert "five real conversations" in designs[0].stopping_rule


async def test_what_cant_be_learned_is_said_with_our_own_figures(bench: NodeBench) -> None:
    _, heard = await bench.run(output, state(plan=INSISTS))
    assert "800" in heard.text


async def test_the_measurement_is_fixed_and_shown_before_anything_is_saved(bench: NodeBench) -> None:
    _, heard = await bench.run(output, state(plan=INSISTS))
    assert heard.proposed is not None
    designs = [ExperimentDesign.model_validate(item["design"]) for item in heard.proposed.experiments]
    for design in designs:
        assert (design.window_days, design.outcome_measured) == (21, "reply")
        assert str(design.minimum_sample) in design.stopping_rule
    assert [design.predicted_direction == "baseline" for design in designs] == [True, *[False] * 4]
    assert designs[0].stopping_rule in heard.text


async def test_words_the_founder_never_uses_are_refused_even_before_a_style_is_learned(
    bench: NodeBench, sandbox: SandboxServer
) -> None:
    update, _ = await bench.run(output, state(plan=INSISTS))
    word = update["experiments"][1]["design"]["angle"]["value"].split()[-1].strip(".,")
    never = [*FACTS, {"id": "onboarding:voice.wordsNeverUsed", "text": f"synergy, {word}"}]
    update, heard = await bench.run(output, state(plan=INSISTS, brief=brief(facts=never)))
    for item in update.get("experiments", []):
        assert word.casefold() not in item["design"]["angle"]["value"].casefold().split()
    if "experiments" not in update:
        assert "words_never_used" in {item["rule"] for item in update["proposal"]["broken"]}
    assert heard.proposed is not None


async def test_invented_evidence_is_refused_by_name_after_two_repairs(
    bench: NodeBench, sandbox: SandboxServer
) -> None:
    await sandbox.behave("fabricating")
    update, heard = await bench.run(
        output, state(plan=plan(strict=True, missing=[]), known=known(customers="has_customers"))
    )
    (event,) = heard.of(ExperimentsProposed)
    assert not event.valid
    assert update["plan"]["mode"] == "refused"
    assert "bullseye_observed" in {item["rule"] for item in update["proposal"]["broken"]}
    assert bench.context.meter.calls == ATTEMPTS
    assert heard.of(ToolCalled) == []
    assert "experiments" not in update


async def test_unreadable_drafts_end_in_a_refusal_and_not_in_an_error(
    bench: NodeBench, sandbox: SandboxServer
) -> None:
    await sandbox.behave("garbage", kind="structured")
    update, heard = await bench.run(output, state(plan=INSISTS))
    assert [event.valid for event in heard.of(ExperimentsProposed)] == [False]
    assert [item["rule"] for item in update["proposal"]["broken"]] == ["readable_draft"]


async def test_without_a_model_the_turn_fails(bench: NodeBench, sandbox: SandboxServer) -> None:
    await sandbox.behave("server_error")
    with pytest.raises(ProviderUnavailable):
        await bench.run(output, state(plan=INSISTS))
