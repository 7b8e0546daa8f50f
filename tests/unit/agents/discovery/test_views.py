"""What prompts are shown of a long talk: the beginning, the newest, the best of each topic, and never more than fits."""

from agents.discovery import memory, views
from agents.discovery.digest import DIGEST_LENGTH
from agents.discovery.state import NoteItem
from tests.factories.states import known, message, note, state


def long_talk(turns: int) -> dict[str, list[NoteItem]]:
    """Notes of a talk that brought something in every turn."""
    topics = ("pain", "trigger", "persona", "channel")
    notes: dict[str, list[NoteItem]] = {topic: [] for topic in topics}
    for turn in range(1, turns + 1):
        said = note(f"customer {turn} told us what it had cost them " + "and what they did " * 5, turn=turn)
        notes[topics[turn % len(topics)]].append(said)
    return notes


def length(notes: dict[str, list[NoteItem]]) -> int:
    return sum(len(item["value"]) + len(item["quote"]) for items in notes.values() for item in items)


def test_a_long_talk_is_shown_no_longer_than_fits_with_its_beginning_and_its_newest() -> None:
    shown = views.shown_notes(known(notes=long_talk(400)))
    assert views.KNOWN_LENGTH / 2 < length(shown) <= views.KNOWN_LENGTH
    turns = {item["turn"] for items in shown.values() for item in items}
    assert {1, 2, 3, 399, 400} <= turns
    assert all(items == sorted(items, key=lambda item: item["turn"]) for items in shown.values())


def test_a_short_talk_is_shown_whole() -> None:
    notes = long_talk(8)
    assert views.shown_notes(known(notes=notes)) == notes


def test_each_topic_shows_its_best_note_before_others_show_their_second() -> None:
    notes = long_talk(400) | {"angle": [note("A guess", standing="assumed"), note("Said so", turn=200)]}
    shown = views.shown_notes(known(notes=notes))
    assert [item["value"] for item in shown["angle"]][-1] == "Said so"


def test_what_onboarding_says_makes_room_for_the_talk() -> None:
    notes = long_talk(30)
    onboarding = [note(f"fact {number} " + "of the company " * 15, turn=0) for number in range(40)]
    shown = views.shown_notes(known(notes={**notes, "pain": [*onboarding, *notes["pain"]]}))
    assert {3, 30} <= {item["turn"] for items in shown.values() for item in items}
    assert sum(item["turn"] == 0 for item in shown["pain"]) < len(onboarding)


def test_what_left_no_note_is_kept_in_lines_that_are_no_longer_after_500_turns() -> None:
    talk = state()["talk"]
    for number in range(1, 501):
        gone = [message("user", f"Remark {number} " + "about this and that " * 9, number)]
        _, talk = memory.trim([*gone, *state()["messages"] * 3], talk, known())
    assert sum(map(len, talk["digest"])) <= DIGEST_LENGTH
    assert talk["digest"][0].startswith("turn 1: Remark 1 ")
    assert talk["digest"][-1].startswith("turn 500: Remark 500 ")
