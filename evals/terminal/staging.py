"""A stage for one command: servers, cache, budget; what stops a run ends the command with 2."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer

from evals.dataset.conversation import Conversation
from evals.dataset.reading import conversations
from evals.replay.cache import AnswerCache
from evals.replay.errors import RunStopped
from evals.replay.models import Budget
from evals.replay.stage import Stage, open_servers, open_stage
from evals.terminal.naming import stop
from tools.providers.models.failure import ModelFailure

T = TypeVar("T")


def on_stage(
    work: Callable[[Stage], Awaitable[T]],
    *,
    sandbox: bool,
    budget: float | None,
    settings: dict[str, str] | None = None,
) -> T:
    """What `work` gives on a stage of its own. `settings` stand in the environment's place."""
    try:
        return asyncio.run(_staged(work, sandbox, budget, settings))
    except (RunStopped, ModelFailure) as error:
        raise stop(error) from error


async def _staged(
    work: Callable[[Stage], Awaitable[T]],
    sandbox: bool,
    budget: float | None,
    settings: dict[str, str] | None,
) -> T:
    cache = AnswerCache()
    try:
        async with (
            open_servers(sandbox=sandbox) as servers,
            open_stage(servers, cache=cache, budget=Budget(budget), environment=settings) as stage,
        ):
            return await work(stage)
    finally:
        cache.close()


def one_case(name: str) -> Conversation:
    """The case of that id, with answers to replay; else the command ends with 2."""
    found = next(conversations(ids=[name]), None)
    if found is None or not found.said("assistant"):
        typer.echo(f"There is no talk {name}.", err=True)
        raise typer.Exit(2)
    return found
