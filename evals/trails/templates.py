"""Branches of prompt templates: prompts that tell which ones each rendering took, and give the very text that they give otherwise.

The mark of a branch is written into the template's tokens as it is read: behind `if`, `elif`, `else` and `for`, and as an `else`
of its own where the author wrote none. No branch here: an expression that chooses inside `{{ }}`, and the way past a loop over
what the `if` around it has just asked for.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser

from prompts.loader import PromptLibrary
from prompts.prompt import PromptInvalid

Taken = Callable[[str], None]
TAG = "taken"
_TIGHT = re.compile(r" ?([.()\[\]|]) ?")


def _nobody(_branch: str) -> None:
    """Nobody wants to know."""


class WatchedPrompts(PromptLibrary):
    """The prompts of one folder. Of each rendering `taken` is told the branches, a loop's once an item."""

    def __init__(self, folder: Path, taken: Taken) -> None:
        super().__init__(folder)
        self._environment.add_extension(BranchMarks)
        marks = self._environment.extensions[BranchMarks.identifier]
        assert isinstance(marks, BranchMarks)
        marks.tell = taken
        self._marks = marks

    def branches(self) -> list[str]:
        """Every branch of every prompt and what it includes, by file. Prompts that are no valid templates are left out."""
        for prompt_id in self.ids():
            try:
                self.load(prompt_id)
            except PromptInvalid:
                continue
        return [branch for name in sorted(self._marks.found) for branch in self._marks.found[name]]


@dataclass
class _Open:
    """An `if` or `for` that has not ended: how it began, whether its author wrote an `else`, and what is true in its present part."""

    began: str
    holds: str
    otherwise: bool = False


class BranchMarks(Extension):
    """Lets a template say which branches it takes. One per environment."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.tags = {TAG}
        self.tell: Taken = _nobody
        self.found: dict[str, list[str]] = {}

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The template's tokens with a mark in each branch."""
        marks = _Marks((stream.name or "").removesuffix(".md"))
        tag: list[Token] = []
        for token in stream:
            if not tag and token.type != "block_begin":
                yield token
                continue
            tag.append(token)
            if token.type == "block_end":
                yield from marks.around(tag)
                tag = []
        yield from tag
        self.found[marks.name] = marks.branches

    def parse(self, parser: Parser) -> nodes.Node:
        """A mark as a statement that prints nothing."""
        line = next(parser.stream).lineno
        branch = parser.parse_expression()
        return nodes.ExprStmt(self.call_method("take", [branch], lineno=line), lineno=line)

    def take(self, branch: str) -> None:
        """The branch is taken."""
        self.tell(branch)


class _Marks:
    """The branches of one file, in their order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.branches: list[str] = []
        self._open: list[_Open] = []
        self._times: Counter[str] = Counter()

    def around(self, tag: list[Token]) -> Iterator[Token]:
        """A tag with what belongs before and behind it."""
        word, text = str(tag[1].value), _said(tag[1:-1])
        line = tag[0].lineno
        if word in {"endif", "endfor"} and self._open:
            ended = self._open.pop()
            if not ended.otherwise and not self._never_empty(ended):
                yield from _tag(line, Token(line, "name", "else"))
                yield from self._mark(line, f"else of {ended.began}")
        yield from tag
        if word in {"if", "for"}:
            self._open.append(_Open(text, text.removeprefix("if ") if word == "if" else ""))
            yield from self._mark(line, text)
        elif word == "elif" and self._open:
            self._open[-1].holds = text.removeprefix("elif ")
            yield from self._mark(line, text)
        elif word == "else" and self._open:
            self._open[-1].otherwise = True
            self._open[-1].holds = ""
            yield from self._mark(line, f"else of {self._open[-1].began}")

    def _never_empty(self, loop: _Open) -> bool:
        """Whether an `if` around a loop asks for just what it goes through: then there is no way past it."""
        through = loop.began.partition(" in ")[2]
        return bool(through) and any(each.holds == through for each in self._open)

    def _mark(self, line: int, text: str) -> Iterator[Token]:
        self._times[text] += 1
        again = f" #{self._times[text]}" if self._times[text] > 1 else ""
        branch = f"{self.name}: {text}{again}"
        self.branches.append(branch)
        yield from _tag(line, Token(line, "name", TAG), Token(line, "string", branch))


def _tag(line: int, *inside: Token) -> Iterator[Token]:
    yield Token(line, "block_begin", "{%")
    yield from inside
    yield Token(line, "block_end", "%}")


def _said(tokens: list[Token]) -> str:
    """A tag's inside as it is written, white space apart."""
    words = [
        json.dumps(token.value, ensure_ascii=False) if token.type == "string" else str(token.value)
        for token in tokens
    ]
    return _TIGHT.sub(r"\1", " ".join(words)).replace(" ,", ",")
