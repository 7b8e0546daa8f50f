"""What a run produced for one case, as it is kept: enough to score it again without asking any model again."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from evals.dataset.conversation import Artifacts, Conversation, Record, Turn

Mode = Literal["score", "forced", "free", "handover", "sim", "fork"]


class Call(Record):
    """One call of a model. `cached`: it was answered from the cache and cost nothing now."""

    prompt: str = Field(description="The tag of the prompt's wording.")
    model: str = ""
    read: int = Field(0, description="Tokens read.")
    written: int = Field(0, description="Tokens written.")
    usd: float | None = None
    ms: int = 0
    cached: bool = False
    outcome: str = "done"


class Output(Record):
    """What came out. In `forced` mode `turns` are single answers, each to the recorded history before its place `i`."""

    mode: Mode
    turns: list[Turn] = Field(default_factory=list)
    artifacts: Artifacts = Artifacts()
    calls: list[Call] = Field(default_factory=list)
    ms: int = 0
    error: str | None = None
    valid_prefix: int | None = Field(
        None, description="Turns up to the first recorded answer that fits no more."
    )
    wiring: list[str] = Field([], description="What was wrong with the requests that were sent.")
    trails: dict[str, int] = Field(
        {},
        description="The ways that graphs took, and how often: `filters: __start__ draft places`. Nothing in older runs.",
    )
    branches: list[str] = Field(
        [], description="The branches that prompts took: `_shared/known: if digest`. Nothing in older runs."
    )

    def answers(self) -> list[Turn]:
        """The assistant's turns."""
        return [turn for turn in self.turns if turn.role == "assistant"]

    def history(self, case: Conversation, place: int) -> Sequence[Turn]:
        """The turns before this one, as whoever wrote it had them."""
        turns = case.turns if self.mode == "forced" else self.turns
        return [turn for turn in turns if turn.i < place]

    @property
    def usd(self) -> float:
        """What was paid now, in US dollars, as far as prices are known."""
        return sum(call.usd or 0.0 for call in self.calls if not call.cached)


def recorded(case: Conversation) -> Output:
    """What was recorded, as an output: `score` mode."""
    return Output(
        mode="score",
        turns=case.turns,
        artifacts=case.artifacts,
        ms=sum(turn.ms or 0 for turn in case.turns),
        calls=[
            Call(prompt=turn.node or "", read=turn.usage.read, written=turn.usage.written, cached=True)
            for turn in case.turns
            if turn.usage
        ],
    )
