"""Stored text that tries to be more than text: words meant for the writer of messages, and words that no reader sees.

It is no filter that keeps a model from harm (that is done by what a model may do): it keeps planted words from being evidence.
"""

import re

from prompts.characters import clean
from tools.outreach.evidence import Why

_ORDERS = (
    r"\b(ignore|disregard|forget|override)\b.{0,40}\b(instruction|prompt|rule|above|previous|prior|guideline|context)",
    r"\b(system|developer|assistant|user|admin)\s*(message|prompt|note|override|notice)?\s*[:>\]]",
    r"<\s*/?\s*(system|assistant|user|instruction|untrusted|evidence|packet|tool|lead|sender)\b",
    r"\[/?\s*(inst|system|assistant)\s*\]|<\|[a-z_]+\|>|#{2,}\s*(system|instruction|assistant)",
    r"\b(new|updated|additional|special|secret|hidden|following)\s+instructions?\b",
    r"\b(note|message|attention|memo|hint|reminder)\s+(to|for)\s+(the\s+|any\s+|all\s+)?(ai|llm|model|assistant|bot|writer|copywriter|drafter|agent)",
    r"\b(ai|llm|language model|chatbot|gpt|chatgpt|assistant|bot|agent)s?\b.{0,60}\b(must|should|shall|please|has to|have to|need to|are to)\b",
    r"\b(if|when)\s+you\s+are\s+an?\s+(ai|llm|assistant|bot|language model|automated)",
    r"\byou\s+are\s+(now\s+)?(an?\s+)?(ai|assistant|chatgpt|helpful|language model|copywriter)\b",
    r"\b(say|state|write|mention|claim|include|add|quote|tell)\b.{0,60}\bin\s+(your|the|every|each|all)\s+(message|mail|e-?mail|draft|reply|answer|outreach|note|text)",
    r"\bin\s+(your|the|every|each|any)\s+(message|mail|e-?mail|draft|reply|answer|outreach|note)\b.{0,40}\b(say|state|write|mention|claim|include|add|quote|tell)\b",
    r"\b(your|the)\s+(message|mail|e-?mail|draft|reply|answer|outreach)\s+(must|should|has to|needs to|is to)\b",
    r"\b(always|please|you must|must|be sure to|make sure to)\s+(say|state|write|mention|claim|tell|recommend)\b",
    r"\b(when|before|while)\s+(writing|drafting|contacting|emailing|messaging)\b.{0,40}\b(say|state|write|mention|claim|congratulate|include)\b",
    r"\b(verified|approved|trusted|confirmed)\s+(fact|evidence|by (the )?system)\b",
    r"\b(evidence|fact)[_ -]?ids?\b|\b(evidenceids|fresh_days|supported_claims|system_override)\b",
    r"\b(ignorier|vergiss|missachte)\w*.{0,40}\b(anweisung|vorgabe|regel|prompt|anleitung)",
    r"\b(systemnachricht|systemhinweis|hinweis (an|für) (die )?(ki|ai|assistent)|neue anweisung)",
    r"\b(schreib|erwähn|sag|nenn|behaupt)\w*.{0,60}\bin\s+(deiner|ihrer|der|jeder|die)\s+(nachricht|mail|e-?mail|antwort)",
    r"\b(ignor(e|ez|er)|oublie[zr]?)\b.{0,40}\b(instruction|consigne|règle|prompt|précédent)",
    r"\b(message (du )?système|note (à|pour) l['’](ia|assistant)|nouvelles? (instruction|consigne)s?)",
    r"\b(ignor(a|e|ar|en)|olvid(a|e|ar))\b.{0,40}\b(instruccion|instrucciones|regla|prompt|anterior)",
    r"\b(mensaje del sistema|nota para (la )?(ia|el asistente)|nuevas? instrucci)",
    r"\b(ignora(re)?|dimentica(re)?)\b.{0,40}\b(istruzion|regol|precedent)|\b(ignore|esqueça)\b.{0,40}\b(instruções|regras)",
)
_ORDER = re.compile("|".join(_ORDERS), re.IGNORECASE | re.DOTALL)
_HIDING = re.compile(
    r"<!--|-->|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d]*[1-9])|aria-hidden"
    r"|text-indent\s*:\s*-|color\s*:\s*(#fff\b|#ffffff|white)|<[^>]*\bhidden\b|sr-only|visually-hidden|data:[a-z/]+;base64",
    re.IGNORECASE,
)
_COVERT = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e0fff\U0001bca0-\U0001bca3\u2062-\u2064]")
"""Characters that reorder what is read, or spell what nobody sees."""
MOST_INVISIBLE = 0.02
"""Share of invisible characters from which a text is taken to hide something; soft hyphens stay below it."""


def suspicion(text: str) -> tuple[Why, str] | None:
    """Why a text is no evidence whatever it says, or None."""
    if _COVERT.search(text) or _HIDING.search(text):
        return "hidden_text", "It holds text that a reader does not see."
    visible, dropped = clean(text)
    if dropped > max(3, MOST_INVISIBLE * len(text)):
        return "hidden_text", f"It holds {dropped} invisible characters."
    order = _ORDER.search(visible)
    if order:
        return "instruction", f"It speaks to the writer: “{' '.join(order.group().split())[:80]}”."
    return None
