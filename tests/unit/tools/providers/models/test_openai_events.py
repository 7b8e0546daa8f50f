"""Events cut out of reads of any size, and their text: what was learned of a stream gives what parsing gives."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.providers.models.openai import events
from tools.providers.models.openai.events import LESSONS, EventCutter, TextReader, is_last, text_of


def cut_in(parts: list[bytes]) -> list[bytes]:
    """The events of a stream that is read in these parts."""
    cutter = EventCutter()
    return [event for part in parts for event in cutter.cut(part)]


def split_at(stream: bytes, places: list[int]) -> list[bytes]:
    """The stream in parts that begin at these places."""
    edges = [0, *sorted(place % (len(stream) + 1) for place in places), len(stream)]
    return [stream[begin:end] for begin, end in pairwise(edges)]


@given(
    pieces=st.lists(
        st.sampled_from([b"data: a", b"b", b": ", b"\n", b"\r", b"\r\n", b"\n\n", b"\r\n\r\n"]), max_size=24
    ),
    places=st.lists(st.integers(0, 200), max_size=10),
)
def test_events_are_the_same_wherever_the_reads_begin_and_end(pieces: list[bytes], places: list[int]) -> None:
    stream = b"".join(pieces)
    lines = re.sub(rb"\r\n|\r", b"\n", stream).lstrip(b"\n")
    expected = [event for event in re.split(rb"\n\n+", lines)[:-1] if event]
    assert cut_in(split_at(stream, places)) == expected


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_any_line_end_ends_a_line_and_comments_are_events(end: bytes, size: int) -> None:
    lines = [b": still here", b"", b"data: a", b"data: b", b"", b"", b"data: c", b"", b"data: begun"]
    stream = end.join(lines)
    parts = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert cut_in(parts) == [b": still here", b"data: a\ndata: b", b"data: c"]


def event_of(
    text: object, *, ascii_only: bool = False, padding: str | None = None, of: str = "chatcmpl-1", **more: Any
) -> bytes:
    """One event of a stream; `more` replaces fields of its choice."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None, **more}
    chunk: dict[str, Any] = {"id": of, "object": "chat.completion.chunk", "choices": [choice]}
    if padding is not None:
        chunk |= {"usage": None, "obfuscation": padding}
    return b"data: " + json.dumps(chunk, ensure_ascii=ascii_only, separators=(",", ":")).encode()


def _nasty() -> st.SearchStrategy[str]:
    whole = [
        '"',
        "\\",
        '\\"',
        '"}',
        '"},"finish_reason":null}]}',
        '","obfuscation":"x',
        "🚤",
        "\x00\x1f\u2028",
    ]
    return st.text(max_size=6) | st.lists(st.sampled_from(whole), max_size=3).map("".join)


SAYING_MORE = [
    event_of("hi", delta={"role": "assistant", "content": ""}),
    event_of("hi", delta={"role": "tool", "content": "hi"}),
    event_of("hi", finish_reason="stop"),
    event_of("hi", delta={"content": "hi", "tool_calls": [{"index": 0}]}),
    event_of("hi", delta={"content": "hi", "refusal": "no"}),
    event_of("hi", delta={}),
    event_of(None),
    event_of(7),
    event_of("hi", of="hi"),
    event_of("hi")[:-3],
    event_of("hi") + b"}",
    event_of("hi") + b"\ndata: more",
    event_of("hi").replace(b"]}", b'],"error":{"code":"server_error"}}'),
    event_of("hi").replace(b"]}", b'],"usage":{"total_tokens":1}}'),
    b'data: {"choices":[],"usage":{"total_tokens":1}}',
    b"data: [DONE]",
    b": still here",
    b"event: ping",
    b"data: \xff\xfe",
]


@given(data=st.data(), ascii_only=st.booleans(), padded=st.booleans())
def test_what_was_learned_of_a_stream_gives_what_parsing_gives(
    data: st.DataObject, ascii_only: bool, padded: bool
) -> None:
    letters = st.text("abcXYZ019", max_size=9) if padded else st.none()
    texts = st.builds(event_of, _nasty(), ascii_only=st.just(ascii_only), padding=letters)
    stream = data.draw(st.lists(texts | st.sampled_from(SAYING_MORE), max_size=20))
    reader = TextReader()
    assert [reader.read(event) for event in stream] == [text_of(event) for event in stream]


