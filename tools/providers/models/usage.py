"""What model calls used: tokens, money and time, summed over one turn or job."""

from dataclasses import dataclass, field
from decimal import Decimal

from tools.providers.models.provider import TokenCount


@dataclass(frozen=True)
class CallUsage:
    """One call that reached a provider. `tokens` are estimated when it ended before the provider counted them; None: before
    its first word, or it was a record.
    """

    prompt_tag: str
    provider: str
    model: str
    tokens: TokenCount | None
    cost_usd: Decimal | None
    first_token_seconds: float | None
    seconds: float
    outcome: str


@dataclass
class UsageMeter:
    """Collects the calls of one turn or job. Not shared between turns."""

    records: list[CallUsage] = field(default_factory=list)
    billed: int = 0
    """How many of the calls, from the first, stand on the bill already."""

    def unbilled(self) -> "UsageMeter":
        """The calls that don't stand on the bill yet."""
        return UsageMeter(self.records[self.billed :])

    def add(self, call: CallUsage) -> None:
        """Note one call, good or failed."""
        self.records.append(call)

    @property
    def calls(self) -> int:
        """Calls that reached a provider, failed ones included."""
        return len(self.records)

    @property
    def input_tokens(self) -> int:
        """Tokens read, of the calls that were counted."""
        return sum(call.tokens.input for call in self.records if call.tokens)

    @property
    def output_tokens(self) -> int:
        """Tokens written, reasoning included, of the calls that were counted."""
        return sum(call.tokens.output for call in self.records if call.tokens)

    @property
    def cost_usd(self) -> Decimal:
        """US dollars, of the calls whose tokens and price are known."""
        return sum((call.cost_usd for call in self.records if call.cost_usd is not None), Decimal(0))

    @property
    def unpriced_calls(self) -> int:
        """Calls whose cost is not in `cost_usd`, because they ended without a word or the model's price is unknown."""
        return sum(call.cost_usd is None for call in self.records)

    @property
    def model(self) -> str | None:
        """The model that answered last."""
        return self.records[-1].model if self.records else None

    @property
    def provider(self) -> str | None:
        """The provider that answered last."""
        return self.records[-1].provider if self.records else None

    @property
    def tags(self) -> list[str]:
        """The tags of the prompts used, in order of first use."""
        return list(dict.fromkeys(call.prompt_tag for call in self.records))

    @property
    def first_token_seconds(self) -> float | None:
        """Seconds from the first streamed call's start to its first piece of text. None when nothing was streamed."""
        times = (call.first_token_seconds for call in self.records)
        return next((seconds for seconds in times if seconds is not None), None)
