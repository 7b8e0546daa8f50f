"""`./quiver token`: an access token for development, through the sandbox's Supabase."""

import json
from pathlib import Path

import httpx
import typer

app = typer.Typer(add_completion=False)

SESSION_FILE = Path(__file__).resolve().parents[2] / ".dev" / "session.json"
PASSWORD = "development-only"  # noqa: S105 — of accounts that exist only in the sandbox


@app.command()
def token(
    email: str = typer.Option(help="Whose token; the account is made when it is new."),
    sandbox: str = typer.Option(
        "", help="The sandbox's URL. Default: the one `make dev` wrote to .dev/session.json."
    ),
) -> None:
    """Print a fresh access token of the person with this e-mail address."""
    url = sandbox or _running_sandbox()
    credentials = {"email": email, "password": PASSWORD}
    with httpx.Client(base_url=f"{url}/supabase/auth/v1", timeout=5, trust_env=False) as client:
        client.post("/signup", json=credentials)
        answer = client.post("/token", params={"grant_type": "password"}, json=credentials)
    if answer.status_code != httpx.codes.OK:
        typer.echo(f"The sandbox refused: {answer.text}", err=True)
        raise typer.Exit(1)
    typer.echo(answer.json()["access_token"])


def _running_sandbox() -> str:
    """The sandbox of the running `make dev`."""
    if not SESSION_FILE.exists():
        typer.echo("Nothing runs here: start `make dev` first, or name the sandbox by --sandbox.", err=True)
        raise typer.Exit(1)
    return str(json.loads(SESSION_FILE.read_text())["sandboxUrl"])
