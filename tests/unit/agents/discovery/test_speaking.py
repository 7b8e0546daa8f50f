"""How a model speaks to people: told where it is read, kept for later where that fails, in the same order either way."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.context import TurnContext
from agents.discovery.speaking import stream_text
from agents.discovery.words.dictation import Dictated, Speech
from agents.events import TextDelta, TurnEvent
from prompts import RenderedPrompt
from tools.experiments.sentences import sentence
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import Hear
from tools.providers.models.usage import UsageMeter

BRIEF = " ".join(f"word{number} other{number}" for number in range(60))
PROMPT = RenderedPrompt("t/t", 1, "t/t@1#00000000", (BRIEF,), "fast", None, "text")
FAILED = ModelFailure("model_unavailable", provider="x", reason="test")
LEFT_ASIDE = "\n\n" + sentence("left_aside", "en")


class Model:
    """Offers pieces to whoever hears, gives out what is not taken, and fails at the end if it is to."""

    def __init__(self, pieces: Sequence[str], failure: ModelFailure | None) -> None:
        self._pieces = pieces
        self._failure = failure
        self.given_out: list[str] = []

    async def stream(
        self, prompt: RenderedPrompt, history: Any, *, meter: UsageMeter, hear: Hear
    ) -> AsyncGenerator[str, None]:
        for piece in self._pieces:
            if not hear(piece):
                self.given_out.append(piece)
                yield piece
        if self._failure:
            raise self._failure


@dataclass
class Stage:
    """What people got, how, and the model that spoke."""

    deaf: frozenset[int]
    """Which of the texts that are told are not taken."""
    told: int = 0
    events: list[tuple[str, str]] = field(default_factory=list)
    model: Model = field(default_factory=lambda: Model((), None))

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.events)

    def tell(self, event: TextDelta) -> bool:
        self.told += 1
        if self.told in self.deaf:
            return False
        self.events.append(("told", event.text))
        return True

    async def emit(self, event: TurnEvent) -> None:
        assert isinstance(event, TextDelta)
        self.events.append(("emitted", event.text))

    async def speak(self, *pieces: str, failure: ModelFailure | None = None) -> str:
        self.model = Model(pieces, failure)
        context = SimpleNamespace(models=self.model, meter=UsageMeter(), tell=self.tell, emit=self.emit)
        return await stream_text(cast("TurnContext", context), PROMPT, [], "t-1", "en")


def test_who_was_dictated_to_is_not_heard_any_more() -> None:
    speech = Speech(PROMPT, ())
    with pytest.raises(Dictated):
        speech.hear(BRIEF)
    for piece in ("My own words. ", "And", ""):
        with pytest.raises(Dictated):
            speech.hear(piece)


async def test_what_can_be_told_where_it_is_read_comes_no_other_way() -> None:
    stage = Stage(frozenset())
    assert await stage.speak("We ", "sell ", "boats.") == "We sell boats."
    assert stage.events == [("told", "We "), ("told", "sell "), ("told", "boats.")]
    assert stage.model.given_out == []


async def test_what_could_not_be_told_is_said_before_the_next() -> None:
    stage = Stage(frozenset({2}))
    assert await stage.speak("We ", "sell ", "boats", " here.") == "We sell boats here."
    assert stage.events == [("told", "We "), ("emitted", "sell boats"), ("told", " here.")]
    assert stage.model.given_out == ["boats"]


@pytest.mark.parametrize("deaf", [{3}, {1, 2, 3}])
async def test_what_could_not_be_told_is_said_at_the_end(deaf: set[int]) -> None:
    stage = Stage(frozenset(deaf))
    assert await stage.speak("We ", "sell ", "boats.") == stage.text == "We sell boats."
    assert stage.events[-1][0] == "emitted"


async def test_what_could_not_be_told_is_said_before_a_models_failure() -> None:
    stage = Stage(frozenset({2}))
    with pytest.raises(ModelFailure) as raised:
        await stage.speak("We ", "sell ", failure=FAILED)
    assert raised.value is FAILED
    assert stage.events == [("told", "We "), ("emitted", "sell ")]


async def test_what_could_not_be_told_is_said_before_the_sentence_of_ours() -> None:
    stage = Stage(frozenset({1}))
    await stage.speak("I was told: ", BRIEF, " more")
    assert stage.events == [("emitted", "I was told: "), ("emitted", LEFT_ASIDE)]


async def test_what_a_model_was_dictated_is_told_by_nobody() -> None:
    stage = Stage(frozenset())
    said = await stage.speak("I was told: ", BRIEF, " more")
    assert said == stage.text == "I was told: " + LEFT_ASIDE
    assert stage.model.given_out == [BRIEF]


async def test_words_held_back_are_told_when_they_prove_the_models_own() -> None:
    stage = Stage(frozenset())
    held = " ".join(BRIEF.split()[:8])
    assert await stage.speak(held, " and that is all.") == f"{held} and that is all."
    assert stage.events == [("told", f"{held} and that is all.")]
