"""Approvals a turn waits for, read from its recorded events."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.sessions.approvals import called_with, pending_approvals
from tools.turns.requests import ApprovalAnswer


def match_answers(
    events: Sequence[Mapping[str, Any]], answers: Sequence[ApprovalAnswer]
) -> dict[str, str] | None:
    """The tool call of each answered approval; None when an answer fits no pending approval or its input was edited."""
    pending = pending_approvals(events)
    inputs = called_with(events)
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
