"""What is kept of an analysis is decided by the posts' words."""

from typing import Any

from langgraph.runtime import Runtime

from agents.activity.check import check
from tests.fixtures.graphs import GraphBench
from tests.unit.agents.activity.test_analysis import STATE


def item(field: str, text: str, quote: str) -> dict[str, str]:
    return {field: text, "quote": quote, "source_id": "post:1"}


async def _check(bench: GraphBench, **drafted: Any) -> Any:
    whole = {"remarks": [], "topics": [], "angle": None, **drafted}
    return await check({**STATE, "drafted": whole}, Runtime(context=bench.context))


async def test_each_part_stays_only_with_words_of_a_post(graph_bench: GraphBench) -> None:
    update = await _check(
        graph_bench,
        remarks=[
            item("text", "They close the books on day nine.", "close the books on day nine"),
            item("text", "They close the books on day five.", "close the books on day five"),
        ],
        topics=[
            item("topic", "Controllers", "hire two controllers"),
            item("topic", "Bankruptcy", "hire two controllers"),
        ],
        angle=item(
            "text", "Ask how Closewise could spare the two new people their nights.", "hire two controllers"
        ),
    )
    findings = update["findings"]
    assert [kept["text"] for kept in findings["remarks"]] == ["They close the books on day nine."]
    assert [(kept["text"], kept["source"]) for kept in findings["topics"]] == [
        ("Controllers", "https://posts.example/2")
    ]
    assert findings["angle"]["source"] == "https://posts.example/2"
    assert [left["why"] for left in update["left_out"]] == ["quote_not_found", "other_words"]


async def test_an_angle_may_name_nobody_new_and_no_number(graph_bench: GraphBench) -> None:
    for text in ("Mention that Brennholt saved money.", "Promise 40 % less work."):
        update = await _check(graph_bench, angle=item("text", text, "hire two controllers"))
        assert update["findings"]["angle"] is None
