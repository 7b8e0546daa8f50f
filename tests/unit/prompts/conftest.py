"""A small library of prompts in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from prompts.loader import PromptLibrary

HEAD = """---
id: {id}
version: {version}
purpose: A prompt that a test wrote.
inputs: [{inputs}]
model: {{role: fast, temperature: 0.2}}
output: text
---
"""

WritePrompt = Callable[..., PromptLibrary]


@pytest.fixture
def write_prompt(tmp_path: Path) -> WritePrompt:
    """Writes one prompt (and partials, by name) and gives the library of the folder."""

    def write(
        body: str,
        *,
        inputs: str = "",
        version: int = 1,
        prompt_id: str = "a/b",
        partials: dict[str, str] | None = None,
    ) -> PromptLibrary:
        for name, text in {f"_shared/{key}": text for key, text in (partials or {}).items()}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
        (tmp_path / "a").mkdir(exist_ok=True)
        head = HEAD.format(id=prompt_id, version=version, inputs=inputs)
        (tmp_path / "a" / "b.md").write_text(head + body)
        return PromptLibrary(tmp_path)

    return write
