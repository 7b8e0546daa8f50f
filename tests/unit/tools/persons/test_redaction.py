"""Taking a person out of text: their words, whole and in any case, and nothing else."""

from persistence.models.lead import Lead
from persistence.models.person import Person
from tools.persons.redaction import Traces, redacted, traces_of

ADA = Traces(frozenset({"Ada Lovelace", "ada@engines.example", "linkedin.com/in/ada-l"}))


def test_words_are_taken_out_of_texts_keys_and_lists() -> None:
    value = {
        "note": "ADA LOVELACE, ada@engines.example!",
        "list": ["https://linkedin.com/in/ada-l/", 7, None],
    }
    assert redacted(value, ADA.pattern) == {
        "note": "[erased], [erased]!",
        "list": ["https://[erased]/", 7, None],
    }


def test_other_peoples_words_stay() -> None:
    for text in ("Ada Lovelaceson", "bada@engines.example", "linkedin.com/in/ada-l2", "Ada", "Lovelace"):
        assert redacted(text, ADA.pattern) == text


def test_without_words_nothing_is_found() -> None:
    assert redacted("anything", Traces(frozenset()).pattern) == "anything"


def test_a_single_name_and_a_short_number_are_no_traces() -> None:
    person = Person(full_name="Ada", email_key="ada@engines.example", phone="112", linkedin_key="ada-l")
    lead = Lead(full_name="Ada  Lovelace", email="Ada@other.example", linkedin_key="example.com/ada")
    assert traces_of(person, [lead]).words == {
        "ada@engines.example",
        "Ada Lovelace",
        "Ada@other.example",
        "linkedin.com/in/ada-l",
        "example.com/ada",
    }
