"""A founder played from a fact sheet: says what the conversation's facts hold of what is asked, and nothing else."""

from dataclasses import dataclass, field

from evals.dataset.conversation import Conversation, Fact, Turn
from tools.discovery.language import detect_language

UNKNOWN = {
    "en": "I can't tell you more about that.",
    "de": "Mehr kann ich dazu nicht sagen.",
    "fr": "Je ne peux pas en dire plus.",
    "es": "No puedo decir más sobre eso.",
}
ENOUGH = {
    "en": "That is all I know. Give me the five experiments now.",
    "de": "Mehr weiß ich nicht. Gib mir jetzt die fünf Experimente.",
    "fr": "C'est tout ce que je sais. Donne-moi les cinq expériences maintenant.",
    "es": "Es todo lo que sé. Dame ahora los cinco experimentos.",
}
PATIENCE = 2
"""Questions without an answer, after which a founder has enough."""


@dataclass
class SheetFounder:
    """Says each fact once. `give_up` is after how many of its own turns it asks for the set."""

    case: Conversation
    give_up: int = 10
    told: set[str] = field(default_factory=set)
    spoken: int = 0
    in_vain: int = 0

    def answer(self, asked: str | None) -> Turn:
        """What it says to a question about this topic; the turn has no place yet."""
        left = [fact for fact in self.case.facts if fact.id not in self.told]
        wanted = [fact for fact in left if fact.slot == asked]
        if self.spoken >= self.give_up or not left or self.in_vain >= PATIENCE:
            return self._say(ENOUGH[self._language()], [])
        if asked is None:
            wanted = left[:1]
        if not wanted:
            self.in_vain += 1
            return self._say(UNKNOWN[self._language()], [])
        return self._say(" ".join(_sentence(fact) for fact in wanted[:2]), wanted[:2])

    def _say(self, text: str, facts: list[Fact]) -> Turn:
        self.told |= {fact.id for fact in facts}
        self.spoken += 1
        return Turn(i=0, role="user", content=text, gives=[fact.id for fact in facts])

    def _language(self) -> str:
        text = " ".join(turn.content for turn in self.case.said("user"))
        found = self.case.setup.language or detect_language(text) or "en"
        return found if found in ENOUGH else "en"


def _sentence(fact: Fact) -> str:
    text = fact.text.strip()
    return text if text.endswith((".", "!", "?", "…", "”", '"')) else f"{text}."
