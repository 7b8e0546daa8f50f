"""States of a discovery talk: as a turn finds them after the orchestrator, in three languages."""

from typing import Any

from agents.discovery.state import DiscoveryState, Known, Message, NoteItem, Plan
from tools.discovery.brief import CompanyBrief
from tools.discovery.facts import Fact

SAID = {
    "en": [
        "Our best customer is a steel trader near Passau, 120 people, and the head of finance closed the books in Excel.",
        "They lost nine days every month, and called us right after the auditor complained about the late close.",
        "A live demo with their own numbers convinced them: closed in two days.",
        "Only finance buys this, I am sure of it.",
    ],
    "de": [
        "Unser bester Kunde ist ein Stahlhändler bei Passau, 120 Leute, und die Finanzleiterin machte den Abschluss in Excel.",
        "Sie verloren jeden Monat neun Tage und riefen an, nachdem der Wirtschaftsprüfer sich über den späten Abschluss beschwert hatte.",
        "Überzeugt hat sie eine Vorführung mit den eigenen Zahlen: Abschluss in zwei Tagen.",
        "Nur die Finanzabteilung kauft so etwas, da bin ich sicher.",
    ],
    "es": [
        "Nuestro mejor cliente es un comerciante de acero cerca de Bilbao, 120 personas, y la directora financiera cerraba los libros en Excel.",
        "Perdían nueve días cada mes y nos llamaron justo después de que el auditor se quejara del cierre tardío.",
        "Los convenció una demostración con sus propios números: cierre en dos días.",
        "Solo finanzas compra esto, estoy seguro.",
    ],
}
FACTS: list[Fact] = [
    {"id": "onboarding:company.oneSentencePitch", "text": "We close the books of steel traders in two days."},
    {"id": "onboarding:goToMarket.listSize", "text": "800"},
]


def brief(**changes: Any) -> CompanyBrief:
    """What is stored about a company that was described in two fields."""
    stored: dict[str, Any] = {
        "workspace": "Closewise",
        "website": "https://closewise.example",
        "language": "",
        "user": "Tom",
        "facts": FACTS,
        "pages": [],
        "experiments": [],
    }
    return {**stored, **changes}  # type: ignore[typeddict-item]


def message(role: Any, content: str, number: int, *, order: bool = False) -> Message:
    """One message of the window."""
    return Message(role=role, content=content, number=number, turn_id=f"turn-{number}", order=order)


def note(value: str, *, standing: str = "observed", turn: int = 1) -> NoteItem:
    """Something that was said in a turn, in these words."""
    return NoteItem(
        value=value,
        standing=standing,
        quote=value,
        source=f"turn:{turn}",
        stored=f"turn:turn-{turn}",
        turn=turn,
    )


def known(**changes: Any) -> Known:
    """Nothing known, but what is given."""
    nothing: dict[str, Any] = {
        "notes": {},
        "beliefs": [],
        "contradictions": [],
        "customers": "unknown",
        "unread": [],
    }
    return {**nothing, **changes}  # type: ignore[typeddict-item]


def plan(**changes: Any) -> Plan:
    """An ordinary turn that asks about the trigger."""
    ordinary: dict[str, Any] = {
        "steps": ["followup", "strategy"],
        "mode": "ask",
        "ask": "trigger",
        "open": ["trigger", "alternatives"],
        "missing": ["trigger", "alternatives"],
        "strict": True,
        "knew": {},
        "why": "no rule asks for anything else",
        "decided_by": "rules",
    }
    return {**ordinary, **changes}  # type: ignore[typeddict-item]


def state(language: str = "en", **changes: Any) -> DiscoveryState:
    """A talk in which the founder has told four things."""
    messages = [message("user", text, number) for number, text in enumerate(SAID[language], 1)]
    begun: dict[str, Any] = {
        "turn": {"message_id": "answer-4", "text": SAID[language][-1], "now": "2026-11-22T10:00:00+00:00"},
        "brief": brief(),
        "messages": messages,
        "known": known(),
        "talk": {
            "number": len(messages),
            "language": language,
            "asked": [],
            "barren": 0,
            "digest": [],
            "offered": False,
            "questions": [],
        },
        "plan": plan(),
        "prompt_tags": [],
        "action": None,
    }
    return {**begun, **changes}  # type: ignore[typeddict-item]
