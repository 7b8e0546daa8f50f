"""The talk's memory: what is kept of messages, what is merged from notes, and what a new turn starts with.

Everything is bounded, so a turn costs the same at message 200 as at message 10; facts outlive the messages they came from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from agents.discovery.digest import with_lines
from agents.discovery.state import DiscoveryState, Known, Message, NoteItem, SpokenWords, Talk
from prompts.characters import clean
from tools.discovery.answers import short
from tools.discovery.brief import CompanyBrief
from tools.discovery.facts import said_in
from tools.discovery.schemas import HypothesisNotes
from tools.discovery.shared_briefs import once
from tools.experiments.design import Standing
from tools.experiments.evidence import Source, find_source, fold, spoken
from tools.providers.models.provider import ChatMessage

T = TypeVar("T")

WINDOW = 12
MESSAGE_LENGTH = 6_000
NEWEST_LENGTH = 20_000
NOTES_PER_TOPIC = 12
OTHER_FACTS = 120
NOTE_QUOTE = 300
BELIEFS = 15
QUESTIONS = 24
QUESTION_LENGTH = 160
SENTENCE = re.compile(r"[^.!?…。？\n]+[?？]?")
"""Matches wherever it begins, so that a text without an end of a sentence is read once and not once a character."""
KEPT_FIRST = 2
"""Notes of a topic that stay whatever comes later: what a founder says first is what the talk stands on."""
CUT = "\n[…]\n"
CUSTOMERS = {True: "has_customers", False: "no_customers", None: "unknown"}


def bounded(text: str, limit: int) -> str:
    """A message as it is kept: clean, and when it is too long its beginning and its end."""
    cleaned = clean(text)[0].strip()
    if len(cleaned) <= limit:
        return cleaned
    tail = limit // 4
    return cleaned[: limit - tail - len(CUT)] + CUT + cleaned[-tail:]


def first_and_last(items: list[T], limit: int) -> list[T]:
    """At most `limit` items: the first half and the newest half."""
    return items if len(items) <= limit else [*items[: limit // 2], *items[-(limit - limit // 2) :]]


def begin_talk(state: DiscoveryState) -> tuple[Talk, Known]:
    """Talk and known facts as the last turn left them; for a new session, with what onboarding says."""
    talk = state.get("talk") or Talk(
        number=0, language="", asked=[], barren=0, digest=[], offered=False, questions=[]
    )
    known = state.get("known") or Known(
        notes={}, beliefs=[], contradictions=[], customers="unknown", unread=[]
    )
    return talk, known


@dataclass(frozen=True)
class Told:
    """What onboarding says, as a talk knows it: notes with their topics, the same merged by topic, beliefs and customers."""

    notes: list[tuple[str, NoteItem]]
    by_topic: dict[str, list[NoteItem]]
    beliefs: list[SpokenWords]
    customers: str


def with_onboarding(known: Known, state: DiscoveryState) -> Known:
    """The known facts, filled up with what onboarding says where the talk has said nothing."""
    told = once(state["brief"], _told)
    if known["notes"]:
        notes = _filled_up(known["notes"], told.notes)
    else:
        notes = {topic: list(items) for topic, items in told.by_topic.items()}
    return {
        **known,
        "notes": notes,
        "beliefs": _merged_words(known["beliefs"], told.beliefs),
        "customers": told.customers if known["customers"] == "unknown" else known["customers"],
    }


def _told(brief: CompanyBrief) -> Told:
    said = said_in(brief["facts"])
    standing = Standing.INFERRED if said.paying is False else Standing.OBSERVED
    notes: list[tuple[str, NoteItem]] = []
    for item in said.customers:
        fact = item["fact"]
        note = _note(fact["text"], standing.value, fact["text"], fact["id"], fact["id"], 0)
        notes.append((item["topic"], note))
    beliefs = [SpokenWords(quote=fact["text"], source=fact["id"], stored=fact["id"]) for fact in said.beliefs]
    return Told(notes, _filled_up({}, notes), beliefs, CUSTOMERS[said.paying])


def _filled_up(
    notes: dict[str, list[NoteItem]], more: Sequence[tuple[str, NoteItem]]
) -> dict[str, list[NoteItem]]:
    filled = {topic: list(items) for topic, items in notes.items()}
    for topic, note in more:
        filled[topic] = _merged(filled.get(topic, []), [note], NOTES_PER_TOPIC)
    return filled


def add_message(messages: Sequence[Message], message: Message) -> list[Message]:
    """The window with one more message. A user's message that was never answered makes room for its repetition."""
    kept = list(messages)
    last = kept[-1] if kept else None
    if last and last["role"] == message["role"] == "user" and last["content"] == message["content"]:
        kept.pop()
    return [*kept, message]


