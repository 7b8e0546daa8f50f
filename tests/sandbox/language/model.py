"""The stand-in's language model: reads only the messages, the tools and the schema it is sent."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Reply:
    """What the model says, or the tools it calls as (name, arguments)."""

    text: str | None
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def reply(
    messages: list[dict[str, Any]],
    *,
    schema: dict[str, Any] | None,
    tools: list[dict[str, Any]],
    tool_choice: str | None,
    traits: set[str],
) -> Reply:
    """Answer the messages; the same request gets the same answer."""
    last = next((message for message in reversed(messages) if message["role"] == "user"), {"content": ""})
    return Reply(f"I read: “{str(last['content'])[:80]}”. What happened just before?")
