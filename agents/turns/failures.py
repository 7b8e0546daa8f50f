"""What went wrong in a turn, as the event that ends it. No foreign exception's own words reach a client."""

import psycopg
import structlog
from langgraph.errors import GraphRecursionError, UnknownInterruptError
from sqlalchemy.exc import SQLAlchemyError

from agents.events import TurnFailed
from agents.turns.state_shape import UnreadableState
from tools.errors import ProviderUnavailable, QuiverError, QuotaExceeded

log = structlog.get_logger(__name__)

NOT_RETRYABLE = frozenset({"model_refused"})

TIMED_OUT = TurnFailed("turn_timeout", "The answer took too long. Please try again.", retryable=True)
RESTARTING = TurnFailed("server_restarting", "The server is restarting. Please try again.", retryable=True)
LOST = TurnFailed("turn_lost", "The answer broke off on our side. Please try again.", retryable=True)
STORAGE = TurnFailed(
    "storage_unavailable", "The answer could not be saved. Please try again.", retryable=True
)
STALE = TurnFailed("approval_stale", "This approval is not pending any more.", retryable=False)
UNREADABLE = TurnFailed(
    "approval_unreadable",
    "What you answered can't be carried out any more, and nothing was changed. Please ask for it again.",
    retryable=False,
)
TOO_LONG = TurnFailed("turn_too_long", "The answer needed too many steps. Please try again.", retryable=True)
INTERNAL = TurnFailed("internal", "Something went wrong on our side. Please try again.", retryable=True)


def failure_of(error: BaseException, turn_id: str) -> TurnFailed:
    """The ending of a turn whose graph raised `error`; the cause goes to the log."""
    match error:
        case QuiverError():
            log.warning("turn.failed", turn_id=turn_id, code=error.error_code)
            transient = isinstance(error, ProviderUnavailable | QuotaExceeded)
            retryable = transient and error.error_code not in NOT_RETRYABLE
            return TurnFailed(error.error_code, error.message, retryable=retryable)
        case UnknownInterruptError():
            return STALE
        case UnreadableState():
            return UNREADABLE
        case GraphRecursionError():
            log.error("turn.too_many_steps", turn_id=turn_id)
            return TOO_LONG
        case SQLAlchemyError() | psycopg.Error():
            log.error("turn.storage_failed", turn_id=turn_id, error=type(error).__name__)
            return STORAGE
        case _:
            log.error("turn.crashed", turn_id=turn_id, exc_info=error)
            return INTERNAL