def trim(messages: Sequence[Message], talk: Talk, known: Known) -> tuple[list[Message], Talk]:
    """The newest messages, and the talk with a line for what no note holds of the older ones."""
    leaving, staying = list(messages[:-WINDOW]), list(messages[-WINDOW:])
    shortened = [
        Message(**{**message, "content": bounded(message["content"], MESSAGE_LENGTH)}) for message in staying
    ]
    return shortened, {**talk, "digest": with_lines(talk["digest"], leaving, known)}


def with_questions(questions: Sequence[str], reply: str) -> list[str]:
    """The questions asked so far with those of a reply, the newest last; bounded, since prompts show them."""
    asked = [said.strip() for said in SENTENCE.findall(reply) if said.endswith(("?", "？"))]
    kept = list(dict.fromkeys([*questions, *(question[-QUESTION_LENGTH:] for question in asked)]))
    return kept[-QUESTIONS:]


def history(messages: Iterable[Message]) -> list[ChatMessage]:
    """The window as a model's chat."""
    return [ChatMessage(role=message["role"], content=message["content"]) for message in messages]


def newest_words(messages: Sequence[Message]) -> list[ChatMessage]:
    """The user's newest message alone: the chat of a call whose brief holds all the rest."""
    return history(user_turns(messages)[-1:])


def user_turns(messages: Iterable[Message]) -> list[Message]:
    """The user's messages of the window."""
    return [message for message in messages if message["role"] == "user"]


def sources_of(state: DiscoveryState) -> list[Source]:
    """Every stored text that a quote may come from: turns, onboarding, pages, and quotes that were checked before."""
    turns = [
        Source(f"turn:{message['number']}", f"turn:{message['turn_id']}", "turn", message["content"])
        for message in user_turns(state["messages"])
        if not message["order"]
    ]
    return [*turns, *once(state["brief"], _company_sources), *_checked_before(state)]


def _company_sources(brief: CompanyBrief) -> list[Source]:
    facts = [Source(fact["id"], fact["id"], "onboarding", fact["text"]) for fact in brief["facts"]]
    pages = [Source(page["id"], f"page:{page['url']}", "page", page["text"]) for page in brief["pages"]]
    return [*facts, *pages]


def merge_notes(state: DiscoveryState, answer: HypothesisNotes) -> tuple[Known, int]:
    """The known facts with a turn's notes, and how many are new. A note whose quote stands in no source is thrown away."""
    known, sources = state["known"], sources_of(state)
    notes = {topic: list(items) for topic, items in known["notes"].items()}
    before = sum(len(items) for items in notes.values())
    said = CUSTOMERS[answer.has_paying_customers]
    customers = known["customers"] if said == "unknown" else said
    for note in answer.notes:
        source = find_source(note.quote, note.source_id, sources)
        if note.value and source is not None:
            standing = Standing(note.standing)
            if standing == Standing.OBSERVED and customers == "no_customers":
                standing = Standing.INFERRED
            quote, number = note.quote.strip(), state["talk"]["number"]
            item = _note(note.value, standing.value, quote, source.id, source.stored, number)
            limit = OTHER_FACTS if note.topic == "other" else NOTES_PER_TOPIC
            notes[note.topic] = _merged(notes.get(note.topic, []), [item], limit)
    beliefs = [
        SpokenWords(quote=belief.quote.strip(), source=source.id, stored=source.stored)
        for belief in answer.beliefs
        if (source := find_source(belief.quote, belief.source_id, spoken(sources)))
        and _is_statement(belief.quote)
    ]
    merged: Known = {
        **known,
        "notes": notes,
        "beliefs": _merged_words(known["beliefs"], beliefs),
        "contradictions": _contradictions(known, answer, sources),
        "customers": customers,
        "unread": [],
    }
    return merged, sum(len(items) for items in notes.values()) - before + len(beliefs)


