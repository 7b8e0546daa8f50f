"""Replays on the product's own graphs, with the sandbox as the model: what each mode asks, keeps and refuses."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agents.discovery.graph import build
from evals.dataset.conversation import Conversation
from evals.dataset.reading import conversations
from evals.gating.gate import Outcome, decide
from evals.gating.thresholds import read_thresholds
from evals.replay.cache import AnswerCache
from evals.replay.discovery import Ask
from evals.replay.errors import BudgetSpent, NotScratch
from evals.replay.models import Budget
from evals.replay.probing import probe_cases
from evals.replay.running import Plan, produced, run_cases
from evals.replay.seeding import state_before
from evals.replay.stage import Servers, Stage, open_stage
from evals.replay.talking import SEEDED_AS
from evals.runs.file import Head, RunWriter, read_head, read_results
from evals.runs.scoring import now
from evals.runs.summary import summarise
from prompts.loader import PromptLibrary, library, using
from tests.factories.prompt_mutations import Mutation, breaking, harmless
from tests.fixtures.sandbox import SandboxServer


def case(name: str) -> Conversation:
    return next(conversations(ids=[name]))


def run_file(path: Path, *, cases: int = 2, **changes: object) -> RunWriter:
    head = Head(name="run", suite="discovery", mode="forced", started_at=now(), sandbox=True, cases=cases)
    return RunWriter(path, head.model_copy(update=changes))


async def model_calls(sandbox: SandboxServer) -> int:
    return len(await sandbox.calls("openai"))


def unheard(_line: str) -> None:
    """Nobody listens."""


async def test_forced_answers_each_recorded_history_anew_and_reports_what_it_used(stage: Stage) -> None:
    wanted = case("disc-1001")
    output = await produced(stage, wanted, Ask("forced"))

    assert output.error is None
    assert [turn.i for turn in output.turns] == [turn.i for turn in wanted.said("assistant")]
    assert all(turn.content and turn.content != wanted.turns[turn.i].content for turn in output.turns)
    assert len(output.calls) >= len(output.turns)
    assert output.wiring == []
    assert all(call.read and not call.cached for call in output.calls)


async def test_free_stops_where_the_recorded_answer_fits_no_more(stage: Stage) -> None:
    output = await produced(stage, case("disc-1001"), Ask("free"))

    assert output.error is None
    assert output.valid_prefix == len(output.turns) < len(case("disc-1001").turns)
    assert [turn.role for turn in output.turns[:2]] == ["user", "assistant"]


@pytest.mark.full
async def test_where_the_recorded_lines_end_a_founder_takes_over_and_repeats_nothing(stage: Stage) -> None:
    wanted = case("disc-3008")
    free = await produced(stage, wanted, Ask("free"))
    output = await produced(stage, wanted, Ask("handover"))

    assert output.error is None
    assert output.valid_prefix == free.valid_prefix
    assert free.valid_prefix is not None
    assert len(output.turns) > free.valid_prefix
    assert output.artifacts.experiments
    given = [fact for turn in output.turns for fact in turn.gives]
    assert len(given) == len(set(given))


@pytest.mark.full
async def test_a_founder_with_a_fact_sheet_says_only_its_facts_and_gets_a_set(stage: Stage) -> None:
    wanted = case("disc-3008")
    output = await produced(stage, wanted, Ask("sim"))
    told = {fact.text.rstrip(".") for fact in wanted.facts}

    assert output.artifacts.experiments
    assert len(output.artifacts.experiments) == 5
    for turn in output.turns:
        if turn.gives:
            assert any(text in turn.content for text in told)


async def test_a_fork_answers_one_turn_again_with_what_came_before(stage: Stage) -> None:
    output = await produced(stage, case("disc-1002"), Ask("fork", turn=5))

    assert [turn.i for turn in output.turns] == [0, 1, 2, 3, 4, 5]
    assert output.turns[4] == case("disc-1002").turns[4]


@pytest.mark.full
async def test_filters_and_messages_are_made_anew_from_the_same_facts(stage: Stage) -> None:
    trail = (await produced(stage, case("filt-1001"), Ask("forced"))).artifacts.filters
    (message,) = (await produced(stage, case("mail-1001"), Ask("forced"))).artifacts.outreach

    assert trail is not None
    assert 1 <= len(trail.steps) <= 8
    assert message.body or message.declined


async def test_nothing_is_paid_for_twice_and_repeats_are_asked_anew(
    stage: Stage, sandbox: SandboxServer
) -> None:
    first = await produced(stage, case("disc-1033"), Ask("forced"))
    asked = await model_calls(sandbox)
    again = await produced(stage, case("disc-1033"), Ask("forced"))
    assert await model_calls(sandbox) == asked
    assert [turn.content for turn in again.turns] == [turn.content for turn in first.turns]
    assert all(call.cached for call in again.calls)

    await produced(stage, case("disc-1033"), Ask("forced", sample=1))
    assert await model_calls(sandbox) > asked


async def test_a_killed_run_goes_on_without_paying_again(
    stage: Stage, sandbox: SandboxServer, tmp_path: Path
) -> None:
    cases = [case("disc-1033"), case("disc-1017")]
    writer = run_file(tmp_path / "run.jsonl")
    killed = asyncio.create_task(run_cases(stage, cases, writer, Plan("forced", at_once=1), unheard))
    while len(writer.path.read_bytes().splitlines()) < 3:  # noqa: ASYNC110 — only the file tells
        await asyncio.sleep(0.01)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    writer.close()
    before = await model_calls(sandbox)

    writer = run_file(tmp_path / "run.jsonl")
    await run_cases(stage, cases, writer, Plan("forced", at_once=1), unheard)
    writer.close()
    whole = summarise(read_results(tmp_path / "run.jsonl"))

    assert before > 0
    assert whole.samples == 2
    assert whole.errors == 0
    # What was under way when it was killed may be asked again, nothing else.
    assert await model_calls(sandbox) <= whole.calls + 4


async def test_a_budget_stops_the_run_and_keeps_what_is_done(
    scratch: Servers, answers: AnswerCache, tmp_path: Path
) -> None:
    budget = Budget(limit=0.02)
    async with open_stage(scratch, cache=answers, budget=budget) as stage:
        writer = run_file(tmp_path / "run.jsonl")
        with pytest.raises(BudgetSpent, match="go on with a larger --budget"):
            await run_cases(
                stage, conversations(suite="discovery"), writer, Plan("forced", at_once=2), unheard
            )
        writer.close()

    # Calls that were under way when it was spent are paid for, too.
    assert 0.02 <= budget.spent < 0.1


async def test_a_database_of_others_is_refused(
    database_url: str, scratch: Servers, answers: AnswerCache, open_talk: Callable[..., object]
) -> None:
    await open_talk()  # type: ignore[misc]
    with pytest.raises(NotScratch, match="no run of the evals made"):
        async with open_stage(replace(scratch, database=database_url), cache=answers, budget=Budget()):
            pass
    with pytest.raises(NotScratch, match="DATABASE_URL"):
        async with open_stage(
            scratch, cache=answers, budget=Budget(), environment={"DATABASE_URL": scratch.database}
        ):
            pass


async def test_every_turn_of_every_talk_can_be_seeded_into_the_present_graph() -> None:
    graph = build().compile(checkpointer=InMemorySaver())
    for talk in conversations():
        if talk.suite not in {"discovery", "safety"}:
            continue
        for turn in talk.said("user"):
            state = state_before(talk, turn.i)
            if state is None:
                continue
            thread = {"configurable": {"thread_id": f"{talk.id}-{turn.i}"}}
            await graph.aupdate_state(thread, state, as_node=SEEDED_AS)
            kept = await graph.aget_state(thread)
            assert kept.values["messages"][-1]["content"] == talk.turns[turn.i - 1].content
            assert kept.next == ()


async def wiring_run(stage: Stage, path: Path, prompts: PromptLibrary, names: set[str]) -> Path:
    """A wiring run of the probes of some prompts and two cases."""
    with using(prompts):
        cases = [each for each in probe_cases() if each.tags[1] in names]
        writer = run_file(path, cases=len(cases), suite="wiring")
        await run_cases(stage, cases, writer, Plan("forced"), unheard)
        writer.close()
    return path


def sample_of(kind: str) -> Mutation:
    among = harmless() if kind == "harmless" else breaking()
    return next(each for each in among if each.kind == kind and each.file.startswith("discovery/"))


@pytest.mark.parametrize(("kind", "outcome"), [("variable", 1), ("fence", 1), ("schema", 1), ("harmless", 0)])
async def test_the_wiring_gate_fails_a_prompt_that_lost_something_and_no_other(
    stage: Stage, tmp_path: Path, kind: str, outcome: int
) -> None:
    mutation = sample_of(kind)
    names = {mutation.file.removesuffix(".md"), "discovery/style"}
    good = await wiring_run(stage, tmp_path / "good.jsonl", library(), names)
    changed = await wiring_run(
        stage, tmp_path / "new.jsonl", PromptLibrary(mutation.written(tmp_path)), names
    )
    sides = [(read_head(path), summarise(read_results(path))) for path in (good, changed)]

    assert decide(sides[0], sides[1], read_thresholds(), "wiring").outcome is Outcome(outcome)
