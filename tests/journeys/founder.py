"""A founder at the front end: signs in, describes the company, talks with the agent, reads its stream."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx

Json = dict[str, Any]


@dataclass
class Answer:
    """One streamed turn as the AI SDK form tells it."""

    status: int
    chunks: list[Json] = field(default_factory=list)
    problem: Json = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "".join(chunk["delta"] for chunk in self.of("text-delta"))

    @property
    def finished(self) -> bool:
        return bool(self.of("finish"))

    def of(self, kind: str) -> list[Json]:
        """The chunks of one type."""
        return [chunk for chunk in self.chunks if chunk["type"] == kind]

    @property
    def experiments(self) -> Json | None:
        """The last proposed set."""
        proposed = self.of("data-experiments")
        return proposed[-1]["data"] if proposed else None

    @property
    def approval_id(self) -> str | None:
        asked = self.of("tool-approval-request")
        return asked[-1]["approvalId"] if asked else None

    @property
    def error(self) -> Json | None:
        """What `data-error` said."""
        told = self.of("data-error")
        return told[-1]["data"] if told else None

    @property
    def session_id(self) -> int:
        return int(self.of("start")[0]["messageMetadata"]["sessionId"])


@dataclass
class Founder:
    """A signed-in person in one workspace."""

    client: httpx.AsyncClient
    workspace_id: int
    session_id: int | None = None

    @classmethod
    async def begin(cls, client: httpx.AsyncClient, name: str, website: str | None = None) -> "Founder":
        """Make a workspace; the caller is its owner."""
        made = await client.post("/workspaces", json={"name": name, "website": website})
        return cls(client, int(made.raise_for_status().json()["data"]["id"]))

    async def read_website(self, url: str) -> Json:
        """Have the company's website read and kept."""
        answer = await self.client.post(
            "/scrape/website", json={"url": url, "workspaceId": self.workspace_id}
        )
        return dict(answer.raise_for_status().json()["data"])

    async def describe(self, data: Json) -> None:
        """Save the onboarding."""
        answer = await self.client.put(f"/workspaces/{self.workspace_id}/onboarding", json={"data": data})
        answer.raise_for_status()

    async def change(self, fields: Json) -> None:
        """Change what the workspace says of the company."""
        (await self.client.put(f"/workspaces/{self.workspace_id}", json=fields)).raise_for_status()

    async def say(self, message: str) -> Answer:
        """One message in the present session, streamed to its end."""
        body: Json = {"message": message}
        if self.session_id is not None:
            body["sessionId"] = self.session_id
        answer = await self._stream(f"/workspaces/{self.workspace_id}/discovery/chat", body)
        if answer.of("start"):
            self.session_id = answer.session_id
        return answer

    async def answer_approval(self, approval_id: str, approved: bool) -> Answer:
        """Say yes or no to what the agent wants to do."""
        path = f"/workspaces/{self.workspace_id}/discovery/chat/{self.session_id}/approvals/{approval_id}"
        return await self._stream(path, {"approved": approved})

    async def experiments(self) -> list[Json]:
        """The saved experiments."""
        answer = await self.client.get(f"/workspaces/{self.workspace_id}/experiments")
        return list(answer.raise_for_status().json()["data"])

    async def _stream(self, path: str, body: Json) -> Answer:
        headers = {"Accept": "text/event-stream"}
        async with self.client.stream("POST", path, json=body, headers=headers) as response:
            if response.status_code != httpx.codes.OK:
                await response.aread()
                return Answer(response.status_code, problem=response.json())
            return await read(response.aiter_lines(), Answer(response.status_code))


async def read(lines: AsyncIterator[str], answer: Answer, until: str | None = None) -> Answer:
    """Chunks until one of type `until`, or to the end."""
    async for line in lines:
        if line.startswith("data: ") and line != "data: [DONE]":
            answer.chunks.append(json.loads(line.removeprefix("data: ")))
            if answer.chunks[-1]["type"] == until:
                break
    return answer
