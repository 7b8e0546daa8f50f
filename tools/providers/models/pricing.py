"""What a call costs: the configured price of its model, else the table of the genai-prices package."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import structlog
from genai_prices import Usage, calc_price
from genai_prices.types import ModelPrice, PriceCalculation, TieredPrices

from tools.providers.models.provider import TokenCount

log = structlog.get_logger(__name__)

MILLION = Decimal(1_000_000)
THOUSAND = 1000


@dataclass(frozen=True)
class _Rates:
    """What a model costs for as long as an input is shorter than `tier` tokens, USD for a thousand tokens of each kind."""

    input: Decimal
    cached: Decimal
    output: Decimal
    tier: float

    def cost(self, tokens: TokenCount) -> Decimal:
        fresh = tokens.input - tokens.cached
        return (self.input * fresh + self.cached * tokens.cached + self.output * tokens.output) / THOUSAND


class Pricing:
    """Prices in USD. A model that neither source knows costs None, and is logged once."""

    def __init__(self, prices: Mapping[str, tuple[Decimal, Decimal]] | None = None) -> None:
        self._prices = dict(prices or {})
        self._unknown: set[str] = set()
        self._rates: dict[tuple[str, str], _Rates | None] = {}
        """What the table says, by provider and model: to look there takes fifty times as long. None: it depends."""

    def __call__(self, provider: str, model: str, tokens: TokenCount) -> Decimal | None:
        """USD for one call; None when the price is unknown."""
        if model in self._prices:
            per_input, per_output = self._prices[model]
            return (per_input * tokens.input + per_output * tokens.output) / MILLION
        try:
            return self._from_table(provider, model, tokens)
        except (LookupError, ValueError):
            if model not in self._unknown:
                self._unknown.add(model)
                log.warning("model_price_unknown", provider=provider, model=model, setting="MODEL_PRICES")
            return None

    def _from_table(self, provider: str, model: str, tokens: TokenCount) -> Decimal:
        if (provider, model) not in self._rates:
            self._rates[provider, model] = _rates(provider, model)
        rates = self._rates[provider, model]
        if rates is None or tokens.input >= rates.tier or tokens.cached > tokens.input:
            return Decimal(_look_up(provider, model, tokens).total_price)
        return rates.cost(tokens)


def _rates(provider: str, model: str) -> _Rates | None:
    """What the table says of a model's price below its first tier; None when more than tokens counts. Raises as `_look_up`."""
    found = _look_up(provider, model, TokenCount(THOUSAND, 0))
    of_all_times = isinstance(found.model and found.model.prices, ModelPrice)
    if not of_all_times or _look_up(provider, model, TokenCount(0, 0)).total_price:
        return None
    tiers = [price for price in vars(found.model_price).values() if isinstance(price, TieredPrices)]
    cached, output = (
        Decimal(_look_up(provider, model, tokens).total_price)
        for tokens in (TokenCount(THOUSAND, 0, THOUSAND), TokenCount(0, THOUSAND))
    )
    first = min((tier.start for price in tiers for tier in price.tiers), default=float("inf"))
    return _Rates(Decimal(found.total_price), cached, output, first)


def _look_up(provider: str, model: str, tokens: TokenCount) -> PriceCalculation:
    """Raises LookupError when the table doesn't know the model, ValueError for tokens that can't be."""
    usage = Usage(input_tokens=tokens.input, cache_read_tokens=tokens.cached, output_tokens=tokens.output)
    return calc_price(usage, model, provider_id=provider)
