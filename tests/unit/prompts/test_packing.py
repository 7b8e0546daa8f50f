"""How a prompt waits: in few pieces, none of which repeats its template's long wording."""

import sys

import pytest

from prompts.loader import render
from prompts.packing import SHORT, Packed, pack, unpack
from prompts.sample import sample_inputs

WORDING = "Say it plainly. " * SHORT


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        ["", ""],
        ["one"],
        [WORDING],
        ["<fact>", "“Tür an Tür”", "</fact>", WORDING, "a", "b"],
        [WORDING, "alone", WORDING, "漢字", "\U0001f680"],
        ["cut \ud83d", "\ude80 in two"],
    ],
)
def test_a_text_comes_back_as_it_was(pieces: list[str]) -> None:
    assert unpack(pack(pieces)) == "".join(pieces)


def test_long_pieces_are_kept_and_short_neighbours_joined() -> None:
    first, second = WORDING + "1", WORDING + "2"
    packed = pack(["a", "b", first, "c", second, "d", "“e”"])
    assert packed == (b"ab", first, "c", second, "d“e”".encode())
    assert packed[1] is first
    assert packed[3] is second


def test_a_prompt_of_many_facts_takes_less_memory_than_their_texts_would_one_by_one() -> None:
    inputs = sample_inputs("discovery/followup")
    facts = [{"id": f"onboarding:fact{n}", "text": f"They sell {n} doors a day."} for n in range(30)]
    few, many = (render("discovery/followup", **{**inputs, "facts": shown}) for shown in (facts[:1], facts))
    alone = sum(sys.getsizeof(fact["id"]) + sys.getsizeof(fact["text"]) for fact in facts[1:])
    assert _size(many.pieces) - _size(few.pieces) < alone


def _size(packed: Packed) -> int:
    return sys.getsizeof(packed) + sum(sys.getsizeof(piece) for piece in packed)
