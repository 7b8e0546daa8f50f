"""The stand-ins for the two providers of language models, told over HTTP how to fail, and asked what they were asked."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.durability.gate import Gate
from tests.durability.model_faults import Fault, Json, Moment

GEMINIS_WORDS = 40
MARK = "Word after word"
"""How Gemini's answers begin here, so that they are told from OpenAI's."""


@dataclass
class Providers:
    """Both providers of one product."""

    control: httpx.AsyncClient
    gates: dict[str, Gate] = field(default_factory=dict)

    async def fail(self, provider: str, fault: Fault, moment: Moment) -> None:
        """From now on every call of this provider fails so."""
        rule = fault.rule(moment)
        if rule is not None:
            await self.behave(provider=provider, **rule)
        elif moment == "before":
            await self.gates[provider].shut()

    async def behave(self, **rule: Any) -> None:
        """One rule of the sandbox."""
        (await self.control.post("/control/behaviour", json=rule)).raise_for_status()

    async def calls(self, provider: str, since: int = 0) -> list[Json]:
        """The calls since then whose answer people see."""
        query: dict[str, str | int] = {"provider": provider, "kind": "text", "since": since, "limit": 5000}
        found = (await self.control.get("/control/calls", params=query)).raise_for_status().json()["calls"]
        return [call for call in found if call["stream"]]

    async def last_call(self) -> int:
        """The id of the newest call of anybody."""
        found = (await self.control.get("/control/calls", params={"limit": 1})).json()["calls"]
        return int(found[-1]["id"]) if found else 0

    async def nothing_open(self, seconds: float) -> bool:
        """Whether both have nothing more to write within this time."""
        deadline = time.monotonic() + seconds
        while any((await self.control.get("/control/open")).json()["open"].values()):
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True


@asynccontextmanager
async def telling_apart(url: str, gates: dict[str, Gate] | None = None) -> AsyncIterator[Providers]:
    """Gemini answers with words of its own and both write slowly; all is as it was at the end."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=10) as control:
        providers = Providers(control, gates or {})
        (await control.post("/control/pace", json={"tokenDelay": 0.01})).raise_for_status()
        await providers.behave(provider="gemini", mode="long", tokens=GEMINIS_WORDS, kind="text")
        try:
            yield providers
        finally:
            for gate in providers.gates.values():
                await gate.open()
            (await control.delete("/control/behaviour")).raise_for_status()
            (await control.post("/control/pace", json={"tokenDelay": 0})).raise_for_status()
