"""Labels: what somebody thought of one answer. Only those made by a person calibrate a judge; those shipped are synthetic."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from evals.dataset.conversation import Record
from evals.dataset.reading import DataInvalid, Problem

LABELS = Path(__file__).resolve().parents[1] / "labels"
Value = Literal["pass", "fail", "cannot_tell"]


class TurnLabel(Record):
    """One line of `labels/<key>.jsonl`."""

    case: str
    turn: int = Field(ge=0)
    rater: str = Field(min_length=1, max_length=40)
    value: Value
    made_by: Literal["person", "model", "synthetic"]
    note: str = ""


def read_labels(key: str, folder: Path = LABELS) -> Iterator[TurnLabel]:
    """The labels of a key. Raises DataInvalid naming file and line."""
    path = folder / f"{key}.jsonl"
    if not path.is_file():
        return
    for _, found in _lines(path):
        if isinstance(found, Problem):
            raise DataInvalid([found])
        yield found


def lint_labels(answers: Mapping[str, Collection[int]], folder: Path = LABELS) -> Iterator[Problem]:
    """What is wrong with the labels, with file and line. `answers`: the places of the assistant's turns, by the id of their case."""
    for path in sorted(folder.glob("*.jsonl")):
        seen: set[tuple[str, int, str]] = set()
        for number, found in _lines(path):
            if isinstance(found, Problem):
                yield found
                continue
            place = (found.case, found.turn, found.rater)
            if found.case not in answers:
                yield Problem(_name(path), number, f"there is no case {found.case}")
            elif found.turn not in answers[found.case]:
                said = f"{found.case} has no answer at turn {found.turn}, which the label is about"
                yield Problem(_name(path), number, said)
            elif place in seen:
                said = f"{found.rater} labelled turn {found.turn} of {found.case} before"
                yield Problem(_name(path), number, said)
            seen.add(place)


def _lines(path: Path) -> Iterator[tuple[int, TurnLabel | Problem]]:
    """The labels of a file with their lines; what can't be read as a problem."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield number, TurnLabel.model_validate_json(line)
        except ValidationError as error:
            said = error.errors(include_url=False, include_input=False)[0]["msg"]
            yield number, Problem(_name(path), number, said)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def add_label(key: str, label: TurnLabel, folder: Path = LABELS) -> None:
    """Keep a label."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{key}.jsonl").open("a", encoding="utf-8") as file:
        file.write(label.model_dump_json(exclude_defaults=True) + "\n")


def by_people(labels: Iterator[TurnLabel]) -> dict[tuple[str, int], Value]:
    """What people agree on: turns that people labelled, those on which they disagree left out."""
    found: dict[tuple[str, int], set[Value]] = {}
    for label in labels:
        if label.made_by == "person" and label.value != "cannot_tell":
            found.setdefault((label.case, label.turn), set()).add(label.value)
    return {place: next(iter(values)) for place, values in found.items() if len(values) == 1}
