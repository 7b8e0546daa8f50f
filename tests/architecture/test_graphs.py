"""One name for a node: its file, its prompt, its test and its place in the picture; and the picture is true."""

from importlib import import_module
from pathlib import Path

import pytest

from agents import pictures
from prompts import prompt_ids

ROOT = Path(__file__).resolve().parents[2]
CODE_ONLY = {
    ("worldview", "check"),
    ("activity", "check"),
    ("filters", "places"),
    ("filters", "check"),
    ("filters", "count"),
    *(("outreach", node) for node in ("packet", "check", "keep", "decline")),
    *(("website", node) for node in ("fetch", "extract", "linked", "store")),
}
"""Nodes that ask no model: code decides there alone."""
NODES = [(graph, node) for graph, build in pictures.GRAPHS.items() for node in build().nodes]


@pytest.mark.parametrize(("graph", "node"), NODES)
def test_a_node_rhymes(graph: str, node: str) -> None:
    assert hasattr(import_module(f"agents.{graph}.{node}"), node)
    assert (f"{graph}/{node}" in prompt_ids()) is ((graph, node) not in CODE_ONLY)
    assert (ROOT / f"tests/unit/agents/{graph}/test_{node}.py").is_file()
    assert node in pictures.mermaid(graph)


def test_every_prompt_of_a_graph_has_its_node() -> None:
    prompted = {
        tuple(prompt_id.split("/"))
        for prompt_id in prompt_ids()
        if prompt_id.split("/")[0] in pictures.GRAPHS
    }
    assert prompted == set(NODES) - CODE_ONLY


def test_the_pictures_in_the_readme_are_drawn_from_the_graphs() -> None:
    assert pictures.is_current(), "run ./quiver graphs"


def test_an_old_picture_is_noticed_and_drawn_anew(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(
        "\n".join(f"<!-- picture: {name} -->\nold\n<!-- end: {name} -->" for name in pictures.GRAPHS)
    )
    assert not pictures.is_current(readme)
    assert pictures.write(readme)
    assert pictures.is_current(readme)
    assert not pictures.write(readme)
