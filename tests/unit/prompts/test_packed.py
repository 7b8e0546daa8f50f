"""A prompt's text is held once, in UTF-8, and is the same as it was."""

from dataclasses import replace

from prompts.prompt import RenderedPrompt

PROMPT = RenderedPrompt("a/b", 1, "a/b@1#00000000", "Say “yes” — or not.", "fast", None, "text")


def test_it_is_read_as_it_was_written() -> None:
    assert PROMPT.text == "Say “yes” — or not."
    assert replace(PROMPT, text="x \ud800").text == "x \ud800"


def test_no_other_form_of_it_is_kept() -> None:
    assert not any(isinstance(value, str) and "yes" in value for value in vars(PROMPT).values())


def test_prompts_of_the_same_text_are_equal() -> None:
    assert replace(PROMPT) == PROMPT
    assert hash(PROMPT) == hash(replace(PROMPT))
    assert replace(PROMPT, text="Say no.") != PROMPT
