"""What the founder's style is learned from, and when it is time to learn it."""

from hashlib import sha256

from agents.discovery.memory import user_turns
from agents.discovery.state import DiscoveryState
from tools.discovery.brief import CompanyBrief
from tools.discovery.facts import Fact, voice_from
from tools.discovery.learned_style import Style
from tools.discovery.shared_briefs import once

ENOUGH_TEXT = 600
"""Characters of the founder's own talk that show a style when onboarding has no examples."""


def spoken_length(state: DiscoveryState) -> int:
    """How much the founder has written in the window."""
    return sum(len(message["content"]) for message in user_turns(state["messages"]))


def examples_mark(examples: list[Fact]) -> str:
    """A mark of the onboarding examples: a new one means that there is something new to learn. Empty without examples."""
    text = "\n".join([fact["text"] for fact in examples])
    return sha256(text.encode()).hexdigest()[:16] if text else ""


def known_style(state: DiscoveryState) -> Style | None:
    """This talk's guide, or that of an earlier one where there is none yet or it was learned from examples of before."""
    own, kept = state.get("style"), state["brief"].get("style")
    if own is None or kept is None:
        return own or kept
    mark = once(state["brief"], _mark)
    return kept if kept["examples"] == mark and own["examples"] != mark else own


def style_due(state: DiscoveryState) -> bool:
    """Whether there is something to learn from that the style guide does not hold yet."""
    style = state.get("style")
    mark = once(state["brief"], _mark)
    if style is None:
        return bool(mark) or spoken_length(state) >= ENOUGH_TEXT
    return mark != style["examples"]


def _mark(brief: CompanyBrief) -> str:
    return examples_mark(voice_from(brief["facts"]))
