"""Prompt mutation: a sentence is dropped at a time. A sentence whose loss no scorer notices is an instruction nobody tests."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prompts.loader import PromptLibrary

_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z`\"<-])|\n(?=- |\d+\. )|\n\n")
SHORTEST = 5
"""Words of a sentence that is worth dropping."""


@dataclass(frozen=True)
class Dropped:
    """A prompt's file without one of its sentences."""

    prompt_id: str
    sentence: str
    text: str

    def written(self, own: PromptLibrary, folder: Path) -> PromptLibrary:
        """All prompts, with this sentence gone."""
        copy = folder / "prompts"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(own.folder, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        (copy / f"{self.prompt_id}.md").write_text(self.text, encoding="utf-8")
        return PromptLibrary(copy)


def droppable(prompts: PromptLibrary, prompt_id: str) -> Iterator[Dropped]:
    """Each sentence of a prompt's fixed text that holds no template code and no tag."""
    whole = (prompts.folder / f"{prompt_id}.md").read_text(encoding="utf-8")
    head, body = whole.split("---\n", 2)[1:]
    for sentence in dict.fromkeys(part.strip() for part in _SENTENCE.split(body)):
        if len(sentence.split()) < SHORTEST or re.search(r"[{}<>]", sentence):
            continue
        yield Dropped(prompt_id, sentence, f"---\n{head}---\n{body.replace(sentence, '', 1)}")
