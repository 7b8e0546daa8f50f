"""People who talk with the agent and want whole answers, whatever becomes of the processes that give them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import httpx

from tests.durability.shown import Form, Shown
from tests.fixtures.product import Product

Json = dict[str, Any]
Way = Literal["whole", "cursor", "again"]
"""How somebody comes back: reattaching to all of it, to what follows Last-Event-ID, or by saying the same again."""

WAYS: tuple[tuple[Way, Form], ...] = (
    ("whole", "ai-6"),
    ("cursor", "ai-6"),
    ("cursor", "plain"),
    ("again", "ai-7"),
    ("cursor", "ai-7"),
    ("whole", "plain"),
)
PATIENCE = 40.0
"""Seconds until an answer that has not come whole counts as lost."""
BETWEEN = 0.05


class Place(Protocol):
    """Where the product answers: one process, or a balancer before several."""

    @property
    def url(self) -> str:
        """The beginning of every address."""
        ...


@dataclass
class Talk:
    """One conversation of one person. `said` are the messages so far, by the ids the person's client gave them."""

    client: httpx.AsyncClient
    workspace_id: int
    chat: str
    said: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/workspaces/{self.workspace_id}/discovery/chat"

    def next_message(self) -> str:
        """The id of a new message."""
        self.said.append(f"{self.chat}-{len(self.said) + 1}")
        return self.said[-1]

    def body(self, message_id: str, form: Form, text: str | None = None) -> Json:
        """What the AI SDK posts."""
        content = text or f"Message {message_id}: maintenance managers of mines in Poland buy our pumps."
        message = {"role": "user", "id": message_id, "content": content}
        return {"id": self.chat, "messages": [message], "protocol": "ai-7" if form == "ai-7" else "ai-6"}

    async def history(self, replica: Place) -> list[Json]:
        """The talk as it is recorded."""
        url = f"{replica.url}/workspaces/{self.workspace_id}/discovery/sessions/{self.chat}"
        answer = (await self.client.get(url)).raise_for_status()
        return list(answer.json()["data"]["messages"])


class Reader:
    """Asks for one answer and reads it to its end, over as many connections as that takes."""

    ALLOWED = frozenset({httpx.codes.NO_CONTENT, httpx.codes.NOT_FOUND, httpx.codes.SERVICE_UNAVAILABLE})

    def __init__(
        self, talk: Talk, way: Way, form: Form, *, text: str | None = None, message_id: str | None = None
    ) -> None:
        """`message_id`: of a message that was sent before; left out, it is a new one."""
        self.talk, self.way = talk, way
        self.message_id = message_id or talk.next_message()
        self.shown = Shown(form)
        self.connections = 0
        self._text = text
        self._changed = asyncio.Event()

    async def ask(self, replica: Place) -> None:
        """Say it, and read what comes until it ends or breaks off."""
        body = self.talk.body(self.message_id, self.shown.form, self._text)
        await self._connect("POST", replica, self.talk.path, json=body)

    async def until_over(self, elsewhere: Callable[[], Place]) -> None:
        """Come back, wherever that is possible, until the answer has ended."""
        deadline = time.monotonic() + PATIENCE
        while not self.shown.over:
            assert time.monotonic() < deadline, f"no end of {self.message_id}: {self.shown}"
            await self._come_back(elsewhere())
            if not self.shown.over:
                await asyncio.sleep(BETWEEN)

    async def until(self, reached: Callable[[Shown], bool], seconds: float) -> None:
        """Return when so much is shown, or it is over, or time has run out."""
        try:
            async with asyncio.timeout(seconds):
                while not (reached(self.shown) or self.shown.over):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return

    async def _come_back(self, replica: Place) -> None:
        if self.way == "again":
            await self.ask(replica)
            return
        cursor = self.shown.cursor if self.way == "cursor" else None
        headers = {} if cursor is None else {"Last-Event-ID": cursor}
        path = f"{self.talk.path}/{self.talk.chat}/stream"
        status = await self._connect("GET", replica, path, headers=headers)
        # The chat may not exist yet: the message died with its process and is sent again, as clients do.
        if status == httpx.codes.NOT_FOUND or (status == httpx.codes.NO_CONTENT and cursor is None):
            await self.ask(replica)
        assert status != httpx.codes.NO_CONTENT or cursor is None, (
            f"nothing more is told behind {cursor} of an answer that has not ended"
        )

    async def _connect(self, method: str, replica: Place, path: str, **options: Any) -> int | None:
        """One connection; the status of its answer, None when there was none."""
        query = {"format": "plain"} if self.shown.form == "plain" else {"protocol": self.shown.form}
        if path == self.talk.path:
            query.pop("protocol", None)  # the body says it
        status = None
        try:
            url = f"{replica.url}{path}"
            async with self.talk.client.stream(method, url, params=query, **options) as response:
                status = response.status_code
                self.connections += 1
                if status == httpx.codes.OK:
                    if "headers" not in options or not options["headers"]:
                        self.shown.begin_anew()
                    self.shown.go_on()
                    await self._read(response)
                else:
                    await self._refused(response)
        except httpx.TransportError:
            return status
        return status

    async def _read(self, response: httpx.Response) -> None:
        async for line in response.aiter_lines():
            if self.shown.take(line):
                self._changed.set()

    async def _refused(self, response: httpx.Response) -> None:
        """Only what says: not now, not yet, or nothing there."""
        body = await response.aread()
        assert response.status_code in self.ALLOWED, f"{response.status_code} {body.decode()}"


@asynccontextmanager
async def talking(product: Product, replica: Place, name: str) -> AsyncIterator[Talk]:
    """A new person with a company, about to talk."""
    async with product.client(f"{name}@durability.example") as client:
        client.base_url = httpx.URL("")
        made = await client.post(f"{replica.url}/workspaces", json={"name": "Acme"})
        yield Talk(client, int(made.raise_for_status().json()["data"]["id"]), name)
