"""What the data set and a run went through, and what was never hit: a prompt that no case calls is a prompt nobody tests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from evals.analysis.reach import why_out_of_reach
from evals.dataset.conversation import Conversation
from evals.dataset.reading import conversations
from evals.report.alignment import DIMENSIONS, KINDS
from evals.runs.file import read_head, read_results
from evals.runs.output import Output, recorded
from evals.runs.ways import Ways, edges_on
from persistence.models.outreach import OutreachFormat
from prompts import prompt_ids
from tools.discovery.language import detect_language
from tools.discovery.schemas import Topic
from tools.providers.wiza.filters import ProspectFilters

WAYS = ("followup", "output", "execution")
EDGES, BRANCHES = "graph edges", "template branches"
OPEN = {"languages"}
"""Groups without a list of all there is."""


@dataclass
class Coverage:
    """For each thing that can be hit, how often it was: a template's branch in how many outputs. What is 0 was never hit."""

    hits: dict[str, dict[str, int]] = field(
        default_factory=lambda: {
            "prompts": dict.fromkeys(prompt_ids(), 0),
            "topics told": dict.fromkeys(get_args(Topic), 0),
            "topics asked": dict.fromkeys(get_args(Topic), 0),
            "speakers": dict.fromkeys(WAYS, 0),
            "experiment kinds": dict.fromkeys(KINDS, 0),
            "changed dimensions": dict.fromkeys(DIMENSIONS, 0),
            "message formats": dict.fromkeys((each.value for each in OutreachFormat), 0),
            "filter fields": dict.fromkeys(ProspectFilters.model_fields, 0),
            "languages": {},
        }
    )

    @property
    def replayed(self) -> bool:
        """Whether edges and branches are known: of what was only recorded, and of older runs, they are not."""
        return EDGES in self.hits

    def expect(self, ways: Ways) -> None:
        """Look for these edges and branches, too."""
        self.hits[EDGES] = dict.fromkeys(ways.edges, 0)
        self.hits[BRANCHES] = dict.fromkeys(ways.branches, 0)

    def hit(self, group: str, name: str | None) -> None:
        """Count one."""
        if name:
            self.hits[group][name] = self.hits[group].get(name, 0) + 1

    def never(self) -> dict[str, list[str]]:
        """What was never hit and could have been, by group."""
        missed = {group: self._missed(group) for group in self.hits}
        kept = {
            group: [name for name in names if not why_out_of_reach(name)] for group, names in missed.items()
        }
        return {group: names for group, names in kept.items() if names}

    def out_of_reach(self) -> dict[tuple[str, str], list[str]]:
        """What was never hit because no run of the evals can hit it, by group and reason."""
        found: dict[tuple[str, str], list[str]] = {}
        for group in self.hits:
            for name in self._missed(group):
                if why := why_out_of_reach(name):
                    found.setdefault((group, why), []).append(name)
        return found

    def _missed(self, group: str) -> list[str]:
        return [name for name, count in self.hits[group].items() if not count]


def cover(cases: Iterable[Conversation], outputs: Iterable[Output], ways: Ways | None = None) -> Coverage:
    """What these cases and outputs went through. `ways`: what the outputs could pass; None where nothing was replayed."""
    found = Coverage()
    if ways is not None:
        found.expect(ways)
    for case in cases:
        _case(found, case)
    for output in outputs:
        _output(found, output)
    return found


def cover_recorded() -> Coverage:
    """What the data set went through when it was recorded. Raises DataInvalid."""
    return cover(conversations(), map(recorded, conversations()))


def cover_runs(paths: Sequence[Path]) -> Coverage:
    """What runs went through together, a line at a time. Probes of prompts are no cases and don't count.

    Raises RunInvalid, DataInvalid.
    """
    ran = {result.item.case for path in paths for result in read_results(path)}
    there: set[str] = set()

    def cases() -> Iterable[Conversation]:
        for case in conversations(ids=ran) if ran else ():
            there.add(case.id)
            yield case

    results = (result for path in paths for result in read_results(path))
    outputs = (result.item.output for result in results if result.item.case in there)
    return cover(cases(), outputs, _ways_of(paths))


def _ways_of(paths: Sequence[Path]) -> Ways | None:
    """What at least one of the runs could pass; None when none of them was a replay."""
    known = [ways for path in paths if (ways := read_head(path).ways)]
    edges = dict.fromkeys(edge for ways in known for edge in ways.edges)
    branches = dict.fromkeys(branch for ways in known for branch in ways.branches)
    return Ways(edges=list(edges), branches=list(branches)) if known else None


def _case(found: Coverage, case: Conversation) -> None:
    for turn in case.said("user"):
        found.hit("languages", detect_language(turn.content))
        for name in turn.gives:
            fact = case.fact(name)
            found.hit("topics told", fact.slot if fact else None)
    for name in case.expect.filters or case.setup.filters or {}:
        found.hit("filter fields", name)
    found.hit("message formats", (case.setup.wish or {}).get("format"))


def _output(found: Coverage, output: Output) -> None:
    for turn in output.answers():
        found.hit("topics asked", turn.asks)
        found.hit("speakers", turn.node)
    for call in output.calls:
        if "@" in call.prompt:
            found.hit("prompts", call.prompt.partition("@")[0])
    for item in output.artifacts.experiments or []:
        found.hit("experiment kinds", str(item.get("type")))
        for name in (item.get("design") or {}).get("changedDimensions") or []:
            found.hit("changed dimensions", str(name))
    if found.replayed:
        _passed(found, output)


def _passed(found: Coverage, output: Output) -> None:
    for branch in output.branches:
        found.hit(BRANCHES, branch)
    for line, times in output.trails.items():
        for edge in edges_on(line):
            # A step that the drawing does not have is none: of a run that goes on from a given state, say.
            if edge in found.hits[EDGES]:
                found.hits[EDGES][edge] += times
