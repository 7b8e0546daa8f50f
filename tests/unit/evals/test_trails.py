"""Which way a run took, read from outside: the trail that a graph leaves, and the branches that a prompt takes."""

from pathlib import Path
from typing import Any, Literal, TypedDict

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.types import interrupt

from agents.pictures import GRAPHS
from evals.trails.graphs import Graph, drawn_edges, trails_of
from evals.trails.templates import WatchedPrompts
from prompts.loader import FOLDER, PromptLibrary, library
from prompts.sample import sample_inputs, variants

THREAD: Any = {"configurable": {"thread_id": "one"}}


class State(TypedDict):
    go: str


async def look(state: State) -> State:
    return state


async def act(state: State) -> State:
    if state["go"] == "break":
        raise RuntimeError("broken")
    if state["go"] == "wait":
        interrupt("May I?")
    return state


async def after_look(state: State) -> Literal["act", "__end__"]:
    return "__end__" if state["go"] == "nowhere" else "act"


@pytest.fixture
def graph() -> Graph:
    """A graph of two nodes, whose first chooses whether the second runs."""
    built = StateGraph(State)
    built.add_node(look)
    built.add_node(act)
    built.add_edge(START, "look")
    built.add_conditional_edges("look", after_look)
    return built.compile(checkpointer=InMemorySaver())


@pytest.mark.parametrize(
    ("go", "trail"),
    [
        ("on", "__start__ look act __end__"),
        ("nowhere", "__start__ look __end__"),
        ("wait", "__start__ look act"),
    ],
)
async def test_a_run_leaves_the_way_it_took(graph: Graph, go: str, trail: str) -> None:
    await graph.ainvoke({"go": go}, THREAD)

    assert await trails_of("small", graph, THREAD) == [f"small: {trail}"]


async def test_a_run_that_broke_ends_with_the_node_that_broke(graph: Graph) -> None:
    with pytest.raises(RuntimeError, match="broken"):
        await graph.ainvoke({"go": "break"}, THREAD)

    assert await trails_of("small", graph, THREAD) == ["small: __start__ look act"]


async def test_each_turn_of_a_thread_is_a_trail_of_its_own(graph: Graph) -> None:
    for go in ("wait", "nowhere", "on"):
        await graph.ainvoke({"go": go}, THREAD)

    assert await trails_of("small", graph, THREAD) == [
        "small: __start__ look act",
        "small: __start__ look __end__",
        "small: __start__ look act __end__",
    ]


async def test_a_run_from_a_given_state_begins_behind_it(graph: Graph) -> None:
    await graph.aupdate_state(THREAD, {"go": "on"}, as_node="look")
    await graph.ainvoke(None, THREAD)

    assert await trails_of("small", graph, THREAD) == ["small: act __end__"]


async def test_a_state_that_nothing_follows_is_no_run(graph: Graph) -> None:
    await graph.aupdate_state(THREAD, {"go": "on"}, as_node="act")
    await graph.ainvoke({"go": "nowhere"}, THREAD)

    assert await trails_of("small", graph, THREAD) == ["small: __start__ look __end__"]


def test_every_router_says_where_it_may_lead() -> None:
    """Without its `Literal` or a list of ends, a router's edges are not drawn as they are, and can't be counted."""
    graphs = {name: build() for name, build in GRAPHS.items()}
    edges = {
        f"{name}.{node}": branch.ends
        for name, graph in graphs.items()
        for node, branches in graph.branches.items()
        for branch in branches.values()
    }
    goes_on = {edge.split(": ")[1].split(" → ")[0] for edge in drawn_edges()}

    assert len(edges) > 3
    assert not [router for router, ends in edges.items() if not ends]
    assert not {node for graph in graphs.values() for node in graph.nodes} - goes_on
    assert {"discovery: output → followup", "website: store → cleanup"} <= set(drawn_edges())


def prompt_of(folder: Path, body: str, inputs: str, **partials: str) -> PromptLibrary:
    """A prompt `talk/say` with this body."""
    (folder / "talk").mkdir()
    (folder / "_shared").mkdir()
    head = f"id: talk/say\nversion: 1\npurpose: Say something to somebody.\ninputs: [{inputs}]\n"
    (folder / "talk" / "say.md").write_text(
        f"---\n{head}model: {{role: fast}}\noutput: text\n---\n{body}", encoding="utf-8"
    )
    for name, text in partials.items():
        (folder / "_shared" / f"{name}.md").write_text(text, encoding="utf-8")
    return PromptLibrary(folder)


