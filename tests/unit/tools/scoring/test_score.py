"""A score is earned by stored fields: each reason names one, and less never scores higher."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.designs import VALUES, design
from tools.experiments.design import DimensionName
from tools.scoring.score import POINTS, LeadFacts, criteria_of, score
from tools.scoring.terms import terms

CRITERIA = criteria_of(design().model_dump(mode="json", by_alias=True))
FITS = LeadFacts(
    {"jobTitle": "Head of Finance", "company": "Passauer Steel Trading", "location": "Passau, Germany", "email": "a@b.example"},
    {"industry": "Steel trade", "employees": 120, "note": "books closed by hand, in spreadsheets"},
    {12: "The auditor wants a faster close. Second year in a row."},
)  # fmt: skip


def test_a_lead_that_shows_every_criterion_scores_100_and_each_reason_names_its_field() -> None:
    found = score(FITS, CRITERIA)
    assert found.value == 100
    assert [(reason.criterion.value, reason.field) for reason in found.reasons] == [
        ("persona", "jobTitle"),
        ("firmographic", "enrichmentData.industry"),
        ("situation", "enrichmentData.note"),
        ("trigger", "signals.12"),
        ("channel", "email"),
    ]
    assert found.reasons[0].sentence() == "persona: jobTitle (finan, head) (35 of 35)"


def test_a_lead_of_whom_nothing_is_stored_scores_0_and_is_told_what_is_missing() -> None:
    found = score(LeadFacts(), CRITERIA)
    assert found.value == 0
    assert {reason.sentence() for reason in found.reasons} == {
        f"{name.value}: no stored field shows it (0 of {most})" for name, most in POINTS.items()
    }


def test_an_experiment_without_a_design_has_no_criteria_and_the_angle_is_none() -> None:
    assert criteria_of(None) == {}
    assert criteria_of({"persona": "text"}) == {}
    assert DimensionName.ANGLE not in CRITERIA
    assert CRITERIA[DimensionName.PERSONA] == VALUES[DimensionName.PERSONA]


@pytest.mark.parametrize(("title", "points"), [("CFO", 17), ("Financial Controller", 17), ("Head, Finance & IT", 35), ("Head of Sales", 17), ("Welder", 0)])  # fmt: skip
def test_titles_are_compared_by_stems_and_short_titles_are_spelled_out(title: str, points: int) -> None:
    assert score(LeadFacts({"jobTitle": title}), {DimensionName.PERSONA: "Head of finance"}).value == points


@pytest.mark.parametrize(
    ("size", "inside"), [(120, True), ("51-200", True), ("1,200", False), (12, False), ("about 60", True)]
)
def test_a_size_within_the_range_counts_as_a_word_in_common(size: Any, inside: bool) -> None:
    wanted = {DimensionName.FIRMOGRAPHIC: "50 to 200 people"}
    assert bool(score(LeadFacts({}, {"employees": size}), wanted).value) is inside


def test_the_channel_is_the_one_the_design_names() -> None:
    wanted = {DimensionName.CHANNEL: "LinkedIn message"}
    assert score(LeadFacts({"email": "a@b.example"}), wanted).value == 0
    assert score(LeadFacts({"linkedinUrl": "https://www.linkedin.com/in/a"}), wanted).value == 10


WORDS = st.sampled_from(["head", "of", "finance", "steel", "traders", "50", "to", "200", "120", "people", "germany", "close", "books", "by", "hand", "auditor", "faster", "email", "linkedin", "cfo"])  # fmt: skip
TEXT = st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=20)
FACTS = st.builds(
    LeadFacts,
    st.dictionaries(
        st.sampled_from(["jobTitle", "company", "location", "email", "linkedinUrl", "phone"]), TEXT
    ),
    st.recursive(
        TEXT | st.integers(0, 10**6),
        lambda inner: (
            st.dictionaries(st.sampled_from(["industry", "employees", "note"]), inner)
            | st.lists(inner, max_size=3)
        ),
        max_leaves=6,
    ),
    st.dictionaries(st.integers(1, 9), TEXT, max_size=3),
)
DESIGNS = st.dictionaries(st.sampled_from(list(POINTS)), TEXT)


@given(FACTS, DESIGNS)
def test_a_score_is_between_0_and_100_and_is_what_its_reasons_say(
    facts: LeadFacts, criteria: dict[DimensionName, str]
) -> None:
    found = score(facts, criteria)
    assert 0 <= found.value <= 100
    assert found.value == int(sum(reason.points for reason in found.reasons) + 1e-9)
    for reason in found.reasons:
        assert 0 <= reason.points <= reason.most
        assert bool(reason.field) is (reason.points > 0)
        head = reason.field.split(".")[0]
        assert head in {"", "enrichmentData"} or (
            head == "signals" and int(reason.field.split(".")[1]) in facts.signals
        ) or facts.fields[head]  # fmt: skip


@given(FACTS, DESIGNS, st.data())
def test_taking_a_field_a_signal_or_a_criterion_away_never_raises_the_score(
    facts: LeadFacts, criteria: dict[DimensionName, str], data: st.DataObject
) -> None:
    before = score(facts, criteria).value
    for name in facts.fields:
        fewer = replace(facts, fields={key: text for key, text in facts.fields.items() if key != name})
        assert score(fewer, criteria).value <= before
    for id_ in facts.signals:
        fewer = replace(facts, signals={key: text for key, text in facts.signals.items() if key != id_})
        assert score(fewer, criteria).value <= before
    assert score(replace(facts, enrichment=None), criteria).value <= before
    for criterion in criteria:
        assert score(facts, {key: text for key, text in criteria.items() if key != criterion}).value <= before


@given(FACTS, st.lists(WORDS, min_size=1, max_size=8), st.sampled_from(["persona", "firmographic", "situation", "trigger"]))  # fmt: skip
def test_taking_a_matched_word_out_of_a_criterion_never_raises_the_score(
    facts: LeadFacts, words: list[str], name: str
) -> None:
    criterion = DimensionName(name)
    words = [word for word in words if not word.isdigit()]
    before = score(facts, {criterion: " ".join(words)})
    matched = {stem for reason in before.reasons for stem in reason.shared}
    for stem in matched:
        fewer = [word for word in words if stem not in terms(word)]
        assert score(facts, {criterion: " ".join(fewer)}).value <= before.value
