"""What stays of messages that leave the window: what no note holds of them, in a line each, together of bounded length."""

import re
from collections.abc import Sequence

from agents.discovery.state import Known, Message
from tools.discovery.answers import short
from tools.experiments.evidence import fold

DIGEST_LENGTH = 2_000
LINE_LENGTH = 200
SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n+")
TELLING = re.compile(r"\d+|(?<=[\w,;] )[A-ZÄÖÜÁÉÍÓÚÑ]")
"""A number, or a name inside a sentence: what is hard to guess again."""


def with_lines(digest: Sequence[str], leaving: Sequence[Message], known: Known) -> list[str]:
    """The digest with the messages of the user that leave now: its first and its newest lines."""
    left = [(message["number"], _unnoted(message, known)) for message in leaving if message["role"] == "user"]
    kept = [*digest, *(f"turn {number}: {short(rest, LINE_LENGTH)}" for number, rest in left if rest)]
    while sum(map(len, kept)) > DIGEST_LENGTH:
        del kept[len(kept) // 2]
    return kept


def _unnoted(message: Message, known: Known) -> str:
    """The sentences that no note of this message rests on, each once, the most telling ones first."""
    number = message["number"]
    quotes = [
        fold(item["quote"])
        for items in known["notes"].values()
        for item in items
        if item["turn"] == number and item["quote"]
    ]
    quotes += [fold(item["quote"]) for item in known["beliefs"] if item["source"] == f"turn:{number}"]
    sentences = [sentence.strip() for sentence in SENTENCE.split(message["content"]) if sentence.strip()]
    rest = [
        sentence
        for sentence in sentences
        if not any(fold(sentence) in quote or quote in fold(sentence) for quote in quotes)
    ]
    return " ".join(sorted(dict.fromkeys(rest), key=lambda sentence: -len(TELLING.findall(sentence))))
