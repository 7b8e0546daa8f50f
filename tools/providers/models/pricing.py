"""What a call costs: the configured price of its model, else the table of the genai-prices package."""

from collections.abc import Mapping
from decimal import Decimal

import structlog
from genai_prices import Usage, calc_price

from tools.providers.models.provider import TokenCount

log = structlog.get_logger(__name__)

MILLION = Decimal(1_000_000)


class Pricing:
    """Prices in USD. A model that neither source knows costs None, and is logged once."""

    def __init__(self, prices: Mapping[str, tuple[Decimal, Decimal]] | None = None) -> None:
        self._prices = dict(prices or {})
        self._unknown: set[str] = set()

    def __call__(self, provider: str, model: str, tokens: TokenCount) -> Decimal | None:
        """USD for one call; None when the price is unknown."""
        if model in self._prices:
            per_input, per_output = self._prices[model]
            return (per_input * tokens.input + per_output * tokens.output) / MILLION
        usage = Usage(input_tokens=tokens.input, cache_read_tokens=tokens.cached, output_tokens=tokens.output)
        try:
            return Decimal(calc_price(usage, model, provider_id=provider).total_price)
        except (LookupError, ValueError):
            if model not in self._unknown:
                self._unknown.add(model)
                log.warning("model_price_unknown", provider=provider, model=model, setting="MODEL_PRICES")
            return None
