"""Refusals in the envelope of Google's APIs."""

from typing import Any

from starlette.responses import JSONResponse

STATUSES = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
RPC = "type.googleapis.com/google.rpc."


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault of the program
    """A request Gemini would refuse."""

    def __init__(self, code: int, message: str, *details: dict[str, Any]) -> None:
        super().__init__(message)
        self.code, self.message, self.details = code, message, list(details)

    def as_json(self) -> dict[str, Any]:
        """The refusal in Google's envelope."""
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": STATUSES[self.code]}
        return {"error": error | ({"details": self.details} if self.details else {})}

    def response(self) -> JSONResponse:
        """The refusal as an answer."""
        return JSONResponse(self.as_json(), self.code)


def invalid(message: str) -> Refused:
    """A value that does not do."""
    return Refused(400, message)


def unknown_field(name: str, where: str) -> Refused:
    """A field that isn't in the message; Google names it and the place."""
    at = f" at '{where}'" if where else ""
    text = f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
    violation = {"field": where, "description": text} if where else {"description": text}
    return Refused(400, text, {"@type": f"{RPC}BadRequest", "fieldViolations": [violation]})


def without_key() -> Refused:
    """No key at all."""
    return Refused(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). "
        "Please use API Key or other form of API consumer identity to call this API.",
    )


def wrong_key() -> Refused:
    """A key that Google doesn't know: 400, not 401."""
    reason = {"@type": f"{RPC}ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}
    return Refused(400, "API key not valid. Please pass a valid API key.", reason)


def unknown_model(name: str) -> Refused:
    """A model that isn't on the list."""
    return Refused(
        404,
        f"models/{name} is not found for API version v1beta, or is not supported for generateContent. "
        "Call ListModels to see the list of available models and their supported methods.",
    )


def over_quota(model: str, per: str, retry_after: float | None) -> Refused:
    """The rate (`per` Minute) or the quota (`per` Day) is used up; `retry_after` seconds become RetryInfo."""
    text = (
        "You exceeded your current quota, please check your plan and billing details. For more information "
        "on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits."
    )
    violation = {
        "quotaMetric": "generativelanguage.googleapis.com/generate_requests_per_model",
        "quotaId": f"GenerateRequestsPer{per}PerProjectPerModel",
        "quotaDimensions": {"model": model, "location": "global"},
    }
    details: list[dict[str, Any]] = [{"@type": f"{RPC}QuotaFailure", "violations": [violation]}]
    if retry_after is not None:
        text += f"\nPlease retry in {retry_after:g}s."
        details.append({"@type": f"{RPC}RetryInfo", "retryDelay": f"{retry_after:g}s"})
    return Refused(429, text, *details)
