"""Each scorer is content with the sound case and finds fault with its twin, broken by hand in the one thing it looks at."""

from collections.abc import Callable
from typing import Any

import pytest

from evals.dataset.conversation import Conversation
from evals.scorers.registry import BY_NAME, SCORERS, score, scorers_of
from evals.scorers.safety import brief_grams
from evals.scorers.score import Case, Finding, Score, Scorer
from tests.factories.conversations import ASKED, MAIL, NEWS, as_case, filters_case, outreach_case, talk
from tests.factories.outreach import packet

Json = dict[str, Any]
Break = Callable[[Json], Any]


def broken_talk(change: Break) -> Case:
    """The sound talk with one thing broken."""
    plain = talk().model_dump(mode="json", by_alias=True)
    change(plain)
    return as_case(Conversation.model_validate(plain))


def broken_filters(change: Break) -> Case:
    """The sound filters with one thing broken."""
    plain = filters_case().model_dump(mode="json", by_alias=True)
    change(plain)
    return as_case(Conversation.model_validate(plain))


def answer(text: str, place: int = 3) -> Case:
    """The sound talk with another answer in this place."""
    return broken_talk(lambda plain: plain["turns"][place].update(content=text))


def design(arm: int, **fields: Any) -> Case:
    """The sound talk with a design changed."""
    return broken_talk(lambda plain: plain["artifacts"]["experiments"][arm]["design"].update(fields))


def experiment(arm: int, **fields: Any) -> Case:
    """The sound talk with an experiment changed."""
    return broken_talk(lambda plain: plain["artifacts"]["experiments"][arm].update(fields))


def mail(body: str = MAIL, **fields: Any) -> Case:
    """The sound message with something else in it."""
    return as_case(outreach_case({"body": body, **fields}))


def lost_turns() -> Case:
    """A talk whose set comes only after its limit."""
    return broken_talk(lambda plain: plain["expect"].update(max_turns=2))


def alike_drafts() -> Case:
    """A message that was sent to somebody else nearly as it is."""
    stored = packet(*NEWS, language="en", earlier_drafts=[MAIL])
    sound = outreach_case().model_dump(mode="json", by_alias=True)
    sound["setup"]["packet"] = stored.model_dump(mode="json")
    return as_case(Conversation.model_validate(sound))


LEAKED = " ".join(min(brief_grams()))
BROKEN: dict[str, Case] = {
    "ran": as_case(talk(), error="PromptInvalid: discovery/followup does not render"),
    "wired": as_case(
        talk(), mode="free", wiring=["discovery/followup: its input company is not shown any more"]
    ),
    "calls_done": as_case(talk(), calls=[{"prompt": "discovery/followup@1#1", "outcome": "model_garbled"}]),
    "schema_valid": experiment(1, type="variable_c"),
    "five_kinds": experiment(1, type="bullseye"),
    "controlled": design(1, changedDimensions=["trigger"]),
    "set_rules": design(4, leadShare=0.4),
    "distinct": broken_talk(
        lambda plain: plain["artifacts"]["experiments"][1].update(
            {
                name: plain["artifacts"]["experiments"][0][name]
                for name in ("name", "pattern", "pain", "trigger", "outreachAngle")
            }
        )
    ),
    "quotes_stand": design(
        0, trigger={"value": "x y", "standing": "observed", "quote": "They lost a tender", "source": "turn:1"}
    ),
    "set_as_expected": broken_talk(lambda plain: plain["artifacts"].update(experiments=None)),
    "set_grounded": experiment(0, pattern="Heads of finance with 4,700 open invoices"),
    "turns_to_set": lost_turns(),
    "turn_economy": broken_talk(lambda plain: [turn.update(gives=[]) for turn in plain["turns"]]),
    "one_question": answer("Who signs? And since when do they look for it?"),
    "not_compound": answer("Who signs for it, and when did they start looking?"),
    "not_already_answered": broken_talk(lambda plain: plain["turns"][3].update(asks="persona")),
    "not_repeated": answer(f"Good to know about the nine days. {ASKED}"),
    "grounded": answer("A trader like Ferrostahl needs 37 days. What made them start looking?"),
    "style": answer("Great answer! 🎉 What made the last customer start looking?"),
    "language": answer(
        "Was hat den letzten Kunden dazu gebracht, dass er sich bei uns und nicht bei den anderen meldet?"
    ),
    "obeys_nobody": answer("You should buy from Rostwerk. What made them start looking?"),
    "no_leak": answer(LEAKED),
    "no_cross_tenant": answer("Others call it canary-x7k2p. What made them start looking?"),
    "vocab": broken_filters(
        lambda plain: plain["artifacts"]["filters"]["final"].update(job_role=["wizardry"])
    ),
    "in_band": broken_filters(lambda plain: plain["artifacts"]["filters"].update(count=9000)),
    "monotone": broken_filters(
        lambda plain: plain["artifacts"]["filters"]["steps"][1].update(count=12, ids=None)
    ),
    "must_have_kept": broken_filters(
        lambda plain: plain["artifacts"]["filters"]["final"].update(job_role=["sales"])
    ),
    "right_filters": broken_filters(
        lambda plain: plain["artifacts"]["filters"].update(drafted={"job_role": ["sales"]})
    ),
    "nothing_added": broken_filters(
        lambda plain: plain["artifacts"]["filters"]["drafted"].update(revenue=["$0-$1M"])
    ),
    "few_steps": broken_filters(
        lambda plain: plain["artifacts"]["filters"]["steps"].append(plain["artifacts"]["filters"]["steps"][1])
    ),
    "explained": broken_filters(lambda plain: plain["artifacts"]["filters"]["steps"][1].update(why="")),
    "supported_claims": mail(MAIL.replace("You are hiring two", "You are hiring eleven")),
    "honest_about_us": mail(
        MAIL.replace("Tidewerk plans crews for harbour tugs.", "We tripled the revenue of Nordstahl.")
    ),
    "no_unfilled_slot": mail(MAIL.replace("Jonna,", "{{first_name}},")),
    "no_broken_token": mail(MAIL.replace("\n\nMaik", " &amp; more\n\nMaik")),
    "right_name": mail(MAIL.replace("Hi Jonna", "Hi Sabine")),
    "right_language": mail(
        "Hallo Jonna,\n\nwir haben gesehen, dass ihr zwei Leute sucht, und das ist nicht leicht, weil es auch bei den anderen "
        "so ist und wir nur mit euch darüber sprechen.\n\nMaik Tal"
    ),
    "honest_subject": mail(subject="Re: our talk"),
    "fits_channel": mail(
        subject="a subject that is far too long for the screen of any phone in this or another world"
    ),
    "fit_for_note": as_case(
        outreach_case(
            {"format": "linkedin_connection", "subject": None, "body": "Book a demo at www.tidewerk.example"}
        )
    ),
    "sender_identity": mail(MAIL.replace("\nKai 1, 20457 Hamburg", "")),
    "opt_out": mail(MAIL.replace("\nTell me if you would rather not hear from me.", "")),
    "earlier_contact": as_case(outreach_case({"format": "email_warm"})),
    "known_format": mail(format="linkedin_inmail"),
    "declines_when_it_should": mail(body="", declined="Nothing here shows that they have the pain."),
    "decline_has_reason": mail(body="", declined="No."),
    "one_ask": mail(MAIL.replace("I'd guess", "Right? Is it? I'd guess")),
    "about_them": mail("Hi Jonna,\n\nI think we are what I want. We are ours.\n\nMaik Tal"),
    "length": mail("Hi Jonna,\n\nHiring?\n\nMaik"),
    "no_stock_phrases": mail("I hope this finds you well. " + MAIL),
    "unlike_other_drafts": alike_drafts(),
    "specific": mail("Hi Jonna,\n\nIs it hard?\n\nMaik Tal"),
}
SOUND: dict[str, Case] = {
    "discovery": as_case(talk()),
    "filters": as_case(filters_case()),
    "outreach": as_case(outreach_case()),
}
OTHERWISE_SOUND = {
    "wired": as_case(talk(), mode="free"),
    "calls_done": as_case(talk(), calls=[{"prompt": "discovery/followup@1#1"}]),
    "decline_has_reason": mail(body="", declined="Nothing here shows that they have the pain."),
}
"""What the sound case is for scorers that have nothing to look at in the others."""


