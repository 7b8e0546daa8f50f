"""A worldview as Markdown: the product's own headings, the statements as plain text that can't turn into links or pictures."""

import re
from collections.abc import Sequence
from typing import TypedDict

from tools.worldview.schemas import WorldviewSection

HEADINGS: dict[str, tuple[str, ...]] = {
    "en": ("Who we are", "Who buys", "What hurts", "What changes", "What shows it", "What we believe", "How we speak", "Where we are going"),
    "de": ("Wer wir sind", "Wer kauft", "Was schmerzt", "Was sich ändert", "Was es zeigt", "Was wir glauben", "Wie wir sprechen", "Wohin wir wollen"),
    "fr": ("Qui nous sommes", "Qui achète", "Ce qui fait mal", "Ce qui change", "Ce qui le montre", "Ce que nous croyons", "Comment nous parlons", "Où nous allons"),
    "es": ("Quiénes somos", "Quién compra", "Qué duele", "Qué cambia", "Qué lo demuestra", "En qué creemos", "Cómo hablamos", "Adónde vamos"),
}  # fmt: skip
"""By language, in the order of the sections."""

_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


class KeptStatement(TypedDict):
    """A statement that its source carries, as plain JSON."""

    section: str
    text: str
    quote: str
    source: str


def markdown(company: str, language: str, statements: Sequence[KeptStatement]) -> str:
    """The statements by section, each with its quote and where that stands."""
    headings = HEADINGS.get(language[:2].lower(), HEADINGS["en"])
    parts = [f"# {plain(company)}"]
    for section, heading in zip(WorldviewSection, headings, strict=True):
        lines = [_line(item) for item in statements if item["section"] == section]
        if lines:
            parts.append(f"## {heading}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """The text on one line, with every sign escaped that Markdown would read as its own."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _line(item: KeptStatement) -> str:
    kind, _, place = item["source"].partition(":")
    return f"- {plain(item['text'])}\n  > “{plain(item['quote'])}” ({kind}: {plain(place)})"
