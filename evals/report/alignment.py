"""Two talks side by side: turn by turn, word by word, and where they part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from evals.dataset.conversation import Conversation, Turn
from evals.runs.output import Output

Piece = tuple[Literal["same", "gone", "new"], str]
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Pair:
    """One place of both talks. `parts`: the talks part here, and were the same before."""

    i: int
    role: str
    before: str | None
    after: str | None
    parts: bool = False


def aligned(case: Conversation | None, before: Output | None, after: Output) -> list[Pair]:
    """The turns of both, by place. The founder's words come from the case where a run holds answers only."""
    told = {turn.i: turn for turn in case.turns if turn.role == "user"} if case else {}
    old = {**told, **by_place(before.turns if before else ())}
    new = {**told, **by_place(after.turns)}
    if before is not None and before.mode != "forced":
        old = by_place(before.turns)
    if after.mode != "forced":
        new = by_place(after.turns)
    pairs: list[Pair] = []
    parted = False
    for place in sorted(old.keys() | new.keys()):
        one, other = old.get(place), new.get(place)
        differs = before is not None and not same(one, other)
        role = (other or one or Turn(i=place, role="user", content="")).role
        pairs.append(
            Pair(
                place,
                role,
                one.content if one else None,
                other.content if other else None,
                differs and not parted,
            )
        )
        parted = parted or differs
    return pairs


def by_place(turns: Sequence[Turn]) -> dict[int, Turn]:
    """The turns by their place."""
    return {turn.i: turn for turn in turns}


def same(one: Turn | None, other: Turn | None) -> bool:
    """Whether two turns say the same, white space apart."""
    if one is None or other is None:
        return one is other
    return one.content.split() == other.content.split()


def word_diff(before: str, after: str) -> list[Piece]:
    """What stayed, what is gone and what is new, in the order of reading."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(old[a:b])))
            continue
        if a != b:
            pieces.append(("gone", "".join(old[a:b])))
        if c != d:
            pieces.append(("new", "".join(new[c:d])))
    return pieces


Experiment = Mapping[str, object]
KINDS = ("bullseye", "variable_a", "variable_b", "contrarian", "long_shot")
WORDS = ("name", "pattern", "pain", "trigger", "outreachAngle")
DIMENSIONS = ("persona", "firmographic", "situation", "trigger", "angle", "channel")


@dataclass(frozen=True)
class FieldChange:
    """One field of an experiment in both runs."""

    field: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether it says something else."""
        return self.before.split() != self.after.split()


@dataclass(frozen=True)
class Card:
    """One kind of experiment in both runs. `verdict` says in a word what is different."""

    kind: str
    verdict: str
    fields: list[FieldChange]


def cards(before: Sequence[Experiment], after: Sequence[Experiment]) -> list[Card]:
    """The experiments matched by kind, field by field."""
    old, new = _by_kind(before), _by_kind(after)
    kinds = [kind for kind in KINDS if kind in old or kind in new]
    return [_card(kind, old.get(kind), new.get(kind)) for kind in kinds]


def _card(kind: str, old: Experiment | None, new: Experiment | None) -> Card:
    words = [FieldChange(name, _text(old, name), _text(new, name)) for name in WORDS]
    design = [FieldChange(f"{name} (design)", _value(old, name), _value(new, name)) for name in DIMENSIONS]
    moved = [change.field.removesuffix(" (design)") for change in design if change.changed]
    if old is None or new is None:
        verdict = "new" if old is None else "lost"
    elif moved:
        verdict = f"{', '.join(moved)} changed"
    elif any(change.changed for change in words):
        verdict = "reworded"
    else:
        verdict = "same"
    return Card(kind, verdict, [*words, *design])


def _by_kind(experiments: Sequence[Experiment]) -> dict[str, Experiment]:
    return {str(item.get("type")): item for item in experiments}


def _text(item: Experiment | None, name: str) -> str:
    return str((item or {}).get(name) or "")


def _value(item: Experiment | None, name: str) -> str:
    design = (item or {}).get("design")
    dimension = design.get(name) if isinstance(design, Mapping) else None
    if not isinstance(dimension, Mapping):
        return ""
    return f"{dimension.get('value', '')} [{dimension.get('standing', '')}]"
