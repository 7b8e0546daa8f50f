"""The API on a real port, its talk driven by the small graph that does what its user says."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from agents.runner import TurnRunner
from agents.turns.graph_run import TalkGraph
from tests.fixtures.api import Api, SupabaseProject, running_api, served
from tests.fixtures.turns import Upstream, talk_graph, turn_settings

Json = dict[str, Any]


@dataclass
class Received:
    """A stream as it came: ids and chunks."""

    status: int
    headers: httpx.Headers
    frames: list[tuple[str | None, Any]] = field(default_factory=list)
    problem: Json = field(default_factory=dict)
    lines: AsyncIterator[str] | None = None

    @property
    def chunks(self) -> list[Json]:
        """The JSON chunks, without [DONE]."""
        return [chunk for _, chunk in self.frames if chunk != "[DONE]"]

    @property
    def text(self) -> str:
        """What the user reads."""
        return "".join(
            str(chunk.get("delta") or chunk.get("content") or "") for chunk in self.of("text-delta", "token")
        )

    @property
    def session_id(self) -> int:
        """Our session id, from `start`."""
        return int(self.of("start")[0]["messageMetadata"]["sessionId"])

    def of(self, *kinds: str) -> list[Json]:
        """The chunks of these types."""
        return [chunk for chunk in self.chunks if chunk["type"] in kinds]


@dataclass
class Talk:
    """A signed-in person in a workspace of theirs, and what stands behind the server."""

    api: Api
    url: str
    client: httpx.AsyncClient
    workspace_id: int
    upstream: Upstream

    @property
    def path(self) -> str:
        """Where the talk is."""
        return f"/workspaces/{self.workspace_id}/discovery"

    @asynccontextmanager
    async def open(
        self, method: str, path: str, **request: Any
    ) -> AsyncIterator[tuple[httpx.Response, Received]]:
        """A stream that is being received: read it by `receive`."""
        async with self.client.stream(method, f"{self.path}{path}", **request) as response:
            received = Received(response.status_code, response.headers)
            if response.status_code >= 400:
                await response.aread()
                received.problem = response.json()
            yield response, received

    async def receive(
        self, response: httpx.Response, received: Received, until: str | None = None
    ) -> Received:
        """Read frames until the end, or until a chunk of type `until` came."""
        place: str | None = None
        received.lines = received.lines or response.aiter_lines()
        async for line in received.lines:
            if line.startswith("id: "):
                place = line[4:]
            elif line.startswith("data: "):
                data = line[6:]
                chunk = data if data == "[DONE]" else json.loads(data)
                received.frames.append((place, chunk))
                if until is not None and chunk != "[DONE]" and chunk["type"] == until:
                    break
        return received

    async def stream(self, method: str, path: str, **request: Any) -> Received:
        """A whole stream, or the problem that came instead."""
        async with self.open(method, path, **request) as (response, received):
            return received if received.problem else await self.receive(response, received)

    async def say(self, text: str, *, chat: str = "chat", message_id: str = "m-1", **body: Any) -> Received:
        """A message as `useChat` sends it."""
        return await self.stream(
            "POST", "/chat", json=ui_body(text, chat=chat, message_id=message_id, **body)
        )


def ui_body(text: str, *, chat: str = "chat", message_id: str = "m-1", **more: Any) -> Json:
    """The body that `useChat` posts for a new message."""
    message = {"id": message_id, "role": "user", "parts": [{"type": "text", "text": text}]}
    return {"id": chat, "messages": [message], "trigger": "submit-message", **more}


@dataclass
class TalkServer:
    """The API on a real port, and what its graph talks to."""

    api: Api
    url: str
    upstream: Upstream


@pytest.fixture(scope="session")
async def talk_server(
    api_environment: dict[str, str], supabase_project: SupabaseProject
) -> AsyncIterator[TalkServer]:
    """One server for all tests of the talk."""
    async with running_api(api_environment, supabase_project) as api:
        upstream, services = Upstream(), api.services
        runner = TurnRunner(
            graph=TalkGraph(talk_graph(upstream)),
            saver=services.checkpointer,
            database=services.database,
            turn_log=services.runner.log,
            models=services.models,
            filters=services.filters,
            settings=turn_settings(),
        )
        api.app.state.services = dataclasses.replace(services, runner=runner)
        async with served(api.app) as url:
            yield TalkServer(api, url, upstream)
            await runner.close()


@pytest.fixture
async def talk(talk_server: TalkServer, supabase_project: SupabaseProject) -> AsyncIterator[Talk]:
    """A talk with a new person in a new workspace."""
    upstream = talk_server.upstream
    upstream.release = asyncio.Event()
    headers = {"Authorization": f"Bearer {supabase_project.token()}"}
    async with httpx.AsyncClient(
        base_url=talk_server.url, headers=headers, trust_env=False, timeout=20
    ) as client:
        made = await client.post("/workspaces", json={"name": "Acme"})
        workspace_id = made.raise_for_status().json()["data"]["id"]
        yield Talk(talk_server.api, talk_server.url, client, workspace_id, upstream)
        upstream.release.set()
