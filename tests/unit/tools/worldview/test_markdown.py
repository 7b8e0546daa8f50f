"""A worldview's Markdown holds statements as plain text, by section, in the workspace's language."""

from hypothesis import given
from hypothesis import strategies as st

from tools.worldview.markdown import KeptStatement, markdown, plain


def kept(section: str, text: str = "They plan crews.") -> KeptStatement:
    return {"section": section, "text": text, "quote": "plan crews", "source": "page:https://a.example/?x=1"}


def test_sections_stand_in_their_order_and_empty_ones_are_left_out() -> None:
    text = markdown("Tidewerk", "en", [kept("goals"), kept("company"), kept("goals", "More ports.")])
    assert text == (
        "# Tidewerk\n\n## Who we are\n\n- They plan crews.\n  > “plan crews” (page: https://a.example/?x=1)\n\n"
        "## Where we are going\n\n- They plan crews.\n  > “plan crews” (page: https://a.example/?x=1)\n"
        "- More ports.\n  > “plan crews” (page: https://a.example/?x=1)\n"
    )


def test_headings_follow_the_language() -> None:
    assert "## Wer kauft" in markdown("Tidewerk", "de-AT", [kept("customers")])
    assert "## Who buys" in markdown("Tidewerk", "", [kept("customers")])


def test_links_pictures_and_tags_stay_text() -> None:
    text = markdown("A", "en", [kept("company", "![x](https://evil.example/p) <script> [a](b)\n# Heading")])
    assert "![x](" not in text
    assert "\\<script\\>" in text
    assert text.count("\n#") == 1


@given(st.text(max_size=200))
def test_no_text_begins_a_line_or_a_mark_of_its_own(text: str) -> None:
    written = plain(text)
    assert "\n" not in written
    for mark in "[]<>`*_#|":
        assert written.count(mark) == written.count(f"\\{mark}")
