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
    known = onboarding.said_in(onboarding.flatten(DATA)).customers
    assert {(item["topic"], item["fact"]["text"]) for item in known} == {
        ("persona", "Head of finance"),
        ("firmographic", "Steel"),
        ("trigger", "new auditor"),
        ("trigger", "hiring"),
    }


def test_beliefs_words_and_list_size_are_found() -> None:
    facts = onboarding.flatten(DATA)
    assert [fact["text"] for fact in onboarding.said_in(facts).beliefs] == ["They are proud of clean books"]
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
    assert onboarding.said_in(onboarding.flatten({"customerEvidence": evidence})).paying is expected


def keys(fact: onboarding.Fact) -> list[str]:
    """The keys of a fact's path, as they are compared."""
    path = fact["id"].removeprefix("onboarding:")
    return [key.replace("_", "").casefold() for key in path.split(".")]


WRITTEN = """voice vo_ice voices wordsNeverUsed words_never_used bestCustomers BEST_customers bestCustomersOf role quote
customerPride belief list_size listSizes hasPayingCustomers"""
NAMES = st.sampled_from(WRITTEN.split())
NESTED = st.recursive(
    st.sampled_from(["no", "yes", "1,200", "synergy, leverage"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(data=st.dictionaries(NAMES, NESTED, max_size=5))
def test_a_fact_is_about_what_a_whole_key_of_its_path_says(data: dict[str, Any]) -> None:
    facts = onboarding.flatten(data)
    fields = [keys(fact)[-1] for fact in facts]

    assert onboarding.voice_from(facts) == [fact for fact in facts if "voice" in keys(fact)]
    assert onboarding.said_in(facts).beliefs == [
        fact for fact in facts if keys(fact)[-1] in onboarding.BELIEFS
    ]
    assert bool(onboarding.words_never_used(facts)) == any("wordsneverused" in keys(fact) for fact in facts)
    assert (onboarding.list_size(facts) is None) == (
        "listsize" not in fields or not facts[fields.index("listsize")]["text"].startswith("1")
    )
    customers = [fact for fact in facts if onboarding.CUSTOMERS in keys(fact)]
    of_topics = [
        fact
        for fact in customers
        if next(key for key in keys(fact)[::-1] if not key.isdigit()) in onboarding.CUSTOMER_TOPICS
    ]
    assert [known["fact"] for known in onboarding.said_in(facts).customers] == of_topics
    if "haspayingcustomers" not in fields:
        assert onboarding.said_in(facts).paying is (True if of_topics else None)


@given(data=st.dictionaries(st.text(max_size=10), JSON, max_size=5))
def test_any_json_gives_bounded_facts_with_plain_ids(data: dict[str, Any]) -> None:
    facts = onboarding.flatten(data)
    assert len(facts) <= onboarding.MAX_FACTS
    for fact in facts:
        assert fact["text"].strip()
        assert len(fact["text"]) <= onboarding.FACT_LENGTH
        assert set(fact["id"]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:")
