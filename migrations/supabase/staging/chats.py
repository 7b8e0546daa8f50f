"""A discovery talk of the old front end as the messages of a session."""

from datetime import UTC, datetime
from typing import Any

USER = frozenset({"user", "human", "founder", "me"})
DROPPED = frozenset({"system", "tool", "function", "data"})
"""What no person said and no person saw."""


def messages_of(history: Any, began: str) -> list[dict[str, Any]]:
    """[{role, content, timestamp}] of a stored history; empty for what is no talk. `began` (ISO 8601) dates messages without a time."""
    entries = history.get("messages") if isinstance(history, dict) else history
    if not isinstance(entries, list):
        return []
    found = [_message(entry, began) for entry in entries if isinstance(entry, dict)]
    return [message for message in found if message is not None]


def user_turns(messages: list[dict[str, Any]]) -> int:
    """How many messages are the user's."""
    return sum(message["role"] == "user" for message in messages)


def _message(entry: dict[str, Any], began: str) -> dict[str, Any] | None:
    role = str(entry.get("role") or entry.get("sender") or entry.get("type") or "assistant").casefold()
    content = _text(
        entry.get("content") if entry.get("content") is not None else entry.get("parts") or entry.get("text")
    )
    if role in DROPPED or not content.strip():
        return None
    time = next((entry[name] for name in ("timestamp", "createdAt", "created_at") if entry.get(name)), None)
    return {
        "role": "user" if role in USER else "assistant",
        "content": content,
        "timestamp": _time(time) or began,
    }


def _text(content: Any) -> str:
    """Words of a message, which may come in parts."""
    if isinstance(content, list):
        return "\n".join(text for part in content if (text := _text(part)))
    if isinstance(content, dict):
        return _text(content.get("text") or content.get("content") or "")
    return content if isinstance(content, str) else ""


def _time(value: Any) -> str | None:
    """ISO 8601 with offset, of such a text or of seconds or milliseconds since 1970."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC).isoformat()
        if isinstance(value, str):
            parsed = datetime.fromisoformat(value.strip())
            return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
    return None
