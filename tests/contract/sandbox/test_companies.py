"""Generated companies: always the same by seed, all different, each of one mind and in its own language."""

from html import escape
from itertools import combinations

import pytest

from tests.sandbox.companies import LANGUAGES, Company, generate
from tests.sandbox.companies.pages import pages

SEEDS = range(1, 21)
OWN = ("product", "buyer", "kind", "pain", "trigger", "situation", "alternative", "belief", "quote")
"""What no two of twenty companies share."""
FUNCTION_WORDS = {
    "en": {"the", "and", "of", "that", "is", "are", "with", "we", "for", "in", "they"},
    "de": {"der", "die", "das", "und", "ist", "wir", "mit", "für", "nicht", "sie", "ein"},
    "fr": {"le", "les", "et", "est", "nous", "avec", "des", "pour", "qui", "une", "du"},
    "es": {"el", "los", "y", "es", "con", "que", "para", "una", "del", "las", "al"},
}

everywhere = pytest.mark.parametrize("language", LANGUAGES)


def told(company: Company) -> str:
    """All that the founder says."""
    return "\n".join((*company.answers, company.ask_for_experiments))


def website(company: Company) -> str:
    """All pages as one text."""
    return "\n".join(pages(company).values())


@everywhere
def test_the_same_seed_is_the_same_company(language: str) -> None:
    assert generate(7, language) == generate(7, language)
    assert generate(7, language) != generate(8, language)


@everywhere
def test_twenty_companies_share_no_fact_of_their_trade(language: str) -> None:
    companies = [generate(seed, language) for seed in SEEDS]
    for one, other in combinations(companies, 2):
        assert one.host != other.host
        assert {customer.name for customer in one.customers}.isdisjoint(c.name for c in other.customers)
        shared = [fact for fact in OWN if one.facts[fact] == other.facts[fact]]
        assert shared == [], (one.name, other.name)


@pytest.mark.full
def test_no_name_comes_twice_in_any_language() -> None:
    hosts = [generate(seed, language).host for seed in range(400) for language in LANGUAGES]
    assert len(set(hosts)) == len(hosts)


@everywhere
@pytest.mark.parametrize("seed", [1, 5, 12, 20])
def test_all_is_said_in_the_companys_language(seed: int, language: str) -> None:
    words = told(generate(seed, language)).lower().split()
    found = {code: sum(word in known for word in words) for code, known in FUNCTION_WORDS.items()}
    assert max(found, key=lambda code: found[code]) == language, found


@everywhere
def test_the_founder_tells_every_fact_in_natural_messages(language: str) -> None:
    for seed in SEEDS:
        company = generate(seed, language)
        text, facts = told(company), company.facts
        assert len(company.answers) >= 7
        for fact in (
            "situation",
            "pain",
            "trigger",
            "alternative",
            "price",
            "channel",
            "belief",
            "limit",
            "goal",
        ):
            assert facts[fact] in text, (seed, fact)
        for fact in ("kind", "size", "role"):
            assert facts[fact].lower() in text.lower(), (seed, fact)
        for customer in company.customers:
            assert customer.quote in text
            assert customer.person in text
        assert not any(sign in text for sign in "{}_"), text


@everywhere
def test_the_onboarding_says_the_same_as_the_founder(language: str) -> None:
    company = generate(3, language)
    data = company.onboarding()
    best = data["customerEvidence"]["bestCustomers"]
    assert set(data) >= {
        "foundingStory", "company", "customerEvidence", "worldview", "voice", "goToMarket", "success",
    }  # fmt: skip
    assert data["company"]["beforeState"] in told(company)
    assert [customer["quote"] for customer in best] == [customer.quote for customer in company.customers]
    assert set(best[0]) == {
        "name", "role", "companySize", "industry", "statedProblem", "signals", "quote", "outcomes",
    }  # fmt: skip
    assert not set(data["voice"]["wordsUsed"]) & set(data["voice"]["wordsNeverUsed"])


@everywhere
def test_the_website_tells_what_is_public_and_keeps_the_rest(language: str) -> None:
    for seed in SEEDS:
        company = generate(seed, language)
        text, facts = website(company), company.facts
        for fact in ("pitch", "situation", "pain", "trigger", "company", "alternative", "price", "moment"):
            assert escape(facts[fact]) in text, (seed, fact)
        assert all(escape(customer.quote) in text for customer in company.customers)
        assert not any(escape(facts[fact]) in text for fact in ("belief", "channel", "limit", "goal"))
        assert all(f'<html lang="{language}">' in page for page in pages(company).values())


@everywhere
def test_distinctive_phrases_are_the_companys_own(language: str) -> None:
    companies = [generate(seed, language) for seed in SEEDS]
    for company in companies:
        own = told(company) + website(company).replace("&#x27;", "'").replace("&amp;", "&")
        assert len(company.distinctive) >= 8
        assert all(phrase in own for phrase in company.distinctive), company.name
        assert sum(phrase in told(company) for phrase in company.distinctive) >= 6, company.name
        for other in companies:
            foreign = [phrase for phrase in company.distinctive if phrase in told(other)]
            assert other is company or len(foreign) <= 1, (company.name, other.name, foreign)


def test_an_unknown_language_or_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="language is one of"):
        generate(1, "tlh")
    with pytest.raises(ValueError, match="seed"):
        generate(-1, "en")
