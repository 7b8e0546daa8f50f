"""The orchestrator begins a turn without a model, reads the database once, and asks a model only when rules can't tell."""

import pytest

from agents.discovery.orchestrator import orchestrator
from agents.events import ToolCalled
from tests.factories.states import state
from tests.fixtures.discovery import NodeBench
from tests.fixtures.sandbox import SandboxServer

PROPOSAL = {"status": "proposed", "insight": "", "pre_evidence": False, "broken": [], "turn": 3}


def turn(text: str) -> dict[str, object]:
    return {"turn": {"message_id": "answer-1", "text": text, "now": "2026-11-22T10:00:00+00:00"}}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We sell software to the steel traders of Bavaria.", "en"),
        ("Wir verkaufen Software an die Stahlhändler in Bayern.", "de"),
        ("Vendemos software a los comerciantes de acero de Bilbao.", "es"),
    ],
)
async def test_an_ordinary_turn_is_planned_without_a_model(
    bench: NodeBench, text: str, language: str
) -> None:
    update, _ = await bench.run(orchestrator, turn(text))
    assert bench.context.meter.calls == 0
    assert update["talk"]["language"] == language
    assert update["talk"]["number"] == 1
    assert update["plan"]["steps"][0] == "followup"
    assert update["messages"][-1]["content"] == text


async def test_a_second_turn_names_the_same_brief_when_nothing_changed(bench: NodeBench) -> None:
    first, heard = await bench.run(orchestrator, turn("We sell software to the steel traders."))
    second, _ = await bench.run(orchestrator, {**heard.state, **turn("CFOs")})
    assert second["company"] == first["company"]
    assert second["talk"]["language"] == "en"


async def test_a_yes_to_a_proposal_announces_the_saving(bench: NodeBench) -> None:
    proposed = state(
        proposal=PROPOSAL, experiments=[{"name": "Steel traders", "type": "bullseye", "pattern": "x"}]
    )
    update, heard = await bench.run(orchestrator, {**proposed, **turn("Yes, save them!")})
    assert [event.tool for event in heard.of(ToolCalled)] == ["save_experiments"]
    assert update["plan"]["steps"] == ["execution"]
    assert update["messages"][-1]["order"]


async def test_what_rules_cant_tell_is_decided_by_one_model_call(bench: NodeBench) -> None:
    proposed = state(
        proposal=PROPOSAL, experiments=[{"name": "Steel traders", "type": "bullseye", "pattern": "x"}]
    )
    update, _ = await bench.run(
        orchestrator, {**proposed, **turn("Please change the contrarian to something bolder")}
    )
    assert bench.context.meter.calls == 1
    assert update["plan"]["decided_by"] == "model"
    assert update["prompt_tags"][0].startswith("discovery/orchestrator@")


async def test_an_unusable_decision_is_talked_about(bench: NodeBench, sandbox: SandboxServer) -> None:
    await sandbox.behave("garbage", kind="structured")
    proposed = state(
        proposal=PROPOSAL, experiments=[{"name": "Steel traders", "type": "bullseye", "pattern": "x"}]
    )
    update, _ = await bench.run(
        orchestrator, {**proposed, **turn("Please change the contrarian to something bolder")}
    )
    assert update["plan"]["steps"][0] == "followup"
