"""What is counted in posts without a model."""

from datetime import UTC, datetime, timedelta

import pytest

from tools.activity.posts import PostText, is_active, names_company, peak_time, posts_of
from tools.activity.schemas import ActivityRequest
from tools.errors import Invalid

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def post(text: str = "Words.", at: datetime | None = None) -> PostText:
    return {"id": "post:1", "stored": "post:1", "text": text, "posted_at": at.isoformat() if at else ""}


def request(raw: object) -> ActivityRequest:
    return ActivityRequest.model_validate({"rawActivity": raw})


def test_a_text_is_split_at_blank_lines_and_a_list_is_taken_as_it_is() -> None:
    assert [item["text"] for item in posts_of(request("One\ntwo\n\n \nThree"))] == ["One\ntwo", "Three"]
    listed = posts_of(request(["One", {"text": "Two", "url": "https://a.example/2"}, "  "]))
    assert [(item["id"], item["stored"]) for item in listed] == [
        ("post:1", "post:1"),
        ("post:2", "https://a.example/2"),
    ]


def test_invisible_characters_are_taken_out_and_the_whole_is_bounded() -> None:
    assert posts_of(request(["a\u200bb\u202e"]))[0]["text"] == "ab"
    many = posts_of(request(["x" * 19_000] * 300))
    assert sum(len(item["text"]) for item in many) <= 64_000


def test_nothing_to_read_is_refused() -> None:
    with pytest.raises(Invalid):
        posts_of(request(["", "\u200b"]))


@pytest.mark.parametrize(
    ("days", "active"), [([1], True), ([30], True), ([31], False), ([400, 2], True), ([], True)]
)
def test_active_is_who_posted_in_the_last_month_or_has_posts_without_dates(
    days: list[int], active: bool
) -> None:
    posts = [post(at=NOW - timedelta(days=day)) for day in days] or [post()]
    assert is_active(posts, NOW) is active


def test_the_peak_needs_three_dates() -> None:
    monday = datetime(2026, 11, 23, 18, tzinfo=UTC)
    assert peak_time([post(at=monday)] * 2) is None
    assert peak_time([post(at=monday)] * 2 + [post(at=NOW)]) == "Monday, 17 to 24 (UTC)"


def test_a_company_is_named_by_a_word_of_its_own() -> None:
    assert names_company([post("Met ACME’s team")], ["Acme"])
    assert names_company([post("see acme.example for more")], ["acme.example"])
    assert not names_company([post("Acmeister und Pacme")], ["Acme"])
    assert not names_company([post("a b c")], ["a", ""])
