"""A rendered prompt as it is kept: many wait, and long, with a prompt in hand."""

from collections.abc import Iterable, Sequence

SHORT = 100
"""Characters below which a piece costs less as a part of its neighbours than by itself: an object of its own takes some 50 bytes."""
LENIENT = "surrogatepass"
"""What the pieces hold is not judged here."""

Packed = tuple[str | bytes, ...]
"""Pieces of a text in their order, some of them in UTF-8."""


def pack(pieces: Iterable[str]) -> Packed:
    """Short neighbours in one piece; of the long ones most are wording, which is there once for all prompts of a template.

    In UTF-8, for a single “ would make a string of them take twice the memory.
    """
    packed: list[str | bytes] = []
    short: list[str] = []
    for piece in pieces:
        if len(piece) < SHORT:
            short.append(piece)
        else:
            packed += _joined(short)
            short.clear()
            packed.append(piece)
    return (*packed, *_joined(short))


def unpack(packed: Packed) -> str:
    """The text of these pieces."""
    return "".join([piece if isinstance(piece, str) else piece.decode("utf-8", LENIENT) for piece in packed])


def _joined(short: Sequence[str]) -> Sequence[str | bytes]:
    return ["".join(short).encode("utf-8", LENIENT)] if len(short) > 1 else short
