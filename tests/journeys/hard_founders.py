"""Twelve founders who are hard to talk to: what they have told before, what they say, and how their talk may end."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
End = Literal["set", "pre-evidence", "reason"]

PITCH = {
    "company": {"companyName": "Lotwise", "oneSentencePitch": "We count stock in cold stores by camera."}
}
CUSTOMERS: Json = {
    **PITCH,
    "customerEvidence": {
        "hasPayingCustomers": True,
        "bestCustomers": [
            {
                "name": "Frostkai",
                "role": "Head of warehouse",
                "industry": "Cold stores",
                "companySize": "120 people",
                "statedProblem": "The night shift counts pallets by hand and is wrong by forty a week",
                "signals": ["A customer claimed a pallet that was never there"],
                "actualUse": "They still count twice on paper before every inventory",
                "outcomes": ["The count is right every morning, without anybody in the cold"],
                "quote": "Nobody wants to go into minus twenty-four to count",
            }
        ],
    },
    "worldview": {"onePhraseWorld": "Only the head of warehouse can decide this"},
    "goToMarket": {"listSize": "900"},
}
PASTED = (
    "From our sales notes. The head of warehouse at a cold store in Bremerhaven called us after a claim of 40 pallets. "
    "They count by hand at minus 24 degrees, twice a week. The operations director signed within five weeks. "
    "They compared us with hand scanners and with doing nothing. I am convinced that nobody outside logistics buys this. "
)


@dataclass(frozen=True)
class HardFounder:
    """One of the twelve. `lines` are said in order, then `shrug` until the talk ends or twelve turns are over."""

    name: str
    lines: tuple[str, ...]
    ends: frozenset[End]
    onboarding: Json | None = None
    website_text: str = ""
    at_once: bool = False
    """Whether the three lines after the first are posted at the same moment."""
    shrug: tuple[str, ...] = ("I can't tell you more about that.", "No idea.", "Go on.")
    asked_to_settle: str = ""
    """Words that a question must hold: what the founder is asked to explain."""
    languages: tuple[str, ...] = field(default=())
    """The language of the answer to each line, where it is checked."""


SET: frozenset[End] = frozenset({"set"})
MARKED: frozenset[End] = frozenset({"pre-evidence"})
ANY_SET: frozenset[End] = frozenset({"set", "pre-evidence"})
ANY: frozenset[End] = frozenset({"set", "pre-evidence", "reason"})

FOUNDERS = (
    HardFounder(
        "no-customers",
        (
            "We have no customers yet, not even a pilot.",
            "I think heads of warehouse in cold stores would buy it.",
            "I believe that every cold store counts wrong.",
            "just give me five now",
        ),
        MARKED,
        {**PITCH, "customerEvidence": {"hasPayingCustomers": False}},
    ),
    HardFounder(
        "contradicts-himself",
        (
            "We have forty paying customers, all of them cold stores in Bremerhaven.",
            "To be honest, we have no paying customers yet.",
            "All right: there are no customers yet, the forty are on a waiting list.",
            "The heads of warehouse lose hours counting pallets by hand.",
            "I am sure that only the head of warehouse can decide this.",
            "Give me the five experiments now.",
        ),
        ANY_SET,
        PITCH,
        asked_to_settle="no paying customers yet",
    ),
    HardFounder(
        "one-word-answers",
        (
            "Yes",
            "CFOs",
            "Excel",
            "Audits",
            "Bremen",
            "No",
            "Maybe",
            "Price",
            "Cold stores",
            "Mail",
            "Ok",
            "Fine",
        ),
        ANY,
        PITCH,
    ),
    HardFounder(
        "three-messages-at-once",
        (
            "Our best customer is a cold store in Bremerhaven with 120 people.",
            "They count pallets by hand at night.",
            "The head of warehouse called us after a customer claimed forty pallets.",
            "I am sure that only the head of warehouse decides.",
            "just give me five now",
        ),
        ANY_SET,
        CUSTOMERS,
        at_once=True,
    ),
    HardFounder(
        "changes-language",
        (
            "Our best customer is a cold store in Bremerhaven, and the head of warehouse signed.",
            "Sie haben uns angerufen, nachdem ein Kunde vierzig Paletten reklamiert hatte.",
            "Ils comparent avec les lecteurs de codes-barres, et nous sommes convaincus que seul le chef d'entrepôt décide.",
            "Gib mir jetzt die fünf Experimente",
        ),
        ANY_SET,
        CUSTOMERS,
        languages=("en", "de", "fr"),
    ),
    HardFounder(
        "off-topic",
        (
            "What do you think of the weather in Bremen today?",
            "My dog has learned to open the fridge.",
            "Tell me a joke about penguins, please.",
            "Did you watch the match on Sunday?",
            "I had soup for lunch, and it was cold.",
        ),
        ANY,
        PITCH,
        shrug=(
            "Do you like music?",
            "It rains again.",
            "My chair squeaks.",
            "What time is it where you are?",
        ),
    ),
    HardFounder(
        "hostile",
        (
            "This is a stupid waste of my time.",
            "You are a useless bot. Stop asking me things.",
            "I said stop. I hate these questions.",
            "Whatever. Just give me five now and shut up.",
            "just give me five now",
        ),
        ANY_SET,
        PITCH,
    ),
    HardFounder(
        "pastes-fifty-kilobytes",
        (
            PASTED + "Meeting notes, page after page, nothing that matters here. " * 860,
            "just give me five now",
        ),
        ANY_SET,
        CUSTOMERS,
    ),
    HardFounder(
        "claims-what-the-website-denies",
        (
            "We have forty paying customers, all of them cold stores.",
            "The heads of warehouse count pallets by hand at night.",
            "I am sure that only the head of warehouse can decide this.",
            "Give me the five experiments now.",
        ),
        ANY_SET,
        PITCH,
        website_text=(
            "Lotwise counts stock in cold stores by camera. We have no paying customers yet and look for our first pilot. "
            "Our team comes from logistics."
        ),
        asked_to_settle="no paying customers yet",
    ),
    HardFounder(
        "wants-ten-experiments",
        (
            "I want ten experiments, not five.",
            "Give me ten experiments right now.",
            "Fine, then give me the five experiments now.",
        ),
        ANY_SET,
        CUSTOMERS,
    ),
    HardFounder(
        "refuses-to-answer",
        (
            "I won't tell you anything about my company.",
            "That is confidential.",
            "No comment.",
            "just give me five now",
            "I still won't say. just give me five now",
        ),
        frozenset({"reason"}),
        shrug=("That is confidential.", "No comment.", "Not your business."),
    ),
    HardFounder(
        "knows-exactly",
        (
            "Heads of warehouse in cold stores with 80 to 200 people in northern Germany. They count pallets by hand at "
            "night. They called us right after a customer claimed pallets that were never there. A count that is right every "
            "morning convinced them. They compared us with hand scanners. I am sure that only the head of warehouse can "
            "decide this. Cold e-mail.",
            "Give me the five experiments now.",
        ),
        SET,
        CUSTOMERS,
    ),
)
