"""What changed in the prompts between two folders of them: one heading a prompt, then the lines of its files that differ."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from prompts.loader import PromptLibrary
from prompts.prompt import PromptInvalid

GONE, NEW = "(gone)", "(new)"


def diff_prompts(before: PromptLibrary, after: PromptLibrary, only: str = "") -> Iterator[str]:
    """Lines that tell what differs: `id: old tag → new tag`, then the files' changes, partials included.

    `only` is one prompt's id; without it all are compared. Raises PromptInvalid when neither folder has it.
    """
    ids = sorted({*before.ids(), *after.ids()})
    if only and only not in ids:
        raise PromptInvalid(f"there is no prompt {only}")
    for prompt_id in [only] if only else ids:
        old, new = _tag(before, prompt_id, NEW), _tag(after, prompt_id, GONE)
        if old != new:
            yield f"{prompt_id}: {old} → {new}"
            yield from _files(before, after, prompt_id)


def _files(before: PromptLibrary, after: PromptLibrary, prompt_id: str) -> Iterator[str]:
    names = sorted({*_sources(before, prompt_id), *_sources(after, prompt_id)})
    for name in names:
        old, new = _lines(before.folder / name), _lines(after.folder / name)
        yield from unified_diff(old, new, name, name, lineterm="", n=2)


def _sources(prompts: PromptLibrary, prompt_id: str) -> list[str]:
    """The prompt's file and its partials; none when the folder has no such prompt."""
    return list(prompts.load(prompt_id).sources) if prompt_id in prompts.ids() else []


def _tag(prompts: PromptLibrary, prompt_id: str, absent: str) -> str:
    return prompts.load(prompt_id).tag.removeprefix(prompt_id) if prompt_id in prompts.ids() else absent


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
