"""What a discovery talk remembers between turns: plain JSON only, bounded in size, enough to seed a fresh thread.

What changes here is a new version: `versions/upgrades.py` says how older states become it. No channel is a bare string or number: Postgres would refuse some of what such a string can hold.
"""

from typing import Any, Literal, TypedDict

from tools.discovery.actions import ActionTool
from tools.discovery.brief import CompanyBrief
from tools.discovery.brief_rows import BriefReference
from tools.discovery.learned_style import Style

Json = dict[str, Any]
Mode = Literal["ask", "settle", "offer", "discuss", "refused", "company"]
Step = Literal["followup", "strategy", "style", "output", "execution"]


class Turn(TypedDict):
    """What the runner hands in: the assistant message's id, the user's words, and the time (ISO 8601)."""

    message_id: str
    text: str
    now: str


class Message(TypedDict):
    """One message of the window. `number` is the turn's, from 1; `turn_id` names the stored turn.

    `order` marks a short order to us ("give me five now"): it says nothing of the market, so nothing may rest on it.
    """

    role: Literal["user", "assistant"]
    content: str
    number: int
    turn_id: str
    order: bool


class NoteItem(TypedDict):
    """Something known: what was said of a topic, how well it is known, and the words it rests on."""

    value: str
    standing: str
    quote: str
    source: str
    stored: str
    turn: int


class SpokenWords(TypedDict):
    """Words of the user, kept letter for letter, with the short and the lasting name of their source."""

    quote: str
    source: str
    stored: str


class Known(TypedDict):
    """What the talk has brought. `notes` is by topic; `customers` is has_customers, no_customers or unknown.

    `unread` are the turns whose messages strategy has not noted yet, because a model's answer was unusable.
    """

    notes: dict[str, list[NoteItem]]
    beliefs: list[SpokenWords]
    contradictions: list[Json]
    customers: str
    unread: list[int]


class Talk(TypedDict):
    """Where the talk stands. `barren` counts the turns in a row that brought nothing new; `digest` holds lines of
    what left the window without a note; `offered` says that the founder was asked whether to make the set; `questions`
    are the newest that were asked, word for word.
    """

    number: int
    language: str
    asked: list[str]
    barren: int
    digest: list[str]
    offered: bool
    questions: list[str]


class Plan(TypedDict):
    """What the orchestrator decided for this turn, and why: kept in the run's record.

    `mode` tells followup what to speak about; `ask` is the topic of its question; `strict` is False when a set may be
    marked pre-evidence. `knew` is what the decision was made from, `why` the reason for the first of `steps`.
    """

    steps: list[Step]
    mode: Mode
    ask: str
    open: list[str]
    missing: list[str]
    strict: bool
    knew: Json
    why: str
    decided_by: Literal["rules", "model"]


class ProposalState(TypedDict):
    """The newest set: proposed, saved, declined or refused, with the rules that a refused one broke."""

    status: Literal["proposed", "saved", "declined", "refused"]
    insight: str
    pre_evidence: bool
    broken: list[Json]
    turn: int


class Action(TypedDict):
    """What `execution` is to carry out. Ids come from our own tables; nothing here was chosen by a client."""

    tool: ActionTool
    tool_call_id: str
    experiment_ids: list[int]
    names: list[str]
    asked_by_user: bool


class StoredState(TypedDict, total=False):
    """The state of one talk as it is stored between steps and turns."""

    turn: Turn
    """This turn's input."""
    company: BriefReference
    """Names what was known of the company at this turn's start; see `briefing.py`."""
    messages: list[Message]
    """The last messages, bounded; the whole talk is in our tables."""
    known: Known
    """Hypotheses, beliefs and facts, with their evidence."""
    talk: Talk
    """Language, questions asked, how fruitful the talk is."""
    plan: Plan
    """The way through the graph this turn."""
    style: Style
    """How the founder writes."""
    experiments: list[Json]
    """The newest proposed set, as on the wire."""
    proposal: ProposalState
    """What became of it."""
    saved_ids: list[int]
    """The experiments that this talk has saved."""
    action: Action | None
    """What waits for approval."""
    prompt_tags: list[str]
    """The exact wordings used this turn."""


class DiscoveryState(StoredState, total=False):
    """The state of one talk as nodes work on it."""

    brief: CompanyBrief
    """What is stored about the company, as of this turn's start."""
