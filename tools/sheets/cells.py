"""Cells that spreadsheets would take for formulas: disarmed when written, recognised when read.

A spreadsheet runs what begins with = + - @ (also full-width), behind spaces too. Names like "-Anne" and phone numbers
begin so as well: they get a leading ', which stays readable, and lose it when they are read again.
"""

import re

GUARD = "'"

_ACTS = re.compile(r"['\s\x00]*[=+\-@＝＋－＠]|['\s]*[\t\r\n\x00]")
_FORMULA = re.compile(r"\s*(?:[=＝]|[+\-@＋－＠]+[A-Za-z_][\w.]*[(|!])")


def disarmed(text: str) -> str:
    """The text of a cell that no spreadsheet runs."""
    return f"{GUARD}{text}" if _ACTS.match(text) else text


def rearmed(text: str) -> str:
    """The text that `disarmed` made this cell of."""
    return text[1:] if text.startswith(GUARD) and _ACTS.match(text[1:]) else text


def is_formula(text: str) -> bool:
    """Whether a cell was meant to be computed: no name, number or address looks like it."""
    return _FORMULA.match(text) is not None
