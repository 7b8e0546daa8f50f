"""The robustness set: talks of the data set with strangers' small talk around what the founder says. Made when asked for, kept nowhere.

The small talk is of the package chitchat-dataset (MIT, 7,168 talks of volunteers in 2018), which the extra `evals-robustness`
installs; none of its words is in this repository. What a talk tells stays told, so whatever scores otherwise is the noise's doing.
"""

import heapq
import importlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from evals.dataset.conversation import Conversation, Turn
from evals.dataset.residue import personal_data
from evals.mistakes import Mistake

TAG = "robustness"
PREFIX = "chat-"
"""What the ids of these cases begin with; the id of the talk follows."""
PACKAGE = "chitchat_dataset"
SPREAD = 2_000
"""Lines that are drawn from, of some hundred thousand."""
FEWEST, MOST = 4, 24
"""Words of a line: a nod distracts nobody, and a story is no aside."""


class SmallTalkMissing(Mistake):
    """The package is not installed. The message names what to install."""


def with_small_talk(talks: Iterable[Conversation], lines: tuple[str, ...]) -> Iterator[Conversation]:
    """English talks written by hand, each as a case of its own with a line before or behind whatever the founder says."""
    for talk in talks:
        if talk.suite == "discovery" and talk.source.origin == "scripted" and "en" in talk.tags:
            yield _noisy(talk, lines)


@cache
def small_talk(package: str = PACKAGE) -> tuple[str, ...]:
    """The lines, the same in every run. Raises SmallTalkMissing."""
    try:
        module: Any = importlib.import_module(package)
    except ModuleNotFoundError as error:
        raise SmallTalkMissing(
            "The robustness set draws on the package chitchat-dataset: uv pip install -r pyproject.toml --extra evals-robustness."
        ) from error
    talks: Mapping[str, Any] = module.Dataset()
    said = {
        part["text"].strip() for talk in talks.values() for message in talk["messages"] for part in message
    }
    return tuple(heapq.nsmallest(SPREAD, filter(_is_aside, said), key=_mark))


def _noisy(talk: Conversation, lines: tuple[str, ...]) -> Conversation:
    turns = [_around(talk.id, turn, lines) if turn.role == "user" else turn for turn in talk.turns]
    note = f"{talk.source.note} Small talk of chitchat-dataset (MIT) stands around what the founder says."
    return talk.model_copy(
        update={
            "id": PREFIX + talk.id,
            "tags": [*talk.tags, TAG],
            "turns": turns,
            "source": talk.source.model_copy(update={"note": note}),
        }
    )


def _around(name: str, turn: Turn, lines: tuple[str, ...]) -> Turn:
    """The turn with a line before it, every other time behind it."""
    place = int(_mark(f"{name} {turn.i}"), 16)
    line = lines[place % len(lines)]
    said = f"{line}\n{turn.content}" if turn.i % 4 == 0 else f"{turn.content}\n{line}"
    return turn.model_copy(update={"content": said})


def _is_aside(line: str) -> bool:
    return FEWEST <= len(line.split()) <= MOST and line.isascii() and not any(personal_data(line))


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()
