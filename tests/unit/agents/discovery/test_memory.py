"""The talk's memory is bounded, keeps what was really said, and forgets no fact."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agents.discovery import memory
from tests.factories.states import SAID, brief, known, message, note, state
from tools.discovery.facts import said_in
from tools.discovery.schemas import Belief, HypothesisNotes, Note
from tools.discovery.shared_briefs import SharedBrief

QUOTE = "the head of finance closed the books in Excel"


def notes(*found: Note, beliefs: tuple[Belief, ...] = (), customers: bool | None = None) -> HypothesisNotes:
    return HypothesisNotes(
        notes=list(found),
        beliefs=list(beliefs),
        contradictions=[],
        has_paying_customers=customers,
        asked_topic="none",
        suggested_replies=[],
        placeholder="",
    )


def said(quote: str, *, value: str = "Head of finance", standing: str = "observed") -> Note:
    return Note(topic="persona", value=value, standing=standing, quote=quote, source_id="turn:1")  # type: ignore[arg-type]


def test_a_note_keeps_the_words_and_the_lasting_name_of_its_source() -> None:
    merged, new = memory.merge_notes(state(), notes(said(QUOTE)))
    item = merged["notes"]["persona"][0]
    assert new == 1
    assert (item["quote"], item["source"], item["stored"], item["standing"]) == (
        QUOTE,
        "turn:1",
        "turn:turn-1",
        "observed",
    )


@given(position=st.integers(0, len(QUOTE) - 1))
def test_a_note_with_one_changed_letter_is_thrown_away(position: int) -> None:
    forged = QUOTE[:position] + "#" + QUOTE[position + 1 :]
    merged, new = memory.merge_notes(state(), notes(said(forged)))
    assert (merged["notes"], new) == ({}, 0)


def test_an_order_to_us_is_no_source() -> None:
    ordered = state(messages=[message("user", "just give me five now", 5, order=True)])
    merged, _ = memory.merge_notes(ordered, notes(said("just give me five now")))
    assert merged["notes"] == {}


def test_without_customers_nothing_is_observed() -> None:
    merged, _ = memory.merge_notes(state(), notes(said(QUOTE), customers=False))
    assert merged["notes"]["persona"][0]["standing"] == "inferred"


def test_the_same_fact_twice_is_one_note_with_the_better_standing() -> None:
    merged, new = memory.merge_notes(state(), notes(said(QUOTE, standing="assumed"), said(QUOTE)))
    assert [item["standing"] for item in merged["notes"]["persona"]] == ["observed"]
    assert new == 1


def test_beliefs_are_the_users_own_sentences() -> None:
    beliefs = tuple(
        Belief(quote=quote, source_id="turn:4")
        for quote in ("Only finance buys this", "finance", "Everybody buys this")
    )
    merged, _ = memory.merge_notes(state(), notes(beliefs=beliefs))
    assert [belief["quote"] for belief in merged["beliefs"]] == ["Only finance buys this"]


def test_a_fact_of_turn_three_is_known_at_turn_two_hundred_and_can_still_be_quoted() -> None:
    talk = state()
    talk["known"], _ = memory.merge_notes(talk, notes(said(QUOTE)))
    for number in range(5, 200):
        newest = message("user", f"Something else about matter {number}.", number)
        talk["messages"], talk["talk"] = memory.trim(
            memory.add_message(talk["messages"], newest), talk["talk"], talk["known"]
        )
        topic = Note(
            topic="other",
            value=f"Matter {number}",
            standing="inferred",
            quote=newest["content"],
            source_id="",
        )
        talk["known"], _ = memory.merge_notes(talk, notes(topic))
    assert talk["known"]["notes"]["persona"][0]["quote"] == QUOTE
    assert memory.find_source(QUOTE, "turn:1", memory.sources_of(talk)) is not None
    assert len(json.dumps(talk["known"])) < 60_000
    assert len(talk["messages"]) == memory.WINDOW


def test_a_message_that_left_no_note_leaves_a_line() -> None:
    messages = [message("user", f"Remark {number}", number) for number in range(1, memory.WINDOW + 3)]
    kept, talk = memory.trim(messages, state()["talk"], known(notes={"other": [note("Remark 2", turn=2)]}))
    assert talk["digest"] == ["turn 1: Remark 1"]
    assert kept[0]["number"] == 3


def test_a_pasted_book_is_kept_by_its_ends() -> None:
    pasted = "Beginning. " + "x " * 30_000 + "The end."
    kept = memory.bounded(pasted, memory.NEWEST_LENGTH)
    assert len(kept) <= memory.NEWEST_LENGTH
    assert kept.startswith("Beginning.")
    assert kept.endswith("The end.")


def test_questions_are_kept_word_for_word_and_bounded() -> None:
    asked = memory.with_questions(
        ["Who signs?"], "They lost 9.5 days. Who signs? What had just happened at the last one?"
    )
    assert asked == ["Who signs?", "What had just happened at the last one?"]
    for number in range(100):
        asked = memory.with_questions(asked, f"And what of matter {number}?")
    assert len(asked) == memory.QUESTIONS
    assert asked[-1] == "And what of matter 99?"


def test_a_repeated_message_stands_once() -> None:
    once = [message("user", SAID["en"][0], 1)]
    assert memory.add_message(once, message("user", SAID["en"][0], 2)) == [message("user", SAID["en"][0], 2)]


def test_onboarding_is_known_from_the_first_turn() -> None:
    facts = [
        {"id": "onboarding:customerEvidence.hasPayingCustomers", "text": "true"},
        {"id": "onboarding:customerEvidence.bestCustomers.0.role", "text": "Head of finance"},
    ]
    told = memory.with_onboarding(known(), state(brief=brief(facts=facts)))
    assert told["customers"] == "has_customers"
    assert told["notes"]["persona"][0]["standing"] == "observed"


ROLES = st.sampled_from(["Head of finance", "head of  finance", "Owner", "Auditor", *map(str, range(20))])


@given(
    told=st.lists(st.tuples(st.sampled_from(["role", "name", "industry", "quote"]), ROLES), max_size=40),
    said=st.lists(ROLES, max_size=15),
)
def test_what_onboarding_says_fills_up_what_is_known_fact_by_fact(
    told: list[tuple[str, str]], said: list[str]
) -> None:
    facts = [
        {"id": f"onboarding:bestCustomers.{number}.{field}", "text": text}
        for number, (field, text) in enumerate(told)
    ]
    before = known()
    for value in said:
        before["notes"]["persona"] = memory._merged(
            before["notes"].get("persona", []), [note(value, standing="inferred")], memory.NOTES_PER_TOPIC
        )
    expected = {topic: list(items) for topic, items in before["notes"].items()}
    for item in said_in(facts).customers:
        topic, fact = item["topic"], item["fact"]
        mine = memory._note(fact["text"], "observed", fact["text"], fact["id"], fact["id"], 0)
        expected[topic] = memory._merged(expected.get(topic, []), [mine], memory.NOTES_PER_TOPIC)
    shared: Any = SharedBrief(brief(facts=facts))

    for _ in range(2):
        filled = memory.with_onboarding(before, state(brief=shared))["notes"]
        assert list(filled.items()) == list(expected.items())
        for items in filled.values():
            items.clear()


def test_what_the_talk_says_of_customers_outlives_onboarding() -> None:
    facts = [{"id": "onboarding:customerEvidence.hasPayingCustomers", "text": "true"}]
    told = memory.with_onboarding(known(customers="no_customers"), state(brief=brief(facts=facts)))
    assert told["customers"] == "no_customers"


def test_of_a_noted_message_the_rest_leaves_a_line_names_and_numbers_first() -> None:
    said = "They lost nine days. It was a mess, really. The pilot was called Heron 42. So they signed."
    messages = [message("user", said, 1)] + [message("user", "More", 2)] * memory.WINDOW
    lost = {**note("They lost nine days", turn=1), "quote": "They lost nine days."}
    _, talk = memory.trim(messages, state()["talk"], known(notes={"pain": [lost]}))
    assert talk["digest"] == ["turn 1: The pilot was called Heron 42. It was a mess, really. So they signed."]


def test_looking_for_questions_takes_no_longer_for_each_word_of_a_text_without_an_end() -> None:
    reply = "word after word " * 25_000

    assert memory.with_questions([], f"{reply}\nWho buys? They do. Since when?") == [
        "Who buys?",
        "Since when?",
    ]
