"""Words, onboarding documents, talks and JSON of the old front end become ours."""

import json
from pathlib import Path
from typing import Any

import pytest

from migrations.supabase.sources.files import rows_of
from migrations.supabase.sources.json_text import json_text, repaired, storable_text
from migrations.supabase.staging.chats import messages_of
from migrations.supabase.staging.onboarding import FIELDS, camel, document
from migrations.supabase.words import FORMATS, OLD_WORDS, format_of, meaning
from persistence.models.lead import LeadOutcome, LeadStatus


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("closed", "closed_won"),
        ("Closed Won", "closed_won"),
        ("closedLost", "closed_lost"),
        (" MEETING-DONE ", "meeting_done"),
    ],
)
def test_old_and_differently_written_words_are_known(word: str, means: str) -> None:
    assert meaning(LeadOutcome, word).means == means


def test_an_unknown_word_gets_the_nearest_as_a_suggestion() -> None:
    found = meaning(LeadStatus, "respnded")
    assert found.means is None
    assert found.suggestion is not None
    assert "`responded`" in found.suggestion


def test_every_own_word_means_itself_unless_the_table_says_otherwise() -> None:
    for kind, old in OLD_WORDS.items():
        for item in kind:
            assert meaning(kind, item.value).means == old.get(item.value, item).value


def test_every_format_is_found_however_its_platform_is_written() -> None:
    for (platform, kind), (form, place) in FORMATS.items():
        assert format_of(platform.upper(), kind.replace("_", " ")).means == f"{form} {place}"
    assert format_of("Linked In", "InMail").means == "linkedin_inmail initial_outreach"
    assert format_of("fax", "cold").means is None


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def test_a_column_per_field_and_one_document_become_the_same() -> None:
    fields = {snake(field): f"said of {field}" for names in FIELDS.values() for field in names}
    nested = {
        snake(section): {snake(field): f"said of {field}" for field in names}
        for section, names in FIELDS.items()
        if names
    }
    expected = {
        section: {field: f"said of {field}" for field in names} for section, names in FIELDS.items() if names
    }
    assert document(None, fields) == expected
    assert document(nested, {}) == expected
    assert document(fields, {}) == expected
    assert document(expected, {}) == expected


def test_nothing_that_was_answered_is_dropped() -> None:
    told = document(
        {"price": "5", "company": {"price": "6"}, "a b": {"Any Key": 1}},
        {"worldview": "text", "one_phrase_world": "x"},
    )
    assert told == {
        "company": {"price": "5", "price_": "6"},
        "a b": {"Any Key": 1},
        "worldview": {"imported": "text", "onePhraseWorld": "x"},
    }
    assert document([1], {}) == {"imported": [1]}
    assert (camel("best_customers"), camel("x@y_z.example"), camel("Already")) == (
        "bestCustomers",
        "x@y_z.example",
        "Already",
    )


@pytest.mark.parametrize(
    ("history", "said"),
    [
        (
            [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}],
            ["user a", "assistant b"],
        ),
        ({"messages": [{"sender": "human", "text": "a"}]}, ["user a"]),
        (
            [
                {"role": "ai", "parts": [{"type": "text", "text": "a"}, {"type": "file"}]},
                {"role": "system", "content": "x"},
            ],
            ["assistant a"],
        ),
        ("no talk", []),
        (None, []),
        ([1, {"content": "  "}], []),
    ],
)
def test_talks_of_all_shapes_become_messages(history: Any, said: list[str]) -> None:
    messages = messages_of(history, "2025-01-01T00:00:00+00:00")
    assert [f"{message['role']} {message['content']}" for message in messages] == said


def test_a_message_keeps_its_time_or_takes_that_of_the_talk() -> None:
    times = ["2025-03-01T10:00:00Z", 1740823200000, "yesterday", None]
    messages = messages_of(
        [{"content": "a", "timestamp": time} for time in times], "2025-01-01T00:00:00+00:00"
    )
    assert [message["timestamp"][:13] for message in messages] == [
        "2025-03-01T10",
        "2025-03-01T10",
        "2025-01-01T00",
        "2025-01-01T00",
    ]


def test_json_is_mended_to_what_postgres_can_hold() -> None:
    assert (
        repaired('{"a\\u0000": "\\ud800x", "n": NaN, "big": 1180591620717411303424}')
        == '{"a":"�x","n":null,"big":1180591620717411303424}'
    )
    assert repaired('"\\\\u0000"') == '"\\\\u0000"'
    assert repaired("no json") is None
    assert repaired("[" * 5_000) is None
    assert storable_text("a\x00b\udcff") == "ab�"
    with pytest.raises(ValueError, match="deep"):
        json_text(json.loads('{"a":' * 400 + "1" + "}" * 400))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (
            "a.csv",
            'id,name\n1,"x\ny"\n2,\n3\n',
            [{"id": "1", "name": "x\ny"}, {"id": "2", "name": None}, "1 cells under 2 names"],
        ),
        ("a.json", ' [ {"id": 1},\n{"id": 2} , 3 ]', [{"id": 1}, {"id": 2}, "no JSON object"]),
        ("a.json", '[{"id": 1}, {"id"', [{"id": 1}, "no JSON from here on"]),
        ("a.json", '{"id": 1}', ["the file is no JSON array"]),
        ("a.jsonl", '{"id": 1}\n\nx\n', [{"id": 1}, "no JSON"]),
        ("a.csv", "", []),
    ],
)
def test_files_are_read_row_by_row(tmp_path: Path, name: str, text: str, found: list[Any]) -> None:
    path = tmp_path / name
    path.write_text(text)
    rows = list(rows_of(path))
    assert len(rows) == len(found)
    for row, expected in zip(rows, found, strict=True):
        assert (
            row.values == expected if isinstance(expected, dict) else (row.problem or "").startswith(expected)
        )


@pytest.mark.full
def test_a_json_array_larger_than_a_piece_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"id": number, "text": "ü" * 300_000} for number in range(12)]))
    assert [row.values["id"] for row in rows_of(path)] == list(range(12))