def _is_statement(quote: str) -> bool:
    """Whether words are more than a name or a number: three words, or as much in a script without spaces."""
    return len(quote.split()) >= 3 or len(quote.encode()) >= 18 * len(quote.split())


def _contradictions(
    known: Known, answer: HypothesisNotes, sources: Sequence[Source]
) -> list[dict[str, object]]:
    """Contradictions whose both sides were really said; each is asked about once."""
    found: list[dict[str, object]] = list(known["contradictions"])
    seen = {fold(str(item["quote"])) for item in found}
    for item in answer.contradictions:
        both = find_source(item.quote, item.source_id, sources) and find_source(
            item.earlier_quote, item.earlier_source_id, sources
        )
        if both and "?" in item.question and fold(item.quote) not in seen:
            found.append(
                {
                    "quote": item.quote,
                    "earlier": item.earlier_quote,
                    "question": item.question,
                    "asked": False,
                }
            )
    return found[-5:]


def _checked_before(state: DiscoveryState) -> list[Source]:
    """Quotes whose messages have left the window: they were found word for word when they were noted."""
    known = state.get("known")
    if known is None:
        return []
    words = [
        (item["quote"], item["source"], item["stored"]) for items in known["notes"].values() for item in items
    ] + [(belief["quote"], belief["source"], belief["stored"]) for belief in known["beliefs"]]
    return [
        Source(label, stored, "page" if stored.startswith("page:") else "turn", quote)
        for quote, label, stored in words
        if quote
    ]


def _note(value: str, standing: str, quote: str, source: str, stored: str, turn: int) -> NoteItem:
    return NoteItem(
        value=short(value, 240).replace('"', "'"),
        standing=standing,
        quote=quote[:NOTE_QUOTE],
        source=source,
        stored=stored,
        turn=turn,
    )


def _merged(items: Sequence[NoteItem], more: Sequence[NoteItem], limit: int) -> list[NoteItem]:
    """Notes without repetition: the same value again keeps the better standing."""
    merged = {fold(item["value"]).casefold(): item for item in items}
    for item in more:
        key = fold(item["value"]).casefold()
        if key not in merged or _rank(item) > _rank(merged[key]):
            merged[key] = item
    return _without_middle(list(merged.values()), limit)


def _without_middle(items: list[NoteItem], limit: int) -> list[NoteItem]:
    """At most `limit` notes: weaker ones go first, then those in the middle. What was said first and last stays."""
    while len(items) > limit:
        weakest = min(_rank(item) for item in items[KEPT_FIRST:])
        places = [place for place, item in enumerate(items) if place >= KEPT_FIRST and _rank(item) == weakest]
        del items[min(places, key=lambda place: abs(place - len(items) // 2))]
    return items


def _rank(item: NoteItem) -> int:
    return {"observed": 2, "inferred": 1}.get(item["standing"], 0)


def _merged_words(items: Sequence[SpokenWords], more: Sequence[SpokenWords]) -> list[SpokenWords]:
    return first_and_last(list({fold(item["quote"]): item for item in [*items, *more]}.values()), BELIEFS)
