"""A front end made with the package: one scenario of its script, run in Node."""

import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from tests.contract.clients.person import Json, Person
from tests.contract.clients.script import script


async def run(
    person: Person,
    project: Path,
    version: str,
    scenario: str,
    *,
    at_tell: Sequence[Callable[[], Awaitable[None]]] = (),
    **orders: Any,
) -> Json:
    """What the scenario saw; each time it asks for it, the next of `at_tell` is done."""
    asked = {
        "scenario": scenario,
        "url": person.url,
        "token": person.token,
        "workspaceId": person.workspace_id,
        "chatId": person.chat_id,
        "protocol": f"ai-{version}",
        **orders,
    }
    async with script(version, "scenarios.mjs", folder=project) as running:
        await running.say(json.dumps(asked))
        for act in at_tell:
            assert await running.hear() == "now"
            await act()
            await running.say("done")
        seen: Json = json.loads(await running.hear())
        return seen
