"""The two rules every prompt is held to when it loads: its inputs agree, and each printed value says what it is."""

from collections.abc import Iterator

from jinja2 import nodes

from prompts.prompt import PromptInvalid

SAFE_FILTERS = frozenset({"untrusted", "quoted", "tag", "trusted", "int", "length", "round"})


def check_same(prompt_id: str, left: str, expected: set[str], right: str, actual: set[str]) -> None:
    """Raises PromptInvalid naming each input that stands on one side only."""
    if expected != actual:
        differences = [f"{name} is {left} but not {right}" for name in sorted(expected - actual)]
        differences += [f"{name} is {right} but not {left}" for name in sorted(actual - expected)]
        raise PromptInvalid(f"inputs of {prompt_id}: {'; '.join(differences)}")


def check_prints(name: str, tree: nodes.Template) -> None:
    """Every printed value must go through a filter that says what it is. Raises PromptInvalid with the line."""
    for expression in _printed(tree):
        if not _is_safe(expression):
            raise PromptInvalid(
                f"{name}:{expression.lineno} prints a value bare; end it with | untrusted, | quoted, | trusted or | int"
            )


def _printed(tree: nodes.Template) -> Iterator[nodes.Expr]:
    for output in tree.find_all(nodes.Output):
        yield from (node for node in output.nodes if not isinstance(node, nodes.TemplateData))


def _is_safe(expression: nodes.Expr | None) -> bool:
    if expression is None or isinstance(expression, nodes.Const):
        return True
    if isinstance(expression, nodes.Filter):
        return expression.name in SAFE_FILTERS
    if isinstance(expression, nodes.CondExpr):
        return _is_safe(expression.expr1) and _is_safe(expression.expr2)
    if isinstance(expression, nodes.Getattr):
        return isinstance(expression.node, nodes.Name) and expression.node.name == "loop"
    return isinstance(expression, nodes.Call) and isinstance(expression.node, nodes.Name)
