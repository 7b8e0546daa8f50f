"""Checks every prompt file: form, inputs, sample, size, lock."""

from pathlib import Path

from prompts.loader import PromptLibrary, library
from prompts.lock import LOCK_FILE, check_lock
from prompts.prompt import PromptInvalid
from prompts.sample import SAMPLES, render_sample

MAX_LINES = 250


def lint(
    prompts: PromptLibrary | None = None, *, samples: Path = SAMPLES, lock: Path = LOCK_FILE
) -> list[str]:
    """Every problem as a sentence; empty when all prompts are in order."""
    prompts = prompts or library()
    problems = [problem for prompt_id in prompts.ids() for problem in _lint_one(prompts, prompt_id, samples)]
    return problems or check_lock(prompts, lock)


def _lint_one(prompts: PromptLibrary, prompt_id: str, samples: Path) -> list[str]:
    try:
        body = prompts.load(prompt_id).body
        render_sample(prompt_id, prompts, samples)
    except PromptInvalid as problem:
        return [str(problem)]
    lines = body.count("\n")
    return [f"{prompt_id} has {lines} lines; {MAX_LINES} is the limit"] if lines > MAX_LINES else []
