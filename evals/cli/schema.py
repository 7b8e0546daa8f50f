"""`./quiver evals schema`."""

import typer

from evals.dataset.schema import SCHEMA_FILE, json_schema

app = typer.Typer(add_completion=False)


@app.command()
def schema(check: bool = typer.Option(False, help="Only say whether the file is as it should be.")) -> None:
    """Write evals/data/conv-1.schema.json, for editors."""
    text = json_schema()
    if not check:
        SCHEMA_FILE.write_text(text, encoding="utf-8")
        typer.echo(f"Wrote {SCHEMA_FILE.name}.")
    elif not SCHEMA_FILE.is_file() or SCHEMA_FILE.read_text(encoding="utf-8") != text:
        typer.echo("The schema file is not the one of the models; write it: ./quiver evals schema", err=True)
        raise typer.Exit(1)
