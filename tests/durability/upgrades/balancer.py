"""A balancer as plain as can be: each connection goes to the next of the processes that are in it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count


@dataclass
class Balancer:
    """`ports` are those of the processes in it; whoever takes one out takes it out for new connections only."""

    port: int = 0
    ports: list[int] = field(default_factory=list)
    _turn: "count[int]" = field(default_factory=count)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first byte to its last."""
        port = self.ports[next(self._turn) % len(self.ports)]
        upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pass(reader, upstream_writer), _pass(upstream_reader, writer))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what comes until it ends; then the other side is told that it has."""
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(ConnectionError, OSError):
        writer.close()


@asynccontextmanager
async def balancing(*ports: int) -> AsyncIterator[Balancer]:
    """A balancer before these ports."""
    balancer = Balancer(ports=list(ports))
    server = await asyncio.start_server(balancer.connected, "127.0.0.1", 0)
    balancer.port = int(server.sockets[0].getsockname()[1])
    try:
        yield balancer
    finally:
        server.close()
