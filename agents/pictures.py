"""The pictures of the graphs in `agents/README.md`: drawn from the graphs themselves, so that they can't lie."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from langgraph.graph import StateGraph

from agents.activity import graph as activity
from agents.discovery import graph as discovery
from agents.filters import graph as filters
from agents.outreach import graph as outreach
from agents.website import graph as website
from agents.worldview import graph as worldview

README = Path(__file__).parent / "README.md"
GRAPHS: Mapping[str, Callable[[], StateGraph[Any, Any, Any, Any]]] = {
    "discovery": discovery.build,
    "worldview": worldview.build,
    "activity": activity.build,
    "filters": filters.build,
    "outreach": outreach.build,
    "website": website.build,
}
"""Every graph of the product, by the name of its package."""


def mermaid(name: str) -> str:
    """The picture of one graph as Mermaid text: a line an edge, dotted where the way is chosen at run time."""
    drawn = GRAPHS[name]().compile().get_graph()
    edges = sorted(
        {(edge.source, edge.target, edge.conditional) for edge in drawn.edges}, key=_edge_order(drawn.nodes)
    )
    lines = [
        f"    {_label(start)} {'-.->' if chosen else '-->'} {_label(end)}" for start, end, chosen in edges
    ]
    return "\n".join(["```mermaid", "graph TD", *lines, "```"])


def written(readme: Path = README) -> str:
    """The README's text with every picture as it is now. Raises ValueError when a graph has no place in it."""
    text = readme.read_text(encoding="utf-8")
    for name in GRAPHS:
        begin, end = f"<!-- picture: {name} -->", f"<!-- end: {name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"{readme.name} has no place for the picture of {name}")
        picture = f"{begin}\n{mermaid(name)}\n{end}"
        text = pattern.sub(picture.replace("\\", r"\\"), text)
    return text


def write(readme: Path = README) -> bool:
    """Bring the README's pictures up to date; whether anything changed."""
    before, now = readme.read_text(encoding="utf-8"), written(readme)
    if before != now:
        readme.write_text(now, encoding="utf-8")
    return before != now


def is_current(readme: Path = README) -> bool:
    """Whether the README shows the graphs as they are."""
    return readme.read_text(encoding="utf-8") == written(readme)


def _label(node: str) -> str:
    return {"__start__": "start([a message])", "__end__": "done([the turn ends])"}.get(node, node)


def _edge_order(nodes: Mapping[str, Any]) -> Callable[[tuple[str, str, bool]], tuple[int, int]]:
    places = {name: number for number, name in enumerate(nodes)}
    return lambda edge: (places[edge[0]], places[edge[1]])
