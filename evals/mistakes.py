"""What whoever runs a command can mend by themselves: told in a sentence and with exit 2, never as a traceback."""


class Mistake(Exception):  # noqa: N818 — errors are facts
    """Its text says what is wrong, with file and line where there is one, and what to do."""
