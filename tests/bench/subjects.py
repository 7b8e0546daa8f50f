"""The servers that are compared: the provider itself, the relay that only passes its bytes on, the product."""

from tests.bench.hearing import Subject
from tests.bench.stage import Stage

MESSAGE = "We sell to heads of maintenance in warehouses, after an unplanned stop."
ASKED = {"model": "bench", "stream": True, "messages": [{"role": "user", "content": MESSAGE}]}
KEY = {"Authorization": "Bearer sk-sandbox"}


def provider(stage: Stage) -> Subject:
    """Nobody in between; its own CPU is not of interest."""
    return Subject("provider", 0, f"{stage.provider_url}/v1/chat/completions", KEY, ASKED)


def relay(stage: Stage) -> Subject:
    """The limit."""
    return Subject("relay", stage.relay.process.pid, f"{stage.relay_url}/relay", KEY, ASKED)


def quiver(stage: Stage) -> Subject:
    """A turn of a new conversation."""
    url = f"{stage.api_url}/workspaces/{stage.workspace_id}/discovery/chat"
    headers = {"Authorization": f"Bearer {stage.token}"}
    return Subject("quiver", stage.api.process.pid, url, headers, {"message": MESSAGE})
