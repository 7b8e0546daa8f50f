"""Followup: answers the user and asks the one best next question, or tells which rule refused a set. The only node that chats."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.discovery import memory, planning, speaking, views
from agents.discovery.briefing import informed
from agents.discovery.state import DiscoveryState, Json, Known, StoredState
from agents.events import NodeEntered, RepliesSuggested
from prompts import RenderedPrompt, render
from tools.experiments.sentences import sentence


async def followup(state: StoredState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
    """Speak. Raises ModelFailure, which ends the turn: without an answer there is no turn."""
    context = runtime.context
    now = await informed(state, context)
    await context.emit(NodeEntered("followup", "Answering"))
    prompt = _prompt(now)
    del now["brief"]  # the model has it: not to be held for as long as that speaks
    part = speaking.text_id(now, "followup")
    reply = await _admit(now, context, part)
    unsettled = _unsettled(now)
    reply += await speaking.stream_text(
        context,
        prompt,
        memory.history(now["messages"]),
        part,
        now["talk"]["language"],
        lent=str(unsettled["question"]) if unsettled else "",
    )
    if now["plan"]["mode"] == "refused":
        reply += await _name_rules(now, context, reply, part)
    return {
        "messages": memory.add_message(now["messages"], speaking.spoken_message(now, reply, context.turn_id)),
        "talk": {
            **now["talk"],
            "offered": now["talk"]["offered"] or now["plan"]["mode"] == "offer",
            "questions": memory.with_questions(now["talk"]["questions"], reply),
        },
        "known": _contradiction_asked(now["known"]) if unsettled else now["known"],
        "prompt_tags": [*now["prompt_tags"], prompt.tag],
    }


def _prompt(state: DiscoveryState) -> RenderedPrompt:
    plan, talk = state["plan"], state["talk"]
    proposal = state.get("proposal")
    return render(
        "discovery/followup",
        views.company_inputs(state),
        views.experiments_inputs(state),
        **views.known_inputs(state),
        proposed=views.proposed(state),
        mode=plan["mode"],
        ask=plan["ask"] or "whatever helps most to decide the next move",
        open_topics=", ".join(plan["open"]) or "none",
        asked=", ".join(talk["asked"]) or "nothing yet",
        questions=views.questions_before(state),
        contradiction=_unsettled(state),
        broken=proposal["broken"] if proposal else [],
        language=views.language(state),
        today=state["turn"]["now"][:10],
    )


def _unsettled(state: DiscoveryState) -> Json | None:
    """The contradiction that this turn asks about."""
    return planning.open_contradiction(state) if state["plan"]["mode"] == "settle" else None


def _contradiction_asked(known: Known) -> Known:
    """The oldest open contradiction counts as asked about."""
    items = known["contradictions"]
    first = next((index for index, item in enumerate(items) if not item["asked"]), None)
    asked = [{**item, "asked": True} if index == first else item for index, item in enumerate(items)]
    return {**known, "contradictions": asked}


async def _admit(state: DiscoveryState, context: TurnContext, part: str) -> str:
    """Where nothing is known of the company, say first, in our own words, that no set would be honest."""
    if state["plan"]["mode"] != "company":
        return ""
    said = f"{sentence('nothing_known', state['talk']['language'])}\n\n"
    await speaking.say(context, said, part)
    return said


async def _name_rules(state: DiscoveryState, context: TurnContext, reply: str, part: str) -> str:
    """After a refusal: the rules' names if the model left them out, and the words that get a set all the same."""
    language = state["talk"]["language"]
    names = [str(item["rule"]) for item in state["proposal"]["broken"]]
    unnamed = [name for name in dict.fromkeys(names) if name not in reply]
    await context.emit(RepliesSuggested(None, [sentence("retry", language)]))
    if not unnamed:
        return ""
    added = f"\n\n{sentence('refused', language)} {', '.join(unnamed)}."
    await speaking.say(context, added, part)
    return added
