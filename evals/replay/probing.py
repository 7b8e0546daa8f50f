"""Probes: one case for each prompt, which sends it with its sample to the model and looks whether it is wired as recorded."""

import importlib
import time

from pydantic import BaseModel

from evals.dataset.conversation import Conversation, Suite
from evals.replay.errors import RunStopped
from evals.replay.models import Watched, calls_of, elapsed, watched
from evals.replay.stage import Stage
from evals.replay.wiring import lost, read_wiring
from evals.runs.output import Output
from prompts.loader import library
from prompts.prompt import PromptInvalid, RenderedPrompt
from prompts.sample import sample_inputs
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import ChatMessage
from tools.providers.models.usage import UsageMeter

PREFIX = "probe-"
SUITES: dict[str, Suite] = {"discovery": "discovery", "filters": "filters", "outreach": "outreach"}


def probe_cases() -> list[Conversation]:
    """A case for each prompt. It is no conversation: its one line only starts the model."""
    return [_case(prompt_id) for prompt_id in library().ids()]


def _case(prompt_id: str) -> Conversation:
    return Conversation.model_validate(
        {
            "schema": "conv/1",
            "id": f"{PREFIX}{prompt_id.replace('/', '-')}",
            "suite": SUITES.get(prompt_id.partition("/")[0], "discovery"),
            "split": "dev",
            "cluster": f"tenant:prompt-{prompt_id.partition('/')[0]}",
            "tags": ["probe", prompt_id],
            "source": {
                "origin": "scripted",
                "recorded_at": "2026-11-29",
                "note": "a probe of a prompt's wiring",
            },
            "setup": {"workspace": "Probe"},
            "turns": [{"i": 0, "role": "user", "content": "Go on."}],
        }
    )


async def probe(stage: Stage, case: Conversation) -> Output:
    """Look at the wiring, then send the prompt. Raises RunStopped."""
    prompt_id = case.tags[1]
    seen, meter, began = Watched(), UsageMeter(), time.monotonic()
    token = watched.set(seen)
    error = None
    try:
        seen.wiring += lost(prompt_id, library(), read_wiring())
        seen.branches.clear()  # what was rendered to look at the wiring went to no model
        await _send(stage, library().render(prompt_id, **sample_inputs(prompt_id)), meter)
    except RunStopped:
        raise
    except (PromptInvalid, ModelFailure, ImportError, AttributeError) as broke:
        error = f"{type(broke).__name__}: {broke}"
    finally:
        watched.reset(token)
    return Output(
        mode="forced",
        turns=case.turns,
        calls=calls_of([meter], seen.cached),
        ms=elapsed(began),
        error=error,
        wiring=sorted(set(seen.wiring)),
        branches=sorted(seen.branches),
    )


async def _send(stage: Stage, prompt: RenderedPrompt, meter: UsageMeter) -> None:
    history: list[ChatMessage] = [{"role": "user", "content": "Go on."}]
    if prompt.output == "text":
        async for _ in stage.models.stream(prompt, history, meter=meter):
            pass
        return
    module, _, name = prompt.output.partition(":")
    schema: type[BaseModel] = getattr(importlib.import_module(module), name)
    await stage.models.structured(prompt, history, schema, meter=meter)
