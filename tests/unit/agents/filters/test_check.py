"""Code decides what of a draft is counted; a model mends unknown words once."""

from typing import Any

from langgraph.runtime import Runtime

from agents.filters.check import check
from agents.filters.graph import after_check, first
from agents.filters.state import FiltersState
from tests.fixtures.graphs import GraphBench
from tools.experiments.design import DimensionName
from tools.filters.run import asked_of, question
from tools.filters.search import Band
from tools.providers.wiza.filters import parse_filters

SAVED = parse_filters({"job_role": ["finance"], "company_size": ["51-200"]})
FACTS: Any = [{"name": "text", "text": "Sales at large firms"}]
DRAFT = {"job_role": ["sales"], "company_size": ["10001+", "huge"]}


def state(drafted: dict[str, Any], drafts: int = 1, **options: Any) -> FiltersState:
    return {"question": question(Band(10, 20), facts=FACTS, **options), "drafted": drafted, "drafts": drafts}


async def checked(bench: GraphBench, before: FiltersState) -> FiltersState:
    update: Any = await check(before, Runtime(context=bench.context))
    return {**before, **update}


async def test_unknown_words_are_mended_once_and_then_left_out(graph_bench: GraphBench) -> None:
    once = await checked(graph_bench, state(DRAFT))
    assert [each["word"] for each in once["refused"]] == ["huge"]
    assert after_check(once) == "draft"

    twice = await checked(graph_bench, state(DRAFT, drafts=2))
    assert after_check(twice) == "count"
    assert twice["asked"] is not None
    assert twice["asked"]["filters"] == {"job_role": ["sales"], "company_size": ["10001+"]}


async def test_what_is_tested_stays_as_it_is_saved(graph_bench: GraphBench) -> None:
    found = await checked(graph_bench, state(DRAFT, base=SAVED, tested=[DimensionName.PERSONA]))

    assert found["asked"] is not None
    assert found["asked"]["filters"] == {"job_role": ["finance"], "company_size": ["10001+"]}
    assert "job_role" in found["asked"]["locked"]


async def test_a_draft_of_nothing_ends_the_run(graph_bench: GraphBench) -> None:
    assert after_check(await checked(graph_bench, state({}))) == "__end__"


async def test_given_filters_are_counted_without_a_draft() -> None:
    wanted = question(Band(10, 20), SAVED)

    assert await first({"question": wanted}) == "draft"
    assert await first({"question": wanted, "asked": asked_of(wanted, SAVED.wire())}) == "count"