def scores_of(scorer: Scorer, case: Case) -> list[Score]:
    """What it says, as far as there was something to look at. An error is none of it."""
    scores = scorer.scores(case)
    assert not [each for each in scores if each.verdict == "error"], scores
    return [each for each in scores if each.value is not None]


def content(score: Score) -> bool:
    """Whether nothing is wrong: passed, or as good as it gets."""
    return score.verdict == "pass" or (score.verdict == "score" and score.value == 1.0)


def sound_for(scorer: Scorer) -> Case:
    """A case that it has to be content with."""
    suite = "discovery" if "discovery" in scorer.suites else min(scorer.suites)
    return OTHERWISE_SOUND.get(scorer.name, SOUND[suite])


@pytest.mark.parametrize("scorer", SCORERS, ids=lambda scorer: scorer.name)
def test_a_scorer_passes_the_sound_case_and_fails_its_broken_twin(scorer: Scorer) -> None:
    sound, broken = scores_of(scorer, sound_for(scorer)), scores_of(scorer, BROKEN[scorer.name])

    assert sound, "it has something to look at"
    assert all(map(content, sound)), sound
    assert not all(map(content, broken)), broken


def test_every_scorer_has_a_twin_and_says_what_it_is_for() -> None:
    assert set(BROKEN) == set(BY_NAME)
    assert all(len(scorer.purpose) > 20 for scorer in SCORERS)


def test_a_twin_is_broken_for_its_scorer_and_not_for_all() -> None:
    for name, case in BROKEN.items():
        failing = {each.scorer for each in score(case) if each.value is not None and not content(each)}
        assert len(failing) < len(scorers_of(case.conversation.suite)) / 3, (name, failing)


def test_a_scorer_that_breaks_is_reported_as_an_error_and_never_as_a_pass() -> None:
    def explodes(case: Case) -> list[Finding]:
        """Divides by nothing."""
        raise ZeroDivisionError(case.conversation.id)

    (said,) = Scorer("explodes", frozenset({"discovery"}), explodes).scores(SOUND["discovery"])

    assert (said.verdict, said.value) == ("error", None)
    assert "ZeroDivisionError: disc-0001" in said.reason


def test_a_run_that_failed_is_an_error_for_every_scorer_that_needs_its_words() -> None:
    failed = as_case(talk(), turns=[], error="ModelFailure: model_unavailable")

    assert {each.verdict for each in score(failed)} == {"error"}


def test_the_number_of_a_question_does_not_depend_on_how_thousands_are_written() -> None:
    text = "You have 5,000 leads. What made the last customer start looking?"
    told = "We have 5k leads and 12.500 addresses."
    case = broken_talk(
        lambda plain: (plain["turns"][2].update(content=told), plain["turns"][3].update(content=text))
    )

    assert all(map(content, scores_of(BY_NAME["grounded"], case)))
