"""Call keys: made of the business fact, so that two jobs, a retry and a double click meet in one row."""

import json
from hashlib import sha256

from persistence.types import ClientID


def call_key(client_id: ClientID, provider: str, operation: str, *facts: str) -> str:
    """64 hex digits for one purchase of one Client: what is bought, of whom, in which version of the data."""
    return sha256(json.dumps([client_id, provider, operation, *facts]).encode()).hexdigest()
