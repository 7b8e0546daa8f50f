"""`./quiver graphs`: the pictures of the graphs in agents/README.md."""

import typer

from agents import pictures

app = typer.Typer(add_completion=False, help="The pictures of the graphs, drawn from the graphs.")


@app.callback(invoke_without_command=True)
def graphs(
    check: bool = typer.Option(
        False, "--check", help="Write nothing; exit with 1 when a picture is out of date."
    ),
) -> None:
    """Write the pictures into agents/README.md."""
    if not check:
        typer.echo("Drawn anew." if pictures.write() else "Nothing has changed.")
    elif not pictures.is_current():
        typer.echo("agents/README.md shows old pictures; run ./quiver graphs", err=True)
        raise typer.Exit(1)
