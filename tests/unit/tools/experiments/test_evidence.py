"""A quote counts only when it stands, letter for letter, in a stored source."""

from hypothesis import assume, given
from hypothesis import strategies as st

from tools.experiments.design import Standing
from tools.experiments.evidence import (
    FoldedSources,
    Source,
    checked_standing,
    contains,
    find_source,
    fold,
    spoken,
)

SAID = "Our best customers are steel traders in Bavaria; they lose two days at every month’s end."
TURN = Source("turn:3", "turn:abc", "turn", SAID)
PAGE = Source(
    "page:1", "page:https://example.com", "page", "Close your books in two days. Trusted by 40 traders."
)
SOURCES = [TURN, PAGE]
WORDS = st.lists(st.text("abcäöüßéñł漢字123.,'’“-", min_size=1, max_size=12), max_size=20).map(" ".join)


@given(before=WORDS, quote=WORDS, after=WORDS)
def test_any_long_enough_part_of_a_source_is_found(before: str, quote: str, after: str) -> None:
    assume(len(fold(quote).strip('"').encode()) >= 8)
    assert contains(f"{before}\n {quote}\u00a0{after}", quote)


@given(position=st.integers(0, len(SAID) - 1), letter=st.sampled_from("abcxyzABCXYZ19"))
def test_one_changed_letter_demotes(position: int, letter: str) -> None:
    changed = SAID[:position] + letter + SAID[position + 1 :]
    assume(changed != SAID)
    source = find_source(changed, "turn:3", SOURCES)
    assert source is None
    assert checked_standing(Standing.OBSERVED, source) == Standing.ASSUMED


SENTENCES = st.lists(
    st.text("abcdefghijklmnoprstuäöüßéñčłабвгде漢字日本", min_size=2, max_size=12), min_size=4, max_size=30
)


@given(words=SENTENCES, data=st.data())
def test_one_changed_letter_of_any_quote_of_any_text_demotes(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(words) - 3))
    quote = " ".join(words[start : start + data.draw(st.integers(3, len(words) - start))])
    assume(len(fold(quote).encode()) >= 8)
    said = [Source("turn:9", "turn:z", "turn", text)]
    at = data.draw(st.sampled_from([place for place, letter in enumerate(quote) if letter != " "]))
    other = data.draw(st.sampled_from("qxyzQXYZ7жю犬").filter(lambda letter: letter != quote[at]))
    changed = quote[:at] + other + quote[at + 1 :]
    assert checked_standing(Standing.OBSERVED, find_source(quote, "turn:9", said)) == Standing.OBSERVED
    assert checked_standing(Standing.OBSERVED, find_source(changed, "turn:9", said)) == Standing.ASSUMED
    folded = FoldedSources(said)
    assert folded.find(quote, "turn:z") is said[0]
    assert folded.find(changed, "turn:z") is None


def test_white_space_and_typography_are_folded() -> None:
    assert find_source("they lose  two days at every month's\nend.", "turn:3", SOURCES) is TURN
    assert find_source("“they lose two\u200b days”", "turn:3", SOURCES) is TURN


@given(st.text(st.characters(max_codepoint=0x7F), max_size=30))
def test_plain_text_is_folded_like_any_other(text: str) -> None:
    assert fold(f"{text} é") == f"{fold(text)} é".strip()


def test_of_several_sources_that_hold_a_quote_the_named_one_counts_else_the_first() -> None:
    first, again = (Source(f"turn:{number}", f"turn:{number}", "turn", SAID) for number in (1, 2))
    assert find_source("two days at every", "turn:2", [PAGE, first, again]) is again
    assert find_source("two days at every", "turn:7", [PAGE, first, again]) is first


def test_a_wrong_source_id_is_set_right() -> None:
    assert find_source("Trusted by 40 traders", "turn:3", SOURCES) is PAGE


def test_a_few_letters_prove_nothing_unless_they_are_the_whole_source() -> None:
    short = Source("turn:1", "turn:x", "turn", "CFOs")
    assert find_source("CFOs", "turn:1", [short]) is short
    assert find_source("days", "turn:3", SOURCES) is None
    assert find_source("", "turn:3", SOURCES) is None


def test_a_short_quote_in_a_script_of_dense_words_is_enough() -> None:
    said = Source("turn:1", "turn:x", "turn", "我们的客户是钢铁贸易商")
    assert find_source("钢铁贸易商", "turn:1", [said]) is said


def test_standing_is_never_raised() -> None:
    assert checked_standing(Standing.INFERRED, TURN) == Standing.INFERRED
    assert checked_standing(Standing.ASSUMED, TURN) == Standing.ASSUMED


def test_pages_do_not_speak_for_the_user() -> None:
    assert spoken(SOURCES) == [TURN]
