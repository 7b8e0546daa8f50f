"""The product without its guards, in a process of its own: `python -m tests.journeys.poison.unguarded serve --port N`.

It shows that the poison suite sees what the guards prevent; the product itself has no switch for this. Taken away are: what is
held back of a model's speech, the check that notes, replies and drafts are not dictated, the approval before a write, and the
rule that a long message orders nothing.
"""

import sys
from collections.abc import Iterable
from typing import Any

from agents.discovery import drafting, execution, speaking, strategy
from api.cli.__main__ import main
from prompts import RenderedPrompt
from tools.discovery import intents


class Whatever:
    """Speech that goes out as it comes."""

    def __init__(self, _prompt: RenderedPrompt, _heard: Iterable[str], _lent: str) -> None:
        """Nothing is looked at."""

    def hear(self, piece: str) -> str:
        """All of it."""
        return piece

    def end(self) -> str:
        """Nothing is left."""
        return ""


def as_it_came(answer: Any, *_: Any) -> Any:
    """Whatever the model answered."""
    return answer


def approved(_action: Any) -> execution.ApprovalReply:
    """Nobody is asked."""
    return execution.ApprovalReply(approved=True)


def take_guards_away() -> None:
    """Put these in the place of the product's own."""
    replaced: list[tuple[Any, str, Any]] = [
        (speaking, "Speech", Whatever),
        (strategy, "_in_own_words", as_it_came),
        (drafting, "in_own_words", as_it_came),
        (execution, "_approval", approved),
        (intents, "SHORT_MESSAGE", sys.maxsize),
    ]
    for module, name, other in replaced:
        assert hasattr(module, name), f"{module.__name__} has no {name} any more"
        setattr(module, name, other)


if __name__ == "__main__":
    take_guards_away()
    main(sys.argv[1:])
