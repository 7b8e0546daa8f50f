"""Strategy: silently notes what was said, each note with checked evidence, and finds replies to the question just asked."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import structlog
from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.discovery import memory, planning, views
from agents.discovery.briefing import informed
from agents.discovery.state import DiscoveryState, Known, NoteItem, SpokenWords, StoredState, Talk
from agents.discovery.words.shown import Shown, blocks, copied, plain
from agents.events import HypothesesNoted, NodeEntered, RepliesSuggested
from prompts import RenderedPrompt, render
from prompts.untrusted import untrusted
from tools.discovery.schemas import HypothesisNotes, Note
from tools.errors import ProviderUnavailable

log = structlog.get_logger(__name__)

MAX_REPLIES = 4
UNREAD = 6
SAME_VALUES = 3
"""Notes of one turn that say the same: then nothing was read, something was recited."""


async def strategy(state: StoredState, runtime: Runtime[TurnContext]) -> dict[str, Any]:
    """Note the new messages. A model that fails costs the notes of this turn, not the turn: the next one rereads."""
    context = runtime.context
    now = await informed(state, context)
    await context.emit(NodeEntered("strategy", "Noting what you said"))
    prompt = _prompt(now)
    tags = [*now["prompt_tags"], prompt.tag]
    try:
        answer = await context.models.structured(
            prompt, memory.newest_words(now["messages"]), HypothesisNotes, meter=context.meter
        )
    except ProviderUnavailable as error:
        log.warning("discovery.notes_missed", code=error.error_code)
        unread = [*now["known"]["unread"], now["talk"]["number"]][-UNREAD:]
        missed: Known = {**now["known"], "unread": unread}
        return {"known": missed, "talk": _talk(now, None, 0), "prompt_tags": tags}
    answer = _in_own_words(answer, prompt, now["known"]["beliefs"])
    known, new = memory.merge_notes(now, answer)
    await context.emit(HypothesesNoted(_shown(known), planning.missing({**now, "known": known})))
    if _reply(now) and answer.suggested_replies:
        replies = list(dict.fromkeys(reply for reply in answer.suggested_replies if reply))[:MAX_REPLIES]
        await context.emit(RepliesSuggested(answer.placeholder or None, replies))
    return {"known": known, "talk": _talk(now, answer, new), "prompt_tags": tags}


def _in_own_words(
    answer: HypothesisNotes, prompt: RenderedPrompt, beliefs: Sequence[SpokenWords]
) -> HypothesisNotes:
    """The answer without what was dictated: replies that a source holds word for word, one sentence as many findings,
    findings copied from another sentence than the one they quote.
    """
    spoken = [untrusted(belief["quote"]) for belief in beliefs]
    brief = prompt.text
    sources = Shown([*blocks(brief, "new", "onboarding", "website", "older"), *spoken])
    shown = Shown([brief])
    values = Counter(plain(note.value) for note in answer.notes)
    return answer.model_copy(
        update={
            "notes": [
                note
                for note in answer.notes
                if values[plain(note.value)] < SAME_VALUES and not _from_elsewhere(note, sources)
            ],
            "suggested_replies": [reply for reply in answer.suggested_replies if not copied(reply, shown)],
            "placeholder": "" if copied(answer.placeholder, shown) else answer.placeholder,
        }
    )


def _from_elsewhere(note: Note, sources: Shown) -> bool:
    """Whether a note's value is a copy of words other than those it quotes."""
    value, quote = plain(note.value), plain(note.quote)
    return not (value in quote or quote in value) and copied(value, sources, words=2)


def _prompt(state: DiscoveryState) -> RenderedPrompt:
    first = not any(message["role"] == "assistant" for message in state["messages"][:-1])
    numbers = {*state["known"]["unread"], state["talk"]["number"]}
    unread = [
        source for source in views.talk_sources(state) if int(source["id"].removeprefix("turn:")) in numbers
    ]
    before = [message for message in state["messages"] if message["number"] not in numbers]
    return render(
        "discovery/strategy",
        views.company_inputs(state),
        **views.known_inputs(state),
        unread=unread,
        earlier=views.earlier(before),
        reply=_reply(state),
        read_company=first,
        language=views.language(state),
    )


def _reply(state: DiscoveryState) -> str:
    """What the agent has said in this turn; empty when it has not spoken yet."""
    last = state["messages"][-1]
    return last["content"] if last["role"] == "assistant" else ""


def _talk(state: DiscoveryState, answer: HypothesisNotes | None, new: int) -> Talk:
    """The talk with the topic that was asked about, and whether this turn was fruitful.

    The model may have asked about another open topic than was planned; what it says of that is believed only then.
    """
    talk, plan = state["talk"], state["plan"]
    asks = plan["open"] if plan["mode"] in ("ask", "discuss", "company") else []
    topic = answer.asked_topic if answer and answer.asked_topic in asks else plan["ask"]
    asked = [*talk["asked"], topic] if topic and _reply(state) else talk["asked"]
    barren = talk["barren"] if answer is None else 0 if new else talk["barren"] + 1
    return {**talk, "asked": list(dict.fromkeys(asked)), "barren": barren}


def _shown(known: Known) -> dict[str, Any]:
    """The best note of each topic, as clients see it."""
    return {topic: _best(items) for topic, items in known["notes"].items() if items and topic != "other"}


def _best(items: list[NoteItem]) -> dict[str, Any]:
    item = max(
        items, key=lambda note: (note["standing"] == "observed", note["standing"] == "inferred", note["turn"])
    )
    evidence = {"quote": item["quote"], "source": item["stored"]} if item["quote"] else None
    return {"value": item["value"], "standing": item["standing"], "evidence": evidence}