def watched(folder: Path) -> tuple[WatchedPrompts, list[str]]:
    """The folder's prompts, and where they tell what they take."""
    told: list[str] = []
    return WatchedPrompts(folder, told.append), told


BRANCHED = """Hello.
{% if mode == "short" %}
Be short.
{% elif names %}
Be long.
{% endif %}
{% for name in names %}
- {{ name | untrusted }}{% if loop.first %} first{% endif %}

{% endfor %}
"""


@pytest.mark.parametrize(
    ("inputs", "taken"),
    [
        ({"mode": "short", "names": []}, {'if mode == "short"', "else of for name in names"}),
        (
            {"mode": "long", "names": ["Ann", "Bo"]},
            {"elif names", "for name in names", "if loop.first", "else of if loop.first"},
        ),
        ({"mode": "", "names": []}, {'else of if mode == "short"', "else of for name in names"}),
    ],
)
def test_a_rendering_tells_the_branches_it_takes(
    tmp_path: Path, inputs: dict[str, Any], taken: set[str]
) -> None:
    plain = prompt_of(tmp_path, BRANCHED, "mode, names")
    prompts, told = watched(tmp_path)

    assert prompts.render("talk/say", **inputs).text == plain.render("talk/say", **inputs).text
    assert set(told) == {f"talk/say: {branch}" for branch in taken}


def test_every_branch_is_listed_also_one_whose_else_nobody_wrote(tmp_path: Path) -> None:
    prompt_of(tmp_path, BRANCHED, "mode, names")
    prompts, told = watched(tmp_path)

    assert [branch.removeprefix("talk/say: ") for branch in prompts.branches()] == [
        'if mode == "short"',
        "elif names",
        'else of if mode == "short"',
        "for name in names",
        "if loop.first",
        "else of if loop.first",
        "else of for name in names",
    ]
    assert told == []


def test_a_partial_s_branches_are_its_own_and_equal_ones_are_told_apart(tmp_path: Path) -> None:
    prompt_of(
        tmp_path,
        "{% include '_shared/sign.md' %}{% if who %}A{% else %}B{% endif %}{% if who %}C{% endif %}",
        "who",
        sign="{%- if who -%}x{%- endif -%}",
    )
    prompts, told = watched(tmp_path)
    prompts.render("talk/say", who="")

    assert told == ["_shared/sign: else of if who", "talk/say: else of if who", "talk/say: else of if who #2"]
    assert len(prompts.branches()) == 6


@pytest.mark.parametrize(
    ("body", "listed"),
    [
        ("{% if names %}{% for name in names %}x{% endfor %}{% endif %}", False),
        ("{% if names %}x{% else %}{% for name in names %}x{% endfor %}{% endif %}", True),
        (
            "{% if names or mode %}{% for name in names %}x{% endfor %}{% endif %}{% if mode %}{% endif %}",
            True,
        ),
    ],
)
def test_there_is_no_way_past_a_loop_over_what_was_just_asked_for(
    tmp_path: Path, body: str, listed: bool
) -> None:
    prompt_of(tmp_path, body, "names, mode" if "mode" in body else "names")

    assert ("talk/say: else of for name in names" in watched(tmp_path)[0].branches()) is listed


def test_a_broken_template_has_no_branches_and_the_others_keep_theirs(tmp_path: Path) -> None:
    prompt_of(tmp_path, BRANCHED, "mode, names")
    good = (tmp_path / "talk" / "say.md").read_text(encoding="utf-8")
    bad = good.replace("talk/say", "talk/bad") + "{% if mode %}{% for %}"
    (tmp_path / "talk" / "bad.md").write_text(bad, encoding="utf-8")

    assert len(watched(tmp_path)[0].branches()) == 7


def test_watched_prompts_send_the_very_text_of_the_product_s() -> None:
    own = library()
    prompts, told = watched(FOLDER)
    for prompt_id in own.ids():
        for changes in ({}, *variants().get(prompt_id, {}).values()):
            inputs = {**sample_inputs(prompt_id), **changes}
            assert prompts.render(prompt_id, **inputs) == own.render(prompt_id, **inputs)
    assert set(told) <= set(prompts.branches())
    assert len(set(told)) > 90


def test_nobody_else_s_rendering_is_told(tmp_path: Path) -> None:
    prompt_of(tmp_path, BRANCHED, "mode, names")
    (one, told), (_, others) = watched(tmp_path), watched(tmp_path)
    one.render("talk/say", mode="short", names=[])

    assert told
    assert others == []
