"""Measures one call while it runs and writes it to the meter when it ends, however it ends.

A provider counts tokens at the end of an answer. One that ends before that, because somebody stopped it or it broke, has cost
as well: what it read and wrote until then is estimated.
"""

import math
import time
from collections.abc import Callable
from decimal import Decimal

from tools.providers.models.metrics import note_call
from tools.providers.models.provider import Finish, ModelRequest, TokenCount
from tools.providers.models.usage import CallUsage, UsageMeter
from tools.tracing import Span

Pricer = Callable[[str, str, TokenCount], Decimal | None]
"""USD for (provider, model, tokens); None when the price is unknown."""
CHARACTERS_A_TOKEN = 3
"""For estimates. English has about four, other languages fewer: rather too much on the bill than nothing."""


class RunningCall:
    """One call in progress. `outcome` is `stopped` until it is set: that is what a cancelled call leaves."""

    def __init__(
        self, meter: UsageMeter, price: Pricer, *, prompt_tag: str, provider: str, model: str
    ) -> None:
        self._meter = meter
        self._price = price
        self.prompt_tag = prompt_tag
        self.provider = provider
        self.model = model
        self._asked = 0
        self._shown = 0
        self._started = time.monotonic()
        self._first_token: float | None = None
        self.finish: Finish | None = None
        self.has_words = False
        self.outcome = "stopped"

    def asking(self, request: ModelRequest) -> ModelRequest:
        """Note the size of what is sent: the request, given back."""
        self._asked = len(request.system) + sum(len(message["content"]) for message in request.history)
        return request

    def saw_text(self, piece: str) -> None:
        """Note a piece of text: its size, the time of the first, and whether any was more than white space."""
        self._shown += len(piece)
        if self.has_words:
            return
        if self._first_token is None:
            self._first_token = time.monotonic() - self._started
        self.has_words = not piece.isspace()

    @property
    def has_text(self) -> bool:
        """Whether anything of the answer was seen, were it only white space."""
        return self._first_token is not None

    def finished(self, finish: Finish) -> None:
        """Note how the answer ended, and the tokens the provider counted."""
        self.finish = finish

    def record(self, span: Span) -> None:
        """Write the call to the meter, and what it came to into its span."""
        tokens = (self.finish.tokens if self.finish else None) or self._estimate()
        cost = self._price(self.provider, self.model, tokens) if tokens else None
        span.note(outcome=self.outcome)
        if self._first_token is not None:
            span.note(first_token_ms=round(self._first_token * 1000, 1))
        if tokens:
            span.note(input_tokens=tokens.input, output_tokens=tokens.output)
        used = CallUsage(
            prompt_tag=self.prompt_tag,
            provider=self.provider,
            model=self.model,
            tokens=tokens,
            cost_usd=cost,
            first_token_seconds=self._first_token,
            seconds=time.monotonic() - self._started,
            outcome=self.outcome,
        )
        self._meter.add(used)
        note_call(used)

    def _estimate(self) -> TokenCount | None:
        """The tokens of an answer that nobody counted; None when there was no word of it: then nothing is paid."""
        if not self._shown:
            return None
        read, written = (math.ceil(size / CHARACTERS_A_TOKEN) for size in (self._asked, self._shown))
        return TokenCount(read, written)
