"""A model that writes too much has still answered: its text is cut, not refused."""

from hypothesis import given
from hypothesis import strategies as st

from tools.discovery.answers import short
from tools.discovery.schemas import ExperimentSetDraft, HypothesisNotes, NextStep, StyleGuide
from tools.providers.models.schema import strict_schema


@given(text=st.text(max_size=400), limit=st.integers(5, 100))
def test_short_text_is_one_visible_line_within_its_limit(text: str, limit: int) -> None:
    cut = short(text, limit)
    assert len(cut) <= limit
    assert "\n" not in cut
    assert "\x00" not in cut


def test_a_talkative_answer_is_cut() -> None:
    step = NextStep(reason="because " * 200, step="talk", experiments=["name " * 100])
    assert len(step.reason) <= 500
    assert len(step.experiments[0]) <= 120


def test_every_schema_can_be_asked_for_in_strict_form_and_describes_every_field() -> None:
    for answer in (NextStep, HypothesisNotes, StyleGuide, ExperimentSetDraft):
        waiting = [strict_schema(answer)]
        while waiting:
            node = waiting.pop()
            for field in node.get("properties", {}).values():
                assert "description" in field or "$ref" in field
            waiting += [*node.get("properties", {}).values(), *node.get("$defs", {}).values()]
