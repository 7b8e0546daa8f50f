"""What the data set and a run went through, and what was never hit: a prompt that no case calls is a prompt nobody tests."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from evals.dataset.conversation import Conversation
from evals.report.alignment import DIMENSIONS, KINDS
from evals.runs.output import Output
from persistence.models.outreach import OutreachFormat
from prompts import prompt_ids
from tools.discovery.language import detect_language
from tools.discovery.schemas import Topic
from tools.providers.wiza.filters import ProspectFilters

WAYS = ("followup", "output", "execution")


@dataclass
class Coverage:
    """For each thing that can be hit, how often it was. What is 0 was never hit."""

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

    def hit(self, group: str, name: str | None) -> None:
        """Count one."""
        if name:
            self.hits[group][name] = self.hits[group].get(name, 0) + 1

    def never(self) -> dict[str, list[str]]:
        """What was never hit, by group."""
        return {
            group: missing
            for group, found in self.hits.items()
            if (missing := [name for name, count in found.items() if not count])
        }


def cover(pairs: Iterable[tuple[Conversation, Output]]) -> Coverage:
    """What these cases and outputs went through."""
    found = Coverage()
    for case, output in pairs:
        _case(found, case)
        _output(found, output)
    return found


def _case(found: Coverage, case: Conversation) -> None:
    for turn in case.said("user"):
        found.hit("languages", detect_language(turn.content))
        for name in turn.gives:
            fact = case.fact(name)
            found.hit("topics told", fact.slot if fact else None)
    for name in case.expect.filters or {}:
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
