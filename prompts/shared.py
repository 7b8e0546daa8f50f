"""Inputs that many prompts are given just as they are, and what partials make of these alone: made once for all of them."""

from dataclasses import dataclass

from jinja2 import Template


class SharedInputs(dict[str, object]):
    """Inputs by name. Nobody may change one, nor what it holds: a part of a prompt that was made of them is used again."""

    __slots__ = ("_texts", "names")

    def __init__(self, **inputs: object) -> None:
        super().__init__(inputs)
        self.names = frozenset(inputs)
        self._texts: dict[Template, str] = {}

    def text_of(self, partial: Template) -> str:
        """What this partial makes of them. Raises what its rendering does."""
        text = self._texts.get(partial)
        if text is None:
            text = self._texts[partial] = "".join(partial.generate(self))
        return text


@dataclass(frozen=True, slots=True)
class Printed:
    """Stands for a partial where a prompt prints it: a partial that a prompt leaves out is not rendered."""

    inputs: SharedInputs
    partial: Template

    def __str__(self) -> str:
        return self.inputs.text_of(self.partial)


@dataclass(frozen=True)
class Divided:
    """A prompt's template and the partials it prints as they were made of shared inputs: by the name under which it prints
    one, the place of the inputs among those it is given, and the partial.
    """

    template: Template
    partials: tuple[tuple[str, int, Template], ...]
