"""Bodies read under limits: so many bytes from the wire, so many after one layer of decompression."""

import zlib
from collections.abc import AsyncIterator

from tools.providers.website.errors import WebsiteUnreadable

TOO_LARGE = "The page is too large to be read."
WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


async def read_limited(chunks: AsyncIterator[bytes], limit: int, *, cut: bool = False) -> bytes:
    """What comes, up to `limit` bytes; more is refused, or left unread with `cut`."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit:
            if not cut:
                raise WebsiteUnreadable(TOO_LARGE)
            return bytes(body[:limit])
    return bytes(body)


def decode(body: bytes, encoding: str, limit: int) -> bytes:
    """Undo the one encoding a server may use though we asked for none. Raises WebsiteUnreadable beyond `limit` bytes."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return body
    if name not in WINDOWS:
        raise WebsiteUnreadable("The website sends its pages in a compression we don't read.")
    try:
        return _inflate(body, WINDOWS[name], limit)
    except zlib.error as error:
        if name == "deflate":
            return _raw_deflate(body, limit)
        raise WebsiteUnreadable("The website sent a broken page.") from error


def _raw_deflate(body: bytes, limit: int) -> bytes:
    """Some servers call deflate what lacks zlib's header."""
    try:
        return _inflate(body, -zlib.MAX_WBITS, limit)
    except zlib.error as error:
        raise WebsiteUnreadable("The website sent a broken page.") from error


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    inflater = zlib.decompressobj(window)
    plain = inflater.decompress(body, limit + 1)
    if len(plain) > limit:
        raise WebsiteUnreadable(TOO_LARGE)
    return plain
