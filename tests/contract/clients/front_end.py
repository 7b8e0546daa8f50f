"""A front end that is made with the npm package `ai`: a script of what its user does, run in Node, and what came of it."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.contract.clients.person import Json, Person, squeezed
from tests.contract.clients.script import script
from tests.fixtures.product import Product


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

    async def run(self, *steps: Json, at_tell: Sequence[Callable[[], Awaitable[None]]] = ()) -> Seen:
        """What is seen when the user does this; at each step `tell` the next of `at_tell` is done.

        Every chunk that came has passed the package's own schema.
        """
        async with script(self.version, "chat.mjs") as running:
            await running.say(json.dumps(self._orders(steps)))
            for act in at_tell:
                assert await running.hear() == "now"
                await act()
                await running.say("done")
            seen = json.loads(await running.hear())
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


async def is_the_record(front_end: FrontEnd, tab: Tab) -> None:
    """What the tab shows is what the server remembers: the same messages, none more, to the letter."""
    remembered = await front_end.history()
    assert [message["id"] for message in tab.messages] == [message["id"] for message in remembered]
    assert [squeezed(text) for text in tab.texts] == [squeezed(message["content"]) for message in remembered]
