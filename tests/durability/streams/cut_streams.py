"""One turn, read uncut at one process, and at the same time by a client whose connection breaks again and again."""

import asyncio
import random
from typing import Any

from tests.durability.streams.cuts import any_cut, nowhere
from tests.durability.streams.people import Person, ui_body
from tests.durability.streams.wire import DONE, Cut, Transcript

SIZE = {"ai-sdk": 5_000, "plain": 2_400}
"""About how many bytes a stream has; what is left after a cut is less."""


class CutStream:
    """The two readings of one turn, and what happened to the second."""

    def __init__(self, seed: int, number: int, somebody: Person) -> None:
        self.chance = random.Random(f"{seed}:{number}")
        self.somebody = somebody
        self.chat = f"chat-{number}"
        self.form = self.chance.choice(["ai-sdk", "plain"])
        self.cuts: list[int] = []
        self.gone_on = self.replayed = self.asked_again = 0

    async def compare(self) -> None:
        """Read it both ways."""
        whole, cut = Transcript(), Transcript()
        await asyncio.gather(self._post(whole, nowhere), self._read(cut))
        assert whole.ended
        assert cut.chunks == whole.chunks
        _, answer = await self.somebody.messages(self.chat)
        assert answer["content"] == whole.text

    async def _read(self, cut: Transcript) -> None:
        """Until the end, however often the connection breaks; with the last cut no more."""
        cuts = self.chance.randrange(1, 5)
        await self._post(cut, self._cut(cuts))
        while not cut.ended:
            cuts -= 1
            await asyncio.sleep(self.chance.choice([0, 0, 0.02, 0.1, 0.4]))
            if cut.place and self.chance.random() < 0.8:
                status = await self._go_on(cut, self._cut(cuts))
            else:
                cut.forget()
                self.replayed += 1
                status = await self._get(cut, self._cut(cuts), {})
            if status in {204, 404}:
                # Nothing runs, or nothing has begun: whoever has not got the answer asks the same again.
                self.asked_again += 1
                cut.forget()
                await self._post(cut, self._cut(cuts))

    async def _go_on(self, cut: Transcript, where: Cut) -> int:
        assert cut.place is not None
        self.gone_on += 1
        before = len(cut.frames)
        status = await self._get(cut, where, {"Last-Event-ID": cut.place})
        assert status != 204 or cut.ended, f"the server takes {cut.place} for the end"
        assert not [chunk for _, chunk in cut.frames[before:] if chunk != DONE and chunk["type"] == "reset"]
        return status

    async def _post(self, transcript: Transcript, where: Cut) -> None:
        body = ui_body(self.chat, "m-1", f"Wir verkaufen Prüfgeräte an Gießereien, {self.chat}.")
        await self._ask("POST", f"chat?format={self.form}", transcript, where, body=body)

    async def _get(self, transcript: Transcript, where: Cut, headers: dict[str, str]) -> int:
        path = f"chat/{self.chat}/stream?format={self.form}"
        return await self._ask("GET", path, transcript, where, headers=headers)

    async def _ask(self, method: str, path: str, transcript: Transcript, where: Cut, **more: Any) -> int:
        caller = self.chance.choice(self.somebody.callers)
        path = f"{self.somebody.base}/{path}"
        status = await caller.ask(
            method, path, transcript, cut=where, reset=self.chance.random() < 0.3, **more
        )
        assert status in {0, 200, 204, 404}, f"{method} {path}: {status}"
        return status

    def _cut(self, left: int) -> Cut:
        if left <= 0:
            return nowhere
        where = any_cut(self.chance, SIZE[self.form] // (1 + min(1, len(self.cuts))))

        def noting(got: bytes) -> int | None:
            at = where(got)
            if at is not None:
                self.cuts.append(at)
            return at

        return noting
