"""Reading data files a line at a time: whatever is wrong is a problem with file and line, and the rest is read on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from evals.dataset.conversation import Conversation, Split, Suite
from evals.dataset.smalltalk import PREFIX, TAG, small_talk, with_small_talk
from evals.mistakes import Mistake

DATA = Path(__file__).resolve().parents[1] / "data"
LONGEST_LINE = 4_000_000


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


@dataclass(frozen=True)
class Line:
    """One conversation and where it stands."""

    file: str
    line: int
    conversation: Conversation


class DataInvalid(Mistake):
    """Data that can't be used. `problems` say where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def data_files(folder: Path = DATA) -> list[Path]:
    """Every file of conversations, sorted: `<split>/<suite>[.<part>].jsonl`."""
    return sorted(folder.glob("*/*.jsonl"))


def read_file(path: Path, folder: Path | None = None) -> Iterator[Line | Problem]:
    """The lines of one file, in order. Blank lines are passed over."""
    name = _name(path, folder)
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                yield _read(name, number, raw)


def _read(name: str, number: int, raw: bytes) -> Line | Problem:
    if len(raw) > LONGEST_LINE:
        return Problem(name, number, f"the line is longer than {LONGEST_LINE:,} bytes")
    try:
        return Line(name, number, Conversation.model_validate_json(raw))
    except ValidationError as error:
        return Problem(name, number, _what_is_wrong(error))


def _what_is_wrong(error: ValidationError) -> str:
    """The first mistakes, each with the place in the line."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    said = [f"{'.'.join(map(str, item['loc'])) or 'the line'}: {item['msg']}" for item in found[:3]]
    more = f"; and {len(found) - 3} more" if len(found) > 3 else ""
    return "; ".join(said) + more


def conversations(
    folder: Path = DATA,
    *,
    suite: Suite | None = None,
    split: Split | None = None,
    tags: Iterable[str] = (),
    ids: Iterable[str] = (),
) -> Iterator[Conversation]:
    """The conversations asked for, one at a time: the whole data set is never in memory.

    Those of the robustness set only when their tag or one of their ids is. Raises DataInvalid at the first line that can't be
    read, SmallTalkMissing when what the robustness set is made of is not installed.
    """
    wanted_tags, wanted_ids = frozenset(tags), frozenset(ids)
    found = _stored(folder, split)
    if TAG in wanted_tags or any(name.startswith(PREFIX) for name in wanted_ids):
        found = chain(found, _noisy(folder)) if split != "holdout" else found
    for case in found:
        if suite is not None and case.suite != suite:
            continue
        if wanted_tags <= set(case.tags) and (not wanted_ids or case.id in wanted_ids):
            yield case


def _stored(folder: Path, split: Split | None) -> Iterator[Conversation]:
    for path in data_files(folder):
        if split is not None and path.parent.name != split:
            continue
        for item in read_file(path, folder):
            if isinstance(item, Problem):
                raise DataInvalid([item])
            yield item.conversation


def _noisy(folder: Path) -> Iterator[Conversation]:
    yield from with_small_talk(_stored(folder, "dev"), small_talk())


def _name(path: Path, folder: Path | None) -> str:
    try:
        return str(path.relative_to(folder)) if folder else path.name
    except ValueError:
        return path.name
