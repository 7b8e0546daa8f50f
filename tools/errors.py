"""What can go wrong, as one tree. `api/errors.py` alone maps a code to an HTTP status.

QuiverError
├── Unauthenticated        no valid token
├── Forbidden              known here, but the role is too low
├── NotFound               missing, or of another tenant: the same answer for both
├── Conflict               the state of things forbids it now
│   ├── StaleVersion       somebody saved in between (If-Match)
│   └── KeyReused          an Idempotency-Key came back with another body
├── Invalid                the input breaks a rule; names each field
├── QuotaExceeded          too much, too fast, or no budget; says when to come back
└── ProviderUnavailable    a service we depend on (model, website, Redis, Postgres) failed
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class FieldError:
    """One field that is wrong: an RFC 6901 pointer into the body (or `query/name`, `path/name`) and the reason."""

    pointer: str
    reason: str


class QuiverError(Exception):
    """An expected failure. `code` is stable for programs, the message is a sentence for people."""

    code: ClassVar[str] = "error"

    def __init__(
        self, message: str, *, code: str | None = None, extra: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.error_code = code or self.code
        self.extra: Mapping[str, Any] = extra or {}


class Unauthenticated(QuiverError):  # noqa: N818 — errors are facts
    """There is no valid token. The message never says why: the reason goes to the log."""

    code = "unauthenticated"


class Forbidden(QuiverError):  # noqa: N818
    """The caller is a member but the role does not allow this."""

    code = "forbidden"


class NotFound(QuiverError):  # noqa: N818
    """It does not exist, or it belongs to a workspace of somebody else."""

    code = "not_found"


class Conflict(QuiverError):  # noqa: N818
    """The request is well formed, but the present state forbids it."""

    code = "conflict"


class StaleVersion(Conflict):
    """The version named in `If-Match` is not the newest."""

    code = "stale_version"


class KeyReused(Conflict):
    """An Idempotency-Key was used before for another request."""

    code = "idempotency_key_reused"


class Invalid(QuiverError):  # noqa: N818
    """The input breaks a rule. `errors` names every field."""

    code = "invalid"

    def __init__(self, message: str, errors: Sequence[FieldError] = (), *, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.errors = tuple(errors)


class QuotaExceeded(QuiverError):  # noqa: N818
    """A limit is reached. `retry_after` is in seconds."""

    code = "quota_exceeded"

    def __init__(
        self,
        message: str,
        *,
        retry_after: int,
        code: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, code=code, extra=extra)
        self.retry_after = retry_after


class ProviderUnavailable(QuiverError):  # noqa: N818
    """Something we depend on did not answer properly. `retry_after` is in seconds."""

    code = "provider_unavailable"

    def __init__(self, message: str, *, provider: str, retry_after: int = 5, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.provider = provider
        self.retry_after = retry_after
