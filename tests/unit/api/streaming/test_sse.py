"""The bytes of a stream: places to go on from, no gap and no repeat wherever it was cut."""

import json
from collections.abc import AsyncGenerator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.events import RepliesSuggested, TextDelta, ToolCalled, TurnEvent, TurnFinished, TurnStarted
from agents.turns.entries import LogEntry
from api.streaming.ai_sdk import AiSdkEncoder
from api.streaming.cursor import Cursor
from api.streaming.plain import PlainEncoder
from api.streaming.response import LastPiece
from api.streaming.sse import EventStream

EVENTS: list[TurnEvent] = [
    TurnStarted(7, "turn-1", "message-1"),
    TextDelta("t-1", "Who "),
    TextDelta("t-1", "buys "),
    TextDelta("t-1", "this?"),
    ToolCalled("call-1", "save", {}),
    TextDelta("t-2", "Saved"),
    TextDelta("t-2", "."),
    RepliesSuggested("A role", []),
    TurnFinished("stop"),
]
ENTRIES = [LogEntry(3, number, event) for number, event in enumerate(EVENTS, 1)]
FORMS = {"ai-sdk": AiSdkEncoder, "plain": PlainEncoder}


async def batches(*sizes: int) -> AsyncGenerator[list[LogEntry], None]:
    """The entries in batches of these sizes, the rest in one."""
    begin = 0
    for size in sizes:
        if ENTRIES[begin : begin + size]:
            yield ENTRIES[begin : begin + size]
        begin += size
    if ENTRIES[begin:]:
        yield ENTRIES[begin:]


async def streamed(form: str, *sizes: int, cursor: Cursor | None = None) -> bytes:
    pieces = [piece async for piece in EventStream(FORMS[form](), cursor).pieces(batches(*sizes))]
    return b"".join(pieces)


async def test_the_piece_with_the_turns_end_says_that_nothing_follows() -> None:
    pieces = [piece async for piece in EventStream(FORMS["plain"]()).pieces(batches(2, 2))]
    assert [isinstance(piece, LastPiece) for piece in pieces] == [False] * (len(pieces) - 1) + [True]


def frames(stream: bytes) -> list[tuple[str | None, str]]:
    """Whole frames: the id and the data of each."""
    found: list[tuple[str | None, str]] = []
    for block in stream.decode().split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((fields.get("id"), fields["data"]))
    return found


def effect(received: list[tuple[str | None, str]]) -> list[object]:
    """What a client has of its frames: neighbouring pieces of text joined."""
    seen: list[object] = []
    for _, data in received:
        chunk = data if data == "[DONE]" else json.loads(data)
        last = seen[-1] if seen else None
        joined = None
        if isinstance(last, dict) and isinstance(chunk, dict) and last["type"] == chunk["type"]:
            for name in ("delta", "content"):
                if (
                    name in chunk
                    and chunk["type"] in {"text-delta", "token"}
                    and last.get("id") == chunk.get("id")
                ):
                    joined = {**last, name: last[name] + chunk[name]}
        if joined is None:
            seen.append(chunk)
        else:
            seen[-1] = joined
    return seen


async def test_the_last_frame_of_an_entry_carries_its_place() -> None:
    found = frames(await streamed("ai-sdk", 1, 1))
    assert [place for place, _ in found[:4]] == ["3.1.1", "3.1", "3.2.1", "3.2"]
    assert found[-1] == ("3.9", "[DONE]")


@pytest.mark.parametrize("form", sorted(FORMS))
async def test_every_place_is_written_as_a_cursor_is(form: str) -> None:
    places = [place for place, _ in frames(await streamed(form, 1, 2)) if place]
    assert [str(Cursor.parse(place)) for place in places] == places


async def test_text_of_one_batch_is_one_piece() -> None:
    found = frames(await streamed("ai-sdk"))
    deltas = [json.loads(data)["delta"] for _, data in found if '"text-delta"' in data]
    assert deltas == ["Who buys this?", "Saved."]


@given(st.sampled_from(sorted(FORMS)), st.lists(st.integers(1, 4), max_size=6), st.data())
async def test_a_stream_cut_anywhere_goes_on_without_gap_or_repeat(
    form: str, sizes: list[int], data: st.DataObject
) -> None:
    whole = await streamed(form, *sizes)
    cut = data.draw(st.integers(0, len(whole)))
    first = frames(whole[:cut])
    last = next((place for place, _ in reversed(first) if place), None)
    again = data.draw(st.integers(1, len(ENTRIES)))
    rest = frames(await streamed(form, again, cursor=Cursor.parse(last)))
    assert effect(first + rest) == effect(frames(whole))


class Looking(AiSdkEncoder):
    """It takes the long way for every piece."""

    def more_text(self, event: TextDelta) -> bytes | None:
        return None


class PlainLooking(PlainEncoder):
    """The same in the plain form."""

    def more_text(self, event: TextDelta) -> bytes | None:
        return None


