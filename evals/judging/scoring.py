"""Judging a run: every answer of it looked at by a model, and what that says kept beside what code says."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from evals.dataset.conversation import Conversation
from evals.dataset.reading import DATA, conversations
from evals.judging.judge import judge
from evals.judging.standing import JUDGES
from evals.replay import cache
from evals.replay.stage import Stage
from evals.replay.together import together
from evals.runs.file import Result, RunWriter, Scored, read_head, read_results
from evals.scorers.score import Case, Score
from tools.providers.models.failure import ModelFailure

AT_ONCE = 4
Tell = Callable[[str], None]


def unjudged(path: Path, key: str, by: str) -> list[Result]:
    """The items of a run that this judge is for and has not looked at to the end."""
    return [
        result
        for result in read_results(path)
        if result.item.suite in JUDGES[key]
        and result.item.output.answers()
        and not _is_judged(result, key, by)
    ]


def answers_in(results: list[Result]) -> int:
    """How many answers there are to judge: as many calls."""
    return sum(len(result.item.output.answers()) for result in results)


async def judge_run(stage: Stage, path: Path, key: str, by: str, tell: Tell, *, folder: Path = DATA) -> int:
    """Judge what is not judged yet; how many items. Each is kept as soon as it is done, so that a killed one goes on.

    Raises RunStopped when the budget is spent, RunInvalid when somebody writes the run now.
    """
    waiting: dict[str, list[Result]] = defaultdict(list)
    for result in unjudged(path, key, by):
        waiting[result.item.case].append(result)
    work = _work(waiting, folder)
    writer = RunWriter(path, read_head(path))
    done = 0

    async def take() -> None:
        nonlocal done
        for case, result in work:
            scores = [
                score async for score in _judged(stage, key, by, Case(case, result.item.output), result)
            ]
            # One judge's scores take the place of its earlier ones; those of code and of other judges stay.
            kept = [score for score in result.scores if score.scorer != key]
            writer.rescore(Scored(case=case.id, sample=result.item.sample, scores=[*kept, *scores]))
            done += 1
            tell(f"{case.id}: {', '.join(score.verdict for score in scores)}")

    try:
        await together(take() for _ in range(AT_ONCE))
    finally:
        writer.close()
    return done


def _work(waiting: dict[str, list[Result]], folder: Path) -> Iterator[tuple[Conversation, Result]]:
    for case in conversations(folder, ids=set(waiting)):
        for result in waiting[case.id]:
            yield case, result


async def _judged(stage: Stage, key: str, by: str, case: Case, result: Result) -> AsyncIterator[Score]:
    cache.sample.set(result.item.sample)
    for answer, history in case.answers():
        try:
            verdict, reasons = await judge(stage, key, history, answer)
        except ModelFailure as failure:
            yield Score(scorer=key, verdict="error", turn=answer.i, reason=str(failure), by=by)
            continue
        passed = {"pass": 1.0, "fail": 0.0}.get(verdict)
        yield Score(
            scorer=key,
            verdict="na" if verdict == "cannot_tell" else verdict,
            value=passed,
            turn=answer.i,
            reason=reasons,
            by=by,
        )


def _is_judged(result: Result, key: str, by: str) -> bool:
    """Whether it looked at every answer, and broke on none."""
    mine = [score for score in result.scores if score.scorer == key and score.by == by]
    looked = {score.turn for score in mine if score.verdict != "error"}
    return {turn.i for turn in result.item.output.answers()} <= looked
