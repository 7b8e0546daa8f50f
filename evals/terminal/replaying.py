"""Runs that ask models. Importing this file loads the graphs, which takes seconds."""

import asyncio
import subprocess
from collections.abc import Iterator
from pathlib import Path

import typer

from api.settings import read_section, settings_environment
from evals.dataset.conversation import Conversation
from evals.replay.cache import AnswerCache
from evals.replay.choosing import chosen_prompts, tags_of
from evals.replay.errors import RunStopped
from evals.replay.forecast import answers_of, forecast
from evals.replay.models import Budget
from evals.replay.probing import probe_cases
from evals.replay.running import Plan, run_cases
from evals.replay.stage import ROOT, open_servers, open_stage
from evals.runs.file import RUNS, Head, RunInvalid, RunWriter, read_head, read_results
from evals.runs.output import Mode
from evals.runs.scoring import now
from evals.runs.summary import Summary, summarise
from evals.runs.ways import Ways
from evals.terminal.selection import WIRING, Selection
from evals.trails.graphs import drawn_edges
from tools.providers.models.settings import ModelSettings


def run(  # noqa: PLR0913 — the options of a command line
    path: Path,
    name: str,
    chosen: Selection,
    mode: Mode,
    *,
    sandbox: bool,
    prompts: Path | None,
    revision: str,
    repeat: int,
    budget: float | None,
    at_once: int,
    ask: bool,
) -> None:
    """Forecast, ask, run. Ends the command with 2 when the run has to stop; what is done is kept."""
    settings = {"OPENAI_API_KEY": "sandbox", **settings_environment()}
    models = read_section(ModelSettings, settings)
    try:
        with chosen_prompts(prompts, revision) as library:
            cases = [answers_of(case) for case in _cases(chosen)]
            if not sandbox:
                typer.echo(forecast(cases, repeat, models, _before(mode)).text(budget))
                if ask and not typer.confirm("Go on?", default=True):
                    raise typer.Exit(2)
            head = Head(
                name=name,
                suite=chosen.suite,
                mode=mode,
                started_at=now(),
                app=_revision(),
                prompts=tags_of(library),
                model="sandbox" if sandbox else f"{models.model}, {models.fast_model}",
                sandbox=sandbox,
                repeat=repeat,
                cases=len(cases),
                ways=Ways(edges=drawn_edges(), branches=library.branches()),
            )
            writer = RunWriter(path, head)
            try:
                asyncio.run(
                    _run(_cases(chosen), writer, Plan(mode, repeat, at_once), Budget(budget), sandbox=sandbox)
                )
            finally:
                writer.close()
    except RunStopped as stopped:
        typer.echo(
            f"Stopped: {stopped}. What is done is kept in {path.name}; the same command goes on behind it.",
            err=True,
        )
        raise typer.Exit(2) from stopped


async def _run(
    cases: Iterator[Conversation], writer: RunWriter, plan: Plan, budget: Budget, *, sandbox: bool
) -> None:
    cache = AnswerCache()
    try:
        async with (
            open_servers(sandbox=sandbox) as servers,
            open_stage(servers, cache=cache, budget=budget) as stage,
        ):
            await run_cases(stage, cases, writer, plan, typer.echo)
    finally:
        cache.close()


def _cases(chosen: Selection) -> Iterator[Conversation]:
    if chosen.suite == WIRING:
        yield from probe_cases()
    yield from chosen.cases()


def _before(mode: Mode) -> Summary | None:
    """The newest finished run of this mode with real models."""
    for path in sorted(RUNS.glob("*.jsonl"), key=lambda path: -path.stat().st_mtime):
        try:
            head = read_head(path)
        except RunInvalid:
            continue
        if head.mode == mode and not head.sandbox:
            return summarise(read_results(path))
    return None


def _revision() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip()
