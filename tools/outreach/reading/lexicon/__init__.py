"""Words by which code tells what a sentence states, as data, in the languages that drafts are written in."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, folded, for lists that read best as text."""
    return frozenset(words.casefold().split())
