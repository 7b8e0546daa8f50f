"""Orchestrator: reads what is stored and what was said, and decides the way of the turn. Rules first, a model when they can't tell."""

from typing import Any

import structlog
from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.discovery import memory, views
from agents.discovery.briefing import begin_brief
from agents.discovery.calling import announce
from agents.discovery.planning import Wish, has_proposal, plan_turn, wish_from
from agents.discovery.state import DiscoveryState, Message, StoredState
from agents.discovery.style_source import known_style
from agents.events import NodeEntered
from prompts import render
from tools.discovery.intents import is_order, read_intent
from tools.discovery.language import next_language
from tools.discovery.schemas import NextStep
from tools.errors import ProviderUnavailable

log = structlog.get_logger(__name__)


async def orchestrator(state: StoredState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
    """Begin the turn. Reads the database once; raises NotFound when the workspace is gone."""
    context = runtime.context
    await context.emit(NodeEntered("orchestrator", "Reading your message"))
    brief, reference = await begin_brief(state, context)
    begun = {**_begin({**state, "brief": brief}, context), "company": reference}
    now: DiscoveryState = {**state, **begun, "brief": brief}  # type: ignore[typeddict-item]
    wish, tags = await _wish(now, context)
    plan, action = plan_turn(now, wish)
    if action is not None:
        await announce(context, action)
    return {**begun, "plan": plan, "action": action, "prompt_tags": tags}


def _begin(state: DiscoveryState, context: TurnContext) -> dict[str, Any]:
    """What this turn's message changes in the state."""
    talk, known = memory.begin_talk(state)
    text = memory.bounded(state["turn"]["text"], memory.NEWEST_LENGTH)
    talk = {
        **talk,
        "number": talk["number"] + 1,
        "language": next_language(text, talk["language"] or state["brief"]["language"]),
    }
    mine = Message(
        role="user", content=text, number=talk["number"], turn_id=context.turn_id, order=is_order(text)
    )
    known = memory.with_onboarding(known, state)
    messages, talk = memory.trim(memory.add_message(state.get("messages", []), mine), talk, known)
    begun: dict[str, Any] = {"messages": messages, "talk": talk, "known": known}
    style = known_style(state, talk["language"])
    return begun if style == state.get("style") else {**begun, "style": style}


async def _wish(state: DiscoveryState, context: TurnContext) -> tuple[Wish, list[str]]:
    """What the user wants of experiments, and the tags of the prompts it took to find out."""
    text = state["messages"][-1]["content"]
    saved = bool(state["brief"]["experiments"])
    asked = read_intent(text, has_proposal=has_proposal(state), has_saved=saved)
    if asked.ask != "unclear":
        return wish_from(asked, None), []
    prompt = render(
        "discovery/orchestrator",
        message=text,
        proposed=views.proposed(state),
        earlier=views.earlier(state["messages"][:-1]),
        **views.experiments_inputs(state),
    )
    try:
        step = await context.models.structured(
            prompt, memory.newest_words(state["messages"]), NextStep, meter=context.meter
        )
    except ProviderUnavailable as error:
        log.warning("discovery.orchestrator_undecided", code=error.error_code)
        step = None
    return wish_from(asked, step), [prompt.tag]
