"""What a run of the outreach drafter holds: plain JSON, bounded by what a packet is bounded by."""

from typing import Any, TypedDict


class Objection(TypedDict):
    """What a check found wrong: with a sentence, or with the whole (then it is empty)."""

    sentence: str
    why: str


class Refusal(TypedDict):
    """Why there is no message, and what would be needed."""

    reason: str
    missing: list[str]


class OutreachState(TypedDict, total=False):
    """The state of one run."""

    wish: dict[str, Any]
    """What is asked for."""
    packet: dict[str, Any]
    """All that the message may rest on, as it was when the run began."""
    suppressed: str | None
    """The reason of a suppression that forbids writing."""
    answers: list[str]
    """The model's answers, oldest first: at most three."""
    draft: dict[str, Any] | None
    """The newest answer as it would be sent; None when it declines."""
    review: dict[str, Any] | None
    """Its claims, their evidence and its checks."""
    objections: list[Objection]
    """What has to be mended in it; empty when it may be kept."""
    refusal: Refusal | None
    """Why there is no message; None while there may be one."""
    kept: bool
    """Whether the message is to be kept as a draft."""
