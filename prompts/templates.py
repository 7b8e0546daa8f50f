"""Prompt files as templates: what they may do, and how their partials become part of them.

An include that is left to the rendering is looked up, and given a context and a generator of its own, each time. So each is
put in the place of its `include` once, when the prompt loads.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Template, nodes
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from prompts.untrusted import quoted, tag, trusted, untrusted

OF_DICTS = frozenset(dir(dict))
NAMING = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport, nodes.Block)
"""What gives a name to something: an include keeps it to itself."""


class PromptEnvironment(SandboxedEnvironment):
    """Templates that reach no Python, and hold no undefined value."""

    def __init__(self, source_of: Callable[[str], str]) -> None:
        super().__init__(
            loader=FunctionLoader(source_of),
            undefined=StrictUndefined,
            autoescape=False,  # the text goes to a model, not into HTML
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._source_of = source_of
        self.filters.update(untrusted=untrusted, quoted=quoted, tag=tag, trusted=trusted)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As jinja2 has it. A plain dict is asked for its item first where it has no attribute of that name."""
        if type(obj) is dict and attribute in obj and attribute not in OF_DICTS:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def whole(self, name: str) -> Template:
        """The template of a file, its partials a part of it."""
        code = self.compile(self._inlined(name, ()), name)
        # A plain dict: jinja2's chain of them is walked through for each rendering.
        return Template.from_code(self, code, dict(self.globals))

    def _inlined(self, name: str, within: tuple[str, ...]) -> nodes.Template:
        tree = self.parse(self._source_of(name), name)
        _Inlining(self._inlined, (*within, name)).visit(tree)
        return tree


class _Inlining(NodeTransformer):
    """Puts what a partial holds into the place of its include, unless that would make a difference."""

    def __init__(
        self, tree_of: Callable[[str, tuple[str, ...]], nodes.Template], within: tuple[str, ...]
    ) -> None:
        self._tree_of = tree_of
        self._within = within

    def visit_Include(self, node: nodes.Include) -> nodes.Node | list[nodes.Node]:  # noqa: N802 — jinja2's name
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if name is None or name in self._within or not node.with_context:
            return node
        partial = self._tree_of(name, self._within)
        if any(True for _ in partial.find_all(NAMING)):
            return node
        for part in partial.body:
            part.set_lineno(node.lineno, override=True)
        return partial.body
