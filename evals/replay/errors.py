"""What ends a whole run, not just one case."""


class RunStopped(Exception):  # noqa: N818 — errors are facts
    """The run can't go on. What was done is kept; the same command goes on behind it."""


class BudgetSpent(RunStopped):
    """The run's budget is used up."""


class NotScratch(RunStopped):
    """The database holds what no run of the evals made: nothing is replayed on it."""
