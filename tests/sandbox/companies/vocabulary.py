"""The word tables, and draws from them: the same seed always draws the same words and numbers."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "de", "fr", "es")
MARK = re.compile(r"_([^_]+)_")
VARIANTS = 3


@cache
def table(language: str) -> dict[str, Any]:
    """One language's words. Raises ValueError for a language without a table."""
    if language not in LANGUAGES:
        raise ValueError(f"language is one of {', '.join(LANGUAGES)}.")
    path = Path(__file__).parent / "words" / f"{language}.yaml"
    known: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return known


def made_name(parts: Sequence[Sequence[str]], number: int) -> str:
    """The name of this number: one of each part; neighbours differ in most parts, and none comes twice in a round."""
    name = ""
    for part in reversed(parts):
        number, index = divmod(number, len(part))
        name = part[index] + name
    return name


@dataclass
class Draw:
    """The draws for one company. `marked` gathers the distinctive pieces of all that was drawn."""

    seed: int
    language: str
    marked: list[str] = field(default_factory=list)

    @property
    def words(self) -> dict[str, Any]:
        """The language's table."""
        return table(self.language)

    @property
    def trade(self) -> Mapping[str, Any]:
        """The trade of this seed: seeds in a row have different ones."""
        trades: Sequence[Mapping[str, Any]] = self.words["trades"]
        return trades[self.seed % len(trades)]

    def dice(self, purpose: str) -> random.Random:
        """Dice of their own for a purpose, so that a new purpose changes nothing of the others."""
        return random.Random(f"{self.seed}/{self.language}/{purpose}")

    def of_trade(self, slot: str) -> str:
        """One of the trade's three variants: companies of a trade in one round of seeds share none."""
        trades = len(self.words["trades"])
        block, position = divmod(self.seed // trades, VARIANTS)
        offset = random.Random(f"{block}/{self.language}/{self.trade['industry']}/{slot}").randrange(VARIANTS)
        return self.fill(self.trade[slot][(offset + position) % VARIANTS], slot)

    def common(self, slot: str) -> str:
        """One of the language's sentences that fit any trade."""
        return self.fill(self.dice(slot).choice(self.words[slot]), slot)

    def fill(self, text: str, purpose: str) -> str:
        """The text with numbers for its placeholders and without its marks, which are noted (but job titles are anybody's)."""
        dice = self.dice(f"numbers of {purpose}")
        most = 96 if purpose == "price" else 480
        amount = f"{dice.randrange(12, most) * 100:,}".replace(",", self.words["thousands"])
        filled = text.format(
            n=dice.randrange(4, 20),
            p=dice.randrange(6, 39),
            w=dice.randrange(3, 10),
            m=self.words["money"].format(amount=amount),
        )
        if purpose != "buyer":
            self.marked += MARK.findall(filled)
        return MARK.sub(r"\1", filled)

    def say(self, frame: str, /, **facts: str) -> str:
        """A sentence of a founder around facts."""
        return str(self.dice(f"say {frame}").choice(self.words["say"][frame]).format(**facts))
