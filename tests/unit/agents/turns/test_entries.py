"""Events in the log and in the record: joined text says the same, and what a reader lacks is found."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agents.events import NodeEntered, TextDelta, TurnEvent, TurnFinished, TurnStarted
from agents.turns.entries import from_record, join_text, remainder, to_record, visible_text

EVENTS = st.lists(
    st.one_of(
        st.builds(TextDelta, st.sampled_from(["t-1", "t-2"]), st.text(min_size=1, max_size=4)),
        st.builds(NodeEntered, st.just("node"), st.sampled_from(["A", "B"])),
    ),
    max_size=15,
)
START, END = TurnStarted(1, "turn", "message"), TurnFinished("stop")


@given(EVENTS)
def test_joined_events_say_the_same_in_fewer(events: list[TurnEvent]) -> None:
    joined = join_text(events)
    assert visible_text(joined) == visible_text(events)
    assert join_text(joined) == joined
    for one, other in pairwise(joined):
        assert not (
            isinstance(one, TextDelta) and isinstance(other, TextDelta) and one.text_id == other.text_id
        )


@given(EVENTS)
def test_the_record_gives_the_events_back(events: list[TurnEvent]) -> None:
    assert [entry.event for entry in from_record(to_record(events))] == join_text(events)


@given(EVENTS, st.data())
def test_what_a_reader_has_and_what_it_lacks_are_the_whole(
    events: list[TurnEvent], data: st.DataObject
) -> None:
    whole = [START, *events, END]
    seen = whole[: data.draw(st.integers(0, len(whole)))]
    rest = remainder(join_text(whole), seen)
    assert rest is not None
    assert join_text([*seen, *rest]) == join_text(whole)


def test_another_past_has_no_remainder() -> None:
    whole: list[TurnEvent] = [START, TextDelta("t-1", "Hello"), END]
    assert remainder(whole, [START, TextDelta("t-1", "Bye")]) is None
    assert remainder(whole, [NodeEntered("x", "y")]) is None


def test_texts_of_different_parts_are_paragraphs() -> None:
    assert visible_text([TextDelta("t-1", "One. "), TextDelta("t-2", "Two.")]) == "One. \n\nTwo."
