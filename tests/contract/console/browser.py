"""A person at the console: one scenario of the script, played in headless Chromium."""

import json
import shutil
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from tests.contract.clients.browser import NAMES
from tests.contract.clients.person import Json
from tests.contract.clients.script import script


async def play(
    scenario: str,
    *,
    url: str,
    at_tell: Sequence[Callable[[], Awaitable[None]]] = (),
    seconds: float = 100,
    **orders: Any,
) -> Json:
    """What the scenario saw; each time it asks for it, the next of `at_tell` is done."""
    browser = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert browser, "There is no Chromium: `make test-clients` installs Debian's package where it can."
    asked = {"scenario": scenario, "executable": browser, "url": url, **orders}
    async with script("6", "console.mjs", seconds=seconds) as running:
        await running.say(json.dumps(asked))
        for act in at_tell:
            assert await running.hear() == "now"
            await act()
            await running.say("done")
        seen: Json = json.loads(await running.hear())
        return seen


def clean(seen: Json, *, expected: Sequence[str] = ()) -> None:
    """No complaint of the browser but `expected` ones, no request to another host, no serious fault of accessibility."""
    assert [line for line in seen["complaints"] if not any(part in line for part in expected)] == []
    assert seen["foreign"] == []
    assert seen["faults"] == [], "\n".join(seen["faults"])


def pictures(folder: Path) -> list[str]:
    """The pictures that were made, by name."""
    return sorted(path.name for path in folder.glob("*.png"))
