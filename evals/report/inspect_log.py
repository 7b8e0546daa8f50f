"""A run as a log of Inspect AI, whose viewer shows it offline: written here as plain JSON, so that nothing of ours needs it."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import Any

from evals.dataset.conversation import Conversation
from evals.dataset.reading import conversations
from evals.report.case import HIDDEN
from evals.runs.file import Head, Result, read_head, read_results
from evals.runs.summary import Summary, summarise
from evals.scorers.score import Score

Json = dict[str, Any]
VERSION = 2
"""Of the log's form."""


def write_inspect_log(run: Path, folder: Path) -> Path:
    """Write the run into a folder of logs; the file. One sample is in memory at a time. Raises RunInvalid, DataInvalid."""
    head, summary = read_head(run), summarise(read_results(run))
    cases = {case.id: case for case in conversations(ids=set(summary.clusters))}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{head.name}.json"
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(_whole(head, summary), ensure_ascii=False)[:-1] + ', "samples": [')
        for number, result in enumerate(read_results(run)):
            sample = _sample(result, cases.get(result.item.case))
            file.write(("," if number else "") + "\n" + json.dumps(sample, ensure_ascii=False))
        file.write("\n]}\n")
    return path


def _whole(head: Head, summary: Summary) -> Json:
    """Everything but the samples. Ids are made of the run's name and start, so that writing twice is writing the same."""
    mark = sha256(f"{head.name} {head.started_at}".encode()).hexdigest()
    finished = summary.samples >= head.cases * head.repeat
    names = sorted(summary.clusters)
    usage = {
        "input_tokens": summary.read,
        "output_tokens": summary.written,
        "total_tokens": summary.read + summary.written,
    }
    spec = {
        "eval_id": mark[:22],
        "run_id": mark[22:44],
        "task_id": mark[44:],
        "created": head.started_at,
        "task": head.name,
        "task_args": {"suite": head.suite, "mode": head.mode},
        "dataset": {"name": head.suite, "samples": len(names), "sample_ids": names},
        "model": f"quiver/{(head.model or 'recorded').replace(', ', '+')}",
        "config": {"epochs": head.repeat},
        "metadata": {"prompts": head.prompts, "note": head.note, "sandbox": head.sandbox},
    }
    return {
        "version": VERSION,
        "status": "success" if finished else "cancelled",
        "eval": spec,
        "plan": {},
        "results": {
            "total_samples": head.cases * head.repeat,
            "completed_samples": summary.samples,
            "scores": list(_metrics(summary)),
        },
        "stats": {
            "started_at": head.started_at,
            "completed_at": head.started_at,
            "model_usage": {spec["model"]: usage} if summary.calls else {},
        },
    }


def _metrics(summary: Summary) -> Iterator[Json]:
    for name, metric in sorted(summary.metrics.items()):
        if metric.mean is not None:
            yield {
                "name": name,
                "scorer": name,
                "scored_samples": len(metric.values),
                "unscored_samples": metric.total - len(metric.values),
                "metrics": {"mean": {"name": "mean", "value": metric.mean}},
                "metadata": {"grey": metric.grey} if metric.grey else {},
            }


def _sample(result: Result, case: Conversation | None) -> Json:
    """One item. Of the hold-out the scores alone."""
    item, hidden = result.item, result.item.split == "holdout"
    messages = [] if hidden else _messages(result, case)
    return {
        "id": item.case,
        "epoch": item.sample + 1,
        "input": HIDDEN if hidden else next((each["content"] for each in messages), ""),
        "target": "",
        "messages": messages,
        "scores": dict(_scores(result, hidden=hidden)),
        "metadata": {"suite": item.suite, "tenant": item.cluster, "origin": item.origin, "tags": item.tags},
        "total_time": item.output.ms / 1000,
        **({"error": _error(item.output.error)} if item.output.error else {}),
    }


def _messages(result: Result, case: Conversation | None) -> list[Json]:
    """The talk as it stood: single answers stand in the recorded talk. Then what came of it, each thing a message of its own."""
    output = result.item.output
    produced = {turn.i: turn for turn in output.turns}
    turns = case.turns if case is not None and output.mode == "forced" else output.turns
    said = [(turn.role, produced.get(turn.i, turn).content) for turn in turns]
    made = [
        *(json.dumps(each, ensure_ascii=False, indent=1) for each in output.artifacts.experiments or ()),
        *([output.artifacts.filters.model_dump_json(indent=1)] if output.artifacts.filters else ()),
        *(
            each.declined or f"{each.subject or ''}\n\n{each.body}".strip()
            for each in output.artifacts.outreach
        ),
    ]
    return [
        {"id": f"{result.item.case}-{place}", "role": role, "content": content}
        for place, (role, content) in enumerate([*said, *(("assistant", text) for text in made)])
    ]


def _scores(result: Result, *, hidden: bool) -> Iterator[tuple[str, Json]]:
    """A score a scorer: the mean over the turns it looked at, and why it failed."""
    by_name: dict[str, list[Score]] = {}
    for score in result.scores:
        by_name.setdefault(score.scorer, []).append(score)
    for name, scores in by_name.items():
        values = [score.value for score in scores if score.value is not None]
        broke = [score.reason for score in scores if score.verdict == "error"]
        if values or broke:
            why = [
                f"turn {score.turn}: {score.reason}" if score.turn is not None else score.reason
                for score in scores
                if score.reason
            ]
            yield (
                name,
                {
                    "value": "error" if broke else fmean(values),
                    "explanation": None if hidden else "\n".join(why) or None,
                },
            )


def _error(text: str) -> Json:
    return {"message": text, "traceback": text, "traceback_ansi": text}
