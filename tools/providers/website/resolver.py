"""From a host name to addresses. A class of its own, so that a test can play the name server."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from tools.providers.website.errors import WebsiteUnreachable

LOOKUPS_AT_ONCE = 8
"""Threads for name lookups: their own, so that a slow name server holds up nothing else."""


class Resolver(Protocol):
    """Looks names up."""

    async def addresses(self, host: str) -> list[str]:
        """Every address of `host`, never empty. Raises WebsiteUnreachable when there is none."""
        ...

    def close(self) -> None:
        """Give back what the resolver holds."""
        ...


class SystemResolver:
    """The machine's resolver, IPv4 only: IPv6 has too many ways to carry another address inside."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="resolve")

    async def addresses(self, host: str) -> list[str]:
        """The A records of `host`."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, _look_up, host)
        except (OSError, UnicodeError) as error:
            raise WebsiteUnreachable("There is no website at this name.") from error
        return found

    def close(self) -> None:
        """End the lookup threads without waiting for the slow ones."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, family=socket.AF_INET, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
