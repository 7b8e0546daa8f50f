"""Execution waits for a yes, and does what was approved once, however often it runs."""

from typing import Any
from uuid import uuid4

from agents.discovery.execution import execution
from agents.events import ToolCalled, ToolResult
from persistence.models.audit import AuditEntry
from persistence.models.experiment import ExperimentType
from persistence.models.sender_profile import SenderProfile
from persistence.repositories import Repository
from tests.factories.designs import valid_set
from tests.factories.states import plan, state
from tests.fixtures.discovery import DiscoveryTalk, NodeBench, OpenTalk
from tests.fixtures.graphs import GraphBench
from tests.fixtures.sandbox import SandboxServer
from tools.experiments.design import DimensionName
from tools.experiments.targeting import filters_of

PROPOSAL = {"status": "proposed", "insight": "", "pre_evidence": False, "broken": [], "turn": 3}


def experiments() -> list[dict[str, Any]]:
    return [
        {
            "name": arm.type.value,
            "type": arm.type.value,
            "design": arm.design.model_dump(mode="json", by_alias=True),
        }
        for arm in valid_set()
    ]


def agreed(**changes: Any) -> Any:
    action = {
        "tool": "save_experiments",
        "tool_call_id": "answer-4-save_experiments",
        "experiment_ids": [],
        "names": ["a", "b", "c", "d", "e"],
        "asked_by_user": True,
    }
    return state(
        plan=plan(steps=["execution"]),
        proposal=PROPOSAL,
        experiments=experiments(),
        action={**action, **changes},
    )


async def bench_of(talk: DiscoveryTalk) -> NodeBench:
    """A bench whose turn holds the talk's session."""
    events: list[Any] = []

    async def emit(event: Any) -> None:
        events.append(event)

    turn_id = uuid4()
    await talk.hold(turn_id)
    return NodeBench(talk.context(emit, turn_id), events)


async def test_running_again_saves_nothing_twice_and_tells_the_same(open_talk: OpenTalk) -> None:
    talk = await open_talk()
    bench = await bench_of(talk)
    first, heard = await bench.run(execution, agreed())
    again, heard_again = await bench.run(execution, agreed())
    assert len(await talk.experiments()) == 5
    assert heard.of(ToolResult) == heard_again.of(ToolResult)
    assert first["saved_ids"] == again["saved_ids"]
    assert first["proposal"]["status"] == "saved"
    assert heard.text


async def test_what_was_done_is_told_even_when_no_model_can_speak(
    open_talk: OpenTalk, sandbox: SandboxServer
) -> None:
    talk = await open_talk()
    bench = await bench_of(talk)
    await sandbox.behave("server_error")
    _, heard = await bench.run(execution, agreed())
    assert "Saved: 5 experiments." in heard.text
    assert len(await talk.experiments()) == 5


async def test_what_is_saved_gets_its_filters_and_arms_differ_in_what_they_test(
    open_talk: OpenTalk, sandbox: SandboxServer, graph_bench: GraphBench
) -> None:
    await sandbox.wiza()
    talk = await open_talk()
    talk.wiza = graph_bench.context.prospects
    bench = await bench_of(talk)

    after, heard = await bench.run(execution, agreed())

    called, result = heard.of(ToolCalled)[-1], heard.of(ToolResult)[-1]
    assert (called.tool, called.input) == ("find_filters", {"experimentIds": after["saved_ids"]})
    assert result.output is not None
    assert result.output["missing"] == []
    saved = {row.type: row.wiza_filters or {} for row in await talk.experiments()}
    control = saved[ExperimentType.BULLSEYE]
    assert control
    persona = filters_of({DimensionName.PERSONA})
    for arm, varied in ((ExperimentType.VARIABLE_A, persona), (ExperimentType.VARIABLE_B, frozenset())):
        kept = {name: value for name, value in control.items() if name not in varied}
        assert {name: value for name, value in saved[arm].items() if name not in varied} == kept
    assert "Search filters are set for 5 of 5 experiments." in heard.text

    before = await sandbox.last_call()
    _, again = await bench.run(execution, agreed())
    assert await sandbox.calls("openai", kind="structured", since=before) == []
    assert "5 of 5" in again.text


async def test_filters_that_cannot_be_found_now_are_told_and_nothing_is_lost(
    open_talk: OpenTalk, sandbox: SandboxServer, graph_bench: GraphBench
) -> None:
    talk = await open_talk()
    talk.wiza = graph_bench.context.prospects
    bench = await bench_of(talk)
    await sandbox.behave("overloaded", provider="wiza")

    _, heard = await bench.run(execution, agreed())

    assert heard.of(ToolResult)[-1].error == "Wiza failed with 503."
    assert "Search filters" not in heard.text
    assert [row.wiza_filters for row in await talk.experiments()] == [None] * 5


async def test_without_wiza_the_experiments_are_saved_all_the_same(open_talk: OpenTalk) -> None:
    talk = await open_talk()
    bench = await bench_of(talk)

    _, heard = await bench.run(execution, agreed())

    assert len(await talk.experiments()) == 5
    assert heard.of(ToolCalled) == []


async def test_a_set_that_breaks_a_rule_is_not_saved_even_when_approved(open_talk: OpenTalk) -> None:
    talk = await open_talk()
    bench = await bench_of(talk)
    broken = agreed()
    broken["experiments"][4]["design"]["budgetShare"] = 0.9
    _, heard = await bench.run(execution, broken)
    assert await talk.experiments() == []
    (result,) = heard.of(ToolResult)
    assert result.error is not None
    assert "long_shot_share" in result.error


async def test_deleting_reaches_only_this_workspace(open_talk: OpenTalk) -> None:
    theirs, ours = await open_talk(), await open_talk()
    saved, _ = await (await bench_of(theirs)).run(execution, agreed())
    bench = await bench_of(ours)
    action = {
        "tool": "delete_experiments",
        "tool_call_id": "answer-4-delete",
        "experiment_ids": saved["saved_ids"],
    }
    _, heard = await bench.run(execution, agreed(**action))
    assert heard.of(ToolResult)[0].output == {"tool": "delete_experiments", "experimentIds": [], "count": 0}
    assert len(await theirs.experiments()) == 5


async def test_how_the_founder_writes_is_kept_with_what_is_saved(open_talk: OpenTalk) -> None:
    talk = await open_talk()
    guide = {"tone": "dry", "words_never_used": ["synergy"]}
    learned = {"guide": guide, "learned_from": 700, "examples": ""}
    for _ in range(2):
        await (await bench_of(talk)).run(execution, {**agreed(), "style": learned})
    async with talk.database.unit_of_work() as uow:
        here = SenderProfile.workspace_id == talk.workspace.id
        profile = await Repository(uow.session, SenderProfile).get(here)
        noted = await Repository(uow.session, AuditEntry).count(
            AuditEntry.workspace_id == talk.workspace.id, AuditEntry.entity == "sender"
        )
    assert profile is not None
    assert profile.style_guide == guide
    assert noted == 1


async def test_an_approval_is_in_the_audit_log(open_talk: OpenTalk) -> None:
    talk = await open_talk()
    await (await bench_of(talk)).run(execution, agreed())
    async with talk.database.unit_of_work() as uow:
        here = AuditEntry.workspace_id == talk.workspace.id, AuditEntry.entity == "discovery_session"
        (entry,) = await Repository(uow.session, AuditEntry).get_all(*here)
    assert entry.action == "approved"
    assert entry.actor_user_id == talk.caller.user_id
