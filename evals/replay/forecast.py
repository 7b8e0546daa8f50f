"""What a run will cost, said before it begins: from what such cases used before, else from what a turn usually uses."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.dataset.conversation import Conversation
from evals.runs.summary import Summary
from tools.providers.models.pricing import Pricing
from tools.providers.models.provider import TokenCount
from tools.providers.models.settings import ModelSettings

CALLS_A_TURN = 2
TOKENS_A_CALL = TokenCount(input=6_000, output=350)
"""What a turn of the discovery agent used on average in development."""


@dataclass(frozen=True)
class Forecast:
    """`usd` is None when the model's price is unknown."""

    cases: int
    calls: int
    usd: float | None

    def text(self, budget: float | None) -> str:
        """One line for people."""
        cost = "price unknown (MODEL_PRICES)" if self.usd is None else f"~${self.usd:.2f}"
        limit = "no budget" if budget is None else f"budget ${budget:.2f}"
        return f"{self.cases} cases ≈ {self.calls} calls, {cost}; {limit}"


def forecast(cases: Sequence[int], repeat: int, settings: ModelSettings, before: Summary | None) -> Forecast:
    """`cases` are their numbers of answers. `before` is an earlier run of the same kind."""
    items = len(cases) * repeat
    if before is not None and before.samples and before.calls:
        share = items / before.samples
        return Forecast(items, round(before.calls * share), before.usd * share)
    return forecast_of_calls(items, sum(cases) * repeat * CALLS_A_TURN, settings)


def forecast_of_calls(items: int, calls: int, settings: ModelSettings) -> Forecast:
    """The same for so many calls of one kind."""
    price = Pricing(settings.prices)("openai", settings.model, TOKENS_A_CALL)
    return Forecast(items, calls, None if price is None else float(price) * calls)


def answers_of(case: Conversation) -> int:
    """How many answers a replay of it makes."""
    return max(1, len(case.said("assistant")))
