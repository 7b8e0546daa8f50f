"""How a template writes: into one list, which it gives back at its end.

As Jinja2 has it, a template is a generator: each piece of its text wakes it and whoever waits for it, some hundred times a
prompt. What it writes is the same; tests compare it with the stock one.
"""

from collections.abc import Mapping
from io import StringIO
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame

OF_DICTS = frozenset(dir(dict))
GENERATING = (nodes.Extends, nodes.Block)
"""What joins several generators. (What an include takes was written by the stock one.)"""

AS_GENERATOR = "if 0: yield None"
"""The dead branch by which Jinja2 makes a generator of what it writes."""


class ListWriter(CodeGenerator):
    """Writes templates that fill a list, but for those that are made of blocks."""

    def __init__(self, environment: Environment, name: str) -> None:
        self.source = StringIO()
        self._filled = False
        super().__init__(environment, name, None, self.source)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 — jinja2's name
        self._filled = not any(True for _ in node.find_all(GENERATING))
        super().visit_Template(node, frame)

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        if not (self._filled and x == AS_GENERATOR):
            super().writeline(x, node, extra)

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if self._filled and frame.toplevel and frame.buffer is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        super().leave_frame(frame, with_python_scope)
        if self._filled and frame.toplevel and with_python_scope:
            self.writeline(f"return {frame.buffer}")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 — jinja2's name
        """What the environment gives for a plain dict's item is taken at once, for nearly all inputs are those."""
        if not isinstance(node.node, nodes.Name) or node.attr in OF_DICTS:
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f"[{node.attr!r}] if type(")
        self.visit(node.node, frame)
        self.write(f") is dict and {node.attr!r} in ")
        self.visit(node.node, frame)
        self.write(" else ")
        super().visit_Getattr(node, frame)
        self.write(")")


def written(template: Template, inputs: Mapping[str, Any]) -> list[str]:
    """The pieces of the template's text."""
    context = template.new_context(dict(inputs))
    try:
        return list(template.root_render_func(context))
    except Exception:  # noqa: BLE001 — raised again, as Jinja2 has it
        template.environment.handle_exception()
