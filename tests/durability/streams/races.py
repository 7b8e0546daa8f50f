"""What people do at once in one talk, and what must have come of it: one turn, nothing lost, the history whole."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.durability.streams.people import Person, ui_body
from tests.durability.streams.wire import Json, Transcript

FIRST = "We sell pumps to mines."
CONFLICTS = {"turn_running", "approval_stale"}


@dataclass(eq=False)
class Reply:
    """What one of several that asked at once got."""

    status: int
    transcript: Transcript

    @property
    def won(self) -> bool:
        """It got a turn, its own or one it joined."""
        return self.status == httpx.codes.OK


@dataclass
class Race:
    """One race: who, how many, and what is decided by chance."""

    chance: random.Random
    somebody: Person
    chat: str = "chat"
    late: int = 0
    """Those that asked when the winner's turn was over already: on a busy machine that happens, and they may."""
    replies: list[Reply] = field(default_factory=list)

    @property
    def several(self) -> range:
        """Two to five."""
        return range(self.chance.randrange(2, 6))

    async def post(self, path: str, body: Json, headers: dict[str, str] | None = None) -> Reply:
        """One request at any of the processes, read to its end."""
        transcript = Transcript()
        caller = self.chance.choice(self.somebody.callers)
        path = f"{self.somebody.base}/{path}"
        status = await caller.ask("POST", path, transcript, body=body, headers=headers)
        assert status < httpx.codes.INTERNAL_SERVER_ERROR, transcript.refusal
        return Reply(status, transcript)

    async def say(self, message_id: str, text: str, **more: str) -> Reply:
        """A message as `useChat` posts it."""
        return await self.post("chat", ui_body(self.chat, message_id, text, **more))

    async def at_once(self, *requests: Awaitable[Reply]) -> list[Reply]:
        """All of them together."""
        self.replies = list(await asyncio.gather(*requests))
        return self.replies

    def one_won(self, replies: list[Reply]) -> Reply:
        """The winner; the others were told which turn runs, unless what they answered is not pending any more."""
        won = [reply for reply in replies if reply.won]
        assert won, [reply.transcript.refusal for reply in replies]
        self.late += len(won) - 1
        turns = {reply.transcript.turn_id for reply in won}
        assert len(turns) == len(won)
        for reply in replies:
            if not reply.won:
                assert reply.status == httpx.codes.CONFLICT
                problem = reply.transcript.problem
                assert problem["code"] in CONFLICTS
                assert problem["code"] != "turn_running" or problem["turnId"] in turns
        assert all(reply.transcript.ended for reply in won)
        return won[0]

    async def history(self, *expected: str) -> list[Json]:
        """The talk: questions and answers take turns and each is there once; what people said is as expected."""
        messages = await self.somebody.messages(self.chat)
        roles = [message["role"] for message in messages]
        assert roles == ["user", "assistant"] * (len(messages) // 2), roles
        assert len({message.get("id") for message in messages}) == len(messages)
        assert all(message["content"] for message in messages)
        if expected:
            assert [message["content"] for message in messages[::2]] == list(expected)
        return messages


async def same_message(race: Race) -> None:
    """The same message several times, in several forms: all join the one turn."""
    forms = [race.chance.choice(["ai-sdk", "plain"]) for _ in race.several]
    body = ui_body(race.chat, "m-1", FIRST)
    replies = await race.at_once(*(race.post(f"chat?format={form}", body) for form in forms))
    await _all_joined(race, replies)


async def same_key(race: Race) -> None:
    """The same Idempotency-Key several times, with no session yet: one session, one turn."""
    headers = {"Idempotency-Key": f"key-{race.chance.random()}"}
    asked = (race.post("chat", {"message": FIRST}, headers) for _ in race.several)
    replies = await race.at_once(*asked)
    race.chat = str(replies[0].transcript.of("start")[0]["messageMetadata"]["sessionId"])
    await _all_joined(race, replies)
    reused = await race.post("chat", {"message": "Something else."}, headers)
    assert reused.transcript.problem["code"] == "idempotency_key_reused"
    listed = await race.somebody.founder.client.get(f"{race.somebody.base}/sessions")
    assert len(listed.json()["data"]) == 1


async def _all_joined(race: Race, replies: list[Reply]) -> None:
    assert all(reply.won for reply in replies)
    assert len({reply.transcript.turn_id for reply in replies}) == 1
    assert len({reply.transcript.text for reply in replies}) == 1
    _, answer = await race.history(FIRST)
    assert answer["content"] == replies[0].transcript.text


async def different_messages(race: Race) -> None:
    """Several messages, in a new talk or one that has begun: one is answered, the others are told to wait."""
    before = []
    if race.chance.random() < 0.5:
        assert (await race.say("m-0", FIRST)).won
        before = [FIRST]
    texts = [f"Message {number}" for number in race.several]
    replies = await race.at_once(*(race.say(text, text) for text in texts))
    race.one_won(replies)
    won = [text for text, reply in zip(texts, replies, strict=True) if reply.won]
    messages = await race.history()
    said = [message["content"] for message in messages[::2]]
    assert said[: len(before)] == before
    assert sorted(said[len(before) :]) == sorted(won)


async def regenerate_against_send(race: Race) -> None:
    """Another answer to the last message, and the next message."""
    first = await race.say("m-1", FIRST)
    asked = [
        race.say("m-1", FIRST, trigger="regenerate-message")
        if number % 2
        else race.say(f"next-{number}", f"Next {number}")
        for number in race.several
    ]
    replies = await race.at_once(*asked)
    again, sent = [r for r in replies[1::2] if r.won], [r for r in replies[::2] if r.won]
    if len({reply.transcript.turn_id for reply in again}) == 1 and not sent:
        # Several that want another answer join the one that makes it.
        replies = [reply for reply in replies if reply not in again[1:]]
    race.one_won(replies)
    messages = await race.history()
    assert messages[0]["content"] == FIRST
    if race.late:
        return
    if sent:
        assert len(messages) == 4
        assert messages[1]["content"] == first.transcript.text
        assert messages[3]["content"] == sent[0].transcript.text
    else:
        assert [message["content"] for message in messages] == [FIRST, again[0].transcript.text]
        assert messages[1]["id"] == again[0].transcript.of("start")[0]["messageId"]


async def edit_against_send(race: Race) -> None:
    """A message edited, and the next message."""
    first = await race.say("m-1", FIRST)
    replies = await race.at_once(race.say("m-1", "We sell boats."), race.say("m-2", "Next."))
    race.one_won(replies)
    edited, sent = replies
    if race.late:
        await race.history()
    elif edited.won:
        await race.history("We sell boats.")
    else:
        messages = await race.history(FIRST, "Next.")
        assert messages[1]["content"] == first.transcript.text
        assert messages[3]["content"] == sent.transcript.text


async def stop_against_send(race: Race) -> None:
    """A stop of the running turn, and the next message: what was said stays, and the message waits or is answered."""
    running = asyncio.create_task(race.say("m-1", FIRST))
    await asyncio.sleep(race.chance.uniform(0, 0.5))
    stops = [race.chance.choice(race.somebody.callers) for _ in race.several[1:]]
    path = f"{race.somebody.base}/chat/{race.chat}/stop"
    outcomes = await asyncio.gather(
        *(caller.ask("POST", path, Transcript(), body={}) for caller in stops), race.say("m-2", "Next.")
    )
    first, sent = await running, outcomes[-1]
    assert set(outcomes[:-1]) <= {httpx.codes.OK, httpx.codes.NOT_FOUND}, (
        "nothing has begun, or it is stopped"
    )
    race.one_won([reply for reply in (first, sent) if reply.won] or [first])
    race.late = 0
    for reply in (first, sent):
        assert reply.won or reply.transcript.problem["code"] == "turn_running"
    await _nothing_lost(race, {FIRST: first, "Next.": sent})


async def _nothing_lost(race: Race, said: dict[str, Reply]) -> None:
    """Each message that got a turn is in the talk, with as much of an answer as was shown."""
    stored: dict[str, str] = {}
    question = ""
    for message in await race.somebody.messages(race.chat):
        if message["role"] == "user":
            question = message["content"]
            stored[question] = ""
        else:
            stored[question] = message["content"]
    assert stored == {text: reply.transcript.text.strip() for text, reply in said.items() if reply.won}


async def approval_answered_at_once(race: Race) -> None:
    """Yes and no to one approval, several times: one counts, and what it says is what happens."""
    asked = await race.say("m-1", "Just give me five experiments now.")
    [wanted] = asked.transcript.of("tool-approval-request")
    path = f"chat/{race.chat}/approvals/{wanted['approvalId']}"
    answers = [race.chance.random() < 0.5 for _ in race.several]
    replies = await race.at_once(*(race.post(path, {"approved": answer}) for answer in answers))
    winner = race.one_won(replies)
    assert not race.late, "an approval is answered once"
    approved = answers[replies.index(winner)]
    assert len(await race.somebody.founder.experiments()) == (5 if approved else 0)
    assert bool(winner.transcript.of("tool-output-denied")) is not approved
    await race.history("Just give me five experiments now.")


Kind = Callable[[Race], Awaitable[Any]]
KINDS: dict[Kind, int] = {
    same_message: 20,
    same_key: 14,
    different_messages: 18,
    regenerate_against_send: 14,
    edit_against_send: 8,
    stop_against_send: 14,
    approval_answered_at_once: 12,
}
"""Each race, and how often among a hundred."""
EVERY = [same_message, different_messages, regenerate_against_send, stop_against_send]
"""What the short form runs, one each."""
