"""What the founder's style is learned from, and when it is time to learn it."""

from hashlib import sha256
from typing import Any

from agents.discovery.memory import user_turns
from agents.discovery.state import DiscoveryState
from tools.discovery.brief import CompanyBrief
from tools.discovery.facts import Fact, voice_from
from tools.discovery.learned_style import Style
from tools.discovery.schemas import StyleGuide
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


def known_style(state: DiscoveryState, language: str) -> Style | None:
    """This talk's guide; that of an earlier one where it is of onboarding's examples as they are, and in the talk's language."""
    own, kept = state.get("style"), state["brief"].get("style")
    mark = once(state["brief"], _mark)
    if not mark or kept is None or kept["examples"] != mark or not _fits(kept["guide"], language):
        return own
    return kept if own is None or own["examples"] != mark else own


def _fits(guide: dict[str, Any], language: str) -> bool:
    """Whether a guide is of the shape that is wanted today, and of this language (any, where it is not known yet)."""
    whole = guide.keys() >= StyleGuide.model_fields.keys()
    return whole and (not language or _primary(guide["language"]) == _primary(language))


def _primary(language: str) -> str:
    """A language's code without its region: BCP 47's primary subtag."""
    return language.partition("-")[0].lower()


def style_due(state: DiscoveryState) -> bool:
    """Whether there is something to learn from that the style guide does not hold yet."""
    style = state.get("style")
    mark = once(state["brief"], _mark)
    if style is None:
        return bool(mark) or spoken_length(state) >= ENOUGH_TEXT
    return mark != style["examples"]


def _mark(brief: CompanyBrief) -> str:
    return examples_mark(voice_from(brief["facts"]))
