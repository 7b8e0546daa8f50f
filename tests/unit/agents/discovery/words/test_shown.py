"""Words are compared with what was shown without regard to case, white space and the marks around them."""

import re
import sys
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from agents.discovery.words.shown import Shown, blocks, copied, plain, without_blocks
from tests.unit.agents.discovery.words.test_dictation import PAGE, PROMPT

MARKS = " \t\n\"'“”„«»‹›*_`.,;:!?¡¿…-–—()[]"
TAGS = [
    "<untrusted-page>",
    "</untrusted-page>",
    "<untrusted-a-b>",
    "</untrusted-a-b>",
    "<untrusted-",
    ">",
    "<untrusted-…>",
    "said",
]
PARTS = st.sampled_from([*TAGS, "\n", "\n", " ", "</untrusted-page> more"])
BLOCKS = re.compile(r"^<untrusted-([a-z-]+)>$.*?^</untrusted-\1>", re.DOTALL | re.MULTILINE)


@given(
    st.text(
        st.sampled_from("aB  ..\n\n\t\r\x0b\x1c\x85\u2028\xa0“ß\u0130é漢")
        | st.characters(codec=None, exclude_categories=()),
        max_size=30,
    )
)
@example("The  rent\n \n“is free”\nfor a\tday. ")
def test_a_text_is_compared_in_lower_case_with_single_spaces_and_no_marks_around_it(text: str) -> None:
    assert plain(text) == " ".join(text.casefold().split()).strip(MARKS)


@given(
    st.lists(
        st.text(
            st.sampled_from("aB  ..\n\n\t\r\x0b\x1c\x85\u2028\xa0“ß\u0130\u017f\u212aﬁ漢ΣÄ\ud800")
            | st.characters(codec=None, exclude_categories=()),
            max_size=30,
        ),
        max_size=6,
    )
)
def test_a_long_text_is_compared_as_a_short_one_is(parts: list[str]) -> None:
    text = "\n  The rent  of a House is free.  ".join([*parts, *[""] * 20])

    assert plain(text) == " ".join(text.casefold().split()).strip(MARKS)


def test_every_character_is_compared_without_case_in_a_long_text() -> None:
    for start in range(0, sys.maxunicode + 1, 40):
        text = "The Rent is free. " * 99 + "|".join(
            map(chr, range(start, min(start + 40, sys.maxunicode + 1)))
        )

        assert plain(text) == " ".join(text.casefold().split()).strip(MARKS)


def test_short_texts_coincide_and_are_not_called_copied() -> None:
    shown = Shown(["Another page.", PAGE])
    assert copied("the rent is free", shown)
    assert copied("“The rent\n IS free!”", shown)
    assert not copied("rent is free", shown)
    assert copied("rent is free", shown, words=3)
    assert not copied("The rent is free on Sundays", shown)
    assert not copied("…", shown, words=1)


@given(st.lists(PARTS, max_size=16).map("".join))
@example("<untrusted-page>\nsaid\n</untrusted-page> more\n<untrusted-page>\n\n</untrusted-page>")
@example("said <untrusted-page>\nsaid\n</untrusted-page>")
@example("<untrusted-page>\n<untrusted-a-b>\n</untrusted-a-b>\n<untrusted-page>")
def test_a_block_is_what_stands_between_two_tags_of_a_name_on_lines_of_their_own(text: str) -> None:
    prompt = replace(PROMPT, pieces=("Brief.\n", text))
    found = list(BLOCKS.finditer(prompt.text))

    assert blocks(prompt.text, "page", "a-b") == [block.group() for block in found]
    assert blocks(prompt.text, "page") == [block.group() for block in found if block.group(1) == "page"]
    assert without_blocks(text) == BLOCKS.sub("\n", text)
