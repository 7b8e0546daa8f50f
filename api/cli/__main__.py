"""`./quiver`: finds the command and starts it. Only the command's own module is imported, so that light ones stay light."""

import importlib
import sys
from collections.abc import Sequence

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("api.cli.serve", "Run the HTTP API."),
    "worker": ("api.cli.worker", "Run a Celery worker for the bulk jobs."),
    "beat": ("api.cli.beat", "Run the schedule: sweeps and autopilot."),
    "token": ("api.cli.token", "Sign in through the sandbox's Supabase and print an access token."),
    "db": ("api.cli.db", "Upgrade, downgrade or check the database schema."),
    "prompts": ("api.cli.prompts", "Lint, lock or render the prompts."),
    "graphs": ("api.cli.graphs", "Write or check the pictures of the graphs."),
    "openapi": ("api.cli.openapi", "Write or check the OpenAPI document."),
    "doctor": ("api.cli.doctor", "Say what is wrong with this installation and what to do."),
}

USAGE = "usage: ./quiver COMMAND [OPTIONS]      ./quiver COMMAND --help tells more"


def main(arguments: Sequence[str]) -> None:
    """Run the command named first; exit with 2 when there is none of that name."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(help_text())
        return
    name, rest = arguments[0], list(arguments[1:])
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n\n{help_text()}", file=sys.stderr)
        sys.exit(2)
    module = importlib.import_module(COMMANDS[name][0])
    module.app(args=rest, prog_name=f"./quiver {name}")


def help_text() -> str:
    """Every command with its line."""
    lines = [USAGE, "", *(f"  {name:9} {line}" for name, (_, line) in COMMANDS.items())]
    lines.append(f"  {'evals':9} See what a change of a prompt does, before it goes out.")
    lines.append(f"  {'migrate':9} Move a Supabase database into ours: plan, run, verify, rollback, status.")
    lines.append(f"  {'dev':9} Run the whole product on this machine (the same as `make dev`).")
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
