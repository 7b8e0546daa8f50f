"""Wiring: whether each prompt still gets its inputs, fences what is foreign, and asks for the form it declares."""

from collections.abc import Iterator

from evals.scorers.score import Case, Finding, failing


def wired(case: Case) -> Iterator[Finding]:
    """No request of the run lost an input, a fence around foreign text, or the schema of its answer."""
    if case.output.mode == "score":
        yield Finding(None, "nothing was sent")
        return
    yield from failing(case.output.wiring)


def ran(case: Case) -> Iterator[Finding]:
    """The run came to an end: no prompt failed to render, no answer was unusable."""
    yield Finding(case.output.error is None, case.output.error or "")


def calls_done(case: Case) -> Iterator[Finding]:
    """Every call of a model gave a usable answer."""
    if case.output.calls:
        yield from failing(
            f"{call.prompt}: {call.outcome}" for call in case.output.calls if call.outcome not in {"", "done"}
        )
