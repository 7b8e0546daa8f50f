"""What a rendered prompt holds: its text, and nothing of its wording a second time."""

import sys
from dataclasses import replace

from prompts.loader import render
from prompts.prompt import RenderedPrompt

PROMPT = RenderedPrompt("a/b", 1, "a/b@1#00000000", ("\n Say “yes”", " — or not.\n\n"), "fast", None, "text")
PAGE = {"url": "https://tidewerk.example/", "title": "Tidewerk", "text": "We plan crews for harbour tugs."}
OTHER = {"url": "https://northgate.example/", "title": "Northgate", "text": "Doors for cold stores."}


def test_its_text_is_its_pieces_without_white_space_around_them() -> None:
    assert PROMPT.text == "Say “yes” — or not.\n"


def test_prompts_of_the_same_pieces_are_equal() -> None:
    assert replace(PROMPT) == PROMPT
    assert hash(PROMPT) == hash(replace(PROMPT))
    assert replace(PROMPT, pieces=("Say no.",)) != PROMPT


def test_two_of_one_template_share_its_wording() -> None:
    one, other = (render("website/cleanup", **page) for page in (PAGE, OTHER))
    shared = {id(piece) for piece in one.pieces} & {id(piece) for piece in other.pieces}
    own = sum(sys.getsizeof(piece) for piece in other.pieces if id(piece) not in shared)
    assert one.text != other.text
    assert own < sys.getsizeof(other.text) / 3
