"""People with a company, each able to reach every replica."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from tests.durability.streams.wire import Caller, Json
from tests.fixtures.product import Product
from tests.journeys.founder import Founder

LONG_LEASE = {"TURN_LEASE": "15"}
"""As in production: no turn changes hands because a test machine is slow."""
PATIENCE = 20
"""How often a second apart: as long as Postgres may be away."""


@dataclass
class Person:
    """Somebody signed in; `founder` is at the first of the replicas that `callers` reach."""

    founder: Founder
    callers: list[Caller]

    @property
    def base(self) -> str:
        """Where the talks are."""
        return f"/workspaces/{self.founder.workspace_id}/discovery"

    async def messages(self, chat: str) -> list[Json]:
        """The stored talk; empty when there is none. Asked for again, as a client does, while Postgres comes back."""
        for _ in range(PATIENCE):
            answer = await self.founder.client.get(f"{self.base}/sessions/{chat}")
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            await asyncio.sleep(1)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return []
        return list(answer.raise_for_status().json()["data"]["messages"])


@asynccontextmanager
async def person(product: Product, urls: Sequence[str], name: str = "person") -> AsyncIterator[Person]:
    """A new person."""
    email = f"{name}-{os.urandom(6).hex()}@durability.example"
    async with product.client(email) as client:
        client.base_url = httpx.URL(urls[0])
        token = client.headers["Authorization"].removeprefix("Bearer ")
        founder = await Founder.begin(client, "Acme")
        await founder.describe({"company": {"companyName": "Acme", "oneSentencePitch": "Pumps for mines"}})
        yield Person(founder, [Caller(url, token) for url in urls])


def ui_body(chat: str, message_id: str, text: str, **more: str) -> Json:
    """What `useChat` posts for a message."""
    return {"id": chat, "messages": [{"role": "user", "id": message_id, "content": text}], **more}
