"""`./quiver openapi`: the OpenAPI document clients are generated from."""

import json
from pathlib import Path

import typer

from api.app import create_app

app = typer.Typer(add_completion=False)

DOCUMENT = Path(__file__).resolve().parents[1] / "client" / "openapi.json"


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
    elif not DOCUMENT.exists() or DOCUMENT.read_text() != document:
        typer.echo("api/client/openapi.json is not the present document: run `./quiver openapi`.", err=True)
        raise typer.Exit(1)
