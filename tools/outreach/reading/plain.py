"""Words and phrases that a writer may use without evidence, one file per language; languages without one have none."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tools.outreach.reading.sentences import bare, key_of

FOLDER = Path(__file__).with_name("lexicon") / "plain"


@dataclass(frozen=True)
class PlainWords:
    """One language's. `small` words say nothing anywhere; `plain` ones say nothing about anybody in a question or a guess."""

    small: frozenset[str]
    plain: frozenset[str]
    phrases: re.Pattern[str]
    connected: re.Pattern[str]
    """What only somebody may write whose invitation the reader accepted: a direct message goes to nobody else."""

    def holds(self, key: str) -> bool:
        """Whether a folded word needs no evidence in a question, a guess or an invitation."""
        return key in self.small or key in self.plain


@cache
def plain_words() -> dict[str, PlainWords]:
    """All lists, by language code."""
    return {file.stem: _read(file) for file in sorted(FOLDER.glob("*.yaml"))}


def _read(file: Path) -> PlainWords:
    listed = yaml.safe_load(file.read_text(encoding="utf-8"))
    return PlainWords(
        small=_folded(listed["small"]),
        plain=_folded(listed["plain"]),
        phrases=_any_of(listed["phrases"]),
        connected=_any_of(listed.get("connected", [])),
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest = sorted(map(str, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?!\w)", re.IGNORECASE)


def _folded(words: str) -> frozenset[str]:
    return frozenset(bare(key_of(word)) for word in words.split())
