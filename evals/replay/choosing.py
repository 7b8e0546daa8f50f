"""Which prompts a run uses: the product's, those of a folder, or those of a git revision."""

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path

from evals.replay.errors import RunStopped
from evals.replay.models import took_branch
from evals.trails.templates import WatchedPrompts
from prompts.loader import FOLDER, PromptLibrary, using
from prompts.prompt import PromptInvalid


@contextmanager
def chosen_prompts(folder: Path | None, revision: str) -> Iterator[WatchedPrompts]:
    """Within this block the chosen prompts stand in the product's place, and tell the branches they take.

    Raises RunStopped when there are none.
    """
    with ExitStack() as stack:
        if revision:
            checked_out = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quiver-prompts-")))
            _check_out(revision, checked_out)
            folder = checked_out / FOLDER.name
        if folder is not None and not folder.is_dir():
            raise RunStopped(f"There is no folder {folder}.")
        chosen = WatchedPrompts(folder or FOLDER, took_branch)
        stack.enter_context(using(chosen))
        yield chosen


def tags_of(prompts: PromptLibrary) -> dict[str, str]:
    """The tag of each prompt; a broken one says that it is broken."""
    return {prompt_id: _tag(prompts, prompt_id) for prompt_id in prompts.ids()}


def _tag(prompts: PromptLibrary, prompt_id: str) -> str:
    try:
        return prompts.load(prompt_id).tag
    except PromptInvalid as error:
        return f"{prompt_id}@broken: {error}"


def _check_out(revision: str, folder: Path) -> None:
    if revision.startswith("-"):
        raise RunStopped(f"{revision!r} is not a revision")
    command = ["git", "archive", "--format=tar", revision, FOLDER.name]
    done = subprocess.run(command, cwd=FOLDER.parent, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise RunStopped(f"git has no prompts at {revision}: {done.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
