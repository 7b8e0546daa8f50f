"""`./quiver openapi`: the OpenAPI document clients are generated from."""

import hashlib
import json
from pathlib import Path

import typer

from api.app import create_app

app = typer.Typer(add_completion=False)

CLIENT = Path(__file__).resolve().parents[1] / "client"
DOCUMENT = CLIENT / "openapi.json"
GENERATED = (CLIENT / "src/generated/schema.ts", CLIENT / "src/generated/operations.ts")
"""What the TypeScript client has of the document; each names the document it was made of in its first line."""


@app.command()
def openapi(
    check: bool = typer.Option(
        False, "--check", help="Exit with 1 when the stored document is not the present one."
    ),
) -> None:
    """Write the document to api/client/openapi.json, or compare it."""
    document = json.dumps(create_app().openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if not check:
        DOCUMENT.parent.mkdir(exist_ok=True)
        DOCUMENT.write_text(document)
        typer.echo(f"Wrote {DOCUMENT.name}.")
        if not _client_is_of(document):
            typer.echo("The TypeScript client was made of another one: run `make client`.")
        return
    if not DOCUMENT.exists() or DOCUMENT.read_text() != document:
        typer.echo("api/client/openapi.json is not the present document: run `./quiver openapi`.", err=True)
        raise typer.Exit(1)
    if not _client_is_of(document):
        typer.echo("The TypeScript client was not made of the present document: run `make client`.", err=True)
        raise typer.Exit(1)


def _client_is_of(document: str) -> bool:
    """Whether the generated files name this document. That they are what the generator makes of it, the clients' tests see."""
    made_of = f"sha256 {hashlib.sha256(document.encode()).hexdigest()}"
    return all(path.exists() and made_of in path.open().readline() for path in GENERATED)