@pytest.mark.parametrize(("form", "looking"), [("ai-sdk", Looking), ("plain", PlainLooking)])
@given(st.lists(st.tuples(st.sampled_from(["t-1", 't-"2']), st.text()), max_size=8))
async def test_a_piece_that_only_goes_on_has_the_bytes_it_would_have_the_long_way(
    form: str, looking: type[Looking | PlainLooking], texts: list[tuple[str, str]]
) -> None:
    events = [
        TurnStarted(7, "turn-1", "message-1"),
        *(TextDelta(*text) for text in texts),
        TurnFinished("stop"),
    ]

    async def one_by_one() -> AsyncGenerator[list[LogEntry], None]:
        for number, event in enumerate(events, 1):
            yield [LogEntry(3, number, event)]

    short = [piece async for piece in EventStream(FORMS[form]()).pieces(one_by_one())]
    assert short == [piece async for piece in EventStream(looking()).pieces(one_by_one())]


def _number(place: str | None) -> int:
    cursor = Cursor.parse(place)
    return cursor.number if cursor else 0


@pytest.mark.parametrize("cursor", [Cursor(2, 5), Cursor(3, 99)])
async def test_a_place_the_log_does_not_know_gets_everything(cursor: Cursor) -> None:
    assert await streamed("ai-sdk", cursor=cursor) == await streamed("ai-sdk")
    plain = frames(await streamed("plain", cursor=cursor))
    assert plain[0] == (None, '{"type":"reset"}')
    assert plain[1:] == frames(await streamed("plain"))


@pytest.mark.parametrize("text", ["", "x", "1", "1.2.3.4", "-1.2", "1.٣", "1." + "9" * 40, None])
def test_a_foreign_cursor_is_none(text: str | None) -> None:
    assert Cursor.parse(text) is None


def test_a_cursor_reads_what_it_wrote() -> None:
    for cursor in (Cursor(1, 2), Cursor(1, 2, 3)):
        assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("form", FORMS)
async def test_who_is_ahead_of_the_log_waits_until_it_has_caught_up(form: str) -> None:
    whole = frames(await streamed(form, *[1] * len(ENTRIES)))
    behind = frames(await streamed(form, 2, 1, cursor=Cursor(3, 4)))
    assert effect(behind) == effect([frame for frame in whole if _number(frame[0]) > 4])


@pytest.mark.parametrize("form", FORMS)
async def test_who_was_ahead_of_a_log_that_began_anew_gets_everything(form: str) -> None:
    async def anew() -> AsyncGenerator[list[LogEntry], None]:
        yield ENTRIES[:2]
        yield [LogEntry(4, entry.number, entry.event) for entry in ENTRIES[2:]]

    pieces = [piece async for piece in EventStream(FORMS[form](), Cursor(3, 4)).pieces(anew())]
    got = effect(frames(b"".join(pieces)))
    assert got[form == "plain" :] == effect(frames(await streamed(form)))
    assert got[0] == {"type": "reset"} or form == "ai-sdk"


@pytest.mark.parametrize("form", FORMS)
async def test_a_place_that_never_was_gets_everything_at_the_end(form: str) -> None:
    got = effect(frames(await streamed(form, 2, 3, cursor=Cursor(3, 999))))
    assert got[form == "plain" :] == effect(frames(await streamed(form)))


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
async def test_what_is_heard_and_what_comes_in_batches_are_together_the_stream(
    form: str, data: st.DataObject
) -> None:
    sent: list[bytes] = []
    stream = EventStream(FORMS[form]())
    heard = 0

    async def offered() -> AsyncGenerator[list[LogEntry], None]:
        """As the writer does: each entry is offered first, and comes by itself when it is not taken."""
        nonlocal heard
        for entry in ENTRIES:
            willing = data.draw(st.booleans())
            stream.take = lambda piece, willing=willing: willing and not sent.append(piece)
            if stream.hear(entry):
                heard += 1
            else:
                yield [entry]

    async for piece in stream.pieces(offered()):
        sent.append(piece)  # noqa: PERF401 — what is heard stands between
    assert b"".join(sent) == await streamed(form, *([1] * len(ENTRIES)))
    assert heard <= sum(isinstance(event, TextDelta) for event in EVENTS)


@pytest.mark.parametrize("form", FORMS)
async def test_nothing_is_heard_before_the_place_a_client_goes_on_from_is_reached(form: str) -> None:
    stream, sent = EventStream(FORMS[form](), Cursor(3, 2)), list[bytes]()
    stream.take = lambda piece: not sent.append(piece)

    async def ahead() -> AsyncGenerator[list[LogEntry], None]:
        yield ENTRIES[:1]  # the client is ahead of the log
        assert not stream.hear(ENTRIES[1])
        yield ENTRIES[1:3]
        assert stream.hear(ENTRIES[3])
        yield ENTRIES[4:]

    async for piece in stream.pieces(ahead()):
        sent.append(piece)
    assert b"".join(sent) == await streamed(form, 1, 2, 1, cursor=Cursor(3, 2))
