"""How alike conversations are: the share of the shorter one's word 5-grams that the other has too."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from evals.dataset.conversation import Conversation

GRAM = 5
MOST_SHARED = 0.2
WORD = re.compile(r"\w+")


def grams(text: str, size: int = GRAM) -> set[int]:
    """The word sequences of a text, as hashes: what is compared never needs its words again."""
    words = WORD.findall(text.casefold())
    return {hash(tuple(words[place : place + size])) for place in range(len(words) - size + 1)}


def talk_grams(conversation: Conversation) -> set[int]:
    """The sequences of a talk, message by message: none runs from one message into the next."""
    found: set[int] = set()
    for turn in conversation.turns:
        found |= grams(turn.content)
    return found


def too_alike(found: Mapping[str, set[int]], most: float = MOST_SHARED) -> Iterator[tuple[str, str, float]]:
    """The pairs of ids that share more than `most`, with their share."""
    holders: dict[int, list[str]] = defaultdict(list)
    for name, sequences in found.items():
        for sequence in sequences:
            holders[sequence].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        shared.update(_pairs(names))
    for (one, other), count in shared.items():
        share = count / min(len(found[one]), len(found[other]))
        if share > most:
            yield one, other, share


def _pairs(names: list[str]) -> Iterable[tuple[str, str]]:
    return ((one, other) for place, one in enumerate(names) for other in names[place + 1 :])
