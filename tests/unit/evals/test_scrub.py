"""Scrubbing: nothing personal is left, the same name is the same pseudonym, and what is left stops the import."""

from itertools import chain

import pytest

from evals.importing.scrub import Residue, Scrubber, unknown_names

SECRET = "a secret of sixteen characters"
NAMES = {
    "person": ["Jürgen Müller-Lüdenscheid", "Ana Sáez"],
    "company": ["Stahlhof Passau GmbH", "Closewise"],
    "domain": ["https://www.stahlhof.de/", "closewise.io"],
    "email": ["j.mueller@stahlhof.de"],
}


def scrubber(**more: list[str]) -> Scrubber:
    return Scrubber(SECRET, {**NAMES, **more})


@pytest.mark.parametrize(
    "text",
    [
        "Jürgen Müller-Lüdenscheid of Stahlhof Passau GmbH wrote to us.",
        "jürgen said that STAHLHOF closes late; Sáez agreed.",
        "Write to j.mueller@stahlhof.de or to anybody@web.de.",
        "Old address: juergen.mueller-luedenscheid@stahlhof.de, as Juergen Mueller says.",
        "See stahlhof.de/jobs and https://news.example.org/a?b=1.",
        "Call +49 851 2233 445, or 0049 851 99 88 77.",
        "IBAN DE89 3704 0044 0532 0130 00, VAT DE123456789.",
        "Her profile is https://www.linkedin.com/in/ana-saez-42, her handle @anasaez.",
    ],
)
def test_nothing_personal_is_left(text: str) -> None:
    scrub = scrubber()
    clean = scrub.scrub({"a": [text]})

    scrub.check(clean)
    assert scrub.replaced >= 1
    for word in chain.from_iterable(value.split() for values in NAMES.values() for value in values):
        assert word.casefold() not in str(clean).casefold() or word == "GmbH"


def test_names_are_the_same_everywhere_and_in_every_import_and_differ_under_another_secret() -> None:
    once = scrubber().scrub({"turns": ["Closewise is ours."], "state": {"x": "closewise"}})

    assert once["turns"][0].split()[0].casefold() == once["state"]["x"].casefold()
    assert once == scrubber().scrub({"turns": ["Closewise is ours."], "state": {"x": "closewise"}})
    assert once != Scrubber("another secret of sixteen", NAMES).scrub(
        {"turns": ["Closewise is ours."], "state": {"x": "closewise"}}
    )


def test_a_founder_named_like_a_word_of_ours_changes_no_form() -> None:
    scrub = scrubber(person=["Person Assistant"])
    plain = {"role": "assistant", "labels": [{"made_by": "person"}], "content": "Ask Person Assistant."}
    clean = scrub.scrub(plain)

    assert (clean["role"], clean["labels"]) == (plain["role"], plain["labels"])
    assert "Person" not in clean["content"]
    scrub.check(clean)


def test_fields_keep_their_names_and_other_words_stay() -> None:
    clean = scrubber(person=["Anna State"]).scrub({"state": "They lose nine days a month.", "count": 3})

    assert clean == {"state": "They lose nine days a month.", "count": 3}


def test_a_name_with_a_sharp_s_is_found_as_it_is_written() -> None:
    scrub = scrubber(person=["Inge Weiß"])
    clean = scrub.scrub(["Frau Weiß, WEISS und Weiss"])

    assert "wei" not in clean[0].casefold()
    scrub.check(clean)


def test_a_postal_address_goes_line_by_line_and_its_town_stays_a_town() -> None:
    scrub = scrubber(address=["Hafenstraße 3, 25813 Husum, Germany"])
    clean = scrub.scrub(["Maik, Hafenstraße 3\n25813 Husum\nGermany", "a night desk in Husum, Germany"])

    assert "Hafen" not in clean[0]
    assert "25813" not in clean[0]
    assert clean[1] == "a night desk in Husum, Germany"
    scrub.check(clean)


def test_a_company_named_by_a_word_of_the_search_leaves_that_word_alone() -> None:
    scrub = scrubber(company=["Design Works", "Marketing"])
    filters = {"job_role": ["design", "marketing"], "company_industry": ["design"]}
    clean = scrub.scrub({"final": filters, "content": "Design Works sells to managers in design."})

    assert clean["final"] == filters
    assert "Design Works" not in clean["content"]
    assert clean["content"].endswith("managers in design.")
    scrub.check(clean)


@pytest.mark.parametrize(
    "left",
    [
        "Muller-Ludenscheid wrote",
        "STAHLHOF  PASSAU gmbh",
        "ring +49 851 2233 445",
        "mail a.b@web.de",
        "closewise.io has it",
    ],
)
def test_what_is_left_is_refused_whatever_its_spelling_and_never_repeated(left: str) -> None:
    with pytest.raises(Residue) as refused:
        scrubber().check({"turns": [{"content": left}]})

    assert "turns.0.content holds" in str(refused.value)
    assert left not in str(refused.value)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="16 characters"):
        Scrubber("short", {})


def test_a_person_is_told_which_names_nobody_knows() -> None:
    assert unknown_names(["we met Ferrostahl in Passau, and Ferrostahl signed"])[0] == "Ferrostahl"
