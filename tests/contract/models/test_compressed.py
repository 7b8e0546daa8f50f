"""Answers that come compressed are read as others are: whole, in pieces, and when much of them comes at once."""

import asyncio
import gzip
import zlib

import pytest

from tests.contract.models.hand_made import (
    HEAD,
    LAST,
    REQUEST,
    TEXT,
    WHOLE,
    Playing,
    answer_with,
    chunk,
    listening,
    provider_at,
)
from tests.contract.models.test_hear import Ear, read
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import Finish

PACKED = HEAD.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")


def packed(*parts: bytes) -> list[bytes]:
    """One gzip stream in as many chunks, each of which can be read by itself, and its end."""
    packer = zlib.compressobj(wbits=31)
    chunks = [chunk(packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH)) for part in parts]
    return [*chunks, chunk(packer.flush()) + chunk(b"")]


@pytest.mark.parametrize(("encoding", "compress"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_compressed_answer_is_read(encoding: str, compress: type[bytes]) -> None:
    playing = Playing(answer_with(compress(WHOLE), Content_Encoding=encoding))
    async with listening(playing.answer) as url, provider_at(url) as provider:
        assert [(await provider.complete(REQUEST)).text for _ in range(2)] == ["hi", "hi"]
    assert playing.connections == 1


async def test_an_answer_that_is_not_compressed_as_it_says_is_a_lost_connection() -> None:
    playing = Playing(answer_with(WHOLE, Content_Encoding="gzip"))
    async with listening(playing.answer) as url, provider_at(url) as provider:
        with pytest.raises(ModelFailure) as failed:
            await provider.complete(REQUEST)
    assert (failed.value.error_code, failed.value.reason, failed.value.again_after) == (
        "model_unavailable",
        "connection",
        0,
    )


@pytest.mark.parametrize("every", [0, 1, 2])
async def test_a_compressed_stream_is_heard_as_any_other(every: int) -> None:
    text, more, last, end = packed(TEXT, TEXT.replace(b"hi", b"ho"), LAST)
    playing = Playing(PACKED, text, more[:20], more[20:], last + end)
    async with listening(playing.answer) as url, provider_at(url) as provider:
        for _ in range(2):
            ear = Ear(every)
            parts = await read(provider, ear)
            assert ear.taken == {0: [], 1: ["hi", "ho"], 2: ["ho"]}[every]
            assert parts == [part for part in ("hi", "ho") if part not in ear.taken] + [Finish("stop", None)]
    assert playing.connections == 1


@pytest.mark.parametrize("compressed", [False, True])
async def test_all_of_what_comes_at_once_is_heard_before_more_comes(compressed: bool) -> None:
    events = 8_000  # more than aiohttp keeps; compressed it is a few kilobytes
    data = packed(TEXT * events)[0] if compressed else chunk(TEXT * events)
    playing = Playing(PACKED if compressed else HEAD, data, end="falls silent")
    missing, all_is_heard = events * len("hi"), asyncio.Event()

    def hear(text: str) -> bool:
        nonlocal missing
        missing -= len(text)
        if not missing:
            all_is_heard.set()
        return True

    async with listening(playing.answer) as url, provider_at(url) as provider:
        reading = asyncio.ensure_future(anext(provider.stream(REQUEST, hear)))
        try:
            await asyncio.wait_for(all_is_heard.wait(), 5)
        finally:
            reading.cancel()
            await asyncio.wait([reading])


async def test_a_stream_that_is_not_compressed_as_it_says_can_be_tried_again() -> None:
    playing = Playing(PACKED, chunk(TEXT), end="falls silent")
    async with listening(playing.answer) as url, provider_at(url) as provider:
        with pytest.raises(ModelFailure) as failed:
            await read(provider, Ear())
    assert failed.value.again_after == 0
