"""Cleans text of websites, models and imports before it is stored, and counts what it took away.

(At REST, NUL and lone surrogates are refused instead: there a client can correct itself.)
"""

from dataclasses import dataclass
from typing import Any

import orjson

from prompts.characters import clean, clean_piece

MAX_DEPTH = 32


@dataclass(frozen=True)
class CleanedText:
    """`dropped` counts characters removed or replaced, `cut` tells whether the end is missing."""

    text: str
    dropped: int
    cut: bool


def clean_text(text: str, limit: int) -> CleanedText:
    """At most `limit` characters of the text, without NUL, control, invisible and bidi characters or lone surrogates."""
    cleaned, dropped = clean(text)
    return CleanedText(cleaned[:limit], dropped, cut=len(cleaned) > limit)


def one_line(text: str, *, limit: int) -> str:
    """Foreign text as a name: invisible characters removed, white space folded, at most `limit` characters."""
    folded = " ".join(clean(text)[0].split())
    # Cleaned again: the cut may leave a joiner at the end.
    return clean(folded[:limit])[0].strip()


def clean_delta(piece: str) -> str:
    """A piece of a model's streamed answer, without what may never be stored or shown. Joiners of emoji stay."""
    # Nearly every piece: printable ASCII needs no look for what can't be seen.
    return piece if piece.isascii() and piece.isprintable() else clean_piece(piece)[0]


def clean_json(value: Any) -> Any:
    """The same JSON value with every string and key cleaned. Raises ValueError when it is nested deeper than 32."""
    return value if _is_clean(value) else _cleaned(value, 0)


def _is_clean(value: Any) -> bool:
    """Whether it is flat, and nothing is to be cleaned in it as one text: most answers of models are so."""
    try:
        text = orjson.dumps(value).decode()
    except (TypeError, RecursionError):
        return False
    if "\\" in text or text.count("[") + text.count("{") > MAX_DEPTH:
        return False
    return clean(text) == (text, 0)


def _cleaned(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise ValueError(f"JSON nested deeper than {MAX_DEPTH}")
    if isinstance(value, str):
        return clean(value)[0]
    if isinstance(value, list):
        return [_cleaned(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {clean(str(key))[0]: _cleaned(item, depth + 1) for key, item in value.items()}
    return value