@given(data=st.data(), padded=st.booleans())
def test_a_read_is_known_only_when_it_is_one_event_with_that_text(data: st.DataObject, padded: bool) -> None:
    letters = st.text("abcXYZ019", max_size=9) if padded else st.none()
    texts = st.builds(event_of, _nasty(), padding=letters)
    reader = TextReader()
    reader.read(data.draw(texts))
    parts = texts | st.sampled_from([*SAYING_MORE, b"\n\n", b"\n", b"\r", b"data: "])
    read = b"".join(data.draw(st.lists(parts, min_size=1, max_size=4)))
    known = reader.known(read)
    assert known is None or (EventCutter().cut(read), text_of(read[:-2])) == ([read[:-2]], known)


@pytest.mark.parametrize("padding", [None, "", "x7"])
def test_a_whole_event_like_one_before_is_known_before_it_is_cut(padding: str | None) -> None:
    reader = TextReader()
    assert reader.known(event_of("hi", padding=padding) + b"\n\n") is None
    reader.read(event_of("hi", padding=padding))
    whole = event_of("ho", padding=padding) + b"\n\n"
    assert reader.known(whole) == "ho"
    for read in (b"", whole[:-1], whole[1:], whole * 2, b"\n" + whole, whole.replace(b"\n\n", b"\r\n\r\n")):
        assert reader.known(read) is None
    if padding is not None:  # the same quotation mark would be the end of the padding's name and of its value
        assert reader.known(whole.replace(f'"{padding}"}}'.encode(), b'"}')) is None


@pytest.mark.parametrize(
    ("begun", "between"),
    [(b"", True), (b"data: a\n\n", True), (b"data: a\n\ndata", False), (b"data: a\r\n\r", False)],
)
def test_the_cutter_knows_whether_the_next_read_begins_with_an_event(begun: bytes, between: bool) -> None:
    cutter = EventCutter()
    cutter.cut(begun)
    assert cutter.is_between_events is between


FEW = st.sampled_from(["a", "b", '"a"'])


@given(stream=st.lists(st.builds(event_of, FEW, of=FEW), max_size=12))
def test_a_text_that_stands_elsewhere_in_its_event_is_not_mixed_up(stream: list[bytes]) -> None:
    reader = TextReader()
    assert [reader.read(event) for event in stream] == [text_of(event) for event in stream]


@pytest.mark.parametrize("more", SAYING_MORE[1:5] + SAYING_MORE[12:15])
def test_events_together_have_a_text_only_when_none_says_more(more: bytes) -> None:
    said = [event_of("a"), b": still here", event_of("b"), event_of("")]
    assert TextReader().read_all(said) == "ab"
    assert TextReader().read_all([*said, more]) is None


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The events that were parsed as a whole."""
    seen: list[bytes] = []

    def noting(event: bytes) -> str | None:
        seen.append(event)
        return text_of(event)

    monkeypatch.setattr(events, "text_of", noting)
    return seen


@pytest.mark.parametrize("padded", [False, True])
def test_events_like_one_before_are_not_parsed_as_a_whole(parsed: list[bytes], padded: bool) -> None:
    reader = TextReader()
    texts = ["We ", "\\", "Überholung 🚤", "\n"]
    stream = [event_of(text, padding="x7" * at if padded else None) for at, text in enumerate(texts)]
    assert reader.read(stream[0]) == "We "
    parsed.clear()
    assert [reader.read(event) for event in stream[1:]] == texts[1:]
    assert parsed == []


def test_of_a_stream_without_two_events_alike_only_the_first_few_are_looked_at(parsed: list[bytes]) -> None:
    reader, count = TextReader(), 3 * LESSONS
    for number in range(count):
        assert reader.read(event_of("hi", of=f"chatcmpl-{number}")) == "hi"
    assert len(parsed) == count + LESSONS


@pytest.mark.parametrize(
    ("event", "last"), [(b"data: [DONE]", True), (b"data:[DONE]", True), (b": x", False)]
)
def test_the_last_event_says_so(event: bytes, last: bool) -> None:
    assert is_last(event) is last


def test_an_event_that_says_more_is_parsed_once_by_who_hears_of_it_and_who_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed: list[bytes] = []
    monkeypatch.setattr(events, "text_of", lambda event: parsed.append(event) or text_of(event))
    reader, end = TextReader(), event_of("hi", finish_reason="stop")
    assert reader.read_all([event_of("a"), end]) is None
    assert reader.read(end) is None
    assert parsed.count(end) == 1
    assert reader.read(event_of("b")) == "b"
