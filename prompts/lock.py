"""Holds wording and version together: `lock.json` names each prompt's version and the hash of all that shapes its answer.

Text that changed without a new version fails the check, so an answer's tag always leads back to one wording.
"""

import json
from pathlib import Path
from typing import TypedDict

from prompts.loader import FOLDER, PromptLibrary, library
from prompts.prompt import PromptInvalid

LOCK_FILE = FOLDER / "lock.json"


class LockEntry(TypedDict):
    """One prompt as it was locked."""

    version: int
    hash: str


def check_lock(prompts: PromptLibrary | None = None, path: Path = LOCK_FILE) -> list[str]:
    """What differs between the prompts and the lock, one sentence each; empty when nothing does."""
    locked = read_lock(path)
    current = _current(prompts or library())
    problems = [_difference(prompt_id, locked.get(prompt_id), entry) for prompt_id, entry in current.items()]
    problems += [
        f"{prompt_id} is locked but its file is gone; lock again"
        for prompt_id in locked.keys() - current.keys()
    ]
    return [problem for problem in problems if problem]


def write_lock(prompts: PromptLibrary | None = None, path: Path = LOCK_FILE) -> None:
    """Lock the prompts as they are now. Raises PromptInvalid when a text changed under the same version."""
    locked = read_lock(path)
    current = _current(prompts or library())
    unbumped = [
        prompt_id
        for prompt_id, entry in current.items()
        if prompt_id in locked
        and (entry["version"], entry["hash"]) != (locked[prompt_id]["version"], locked[prompt_id]["hash"])
        and entry["version"] <= locked[prompt_id]["version"]
    ]
    if unbumped:
        raise PromptInvalid(f"raise the version first: {', '.join(unbumped)}")
    path.write_text(json.dumps(current, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def read_lock(path: Path = LOCK_FILE) -> dict[str, LockEntry]:
    """The lock's entries by prompt id; none when there is no file yet."""
    entries: dict[str, LockEntry] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return entries


def _current(prompts: PromptLibrary) -> dict[str, LockEntry]:
    loaded = [prompts.load(prompt_id) for prompt_id in prompts.ids()]
    return {prompt.head.id: {"version": prompt.head.version, "hash": prompt.hash} for prompt in loaded}


def _difference(prompt_id: str, locked: LockEntry | None, current: LockEntry) -> str | None:
    if locked is None:
        return f"{prompt_id} is not locked yet; lock it"
    if current == locked:
        return None
    if current["version"] > locked["version"]:
        return f"{prompt_id} has a new version that is not locked yet; lock it"
    return f"{prompt_id} or one of its partials changed without a new version; raise `version`, then lock"
