"""`./quiver evals`: finds the command and starts it. Only its own module is imported, so that light ones stay light."""

import importlib
import sys
from collections.abc import Sequence

from evals.mistakes import Mistake

COMMANDS: dict[str, tuple[str, str]] = {
    "lint": (
        "evals.cli.lint",
        "Check the data set: form, links, duplicates, personal data, the hold-out apart.",
    ),
    "schema": ("evals.cli.schema", "Write or check the JSON Schema of a conversation."),
    "run": ("evals.cli.run", "Run a suite and score what comes out."),
    "show": ("evals.cli.show", "Print a case with what scorers said of it."),
    "rescore": ("evals.cli.rescore", "Score a run anew, without asking any model."),
    "diff": ("evals.cli.diff", "Compare two runs, and say which differences are real."),
    "gate": ("evals.cli.gate", "Decide whether a run may go out: exit 0 yes, 1 no, 2 can't tell."),
    "report": ("evals.cli.report", "Write two runs on one page that opens from disk."),
    "view": ("evals.cli.view", "Write the report and open it; --inspect: a log for Inspect AI's viewer."),
    "import": (
        "evals.cli.importing",
        "Recorded runs of the product as cases, with everything personal taken out.",
    ),
    "fork": ("evals.cli.fork", "Make one answer again, from the history that it had."),
    "blame": ("evals.cli.blame", "Find the turn at which a talk went wrong."),
    "flaky": ("evals.cli.flaky", "Say which scorers flip between samples of one case."),
    "coverage": ("evals.cli.coverage", "Say what the cases go through, and what they never hit."),
    "mutate": ("evals.cli.mutate", "Drop a sentence of a prompt at a time; say whose loss nobody notices."),
    "label": ("evals.cli.label", "Show answers blind and keep what you think of them."),
    "judge": ("evals.cli.judge", "Let a judge look at every answer of a run; grey until it is calibrated."),
    "calibrate": ("evals.cli.calibrate", "Compare a judge with people's labels."),
    "wiring": ("evals.cli.wiring", "Say what a prompt lost: an input, a fence, a section, its schema."),
    "baseline": ("evals.cli.baseline", "Keep a run as what later ones are measured by."),
}

USAGE = "usage: ./quiver evals COMMAND [OPTIONS]      ./quiver evals COMMAND --help tells more"


def main(arguments: Sequence[str]) -> None:
    """Run the command named first; without one, say how things stand. Exits with 2 when there is none of that name."""
    if not arguments:
        importlib.import_module("evals.terminal.standing").print_standing()
        return
    name, rest = arguments[0], list(arguments[1:])
    if name in {"-h", "--help", "help"}:
        sys.stdout.write(help_text() + "\n")
        return
    if name not in COMMANDS:
        sys.stderr.write(f"There is no command {name!r}.\n\n{help_text()}\n")
        sys.exit(2)
    module = importlib.import_module(COMMANDS[name][0])
    try:
        module.app(args=rest, prog_name=f"./quiver evals {name}")
    except Mistake as mistake:
        sys.stderr.write(f"{mistake}\n")
        sys.exit(2)


def help_text() -> str:
    """Every command with its line."""
    return "\n".join([USAGE, "", *(f"  {name:10} {line}" for name, (_, line) in COMMANDS.items())])


if __name__ == "__main__":
    main(sys.argv[1:])
