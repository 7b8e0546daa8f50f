"""A rendered prompt as it is kept: many wait, and long, with a prompt in hand."""

from collections.abc import Sequence

SHORT = 100
"""Characters below which a piece costs less as a part of its neighbours than by itself: an object of its own takes some 50 bytes."""
LENIENT = "surrogatepass"
"""What the pieces hold is not judged here."""

Packed = tuple[str | bytes, ...]
"""Pieces of a text in their order, some of them in UTF-8."""


def pack(pieces: Sequence[str]) -> Packed:
    """Short neighbours in one piece; of the long ones most are wording, which is there once for all prompts of a template.

    In UTF-8, for a single “ would make a string of them take twice the memory.
    """
    packed: list[str | bytes] = []
    at = 0
    for place in [place for place, length in enumerate(map(len, pieces)) if length >= SHORT]:
        packed += _joined(pieces[at:place])
        packed.append(pieces[place])
        at = place + 1
    return (*packed, *_joined(pieces[at:]))


def unpack(packed: Packed) -> str:
    """The text of these pieces."""
    return "".join([piece if isinstance(piece, str) else piece.decode("utf-8", LENIENT) for piece in packed])


def _joined(short: Sequence[str]) -> Sequence[str | bytes]:
    return ["".join(short).encode("utf-8", LENIENT)] if len(short) > 1 else short
