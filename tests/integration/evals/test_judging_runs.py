"""A judge looks at every answer of a run, once; what it said stays when scorers change."""

from pathlib import Path

from evals.dataset.reading import conversations
from evals.judging.judge import judge_prompt
from evals.judging.scoring import answers_in, judge_run, unjudged
from evals.judging.standing import SANDBOX, signature
from evals.replay.running import Plan, run_cases
from evals.replay.stage import Stage
from evals.runs.file import Head, RunWriter, read_head, read_results
from evals.runs.scoring import now, rescore
from evals.runs.summary import summarise
from evals.terminal.tables import summary_text
from tests.fixtures.sandbox import SandboxServer

KEY = "question_quality"
BY = signature(SANDBOX, judge_prompt(KEY).hash)


def unheard(_line: str) -> None:
    """Nobody listens."""


async def test_every_answer_is_judged_once_and_the_verdict_stays(
    stage: Stage, sandbox: SandboxServer, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    writer = RunWriter(
        path, Head(name="run", suite="all", mode="forced", started_at=now(), sandbox=True, cases=2)
    )
    await run_cases(stage, conversations(ids=["disc-1033", "filt-1001"]), writer, Plan("forced"), unheard)
    writer.close()
    (waiting,) = unjudged(path, KEY, BY)
    answers = answers_in([waiting])
    assert answers == len(waiting.item.output.answers()) > 1

    assert await judge_run(stage, path, KEY, BY, unheard) == 1
    asked = len(await sandbox.calls("openai"))
    assert unjudged(path, KEY, BY) == []
    assert await judge_run(stage, path, KEY, BY, unheard) == 0
    assert len(await sandbox.calls("openai")) == asked

    rescore(path)
    (judged,) = [each for each in read_results(path) if each.item.suite == "discovery"]
    mine = [score for score in judged.scores if score.scorer == KEY]
    assert [score.turn for score in mine] == [turn.i for turn in judged.item.output.answers()]
    assert {score.by for score in mine} == {BY}
    summary = summarise(read_results(path))
    assert summary.metrics[KEY].grey == "the sandbox judged"
    assert "grey" in summary_text(read_head(path), summary)
    # Another wording looks at them anew, and takes the place of the first.
    assert len(unjudged(path, KEY, signature(SANDBOX, "changed"))) == 1
