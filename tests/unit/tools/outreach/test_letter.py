"""What a model hands in is read by code: whole, and while it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.models.outreach import OutreachFormat
from tools.outreach.drafter import Declined
from tools.outreach.formats import FORMATS
from tools.outreach.writing.letter import Hearing, Letter, read_answer

MAIL, NOTE = FORMATS[OutreachFormat.EMAIL_COLD], FORMATS[OutreachFormat.LINKEDIN_CONNECTION]
TEXT = "Subject: night desk\n\nHi Jonna,\n\nIs it yours?\n\nMaik"


@pytest.mark.parametrize(
    "answer",
    [
        TEXT,
        f"\n{TEXT}\n",
        TEXT.replace("\n", "\r\n"),
        f"```\n{TEXT}\n```",
        TEXT.replace("Subject:", "**Subject:**"),
    ],
)
def test_subject_and_body_are_told_apart(answer: str) -> None:
    assert read_answer(answer, MAIL) == Letter("night desk", "Hi Jonna,\n\nIs it yours?\n\nMaik")


def test_a_subject_is_dropped_where_the_channel_has_none_and_missed_where_it_is_needed() -> None:
    assert read_answer(TEXT, NOTE) == Letter(None, "Hi Jonna,\n\nIs it yours?\n\nMaik")
    assert read_answer("Hi Jonna, is it yours?", MAIL) == Letter(None, "Hi Jonna, is it yours?")


def test_a_decline_has_a_reason_and_what_is_missing() -> None:
    said = read_answer("DECLINE: Nothing is known\nof her.\nMISSING: A page.", MAIL)
    assert said == Declined("Nothing is known of her.", ("A page.",))
    assert read_answer("**DECLINE:** No.", MAIL) == Declined("No.")
    assert read_answer("decline:", MAIL) == Declined("The model declined without a reason.")


def heard(*pieces: str) -> tuple[str | None, str]:
    """The subject and the text that were told."""
    hearing = Hearing()
    told = [item for piece in pieces for item in hearing.hear(piece)] + hearing.end()
    subject = next((item.text for item in told if item.kind == "subject"), None)
    return subject, "".join(item.text for item in told if item.kind == "text")


@given(st.lists(st.integers(1, 12), min_size=1, max_size=40))
def test_in_whatever_pieces_it_comes_the_same_is_told(sizes: list[int]) -> None:
    pieces, at = [], 0
    for size in [*sizes, len(TEXT)]:
        pieces.append(TEXT[at : at + size])
        at += size
    assert heard(*pieces) == ("night desk", "Hi Jonna,\n\nIs it yours?\n\nMaik")


def test_nothing_of_a_decline_is_told() -> None:
    assert heard(*"DECLINE: Nothing is known.\nMISSING: A page.") == (None, "")


def test_a_letter_without_subject_is_told_from_its_first_word_on() -> None:
    hearing = Hearing()
    assert hearing.hear("Hi ")[0].text == "Hi "
    assert heard("Su", "san, is it yours?") == (None, "Susan, is it yours?")
