"""The ways that a run can take, and those that it took, by the names that a run file keeps: edges of graphs, branches of templates."""

from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from pydantic import Field

from evals.dataset.conversation import Record


class Ways(Record):
    """Every way there was when a run began. What its cases took of them stands in their outputs."""

    edges: list[str] = Field(
        default_factory=list, description="Of each graph of the product: `filters: check → draft`."
    )
    branches: list[str] = Field(
        default_factory=list, description="Of the prompts that the run used: `_shared/known: if digest`."
    )


def edge(graph: str, source: str, target: str) -> str:
    """The name of an edge."""
    return f"{graph}: {source} → {target}"


def trail(graph: str, steps: list[str]) -> str:
    """One run of a graph as a line: `filters: __start__ draft places`. Nodes that ran side by side are joined by a plus sign."""
    return f"{graph}: {' '.join(steps)}"


def edges_on(line: str) -> Iterator[str]:
    """The edges that a trail took, each as often as it took it. Of nodes side by side, from each and to each."""
    graph, _, steps = line.partition(": ")
    for before, after in pairwise(steps.split()):
        for source, target in product(before.split("+"), after.split("+")):
            yield edge(graph, source, target)


def by_place(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Names with what stands behind each, gathered by the graph or template that they begin with; under "" those without one."""
    places: dict[str, list[str]] = {}
    for name, behind in names.items():
        place, colon, rest = name.partition(": ")
        places.setdefault(place if colon else "", []).append(f"{rest if colon else name}{behind}")
    return places
