"""Run files: JSON lines, only ever appended to. The head, then for each case what was produced and what was scored.

A process that dies leaves at most one broken line at the end, which the next one cuts off: nothing that was paid for is lost.
"""

import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from evals.dataset.conversation import Origin, Record, Split, Suite
from evals.mistakes import Mistake
from evals.runs.output import Mode, Output
from evals.runs.ways import Ways
from evals.scorers.score import Score

HARD_MARK = "*"
RUNS = Path(__file__).resolve().parent / "recorded"
"""Where runs are kept on this machine; git leaves it alone."""


class RunInvalid(Mistake):
    """A run file that can't be read, or that is not what is asked for. The message says where and why."""


class Head(Record):
    """What a run was: what is compared with what is decided by this."""

    kind: Literal["run"] = "run"
    form: Literal["run/1"] = "run/1"
    name: str
    suite: Suite | Literal["all", "wiring"]
    mode: Mode
    started_at: str
    app: str = ""
    prompts: dict[str, str] = Field(
        {}, description="Prompt id → tag, of every prompt that the run could use."
    )
    model: str = ""
    sandbox: bool = Field(
        False, description="Played by the sandbox: says something of wiring, nothing of quality."
    )
    repeat: int = 1
    cases: int = Field(0, description="How many cases it was to do.")
    note: str = Field("", description="Where it comes from, when it is no run of the product: hand-made.")
    ways: Ways | None = Field(
        None, description="What replays could pass through. None: nothing was replayed, or the run is older."
    )


class Item(Record):
    """What was produced for one case."""

    kind: Literal["item"] = "item"
    case: str
    sample: int = 0
    suite: Suite
    split: Split
    cluster: str
    origin: Origin
    tags: list[str] = Field(default_factory=list)
    output: Output

    @property
    def key(self) -> tuple[str, int]:
        """What names it in its run."""
        return self.case, self.sample


class Scored(Record):
    """What scorers said of one item. A later line for the same item takes the place of an earlier one."""

    kind: Literal["scored"] = "scored"
    case: str
    sample: int = 0
    scores: list[Score]

    @property
    def key(self) -> tuple[str, int]:
        """The item's key."""
        return self.case, self.sample


Entry = Annotated[Head | Item | Scored, Field(discriminator="kind")]
_ENTRY: TypeAdapter[Head | Item | Scored] = TypeAdapter(Entry)


@dataclass(frozen=True)
class Result:
    """One item with its newest scores."""

    item: Item
    scores: list[Score]


class RunWriter:
    """Appends to one run file. One process at a time; close it at the end."""

    def __init__(self, path: Path, head: Head) -> None:
        """Begin a run, or go on with it. Raises RunInvalid when the file is another run's or somebody writes it now."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BufferedRandom = path.open("r+b" if path.exists() else "w+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise RunInvalid(f"{path.name} is being written by another process") from error
        _cut_broken_end(self._file)
        self.done = self._read_done(path, head)
        self.path = path

    def _read_done(self, path: Path, head: Head) -> set[tuple[str, int]]:
        entries = list(read_keys(path))
        if not entries:
            self._append(head)
            return set()
        before = read_head(path)
        same = ("suite", "mode", "prompts", "model", "sandbox", "repeat")
        changed = [name for name in same if getattr(before, name) != getattr(head, name)]
        if changed:
            self._file.close()
            raise RunInvalid(
                f"{path.name} is a run with another {' and '.join(changed)}; give this one another name"
            )
        return {(case, sample) for kind, case, sample in entries if kind == "scored"}

    def add(self, item: Item, scores: list[Score]) -> None:
        """Keep an item and its scores, at once on disk."""
        self._append(item)
        self._append(Scored(case=item.case, sample=item.sample, scores=scores))

    def rescore(self, scored: Scored) -> None:
        """Keep new scores of an item that is there."""
        self._append(scored)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _append(self, entry: Head | Item | Scored) -> None:
        plain = {"kind": entry.kind, **entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)}
        self._file.seek(0, 2)
        self._file.write(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        self._file.flush()


def _cut_broken_end(file: BufferedRandom) -> None:
    """Remove a last line that was not written to its end."""
    file.seek(0)
    content = file.read()
    whole = content.rfind(b"\n") + 1
    if whole != len(content):
        file.truncate(whole)


def read_head(path: Path) -> Head:
    """What a run was. Raises RunInvalid when the file is none."""
    try:
        with path.open("rb") as file:
            return Head.model_validate_json(file.readline())
    except (OSError, ValidationError) as error:
        raise RunInvalid(f"{path} is no run file: {_short(error)}") from error


def read_keys(path: Path) -> Iterator[tuple[str, str, int]]:
    """Kind, case and sample of each line, without the rest. Raises RunInvalid for a line that is no JSON object."""
    for number, raw in _lines(path) if path.exists() else ():
        try:
            entry = json.loads(raw)
            yield str(entry["kind"]), str(entry.get("case", "")), int(entry.get("sample", 0))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise RunInvalid(f"{path.name}:{number}: this is no line of a run") from error


def read_results(path: Path) -> Iterator[Result]:
    """Items with their newest scores, in the file's order, one at a time. Raises RunInvalid naming file and line.

    Items without scores, whose process died between, are left out. In memory is only where each score stands.
    """
    places = _newest_scores(path)
    with path.open("rb") as scores:
        for number, raw in _lines(path):
            if not raw.startswith(b'{"kind":"item"'):
                continue
            item = _entry(path, number, raw)
            if isinstance(item, Item) and item.key in places:
                line, offset = places[item.key]
                scores.seek(offset)
                scored = _entry(path, line, scores.readline())
                if isinstance(scored, Scored):
                    yield Result(item, scored.scores)


def _newest_scores(path: Path) -> dict[tuple[str, int], tuple[int, int]]:
    """Line and byte of each item's last scores."""
    places: dict[tuple[str, int], tuple[int, int]] = {}
    offset = 0
    for number, raw in _lines(path):
        if raw.startswith(b'{"kind":"scored"'):
            entry = _entry(path, number, raw)
            if isinstance(entry, Scored):
                places[entry.key] = number, offset
        offset += len(raw)
    return places


def _entry(path: Path, number: int, raw: bytes) -> Head | Item | Scored:
    try:
        return _ENTRY.validate_json(raw)
    except ValidationError as error:
        raise RunInvalid(f"{path.name}:{number}: {_short(error)}") from error


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.endswith(b"\n"):
                yield number, raw


def _short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc'])) or 'the line'}: {first['msg']}"
    return str(error)
