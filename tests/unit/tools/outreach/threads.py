"""Messages that went out before."""

from datetime import timedelta
from typing import Any

from tests.factories.outreach import NOW
from tools.outreach.evidence import ThreadMessage


def make_sent(number: int = 1, **values: Any) -> ThreadMessage:
    """A message that went out a week ago."""
    defaults = {
        "id": number,
        "format": "email_cold",
        "status": "sent",
        "sequence_number": number,
        "subject": "crews",
        "text": "Is the night desk yours?",
        "at": NOW - timedelta(days=7),
    }
    return ThreadMessage(**{**defaults, **values})
