"""What can go wrong with Wiza. `charged_nothing` tells the ledger whether the call may be made again."""

from typing import ClassVar

from tools.errors import FieldError, Invalid, NotFound, ProviderUnavailable, QuotaExceeded

PROVIDER = "wiza"


class WizaFailure(Exception):  # noqa: N818 — mixed into the product's errors
    """`charged_nothing`: certain that nothing was begun and nothing charged."""

    charged_nothing: ClassVar[bool] = True


class WizaRefused(WizaFailure, Invalid):
    """400: Wiza does not take this input."""

    code = "wiza_refused"

    def __init__(self, message: str) -> None:
        sentence = f"Wiza refused this: {message}"
        Invalid.__init__(self, sentence, (FieldError("/filters", sentence),))


class WizaNotFound(WizaFailure, NotFound):
    """404: no such person, company, reveal or list."""

    code = "wiza_not_found"


class WizaBusy(WizaFailure, QuotaExceeded):
    """429 of Wiza, or our own share of its limits is used up."""

    code = "wiza_busy"


class WizaOutOfCredits(WizaFailure, QuotaExceeded):
    """The account at Wiza has no credits: a reveal that ended with `billing_issue`."""

    code = "wiza_out_of_credits"


class WizaClosed(WizaFailure, ProviderUnavailable):
    """No key, a refused key (401, 403), paused lists, or no connection: Wiza began nothing."""

    code = "wiza_unavailable"

    def __init__(self, message: str, *, retry_after: int = 60) -> None:
        ProviderUnavailable.__init__(self, message, provider=PROVIDER, retry_after=retry_after)


class WizaLost(WizaFailure, ProviderUnavailable):
    """Sent, but the answer was lost (time-out, reset, 5xx, garbage): it may have been begun and charged."""

    code = "wiza_answer_lost"
    charged_nothing = False

    def __init__(self, message: str) -> None:
        ProviderUnavailable.__init__(self, message, provider=PROVIDER, retry_after=30)
