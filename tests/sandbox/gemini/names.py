"""Google's JSON takes a field's name in camelCase and in snake_case."""


def camel(name: str) -> str:
    """The name in camelCase."""
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)
