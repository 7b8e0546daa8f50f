"""A client that reads an answer as raw bytes, leaves at any byte it is told to, and keeps what a real one would keep."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import h11
import httpx

Json = dict[str, Any]
Cut = Callable[[bytes], int | None]
"""Given all bytes of an answer so far, head included: after how many of them the client leaves; None: not yet."""

DONE = "[DONE]"
SILENCE = 60.0
"""Seconds without a byte after which a test gives up."""
JOINED = {"text-delta": "delta", "token": "content"}
"""Chunks of text, and where they hold it: how many pieces a text comes in is nobody's business."""


@dataclass
class Transcript:
    """What a client has of a stream: whole events only; one that was begun when it left is nothing."""

    frames: list[tuple[str | None, Any]] = field(default_factory=list)
    refusal: bytes = b""
    """The body that came instead of a stream."""
    _begun: bytes = b""

    def feed(self, data: bytes) -> None:
        """The next bytes of a body."""
        *events, self._begun = (self._begun + data).split(b"\n\n")
        for event in events:
            fields = dict(line.split(b": ", 1) for line in event.split(b"\n") if not line.startswith(b":"))
            if b"data" in fields:
                place = fields[b"id"].decode() if b"id" in fields else None
                text = fields[b"data"].decode()
                self.frames.append((place, text if text == DONE else json.loads(text)))

    def leave(self) -> None:
        """The connection is gone, and with it what had begun to come."""
        self._begun = b""

    def forget(self) -> None:
        """All comes again from its start."""
        self.frames.clear()

    @property
    def place(self) -> str | None:
        """The last id that came, as a browser would send it back."""
        return next((place for place, _ in reversed(self.frames) if place is not None), None)

    @property
    def problem(self) -> Json:
        """Why there is no stream."""
        return dict(json.loads(self.refusal))

    @property
    def turn_id(self) -> str:
        """Which turn it is, in either form."""
        [start] = self.of("start") or [{"messageMetadata": self.of("done")[0]}]
        return str(start["messageMetadata"]["turnId"])

    @property
    def ended(self) -> bool:
        """Whether the stream said that it is over."""
        return bool(self.frames) and self.frames[-1][1] == DONE

    @property
    def chunks(self) -> list[Any]:
        """What was said, with neighbouring pieces of one text joined."""
        joined: list[Any] = []
        for _, chunk in self.frames:
            last = joined[-1] if joined else None
            if isinstance(chunk, dict) and isinstance(last, dict) and _is_one_text(last, chunk):
                name = JOINED[chunk["type"]]
                joined[-1] = {**last, name: last[name] + chunk[name]}
            else:
                joined.append(chunk)
        return joined

    @property
    def text(self) -> str:
        """What the user reads."""
        return "".join(str(chunk[JOINED[chunk["type"]]]) for chunk in self.of(*JOINED))

    def of(self, *kinds: str) -> list[Json]:
        """The chunks of these types."""
        return [chunk for _, chunk in self.frames if chunk != DONE and chunk["type"] in kinds]


def _is_one_text(first: Json, second: Json) -> bool:
    return first["type"] == second["type"] and first["type"] in JOINED and first.get("id") == second.get("id")


@dataclass(frozen=True)
class Caller:
    """Who asks, and where: one of several processes."""

    url: str
    token: str

    async def ask(
        self,
        method: str,
        path: str,
        transcript: Transcript,
        *,
        body: Json | None = None,
        headers: Mapping[str, str] | None = None,
        cut: Cut | None = None,
        reset: bool = False,
    ) -> int:
        """One request and its answer, up to where `cut` says; the status, 0 when not even that came.

        `reset`: leave with a TCP reset and not with a farewell.
        """
        address = httpx.URL(self.url)
        reader, writer = await asyncio.open_connection(address.host, address.port)
        connection = h11.Connection(h11.CLIENT)
        try:
            writer.write(self._request(connection, method, path, body, headers or {}))
            return await _receive(reader, connection, transcript, cut)
        finally:
            transcript.leave()
            if reset:
                writer.transport.abort()
            writer.close()

    def _request(
        self,
        connection: h11.Connection,
        method: str,
        path: str,
        body: Json | None,
        headers: Mapping[str, str],
    ) -> bytes:
        content = b"" if body is None else json.dumps(body).encode()
        sent = {
            "Host": httpx.URL(self.url).netloc.decode(),
            "Authorization": f"Bearer {self.token}",
            "Accept": "text/event-stream",
            "Content-Type": "application/json",
            "Content-Length": str(len(content)),
            **headers,
        }
        request = h11.Request(method=method, target=path, headers=list(sent.items()))
        return b"".join(
            connection.send(part) or b"" for part in (request, h11.Data(data=content), h11.EndOfMessage())
        )


async def _receive(
    reader: asyncio.StreamReader, connection: h11.Connection, transcript: Transcript, cut: Cut | None
) -> int:
    """Read to the end or to the cut. What is behind the cut counts as never received."""
    status, got = 0, b""
    while True:
        at = None if cut is None else cut(got)
        if at == 0:
            return status
        data = await asyncio.wait_for(reader.read(65536), SILENCE)
        before, got = len(got), got + data
        at = None if cut is None else cut(got)
        connection.receive_data(data if at is None else data[: at - before])
        while (event := connection.next_event()) is not h11.NEED_DATA:
            if isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data) and status < httpx.codes.BAD_REQUEST:
                transcript.feed(bytes(event.data))
            elif isinstance(event, h11.Data):
                transcript.refusal += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
                return status
        if at is not None:
            return status
