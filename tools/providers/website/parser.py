"""The parent's side of `extraction.py`: one warm process, replaced when it hangs, dies or has served enough."""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import structlog
from pydantic import BaseModel, ValidationError

from tools.providers.website.errors import WebsiteUnreadable
from tools.providers.website.fetcher import Fetched

log = structlog.get_logger(__name__)

PROGRAM = Path(__file__).with_name("extraction.py")
START_SECONDS = 20.0
PAGES_A_PROCESS = 200
MAX_ANSWER = 32 * 1024 * 1024
BROKEN = "The page could not be read."


class Link(BaseModel):
    """A link and its words."""

    url: str
    text: str


class Extracted(BaseModel):
    """What a page says. Not cleaned yet: the text is the page author's."""

    title: str | None
    description: str | None
    favicon: str | None
    text: str
    links: list[Link]


class PageParser:
    """Reads pages one after another in its child process; starting one takes about a second."""

    def __init__(self, seconds: float, max_characters: int) -> None:
        self._seconds = seconds
        self._max_characters = max_characters
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._served = 0

    async def extract(self, page: Fetched) -> Extracted:
        """The page's text and head. Raises WebsiteUnreadable when it can't be parsed in time."""
        async with self._turn:
            process = await self._ready()
            try:
                async with asyncio.timeout(self._seconds):
                    line = await self._ask(process, page)
            except (TimeoutError, OSError, ValueError) as error:
                await self._stop()
                log.warning("website.parse_failed", host=page.target.host, reason=type(error).__name__)
                raise WebsiteUnreadable(BROKEN) from error
            except BaseException:
                await self._stop()
                raise
        return _read_answer(line, page)

    async def close(self) -> None:
        """End the child."""
        async with self._turn:
            await self._stop()

    async def _ready(self) -> Process:
        """The child, started and warm: the time limit of a page doesn't pay for imports."""
        if self._process is not None and (
            self._process.returncode is not None or self._served >= PAGES_A_PROCESS
        ):
            await self._stop()
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", str(PROGRAM), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, limit=MAX_ANSWER
            )  # fmt: skip
            self._served = 0
            await self._warm_up(self._process)
        self._served += 1
        return self._process

    async def _warm_up(self, process: Process) -> None:
        """An empty text, answered once everything is imported."""
        try:
            async with asyncio.timeout(START_SECONDS):
                await _exchange(process, b"", {"url": "", "type": "text/plain", "charset": None, "limit": 0})
        except BaseException:
            await self._stop()
            raise

    async def _ask(self, process: Process, page: Fetched) -> bytes:
        request = {"url": str(page.target), "type": page.content_type, "charset": page.charset}
        return await _exchange(process, page.body, {**request, "limit": self._max_characters})

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def _exchange(process: Process, body: bytes, request: dict[str, object]) -> bytes:
    """One request and its answer. Raises OSError or ValueError when the child died or said too much."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({**request, "length": len(body)}).encode() + b"\n" + body)
    await process.stdin.drain()
    line = await process.stdout.readline()
    if not line:
        raise ValueError("the parser ended")
    return line


def _read_answer(line: bytes, page: Fetched) -> Extracted:
    try:
        return Extracted.model_validate_json(line)
    except ValidationError as error:
        log.warning("website.parse_refused", host=page.target.host)
        raise WebsiteUnreadable(BROKEN) from error
