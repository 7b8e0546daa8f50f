"""What is open to ask: neither known nor asked before."""

from hypothesis import given
from hypothesis import strategies as st

from tools.discovery.topics import ASKING_ORDER, MUST_BE_OBSERVED, is_known, missing_topics, open_topics


def item(standing: str) -> dict[str, str]:
    return {"standing": standing}


@given(known=st.sets(st.sampled_from(ASKING_ORDER)), asked=st.sets(st.sampled_from(ASKING_ORDER)))
def test_a_topic_is_open_when_it_is_neither_known_nor_asked(known: set[str], asked: set[str]) -> None:
    notes = {topic: [item("observed")] for topic in known - {"belief"}}
    missing = missing_topics(notes, ["a belief"] if "belief" in known else [], "unknown")
    assert set(missing) == set(ASKING_ORDER) - known
    assert set(open_topics(missing, asked)) == set(ASKING_ORDER) - known - asked


def test_what_the_bullseye_rests_on_must_be_observed() -> None:
    for topic in ASKING_ORDER:
        if topic not in ("belief", "evidence"):
            inferred = {topic: [item("inferred")]}
            assert is_known(topic, inferred, [], "has_customers") == (topic not in MUST_BE_OBSERVED)
            assert is_known(topic, inferred, [], "no_customers")


def test_without_customers_nobody_asks_for_a_customers_story() -> None:
    assert is_known("evidence", {}, [], "no_customers")
    assert not is_known("evidence", {}, [], "unknown")
