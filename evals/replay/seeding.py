"""The state that a replay begins with at any turn: what was recorded there, or, where nothing was, what the words before it amount to."""

from collections.abc import Iterator
from typing import Any

from agents.discovery.memory import WINDOW, with_questions
from agents.discovery.state import Known, Message, NoteItem, SpokenWords, Talk
from evals.dataset.conversation import Conversation, Turn
from tools.discovery.intents import is_order
from tools.discovery.language import next_language

Json = dict[str, Any]


def state_before(case: Conversation, place: int) -> Json | None:
    """The state before the user's turn `place`; None before the first: the graph begins by itself."""
    if place <= 0:
        return None
    recorded = case.turns[place - 1].state or {}
    told = {"talk": talk(case, place), "known": known(case, place)}
    # A state that was written by hand may name a single thing, such as what does not fit together.
    told = {name: {**plain, **recorded.get(name, {})} for name, plain in told.items()}
    (*_, lasting) = _lasting_states(case, place)
    return {**lasting, **told, "messages": window(case, place)}


def saved_before(case: Conversation, place: int) -> list[Json]:
    """The set that this talk had saved last before a turn; empty when it had saved none."""
    saved: list[Json] = []
    for state in _lasting_states(case, place):
        if (state.get("proposal") or {}).get("status") == "saved":
            saved = state["experiments"]
    return saved


def _lasting_states(case: Conversation, place: int) -> Iterator[Json]:
    """After each turn what stays: the set on the table and what became of it, and how the founder writes."""
    found: Json = {}
    for turn in case.turns[:place]:
        found |= {name: value for name, value in (turn.state or {}).items() if name in LASTING}
        if "proposal" in found and "experiments" not in found:
            # Older records left the set itself to the conversation's artifacts.
            found["experiments"] = case.artifacts.experiments or []
        yield found


def window(case: Conversation, place: int) -> list[Message]:
    """The last messages before a turn."""
    return [message(case, turn) for turn in case.turns[:place][-WINDOW:]]


def message(case: Conversation, turn: Turn) -> Message:
    """A turn as the state keeps it. A user's and its answer's number are the same."""
    number = turn.i // 2 + 1
    return Message(
        role=turn.role,
        content=turn.content,
        number=number,
        turn_id=f"{case.id}-{number}",
        order=turn.role == "user" and is_order(turn.content),
    )


def talk(case: Conversation, place: int) -> Talk:
    """Where the talk stands before a turn."""
    language = case.setup.language or ""
    questions: list[str] = []
    for turn in case.turns[:place]:
        if turn.role == "user":
            language = next_language(turn.content, language)
        else:
            questions = with_questions(questions, turn.content)
    asked = [turn.asks for turn in case.turns[:place] if turn.asks]
    return Talk(
        number=place // 2,
        language=language,
        asked=list(dict.fromkeys(asked)),
        barren=0,
        digest=[],
        offered=False,
        questions=questions,
    )


def known(case: Conversation, place: int) -> Known:
    """What was told before a turn, as notes that quote it."""
    notes: dict[str, list[NoteItem]] = {}
    beliefs: list[SpokenWords] = []
    for turn in case.turns[:place]:
        for fact in filter(None, map(case.fact, turn.gives)):
            number = turn.i // 2 + 1
            source, stored = f"turn:{number}", f"turn:{case.id}-{number}"
            if fact.slot == "belief":
                beliefs.append(SpokenWords(quote=fact.text, source=source, stored=stored))
            else:
                note = NoteItem(
                    value=fact.text,
                    standing="observed",
                    quote=fact.text,
                    source=source,
                    stored=stored,
                    turn=number,
                )
                notes.setdefault(fact.slot, []).append(note)
    none_yet = "no-customers" in case.tags
    customers = "no_customers" if none_yet else "has_customers" if notes.get("evidence") else "unknown"
    return Known(notes=notes, beliefs=beliefs, contradictions=[], customers=customers, unread=[])


LASTING = ("style", "proposal", "experiments")
"""What a turn's state need not say again. The ids of saved rows are another database's, and made anew."""
KEPT = ("known", "talk", "saved_ids", *LASTING)
"""What of a state is recorded with a turn: the rest is in the conversation, or is the turn's own."""


def kept_state(state: Json) -> Json:
    """A state as it is recorded."""
    return {name: state[name] for name in KEPT if name in state}
