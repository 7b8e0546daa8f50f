"""Scoring: what was recorded, without asking any model, and runs that were made before, after a scorer changed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from evals.dataset.conversation import Conversation
from evals.dataset.reading import DATA, conversations
from evals.runs.file import Head, Item, RunWriter, Scored, read_head, read_results
from evals.runs.output import Output, recorded
from evals.scorers.registry import score
from evals.scorers.score import Case, Score


def item_of(case: Conversation, output: Output, sample: int = 0) -> Item:
    """What is kept of an output."""
    return Item(
        case=case.id,
        sample=sample,
        suite=case.suite,
        split=case.split,
        cluster=case.cluster,
        origin=case.source.origin,
        tags=case.tags,
        output=output,
    )


def score_recorded(cases: Iterable[Conversation], writer: RunWriter) -> Iterator[Item]:
    """Score each conversation as it was recorded, and keep it; those that the run has already are passed over."""
    for case in cases:
        if (case.id, 0) not in writer.done:
            item = item_of(case, recorded(case))
            writer.add(item, score(Case(case, item.output)))
            yield item


def rescore(path: Path, folder: Path = DATA) -> tuple[int, list[str]]:
    """Score a run anew; how many items, and the cases that the data set does not have any more."""
    results: dict[tuple[str, int], Item] = {}
    judged: dict[tuple[str, int], list[Score]] = {}
    for result in read_results(path):
        results[result.item.key] = result.item
        # What a judge said cost money, and no scorer's change makes it wrong.
        judged[result.item.key] = [each for each in result.scores if each.by is not None]
    missing = {case for case, _ in results}
    writer = RunWriter(path, read_head(path))
    try:
        for case in conversations(folder, ids=missing):
            for key, item in results.items():
                if key[0] == case.id:
                    scores = score(Case(case, item.output)) + judged[key]
                    writer.rescore(Scored(case=case.id, sample=key[1], scores=scores))
            missing.discard(case.id)
    finally:
        writer.close()
    return len(results), sorted(missing)


def now() -> str:
    """The present moment, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_head(name: str, suite: str, *, cases: int, prompts: dict[str, str]) -> Head:
    """The head of a run of `score` mode."""
    return Head.model_validate(
        {
            "name": name,
            "suite": suite,
            "mode": "score",
            "started_at": now(),
            "cases": cases,
            "prompts": prompts,
        }
    )
