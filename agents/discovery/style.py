"""Style: silently learns how the founder writes, for the experiments' words now and for outreach later."""

from typing import Any

import structlog
from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.discovery import memory, views
from agents.discovery.briefing import informed
from agents.discovery.state import StoredState, Style
from agents.discovery.style_source import examples_mark, spoken_length
from agents.events import NodeEntered
from prompts import render
from tools.discovery.facts import voice_from, words_never_used
from tools.discovery.schemas import StyleGuide
from tools.errors import ProviderUnavailable

log = structlog.get_logger(__name__)

LIST_LENGTH = 20


async def style(state: StoredState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
    """Learn the style. When the model fails the old guide stays, and the next turn tries again."""
    context = runtime.context
    now = await informed(state, context)
    await context.emit(NodeEntered("style", "Learning how you write"))
    facts, before = now["brief"]["facts"], now.get("style")
    refused = words_never_used(facts)
    prompt = render(
        "discovery/style",
        examples=voice_from(facts),
        spoken=views.talk_sources(now),
        refused_words=", ".join(refused),
        guide=str(before["guide"]) if before else "",
        language=views.language(now),
    )
    tags = [*now["prompt_tags"], prompt.tag]
    try:
        guide = await context.models.structured(
            prompt, memory.newest_words(now["messages"]), StyleGuide, meter=context.meter
        )
    except ProviderUnavailable as error:
        log.warning("discovery.style_missed", code=error.error_code)
        return {"prompt_tags": tags}
    learned = Style(
        guide=_bounded(guide, refused), learned_from=spoken_length(now), examples=examples_mark(facts)
    )
    return {"style": learned, "prompt_tags": tags}


def _bounded(guide: StyleGuide, refused: list[str]) -> dict[str, Any]:
    """The guide as plain JSON, lists cut; the words that onboarding refuses are in it whatever the model says."""
    plain = {
        name: value[:LIST_LENGTH] if isinstance(value, list) else value
        for name, value in guide.model_dump().items()
    }
    return {**plain, "words_never_used": list(dict.fromkeys([*refused, *plain["words_never_used"]]))}
