"""Faults of Gemini: refusals before the answer; the answers themselves are made worse as OpenAI's are."""

from tests.sandbox.behaviour import Rule
from tests.sandbox.gemini.refused import Refused, invalid, over_quota, wrong_key
from tests.sandbox.openai.answer import Answer

MODES = (
    "rate_limited",
    "insufficient_quota",
    "server_error",
    "overloaded",
    "bad_request",
    "unauthorized",
)


def refuse(chosen: dict[str, Rule], model: str) -> Refused | None:
    """The refusal that the behaviours of this call ask for."""
    for mode in MODES:
        if rule := chosen.get(mode):
            default = 1 if mode == "rate_limited" else None
            return refusal(mode, model, rule.options.get("retryAfter", default))
    return None


def refusal(mode: str, model: str, retry_after: float | None = None) -> Refused:
    """What Gemini says then."""
    if mode == "rate_limited":
        return over_quota(model, "Minute", retry_after)
    if mode == "insufficient_quota":
        return over_quota(model, "Day", retry_after)
    if mode == "server_error":
        return Refused(
            500,
            "An internal error has occurred. Please retry or report in "
            "https://developers.generativeai.google/guide/troubleshooting",
        )
    if mode == "overloaded":
        return Refused(503, "The model is overloaded. Please try again later.")
    return wrong_key() if mode == "unauthorized" else invalid("Request contains an invalid argument.")


def worsen(answer: Answer, chosen: dict[str, Rule]) -> Answer:
    """What Gemini has its own way for: a prompt that is blocked as a whole, and a refusal, which is plain text there."""
    rule = chosen.get("content_filter")
    if rule and rule.options.get("prompt"):
        return Answer(None, finish_reason="blocked")
    if answer.refusal:
        return Answer(answer.refusal)
    return answer
