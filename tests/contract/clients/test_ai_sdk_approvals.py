"""The npm package `ai`, unmodified: what the agent may only do after a yes, asked and answered by the package's own approvals."""

import json
from uuid import uuid4

import httpx

from tests.contract.clients.front_end import FrontEnd, Tab, see, send
from tests.contract.clients.person import ASK, Json, squeezed
from tests.journeys.pace import slowly


def answer(approved: bool, reason: str | None = None) -> Json:
    """The user presses the button; the package sends it by itself."""
    return {"do": "answer", "approved": approved, **({} if reason is None else {"reason": reason})}


CARRIED_OUT = {"tool-save_experiments": "output-available", "tool-find_filters": "output-available"}
"""After a yes: the set is saved, then filters are found for it."""


async def test_the_agent_proposes_and_waits(front_end: FrontEnd) -> None:
    tab = (await front_end.run(send(ASK))).tab
    assert tab.finishes[-1]["finishReason"] == "tool-calls"
    assert "data-experiments" in [part["type"] for part in tab.messages[1]["parts"]]
    (tool,) = tab.tools
    assert tool["state"] == "approval-requested"
    assert await front_end.get("experiments") == []


async def test_a_yes_is_carried_out_in_the_same_message(front_end: FrontEnd) -> None:
    seen = await front_end.run(send(ASK), answer(True))
    assert [request["sent"]["messages"][-1]["role"] for request in seen.requests] == ["user", "assistant"]
    goes_on(seen.tab, CARRIED_OUT)
    assert len(await front_end.get("experiments")) == 5


async def test_a_reload_before_the_answer_loses_neither_the_question_nor_the_button(
    front_end: FrontEnd,
) -> None:
    await front_end.run(send(ASK))
    tab = (await front_end.run({"do": "open"}, answer(True))).tab
    assert (tab.status, tab.error) == ("ready", None)
    assert states(tab) == CARRIED_OUT
    assert tab.roles == ["user", "assistant"]
    assert len(await front_end.get("experiments")) == 5


async def test_a_reload_while_the_answer_goes_on_after_a_yes_shows_all_of_it_once(
    front_end: FrontEnd,
) -> None:
    await front_end.run(send(ASK))
    before = (await front_end.history())[1]
    async with slowly(front_end.product, 0.05):
        seen = await front_end.run(
            {"do": "open"},
            answer(True) | {"meanwhile": True},
            see(len(before["content"]) + 5),
            {"do": "leave"},
            {"do": "open", "tab": "reloaded"},
            {"do": "resume", "tab": "reloaded"},
        )
    reloaded = seen.tabs["reloaded"]
    assert (reloaded.status, reloaded.error) == ("ready", None)
    assert [message["id"] for message in reloaded.messages] == [
        message["id"] for message in await front_end.history()
    ]
    assert states(reloaded) == CARRIED_OUT
    after = (await front_end.history())[1]
    assert after["content"].startswith(before["content"])
    assert squeezed(reloaded.texts[1]) == squeezed(after["content"])


async def test_a_no_is_kept_to_and_the_model_reads_the_reason(front_end: FrontEnd) -> None:
    reason = f"Ada from accounting, room {uuid4().hex[:8]}, is against it."
    seen = await front_end.run(send(ASK), answer(False, reason))
    goes_on(seen.tab, {"tool-save_experiments": "output-denied"})
    assert await front_end.get("experiments") == []
    async with httpx.AsyncClient(base_url=front_end.product.sandbox_url, trust_env=False) as control:
        calls = (await control.get("/control/calls", params={"limit": 50, "bodies": True})).json()["calls"]
    assert reason in json.dumps(calls)


async def test_after_a_no_the_talk_goes_on(front_end: FrontEnd) -> None:
    tab = (await front_end.run(send(ASK), answer(False), send("We sell to plant managers."))).tab
    assert (tab.status, tab.error) == ("ready", None)
    assert tab.roles == ["user", "assistant"] * 2
    assert tab.texts[3]


def states(tab: Tab) -> dict[str, str]:
    """How each tool of the talk stands; each was called once."""
    assert len({tool["type"] for tool in tab.tools}) == len(tab.tools)
    return {tool["type"]: tool["state"] for tool in tab.tools}


def goes_on(tab: Tab, expected: dict[str, str]) -> None:
    """The answer went on in the message that had asked, and the package asked nothing again by itself."""
    assert (tab.status, tab.error) == ("ready", None)
    assert tab.roles == ["user", "assistant"]
    assert states(tab) == expected
    assert [finish["finishReason"] for finish in tab.finishes] == ["tool-calls", "stop"]
