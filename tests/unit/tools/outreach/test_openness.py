"""Ordinary words in open sentences: what a day, a thank-you, a customer's name or a retold post may say."""

import pytest

from tests.factories.outreach import evidence, failed, packet, review, unsupported
from tests.unit.tools.outreach.sentences.fresh import OF_WORDS
from tools.outreach.evidence import Subject
from tools.outreach.reading.ordinary import ordinary_words

POST = evidence(
    "signal.1", "Late ships on Mondays ruin my week.", kind="social_activity", subject=Subject.LEAD
)
SENT = evidence("message.1", "Who redoes the shift plan at night?", kind="message", subject=Subject.US)
HIRES = evidence("page.1", "We are hiring two crew planners for our night desk, no experience needed.")


@pytest.mark.parametrize(
    "word",
    ["swapping", "tidier", "inboxes", "beschäftige", "Viertelstunde", "einzuschätzen", "Dienstagvormittag"],
)
def test_ordinary_words_are_known_in_every_form(word: str) -> None:
    assert any(words.holds(word.casefold().replace("ä", "a")) for words in ordinary_words().values())


@pytest.mark.parametrize(
    "word", ["globex", "siemenstochter", "hochzeit", "wedding", "petra", "explosion", "merger"]
)
def test_names_and_words_that_tell_of_somebody_are_not(word: str) -> None:
    assert not any(words.holds(word) for words in ordinary_words().values())


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Could I show you on Tuesday or Thursday afternoon?", "en"),
        ("How about Thursday at 10?", "en"),
        ("Passt Ihnen ein kurzes Telefonat am Dienstagvormittag?", "de"),
    ],
)
def test_a_day_in_an_invitation_is_no_claim(said: str, language: str) -> None:
    assert unsupported(said, packet(language=language)) == []


@pytest.mark.parametrize(
    "said",
    [
        "Your night desk was empty on Tuesday.",
        "You were short of people last Thursday.",
        "Did your crews rest on Monday?",
    ],
)
def test_a_day_in_a_statement_about_the_reader_is(said: str) -> None:
    assert unsupported(said, packet(language="en"))


def test_a_post_is_retold_by_its_own_words_alone() -> None:
    given = packet(POST, language="en")
    assert unsupported("Your line about late ships on Mondays made me smile.", given) == []
    assert unsupported("You wrote that late ships on Mondays ruin your week.", given) == []
    assert unsupported("Your line about late ships on Fridays made me smile.", given)
    assert unsupported("Your line about late ships on Mondays made me smile.", packet(language="en"))


def test_an_own_message_is_retold_when_it_went_out() -> None:
    said = "A while ago I asked who redoes the shift plan at night."
    assert not failed(review(said, packet(SENT, language="en"))) & OF_WORDS
    assert unsupported(said, packet(language="en"))
    assert unsupported("A while ago I asked who runs the depot in Emden.", packet(SENT, language="en"))


def test_what_we_wrote_does_not_show_that_they_asked() -> None:
    assert unsupported("You asked me to write.", packet(SENT, language="en"))
    assert unsupported("Sie hatten mich um Preise gebeten.", packet(SENT, language="de"))


def test_thanks_for_connecting_goes_to_a_connection_only() -> None:
    thanks = "Thanks for connecting!"
    given = packet(language="en")
    assert not failed(review(thanks, given, form="linkedin_message", subject=None)) & OF_WORDS
    assert "supported_claims" in failed(review(thanks, given))


def test_a_customers_name_carries_that_they_are_one_and_a_fact_of_theirs_nobody_elses() -> None:
    given = packet(language="en")
    assert unsupported("Nordstahl uses Tidewerk.", given) == []
    assert unsupported("Nordstahl loves Tidewerk.", given)
    assert unsupported("Tidewerk closes in two days.", given)


def test_a_denial_in_another_clause_denies_nothing() -> None:
    assert unsupported("You are hiring two crew planners.", packet(HIRES, language="en")) == []
    assert unsupported("You are not hiring crew planners.", packet(HIRES, language="en"))


@pytest.mark.parametrize(
    ("said", "held"), [("in ten days", True), ("in a day", False), ("within a single day", False)]
)
def test_one_span_of_time_is_not_ten_of_them(said: str, held: bool) -> None:
    given = packet(evidence("page.1", "The night desk is set up in ten days."), language="en")
    assert bool(unsupported(f"The night desk is set up {said}.", given)) is not held


def test_a_million_in_short_ends_no_sentence() -> None:
    invented = "Vermutlich fallen 5 Mio. € Schichten aus."
    given = packet(evidence("page.1", "Die Leitstelle plant Schichten."), language="de")
    assert unsupported(f"Viele Grüße. {invented}", given) == [invented]


@pytest.mark.parametrize(
    ("said", "held"), [("einen Vormittag", True), ("einen Tag", False), ("eine Stunde", False)]
)
def test_a_day_is_no_morning(said: str, held: bool) -> None:
    given = packet(evidence("page.1", "Die Umstellung der Leitstelle dauert einen Vormittag."), language="de")
    assert bool(unsupported(f"Die Umstellung der Leitstelle dauert {said}.", given)) is not held


def test_a_year_that_dates_a_part_of_what_is_named_makes_the_rest_no_older() -> None:
    part = evidence("page.1", "We run eleven tugs, the oldest of them from 1989.")
    whole = evidence("page.1", "In 1989 we ran eleven tugs.")
    assert unsupported("You run eleven tugs.", packet(part, language="en")) == []
    assert unsupported("You run eleven tugs.", packet(whole, language="en"))


def test_a_hyphenated_word_is_carried_by_itself() -> None:
    given = packet(evidence("page.1", "We have ordered two shallow-water tugs."), language="en")
    assert unsupported("You have ordered two shallow-water tugs.", given) == []
    assert unsupported("You have ordered two deep-water tugs.", given)


def test_words_of_theirs_are_retold_behind_them_and_as_they_put_it() -> None:
    given = packet(POST, language="en")
    assert unsupported("Late ships on Mondays ruin your week, you wrote.", given) == []
    assert unsupported("Late ships on Fridays ruin your week, you wrote.", given)
    assert unsupported("As you put it, late ships on Mondays ruin your week.", given) == []


def test_an_appointment_is_no_appointment_to_office() -> None:
    books = evidence("page.1", "Patients book an appointment online.")
    assert unsupported("What happens when an appointment slips?", packet(books, language="en")) == []
    assert unsupported("You were appointed as harbour master.", packet(language="en"))
