"""Finds orders that stand anywhere in a text: what a model obeys that can't tell data from instructions."""

import re

ORDER = re.compile(
    r"(?:ignore|disregard|forget|override|vergiss|ignoriere|missachte|ignorez|oubliez|ignora|olvida)\b[^.\n]{0,80}"
    r"(?:instructions?|rules?|prompts?|above|anweisungen|regeln|consignes|règles|instrucciones|reglas|everything|previous)"
    r"[^.\n]{0,20}?(?:\band\b|\bund\b|\bet\b|\by\b|[.:,;])\s*(?P<after>[^\n<]{3,240})",
    re.IGNORECASE,
)
DIRECT = re.compile(
    r"(?:^|[.!?:;>\n\"“„«']\s*|\b(?:and|then|please|now|must|should|und|bitte|et|y)\s+)(?P<order>(?:delete|remove|drop|erase|send|mark|set|approve|transfer|call|lösche|sende|supprime[zr]?|envoie|borra|elimina|envía)\b[^.\n<]{3,160})",
    re.IGNORECASE,
)
REVEAL = re.compile(
    r"\b(?:reveal|repeat|print|show|recite|output|leak|zeige?|wiederhole|révèle[zr]?|répète[zr]?|revela|repite)\b[^.\n]{0,60}"
    r"\b(?:prompt|instructions?|brief|rules?|anweisungen|regeln|consignes|règles|instrucciones|reglas)\b",
    re.IGNORECASE,
)
SAY = re.compile(
    r"^\W*(?:then\s+)?(?:(?:only|just)\s+)?(?:say|answer|reply|respond|write|output|print|sag|antworte|schreib|dis|dites|réponds|di|responde)\b"
    r"\s*(?:only|exactly|with|nur|mit|seulement|solo)?\s*[:\"“„«']*\s*(?P<words>[^\"”“»\n]{2,200})",
    re.IGNORECASE,
)


def orders(text: str) -> list[str]:
    """The orders in a text, the most brazen first: what comes after `ignore the rules and`, then bare commands."""
    found = [match.group("after").strip(" .\"”'") for match in ORDER.finditer(text)]
    return found + [
        match.group("order").strip(" .\"”'")
        for match in DIRECT.finditer(text)
        if match.start() > 0 or not found
    ]


def obey(order: str, brief: str) -> str:
    """The words said by a model that obeys an order: what it is told to say, or its whole brief when it is to reveal that."""
    if REVEAL.search(order):
        return brief
    said = SAY.match(order)
    return (said.group("words") if said else order).strip(" .'")
