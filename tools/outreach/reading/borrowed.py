"""What of a sentence stands in the experiment: our own words, shown with the field they are from. They prove nothing of anybody."""

from collections.abc import Iterable, Sequence

from tools.outreach.evidence import Evidence, EvidencePacket, Subject
from tools.outreach.reading.sentences import bare, forms, key_of, words_of

LEAST = 2
"""Words in common from which on a sentence is taken from a field: with one alone it may be chance."""


def borrowed(words: Sequence[str], packet: EvidencePacket, carriers: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of the experiment's fields that hold telling words of a sentence, the one with the most first.

    `carriers`: ids of the evidence that carries the sentence. What they say is not borrowed.
    """
    stored = packet.by_id()
    known = frozenset().union(*(_held(stored[name]) for name in carriers if name in stored))
    left = {word: found for word in words if not (found := forms(bare(key_of(word)))) & known}
    ids: list[str] = []
    while left:
        shared = {
            item.id: {word for word, found in left.items() if found & _held(item)}
            for item in packet.of(Subject.EXPERIMENT)
        }
        best = max(shared, key=lambda name: len(shared[name]), default=None)
        if best is None or len(shared[best]) < LEAST:
            break
        ids.append(best)
        left = {word: found for word, found in left.items() if word not in shared[best]}
    return tuple(ids)


def _held(item: Evidence) -> frozenset[str]:
    return frozenset(form for word, _, _ in words_of(item.text) for form in forms(bare(key_of(word))))
