"""The built console: how much of it the chat needs."""

import gzip
import re
from pathlib import Path

GOAL_BYTES = 250_000
STATIC = re.compile(r'(?:\bfrom|\bimport)"\./([^"]+\.js)"')


def _first_load(assets: Path, index: str) -> set[str]:
    """The scripts that the page names, and what those import before they run."""
    wanted = re.findall(r'assets/([^"]+\.js)"', index)
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += STATIC.findall((assets / name).read_text())
    return found


def test_the_chat_can_be_used_after_250_kilobytes_of_javascript(bundle: Path) -> None:
    """As the bench counts it, without a browser: the chat is not loaded behind anything, every other page is."""
    names = _first_load(bundle / "assets", (bundle / "index.html").read_text())
    sizes = {
        name: len(gzip.compress((bundle / "assets" / name).read_bytes(), 9, mtime=0))
        for name in sorted(names)
    }
    assert sum(sizes.values()) < GOAL_BYTES, sizes
    texts = [(bundle / "assets" / name).read_text() for name in names]
    assert any("Who should buy from you next?" in text for text in texts)
    assert not any("No leads yet" in text for text in texts)
