"""People who are asked whether five experiments may be saved, and say yes: the turn that writes by a tool."""

import asyncio
import random

import httpx

from tests.durability.moments import PATIENCE, Strike
from tests.durability.replicas import Replica
from tests.durability.shown import Shown
from tests.durability.talks import BETWEEN, Reader, Talk
from tests.durability.truth import Truth

FIVE_NOW = "Just give me the five experiments now"
EXPERIMENTS = 5


class ApprovalReader(Reader):
    """Says yes once and reads the turn that goes on after it, to its end."""

    ALLOWED = Reader.ALLOWED | {httpx.codes.CONFLICT}

    def __init__(self, talk: Talk, asked: Shown) -> None:
        assert asked.approval_id is not None
        super().__init__(talk, "cursor", "ai-7", message_id=asked.approval_id)

    async def ask(self, replica: Replica) -> None:
        """Say yes. When it is too late to say it, it was heard before, and the talk shows what came of it."""
        path = f"{self.talk.path}/{self.talk.chat}/approvals/{self.message_id}"
        status = await self._connect("POST", replica, path, json={"approved": True})
        if status == httpx.codes.CONFLICT:
            last = (await self.talk.history(replica))[-1]
            self.shown.parts = {last["id"]: last["content"]}
            self.shown.finished = True


async def before_the_yes(talk: Talk, replica: Replica) -> Shown:
    """A talk in which the agent has proposed five experiments and waits."""
    onboarding = {"company": {"companyName": "Acme", "oneSentencePitch": "We sell pumps to mines."}}
    url = f"{replica.url}/workspaces/{talk.workspace_id}/onboarding"
    (await talk.client.put(url, json={"data": onboarding})).raise_for_status()
    for _ in range(3):
        reader = Reader(talk, "whole", "ai-6", text=FIVE_NOW)
        await reader.until_over(lambda: replica)
        if reader.shown.approval_id is not None:
            return reader.shown
    raise AssertionError(f"no valid set was proposed: {reader.shown}")


async def in_the_tools_write(_chance: random.Random, truth: Truth, reader: Reader, strike: Strike) -> None:
    """In the transaction that saves the experiments, which is not committed."""
    workspace = reader.talk.workspace_id
    async with truth.another() as connection, connection.transaction():
        await connection.execute('LOCK TABLE "Experiments" IN SHARE MODE')
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not await truth.blocked("quiver", 'INSERT INTO "Experiments"%'):
            assert asyncio.get_running_loop().time() < deadline, f"workspace {workspace} saves nothing"
            await asyncio.sleep(BETWEEN / 5)
        strike()


async def assert_saved_once(reader: Reader, truth: Truth, replica: Replica) -> None:
    """Five experiments, approved once, and an answer that says so, on the screen as in the record."""
    talk = reader.talk
    assert reader.shown.failure is None, reader.shown
    saved = await talk.client.get(f"{replica.url}/workspaces/{talk.workspace_id}/experiments")
    assert len(saved.raise_for_status().json()["data"]) == EXPERIMENTS
    turn = await truth.turn_of(reader.message_id)
    assert turn is not None
    stored = await truth.everything(str(turn["AgentRunID"]))
    approved = [
        entry
        for entry in stored["audit"]
        if entry["Action"] == "approved" and entry["Entity"] == "discovery_session"
    ]
    assert len(approved) == 1, "approved once, carried out once"
    assert str(turn["Status"]) == "done", turn["Status"]
    said = " ".join(event["text"] for event in turn["Events"] if event["type"] == "text_delta").split()
    assert reader.shown.words[-len(said) :] == said
    assert [message["role"] for message in await talk.history(replica)][-2:] == ["user", "assistant"]
