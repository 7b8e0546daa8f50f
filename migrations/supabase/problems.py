"""Why a move can't go on, in words for the person at the terminal."""


class MoveProblem(Exception):  # noqa: N818 — a fact
    """Something outside of the program is not as it has to be. `advice` says what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class SourceProblem(MoveProblem):
    """The source can't be reached or read, is empty, or isn't what the old front end wrote."""


class TargetProblem(MoveProblem):
    """Our database can't be reached, has another schema, or holds what a move would mix with."""


class Busy(MoveProblem):
    """Another move is working on this database."""


class Refused(MoveProblem):
    """What was asked for would lose something; it has to be asked for in so many words."""
