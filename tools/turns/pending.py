"""Approvals a turn waits for, read from its recorded events."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.turns.requests import ApprovalAnswer

Json = dict[str, Any]


def pending_approvals(events: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The approval requests among recorded events, by approval id."""
    return {event["approval_id"]: event for event in events if event["type"] == "approval_requested"}


def match_answers(
    events: Sequence[Mapping[str, Any]], answers: Sequence[ApprovalAnswer]
) -> dict[str, str] | None:
    """The tool call of each answered approval; None when an answer fits no pending approval or its input was edited."""
    pending = pending_approvals(events)
    inputs = {event["tool_call_id"]: event["input"] for event in events if event["type"] == "tool_called"}
    calls: dict[str, str] = {}
    for answer in answers:
        request = pending.get(answer.approval_id)
        if request is None or answer.approval_id in calls:
            return None
        call = str(request["tool_call_id"])
        asked = inputs.get(call, request["input"])
        if answer.echoed_input is not None and dict(answer.echoed_input) != asked:
            return None
        calls[answer.approval_id] = call
    return calls or None


def told_calls(events: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The tool calls that recorded events tell of."""
    kinds = {"tool_called", "approval_requested"}
    return frozenset(str(event["tool_call_id"]) for event in events if event["type"] in kinds)
