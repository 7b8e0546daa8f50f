"""A judge: one criterion, reasons before the verdict, another model than the one under test."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from evals.dataset.conversation import Turn
from evals.judging.labels import Value
from evals.replay.errors import RunStopped
from evals.replay.stage import Stage
from prompts.loader import Prompt, PromptLibrary
from tools.discovery.answers import ModelAnswer
from tools.providers.models.usage import UsageMeter

FOLDER = Path(__file__).resolve().parents[1]
SHOWN = 8
"""Turns before the answer that a judge sees."""


class JudgeVerdict(ModelAnswer):
    """What a judge answers."""

    reasons: str = Field(
        max_length=1_000, description="What in the answer decides it, with its words quoted."
    )
    verdict: Literal["pass", "fail", "cannot_tell"] = Field(
        description="pass or fail by the criterion alone; cannot_tell else."
    )


def judge_prompt(key: str) -> Prompt:
    """The judge's wording. Raises PromptInvalid."""
    return PromptLibrary(FOLDER).load(f"judges/{key}")


async def judge(stage: Stage, key: str, history: Sequence[Turn], answer: Turn) -> tuple[Value, str]:
    """The verdict on one answer, with the reasons. Raises ModelFailure."""
    said = [{"speaker": turn.role, "text": turn.content} for turn in history[-SHOWN:]]
    prompt = PromptLibrary(FOLDER).render(f"judges/{key}", history=said, answer=answer.content)
    found = await stage.models.structured(
        prompt, [{"role": "user", "content": "Judge the answer."}], JudgeVerdict, meter=UsageMeter()
    )
    return found.verdict, found.reasons


def require_other_model(judge_model: str, under_test: str) -> None:
    """Raises RunStopped when a model would judge itself."""
    if judge_model in {name.strip() for name in under_test.split(",")}:
        raise RunStopped(f"{judge_model} is the model under test: a judge is another one (EVALS_JUDGE_MODEL)")
