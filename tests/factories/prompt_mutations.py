"""Prompts broken on purpose: each print, each fence around foreign text and each schema taken out once, and harmless changes."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prompts.loader import FOLDER, SHARED

PRINT = re.compile(r"{{[^{}]*}}")
SEPARATOR = "loop.last"
"""In a print that shows no input."""
MACRO = re.compile(r"{{ untrusted\(\"(?P<name>[a-z-]+)\", (?P<value>[^,]+), (?P<limit>\d+)\) }}")
FENCE = re.compile(
    r"^<untrusted-(?P<name>[a-z-]+)>\n(?P<inner>.*?)^</untrusted-(?P=name)>\n", re.MULTILINE | re.DOTALL
)
OUTPUT = re.compile(r"^output: (?!text$).*$", re.MULTILINE)


@dataclass(frozen=True)
class Mutation:
    """One change of one file. `kind` is variable, fence, schema or harmless."""

    kind: str
    file: str
    what: str
    text: str

    def written(self, folder: Path) -> Path:
        """A copy of all prompts with this change; its folder."""
        copy = folder / "prompts"
        shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__", "samples"))
        (copy / self.file).write_text(self.text, encoding="utf-8")
        return copy


def breaking() -> list[Mutation]:
    """Every mutation that takes something away that a prompt needs."""
    return [mutation for name, text in _files() for mutation in _of(name, text)]


def harmless() -> list[Mutation]:
    """Changes of words and white space."""
    changes = []
    for name, text in _files():
        head, body = text.rsplit("---\n", 1) if text.startswith("---\n") else ("", text)
        worded = re.sub(r"\bnever\b", "at no time", body, count=1)
        if worded != body:
            changes.append(Mutation("harmless", name, "a word", f"{head}---\n{worded}" if head else worded))
    return changes


def _files() -> Iterator[tuple[str, str]]:
    for path in sorted(FOLDER.glob("*/*.md")):
        if path.parent.name != "samples" and path.name != "untrusted.md":
            yield f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8")


def _of(name: str, text: str) -> Iterator[Mutation]:
    for found in PRINT.finditer(text):
        if SEPARATOR not in found.group():
            yield Mutation("variable", name, found.group(), text[: found.start()] + text[found.end() :])
    for found in FENCE.finditer(text):
        if "{{" in found["inner"] or ("{%" in found["inner"] and SHARED not in found["inner"]):
            bare = text[: found.start()] + found["inner"] + text[found.end() :]
            yield Mutation("fence", name, found["name"], bare)
    for found in MACRO.finditer(text):
        bare = f"{{{{ {found['value']} | untrusted({found['limit']}) }}}}"
        yield Mutation("fence", name, found["name"], text[: found.start()] + bare + text[found.end() :])
    for found in OUTPUT.finditer(text):
        yield Mutation(
            "schema", name, found.group(), text[: found.start()] + "output: text" + text[found.end() :]
        )
