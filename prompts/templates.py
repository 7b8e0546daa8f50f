"""Prompt files as templates: what they may do, and how their partials become part of them.

An include that is left to the rendering is looked up, and given a context and a generator of its own, each time. So each is
put in the place of its `include` once, when the prompt loads.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Template, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from prompts.shared import Divided
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
        self._apart: dict[str, tuple[Template, frozenset[str]]] = {}
        self.filters.update(untrusted=untrusted, quoted=quoted, tag=tag, trusted=trusted)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As jinja2 has it. A plain dict is asked for its item first where it has no attribute of that name."""
        if type(obj) is dict and attribute in obj and attribute not in OF_DICTS:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def whole(self, name: str) -> Template:
        """The template of a file, its partials a part of it."""
        return self._compiled(self._inlined(name, ()), name)

    def divided(self, name: str, shared: Sequence[frozenset[str]]) -> Divided:
        """The template of a file, and apart from it those of its partials that use nothing but names of one of these sets."""
        tree = self.parse(self._source_of(name), name)
        partials: list[tuple[str, int, Template]] = []
        for body, place, include in _on_their_own(tree):
            for number, names in enumerate(shared):
                if (partial := self._made_of(include, names)) is not None:
                    printed = f"_printed_{len(partials)}"
                    body[place] = nodes.Output([nodes.Name(printed, "load")], lineno=include.lineno)
                    partials.append((printed, number, partial))
                    break
        _Inlining(self._inlined, (name,)).visit(tree)
        return Divided(self._compiled(tree, name), tuple(partials))

    def _made_of(self, include: nodes.Include, names: frozenset[str]) -> Template | None:
        """The template of a partial that uses some of these names and nothing else."""
        if not (isinstance(include.template, nodes.Const) and include.with_context):
            return None
        name = include.template.value
        if name not in self._apart:
            tree = self._inlined(name, ())
            whole = not any(True for _ in tree.find_all((nodes.Include, *NAMING)))
            names_used = meta.find_undeclared_variables(tree) if whole else ()
            self._apart[name] = self._compiled(tree, name), frozenset(names_used)
        template, used = self._apart[name]
        return template if used and used <= names else None

    def _compiled(self, tree: nodes.Template, name: str) -> Template:
        # A plain dict: jinja2's chain of them is walked through for each rendering.
        return Template.from_code(self, self.compile(tree, name), dict(self.globals))

    def _inlined(self, name: str, within: tuple[str, ...]) -> nodes.Template:
        tree = self.parse(self._source_of(name), name)
        _Inlining(self._inlined, (*within, name)).visit(tree)
        return tree


def _on_their_own(tree: nodes.Template) -> Iterator[tuple[list[nodes.Node], int, nodes.Include]]:
    """The includes that see nothing but the prompt's inputs, each with the body it stands in and its place there."""
    waiting = [] if any(True for _ in tree.find_all(NAMING)) else [tree.body]
    while waiting:
        body = waiting.pop()
        for place, node in enumerate(body):
            if isinstance(node, nodes.Include):
                yield body, place, node
            elif isinstance(node, nodes.If):
                waiting += [node.body, node.else_, *(other.body for other in node.elif_)]


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
