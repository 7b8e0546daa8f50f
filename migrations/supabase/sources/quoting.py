"""Names and texts as they stand in SQL."""


def name(word: str) -> str:
    """An identifier."""
    return '"' + word.replace('"', '""') + '"'


def literal(word: str) -> str:
    """A text."""
    return (
        "'" + word.replace("'", "''") + "'"
        if "\\" not in word
        else "E'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
    )
