"""Onboarding becomes facts with a path each; what they say of customers is read without a model."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.discovery import facts as onboarding

DATA = {
    "company": {
        "oneSentencePitch": "We close books in two days.",
        "price": 490,
        "website_scrape": "no words of the user",
    },
    "customerEvidence": {
        "hasPayingCustomers": True,
        "bestCustomers": [
            {"role": "Head of finance", "industry": "Steel", "signals": ["new auditor", "hiring"]}
        ],
    },
    "worldview": {"customerPride": "They are proud of clean books"},
    "voice": {"wordsNeverUsed": "synergy, leverage"},
    "goToMarket": {"listSize": "about 1,200 contacts"},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=30,
)


def test_each_field_has_its_path_and_generated_sections_are_left_out() -> None:
    facts = {fact["id"]: fact["text"] for fact in onboarding.flatten(DATA)}
    assert facts["onboarding:customerEvidence.bestCustomers.0.signals.1"] == "hiring"
    assert facts["onboarding:company.price"] == "490"
    assert not any("website_scrape" in name for name in facts)


def test_customers_speak_for_topics() -> None:
    known = onboarding.known_from(onboarding.flatten(DATA))
    assert {(item["topic"], item["fact"]["text"]) for item in known} == {
        ("persona", "Head of finance"),
        ("firmographic", "Steel"),
        ("trigger", "new auditor"),
        ("trigger", "hiring"),
    }


def test_beliefs_words_and_list_size_are_found() -> None:
    facts = onboarding.flatten(DATA)
    assert [fact["text"] for fact in onboarding.beliefs_from(facts)] == ["They are proud of clean books"]
    assert onboarding.words_never_used(facts) == ["synergy", "leverage"]
    assert onboarding.list_size(facts) == 1200


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ({"hasPayingCustomers": False}, False),
        ({"hasPayingCustomers": "no"}, False),
        ({"hasPayingCustomers": True}, True),
        ({"bestCustomers": [{"role": "CFO"}]}, True),
        ({}, None),
    ],
)
def test_whether_there_are_customers(evidence: dict[str, Any], expected: bool | None) -> None:
    assert onboarding.has_customers(onboarding.flatten({"customerEvidence": evidence})) is expected


@given(data=st.dictionaries(st.text(max_size=10), JSON, max_size=5))
def test_any_json_gives_bounded_facts_with_plain_ids(data: dict[str, Any]) -> None:
    facts = onboarding.flatten(data)
    assert len(facts) <= onboarding.MAX_FACTS
    for fact in facts:
        assert fact["text"].strip()
        assert len(fact["text"]) <= onboarding.FACT_LENGTH
        assert set(fact["id"]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:")
