"""A founder with a company of their own, whatever they talk to the product with."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import httpx

from tests.fixtures.product import Product

Json = dict[str, Any]
COMPANY: Json = {
    "company": {
        "companyName": "Brightkiln",
        "oneSentencePitch": "Brightkiln dries ceramic tiles with waste heat.",
        "price": "40,000 euros for each kiln",
    },
    "customerEvidence": {
        "hasPayingCustomers": True,
        "bestCustomers": [
            {"name": "Azulejos Norte", "role": "Plant manager", "quote": "Gas eats a third of our margin."}
        ],
    },
}
BUYERS = "We sell to plant managers."
PRICES = "Gas prices hurt them."
ASK = "Just give me five experiments now."


@dataclass
class Person:
    """A signed-in founder, at one of the product's API processes."""

    product: Product
    url: str
    workspace_id: int
    token: str
    chat_id: str = field(default_factory=lambda: str(uuid4()))

    @classmethod
    async def begin(cls, product: Product, url: str | None = None) -> Self:
        """A new founder, at the product's own API process or at another."""
        token = product.token(f"{uuid4().hex}@clients.example")
        person = cls(product, url or product.url, 0, token)
        async with person.client() as client:
            made = (await client.post("/workspaces", json={"name": "Brightkiln"})).raise_for_status()
            person.workspace_id = int(made.json()["data"]["id"])
            path = f"/workspaces/{person.workspace_id}/onboarding"
            (await client.put(path, json={"data": COMPANY})).raise_for_status()
        return person

    @property
    def path(self) -> str:
        """Where the talk is."""
        return f"/workspaces/{self.workspace_id}/discovery"

    def client(self) -> httpx.AsyncClient:
        """A client in Python that is signed in."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.AsyncClient(base_url=self.url, headers=headers, trust_env=False, timeout=60)

    async def get(self, path: str) -> Any:
        """What the server says of the workspace."""
        async with self.client() as client:
            answer = await client.get(f"/workspaces/{self.workspace_id}/{path}")
        return answer.raise_for_status().json()["data"]

    async def history(self) -> list[Json]:
        """The talk as the server's record tells it."""
        return list((await self.get("discovery/history"))["messages"])

    def body(self, text: str) -> Json:
        """A message in the form of the AI SDK."""
        message = {"id": str(uuid4()), "role": "user", "parts": [{"type": "text", "text": text}]}
        return {"id": self.chat_id, "messages": [message], "trigger": "submit-message"}


@asynccontextmanager
async def long_answers(product: Product, words: int, between: float) -> AsyncIterator[None]:
    """The model's answers have so many words, and so many seconds pass between two of them."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        rule = {"provider": "openai", "mode": "long", "tokens": words, "kind": "text"}
        (await control.post("/control/behaviour", json=rule)).raise_for_status()
        (await control.post("/control/pace", json={"tokenDelay": between})).raise_for_status()
        try:
            yield
        finally:
            (await control.post("/control/pace", json={"tokenDelay": 0})).raise_for_status()
            (await control.delete("/control/behaviour")).raise_for_status()


def squeezed(text: str) -> str:
    """A text without its white space: the record sets paragraphs where the screen has parts."""
    return re.sub(r"\s+", "", text)
