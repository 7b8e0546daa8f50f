"""Sentences in the experiment's words show the field that they are from; it proves nothing of the lead, and nothing of us."""

import pytest

from tests.factories.outreach import EXPERIMENT, claims, evidence, failed, packet, review
from tools.outreach.evidence import Subject

HIRING = evidence("e1", "We are hiring two crew planners for our night desk.")
WORKING = "experiment.pain"


def rests_on(text: str, *more: str) -> list[tuple[str, list[str]]]:
    found = claims(text, packet(*([HIRING] if "e1" in more else [])))
    return [(claim.text, claim.evidence_ids) for claim in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Shift plans are redone by hand after each delay.",
        "I'd guess shift plans are redone by hand after each delay.",
        "Perhaps a delay means that somebody redoes the shift plans by hand.",
    ],
)
def test_a_sentence_in_the_experiment_s_words_is_a_claim_that_names_the_field(sentence: str) -> None:
    assert rests_on(sentence) == [(sentence, [WORKING])]


def test_what_evidence_does_not_say_of_a_claim_is_shown_to_be_the_experiment_s() -> None:
    said = "Hiring crew planners is usually the moment when shift plans get redone by hand."

    assert rests_on(said, "e1") == [(said, ["e1", WORKING])]


@pytest.mark.parametrize(
    "said", ["Who redoes shift plans after each delay?", "Hi Jonna,", "Would a short reply help?"]
)
def test_a_question_and_a_greeting_state_nothing_of_it(said: str) -> None:
    assert not any("experiment" in name for _, ids in rests_on(said) for name in ids)


@pytest.mark.parametrize(
    "said",
    [
        "You hire crew planners.",
        "Brennholt redoes its shift plans by hand after each delay.",
        "Your company hires crew planners, and shift plans are redone by hand.",
        "The company hires crew planners.",
        "Tidewerk replans while it happens.",
        "We replan while it happens.",
    ],
)
def test_the_experiment_proves_nothing_of_the_lead_and_nothing_of_us(said: str) -> None:
    found = packet()

    assert any(not claim.evidence_ids for claim in claims(said, found))
    assert "supported_claims" in failed(review(said, found))


def test_a_sentence_in_the_experiment_s_words_makes_no_message_specific() -> None:
    checked = review("Shift plans are redone by hand after each delay.", packet())

    assert "specific" in failed(checked, hard=False)
    assert [item.subject for item in checked.evidence] == [Subject.EXPERIMENT]
    assert checked.evidence[0].text == EXPERIMENT.pain
    assert not failed(checked) & {"supported_claims", "honest_about_us", "fresh_evidence"}
