"""What the founder's style is learned from, and when it is time to learn it."""

from hashlib import sha256

from agents.discovery.memory import user_turns
from agents.discovery.state import DiscoveryState
from tools.discovery.facts import Fact, voice_from

ENOUGH_TEXT = 600
"""Characters of the founder's own talk that show a style when onboarding has no examples."""


def spoken_length(state: DiscoveryState) -> int:
    """How much the founder has written in the window."""
    return sum(len(message["content"]) for message in user_turns(state["messages"]))


def examples_mark(examples: list[Fact]) -> str:
    """A mark of the onboarding examples: a new one means that there is something new to learn. Empty without examples."""
    text = "\n".join([fact["text"] for fact in examples])
    return sha256(text.encode()).hexdigest()[:16] if text else ""


def style_due(state: DiscoveryState) -> bool:
    """Whether there is something to learn from that the style guide does not hold yet."""
    style = state.get("style")
    mark = examples_mark(voice_from(state["brief"]["facts"]))
    if style is None:
        return bool(mark) or spoken_length(state) >= ENOUGH_TEXT
    return mark != style["examples"]
