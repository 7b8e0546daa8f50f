"""What an approved customer's name carries: that they are one, and the facts that name them. Nothing else."""

from collections.abc import Iterable, Sequence

from tools.outreach.evidence import EvidencePacket
from tools.outreach.reading.lexicon import word_set
from tools.outreach.reading.mentions import Mentions
from tools.outreach.reading.sentences import Sentence, bare, key_of, sentences_of

_BEING_ONE = word_set(
    "use uses using work works working with customer customers client clients among include includes already "
    "nutzt nutzen arbeitet arbeiten kunde kunden kundin zählt zählen gehört gehören bereits setzt"
)
"""What the name alone says of them and us."""


def keys_of_name(name: str) -> frozenset[str]:
    """The words of a name, folded."""
    return frozenset(bare(word.key) for sentence in sentences_of(name) for word in sentence.words)


def customers_words(packet: EvidencePacket) -> frozenset[str]:
    """Words of approved customers' names."""
    return frozenset(word for name in packet.sender.customers for word in keys_of_name(name))


def customers_named(sentence: Sentence, packet: EvidencePacket) -> frozenset[str]:
    """Approved customers that a sentence names: what a fact says of one it says of nobody else."""
    said = frozenset(map(bare, sentence.keys))
    return frozenset(name for name in packet.sender.customers if keys_of_name(name) <= said)


def is_only_our_customer(
    found: Mentions, rest: Mentions, named: Sequence[str], telling: Iterable[str]
) -> bool:
    """Whether a sentence says of customers that they are ours and nothing else. `named`: ids of who is named; `rest`: what is named besides."""
    if not any(name.startswith("customer.") for name in named):
        return False
    if found.lead or found.company or found.about_you:
        return False
    told = rest.others or rest.addresses or rest.numbers or rest.dates or rest.events or rest.recent
    return not told and all(key_of(word) in _BEING_ONE for word in telling)
