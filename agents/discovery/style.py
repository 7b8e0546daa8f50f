"""Style: silently learns how the founder writes, for the experiments' words now, for outreach and other talks later."""

from typing import Any

import structlog
from langgraph.runtime import Runtime
from sqlalchemy.exc import SQLAlchemyError

from agents.context import TurnContext
from agents.discovery import memory, views
from agents.discovery.briefing import informed
from agents.discovery.state import StoredState
from agents.discovery.style_source import examples_mark, spoken_length
from agents.discovery.words.shown import Shown, copied
from agents.events import NodeEntered
from prompts import render
from tools.discovery.facts import voice_from, words_never_used
from tools.discovery.learned_style import Style, keep_style
from tools.discovery.schemas import StyleGuide
from tools.errors import ProviderUnavailable
from tools.experiments.evidence import fold

log = structlog.get_logger(__name__)

LIST_LENGTH = 20
COPIED = ("words_used", "words_never_used", "openings", "endings", "examples")
"""What the guide copies from the founder's writing; anything else in these lists was made up."""


async def style(state: StoredState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
    """Learn the style. When the model fails the old guide stays, and the next turn tries again."""
    context = runtime.context
    now = await informed(state, context)
    await context.emit(NodeEntered("style", "Learning how you write"))
    facts, before = now["brief"]["facts"], now.get("style")
    refused, examples, spoken = words_never_used(facts), voice_from(facts), views.talk_sources(now)
    prompt = render(
        "discovery/style",
        examples=examples,
        spoken=spoken,
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
    writing = [fact["text"] for fact in examples] + [item["text"] for item in spoken]
    learned = Style(
        guide=_checked(guide, refused, writing),
        learned_from=spoken_length(now),
        examples=examples_mark(examples),
    )
    if examples:
        await _keep(learned, context)
    return {"style": learned, "prompt_tags": tags}


async def _keep(learned: Style, context: TurnContext) -> None:
    """For talks that begin later while onboarding shows these examples; should it not be kept, they learn it. Raises LeaseLost."""
    try:
        async with context.database.unit_of_work() as uow:
            await context.guard(uow)
            await keep_style(uow, context.workspace_id, learned)
    except (SQLAlchemyError, OSError) as error:
        log.warning("discovery.style_not_kept", error=type(error).__name__)


def _checked(guide: StyleGuide, refused: list[str], writing: list[str]) -> dict[str, Any]:
    """The guide as plain JSON; what it copies is found in the founder's writing, what it says itself is not a copy.

    The words that onboarding refuses are in it whatever the model says.
    """
    whole = "\n".join([fold(text).casefold() for text in writing])
    written = Shown(writing)
    plain = {
        name: _found(value, whole) if name in COPIED else _own(value, written)
        for name, value in guide.model_dump().items()
    }
    return {**plain, "words_never_used": list(dict.fromkeys([*refused, *plain["words_never_used"]]))}


def _found(words: list[str], whole: str) -> list[str]:
    """What of these stands in the founder's writing."""
    return [word for word in words if fold(word).casefold() in whole][:LIST_LENGTH]


def _own(value: Any, written: Shown) -> Any:
    """What the guide says itself; empty when it is copied."""
    return "" if isinstance(value, str) and copied(value, written) else value
