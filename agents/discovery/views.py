"""What prompts are shown of the state: each function gives inputs that several prompts share."""

from itertools import zip_longest
from typing import Any

from agents.discovery.memory import user_turns
from agents.discovery.state import DiscoveryState, Known, Message, NoteItem
from prompts import SharedInputs
from tools.discovery.brief import CompanyBrief
from tools.discovery.language import language_name
from tools.discovery.shared_briefs import once

Inputs = dict[str, Any]
EARLIER = 6
KNOWN_LENGTH = 7_000
"""Characters of notes that a prompt is shown, so that it is as long after 500 turns as after 20."""
NOTE_AROUND = 90
"""What the marks around a note take."""
CUSTOMERS = {"has_customers": "yes", "no_customers": "none yet", "unknown": "nobody has said"}


def company_inputs(state: DiscoveryState) -> SharedInputs:
    """Company, onboarding and website."""
    return once(state["brief"], _company)


def _company(brief: CompanyBrief) -> SharedInputs:
    return SharedInputs(
        company={"name": brief["workspace"], "website": brief["website"]},
        facts=brief["facts"],
        pages=brief["pages"],
    )


def known_inputs(state: DiscoveryState) -> Inputs:
    """Hypotheses, beliefs, and what older messages said."""
    known = state["known"]
    return {
        "customers": CUSTOMERS[known["customers"]],
        "known": [{"name": topic, "notes": notes} for topic, notes in shown_notes(known).items() if notes],
        "beliefs": known["beliefs"],
        "digest": state["talk"]["digest"],
    }


def shown_notes(known: Known) -> dict[str, list[NoteItem]]:
    """The notes that fit into a prompt, by topic in their order: the best of each topic, then, by turns, the next from
    the talk's beginning and the newest. What onboarding says comes last: prompts show it in any case.
    """
    if sum([_length(item) for items in known["notes"].values() for item in items]) <= KNOWN_LENGTH:
        return {topic: list(items) for topic, items in known["notes"].items()}
    shown: dict[str, set[int]] = {topic: set() for topic in known["notes"]}
    left = KNOWN_LENGTH
    for topic, place in _by_importance(known):
        item = known["notes"][topic][place]
        left -= _length(item)
        if left < 0:
            break
        shown[topic].add(place)
    return {
        topic: [item for place, item in enumerate(items) if place in shown[topic]]
        for topic, items in known["notes"].items()
    }


def _length(note: NoteItem) -> int:
    return len(note["value"]) + len(note["quote"]) + NOTE_AROUND


def _by_importance(known: Known) -> list[tuple[str, int]]:
    """Topic and place of every note, those that must be shown first."""
    notes = known["notes"]
    best = [(topic, _best_place(items)) for topic, items in notes.items() if items]
    places = [
        (topic, place)
        for topic, items in notes.items()
        for place in range(len(items))
        if (topic, place) not in best
    ]
    said = sorted((place for place in places if _turn(notes, place)), key=lambda place: _turn(notes, place))
    half = (len(said) + 1) // 2
    first, newest = said[:half], said[half:][::-1]
    alternating = [place for pair in zip_longest(first, newest) for place in pair if place is not None]
    return [*best, *alternating, *(place for place in places if not _turn(notes, place))]


def _best_place(items: list[NoteItem]) -> int:
    standings = ["observed", "inferred"]
    ranks = [standings.index(item["standing"]) if item["standing"] in standings else 2 for item in items]
    return ranks.index(min(ranks))


def _turn(notes: dict[str, list[NoteItem]], place: tuple[str, int]) -> int:
    return notes[place[0]][place[1]]["turn"]


def experiments_inputs(state: DiscoveryState) -> SharedInputs:
    """Saved experiments with their results."""
    return once(state["brief"], _experiments)


def _experiments(brief: CompanyBrief) -> SharedInputs:
    return SharedInputs(experiments=brief["experiments"])


def proposed(state: DiscoveryState) -> list[dict[str, Any]]:
    """The newest set that was proposed and not saved, short."""
    proposal = state.get("proposal")
    if proposal is None or proposal["status"] not in ("proposed", "declined"):
        return []
    return [
        {"name": item["name"], "type": item["type"], "pattern": item["pattern"]}
        for item in state["experiments"]
    ]


def questions_before(state: DiscoveryState) -> list[str]:
    """Questions that were asked in messages which have left the window: the model sees the others in the talk itself."""
    shown = "\n".join(message["content"] for message in state["messages"] if message["role"] == "assistant")
    return [question for question in state["talk"]["questions"] if question not in shown]


def language(state: DiscoveryState) -> str:
    """The name of the talk's language, or words that leave it to the model."""
    return language_name(state["talk"]["language"] or state["brief"]["language"])


def talk_sources(state: DiscoveryState) -> list[dict[str, str]]:
    """The user's messages of the window as sources; orders to us are none."""
    said = [message for message in user_turns(state["messages"]) if not message["order"]]
    return [{"id": f"turn:{message['number']}", "text": message["content"]} for message in said]


def earlier(messages: list[Message]) -> list[dict[str, str]]:
    """Some messages as lines with a speaker, for prompts that only need the drift."""
    speakers = {"user": "Founder", "assistant": "Analyst"}
    return [
        {"speaker": speakers[message["role"]], "text": message["content"]} for message in messages[-EARLIER:]
    ]
