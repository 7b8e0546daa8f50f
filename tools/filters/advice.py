"""What a person can do when filters bring too few or too many people, as sentences: by what was counted, no model is asked."""

from tools.filters.ladders import BUILDERS
from tools.filters.optimiser import Optimised
from tools.filters.search import Band


def advice(found: Optimised, band: Band) -> list[str]:
    """Sentences for a person, the most useful first; none when the band is reached and every word was known."""
    return [*_words(found), *([] if found.reached else _towards(found, band))]


def _words(found: Optimised) -> list[str]:
    """Words that were left out because Wiza does not know them."""
    return [
        f"“{each['word']}” is not a word Wiza knows for {each['filter']} and was left out"
        + (f"; nearest: {', '.join(each['nearest'])}." if each["nearest"] else ".")
        for each in found.refused
    ]


def _towards(found: Optimised, band: Band) -> list[str]:
    few = found.count < band.low
    sentences = [_nearest(found, band, few=few)]
    if found.locked:
        sentences.append(f"{_named(found.locked)} stayed as asked: the experiment tests that.")
    stiff = [name for name in found.filters.wire() if name not in BUILDERS and name not in found.locked]
    if stiff and few:
        sentences.append(
            f"{_named(stiff)} can only be changed by you: with other words, or without it, more people match."
        )
    if not few:
        sentences.append(
            "A filter that was not set yet, such as place, level or company size, narrows it further."
        )
    return sentences


def _nearest(found: Optimised, band: Band, *, few: bool) -> str:
    side = f"fewer than {band.low}" if few else f"more than {band.high}"
    if found.proven:
        return f"The nearest that can be reached is {found.count}, {side}: nothing that may be moved leads nearer."
    return f"The nearest that was counted is {found.count}, {side}; more counts may lead nearer."


def _named(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(names)
