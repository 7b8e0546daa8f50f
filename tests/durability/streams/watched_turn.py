"""A turn with three readers while a server fails: who asked, who reads at another process, and one whose connection broke."""

import asyncio
import random
from dataclasses import dataclass, field

import httpx

from tests.durability.streams.cuts import after, nowhere
from tests.durability.streams.people import Person, ui_body
from tests.durability.streams.wire import DONE, Transcript

FEW_BYTES = (700, 3_000)
AWAY = {502, 503, 504}
RELOAD = "attempt_lost"
"""The code that tells a client to come back for the answer that is written anew."""
PATIENCE = 40.0
"""Seconds in which a server is back and a turn that was handed over has ended."""


@dataclass
class WatchedTurn:
    """The readers' transcripts; `seen` is set when the first words are there."""

    somebody: Person
    chat: str
    chance: random.Random
    asked: Transcript = field(default_factory=Transcript)
    elsewhere: Transcript = field(default_factory=Transcript)
    broken: Transcript = field(default_factory=Transcript)
    seen: asyncio.Event = field(default_factory=asyncio.Event)
    resets: int = 0
    """How often a reader was told to begin again."""

    @property
    def question(self) -> str:
        """What is asked."""
        return f"We sell pumps to mines, {self.chat}."

    async def run(self) -> None:
        """Ask, and read in three ways until all have the end."""
        here, there = self.chance.sample(self.somebody.callers, 2)
        body = ui_body(self.chat, "m-1", self.question)
        asking = asyncio.create_task(
            here.ask("POST", f"{self.somebody.base}/chat", self.asked, body=body, cut=self._noting)
        )
        asking.add_done_callback(lambda _: self.seen.set())
        await self.seen.wait()
        readers = (
            self._until_ended(there.url, self.elsewhere, "ai-sdk", broken=False),
            self._until_ended(there.url, self.broken, "plain", broken=True),
        )
        status, *_ = await asyncio.gather(asking, *readers)
        assert status == httpx.codes.OK
        if code_of(self.asked) == RELOAD:
            self.asked.forget()
            await self._until_ended(here.url, self.asked, "ai-sdk", broken=False)

    def _noting(self, _: bytes) -> None:
        if self.asked.frames:
            self.seen.set()

    async def _until_ended(self, url: str, transcript: Transcript, form: str, *, broken: bool) -> None:
        """Read at one process, again and again until the end is there: a refusal while a server is away is no end.

        A transcript stays empty when the turn was over before this reader got in.
        """
        [caller] = [caller for caller in self.somebody.callers if caller.url == url]
        path = f"{self.somebody.base}/chat/{self.chat}/stream?format={form}"
        cut = after(self.chance.randrange(*FEW_BYTES)) if broken else nowhere
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not transcript.ended or code_of(transcript) == RELOAD:
            assert asyncio.get_running_loop().time() < deadline, transcript.refusal or transcript.frames[-3:]
            if code_of(transcript) == RELOAD:
                transcript.forget()
            headers = {"Last-Event-ID": transcript.place} if transcript.place else {}
            status = await caller.ask("GET", path, transcript, headers=headers, cut=cut)
            self._begin_again(transcript)
            if status == httpx.codes.NO_CONTENT:
                assert not headers, f"the server takes {transcript.place} for the end"
                return
            assert status in {httpx.codes.OK, *AWAY}, transcript.refusal
            if status in AWAY or cut is not nowhere:
                cut = nowhere
                await asyncio.sleep(self.chance.uniform(0, 1))

    def _begin_again(self, transcript: Transcript) -> None:
        """What a client does that is told to begin again, or that gets the answer from its start."""
        for place in reversed(range(1, len(transcript.frames))):
            chunk = transcript.frames[place][1]
            if chunk != DONE and chunk["type"] in {"reset", "start"}:
                self.resets += 1
                del transcript.frames[: place + (chunk["type"] == "reset")]
                return


def code_of(transcript: Transcript) -> str | None:
    """The code of the error that ended it, which says that one may try again; None when none did."""
    told = [chunk["data"] for chunk in transcript.of("data-error")] or transcript.of("error")
    if not told:
        return None
    assert told[-1]["retryable"] is True, told
    return str(told[-1]["code"])
