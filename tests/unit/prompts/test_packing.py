"""How a prompt waits: in few pieces, none of which repeats its template's long wording."""

import sys
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.lists(st.sampled_from(["", "“short”", "x" * (SHORT - 1), "x" * SHORT, WORDING])))
def test_each_long_piece_stands_alone_between_its_short_neighbours(pieces: list[str]) -> None:
    expected: list[str | bytes] = []
    for long, run in groupby(pieces, lambda piece: len(piece) >= SHORT):
        group = list(run)
        expected += group if long or len(group) == 1 else ["".join(group).encode()]

    assert pack(pieces) == tuple(expected)


def test_a_prompt_of_many_facts_takes_less_memory_than_their_texts_would_one_by_one() -> None:
    inputs = sample_inputs("discovery/followup")
    facts = [{"id": f"onboarding:fact{n}", "text": f"They sell {n} doors a day."} for n in range(30)]
    few, many = (render("discovery/followup", **{**inputs, "facts": shown}) for shown in (facts[:1], facts))
    alone = sum(sys.getsizeof(fact["id"]) + sys.getsizeof(fact["text"]) for fact in facts[1:])
    assert _size(many.pieces) - _size(few.pieces) < alone


def _size(packed: Packed) -> int:
    return sys.getsizeof(packed) + sum(sys.getsizeof(piece) for piece in packed)
