"""A run as a log for Inspect's viewer: the talk as it stood, a score a scorer, nothing of the hold-out; Inspect reads it."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from evals.report.inspect_log import write_inspect_log
from evals.runs.file import RunWriter, read_head, read_results
from evals.runs.output import Output
from evals.runs.scoring import item_of, new_head
from evals.runs.summary import summarise
from evals.scorers.score import Score
from tests.factories.conversations import talk

ROOT = Path(__file__).parents[3]
GOOD = ROOT / "evals" / "examples" / "good.jsonl"
READS = """
import json, sys
from inspect_ai.log import read_eval_log
log = read_eval_log(sys.argv[1])
print(json.dumps({
    "status": log.status, "samples": len(log.samples), "metrics": len(log.results.scores),
    "roles": [message.role for message in log.samples[0].messages], "scores": sorted(log.samples[0].scores),
}))
"""


def written(run: Path, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_inspect_log(run, folder).read_text(encoding="utf-8"))
    return found


def test_a_forced_run_shows_its_answers_in_the_recorded_talk(tmp_path: Path) -> None:
    log, summary = written(GOOD, tmp_path), summarise(read_results(GOOD))
    sample = log["samples"][0]
    first = next(read_results(GOOD))

    assert (log["status"], len(log["samples"])) == ("success", summary.samples)
    assert [each["role"] for each in sample["messages"][:4]] == ["user", "assistant", "user", "assistant"]
    assert sample["messages"][1]["content"] == first.item.output.turns[0].content
    means = {each["name"]: each["metrics"]["mean"]["value"] for each in log["results"]["scores"]}
    assert means == {name: metric.mean for name, metric in summary.metrics.items() if metric.mean is not None}


def test_of_the_hold_out_only_scores_are_told(tmp_path: Path) -> None:
    case = talk(id="disc-9001", split="holdout")
    path = tmp_path / "run.jsonl"
    writer = RunWriter(path, new_head("run", "discovery", cases=1, prompts={}))
    failed = Score(scorer="style", verdict="fail", value=0.0, turn=1, reason="it quotes “a secret of theirs”")
    writer.add(item_of(case, Output(mode="sim", turns=case.turns)), [failed])
    writer.close()
    log = written(path, tmp_path)

    assert log["samples"][0]["scores"] == {"style": {"value": 0.0, "explanation": None}}
    text = json.dumps(log)
    assert "a secret of theirs" not in text
    assert all(turn.content not in text for turn in case.turns)
    assert read_head(path).name == log["eval"]["task"]


@pytest.mark.full
def test_evals_inspect_itself_reads_the_log(tmp_path: Path) -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"][
        "evals-view"
    ]
    path, home = write_inspect_log(GOOD, tmp_path), tmp_path / "venv"
    uv = [str(Path(sys.executable).with_name("uv"))]
    python = home / "bin" / "python"
    subprocess.run([*uv, "venv", "--quiet", str(home)], check=True)
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(python), *wanted], check=True)
    said = subprocess.run([str(python), "-c", READS, str(path)], check=True, capture_output=True, text=True)
    found = json.loads(said.stdout)

    assert (found["status"], found["samples"]) == ("success", 44)
    assert found["roles"][:2] == ["user", "assistant"]
    assert "one_question" in found["scores"]
