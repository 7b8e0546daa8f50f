"""The clean-up may take away and put in order; what the page does not say never gets through."""

from hypothesis import given
from hypothesis import strategies as st

from tools.experiments.evidence import fold
from tools.websites.cleanup import faithful

PAGE = """Home Products Pricing Login
We use cookies. Accept all
Crew plans that survive
the first late ship
Tidewerk plans crews for harbour tugs. 14 day trial, then EUR 89 per
tug and month.
Plan | Price
Solo | EUR 89
"We stopped redoing the plan at 2 a.m." Jonna Reiff, Brennholt Towage"""


def test_lines_mended_and_marked_as_markdown_are_kept() -> None:
    answer = """## Crew plans that survive the first late ship

Tidewerk plans crews for harbour tugs. 14 day trial, then EUR 89 per tug and month.

> "We stopped redoing the plan at 2 a.m."
> Jonna Reiff, Brennholt Towage

| Plan | Price |
|---|---|
| Solo | EUR 89 |"""
    assert faithful(answer, PAGE) == answer


def test_a_sentence_the_page_does_not_say_is_cut_out() -> None:
    answer = "Tidewerk plans crews for harbour tugs. It is ISO 27001 certified. 14 day trial, then EUR 89 per tug and month."
    assert faithful(answer, PAGE) == (
        "Tidewerk plans crews for harbour tugs. 14 day trial, then EUR 89 per tug and month."
    )


def test_a_changed_number_is_no_quote() -> None:
    kept = faithful("- Tidewerk plans crews for harbour tugs.\n- 30 day trial", PAGE)
    assert kept == "- Tidewerk plans crews for harbour tugs."


def test_an_answer_that_is_mostly_made_up_is_not_used_at_all() -> None:
    assert (
        faithful("We are the world's leading tug platform, trusted by 4,000 ports. Crew plans", PAGE) is None
    )


def test_no_content_and_empty_answers_leave_the_extracted_text() -> None:
    assert faithful("NO CONTENT: We use cookies.", PAGE) is None
    assert faithful("  \n", PAGE) is None


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_kept_line_stands_in_the_page(answer: str, page: str) -> None:
    kept = faithful(answer, page)
    for line in (kept or "").splitlines():
        words = (
            line.lstrip("#>-*+ \t|0123456789.)")
            .rstrip("| \t")
            .replace("**", "")
            .replace("__", "")
            .replace("`", "")
        )
        for cell in words.split("|"):
            for sentence in cell.split(". "):
                assert fold(sentence).rstrip(".") in fold(page) or not any(c.isalnum() for c in sentence)
