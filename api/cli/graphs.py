"""`./quiver graphs`: the pictures of the graphs in agents/README.md."""

import typer

from agents import pictures

app = typer.Typer(add_completion=False)


@app.command()
def graphs(
    check: bool = typer.Option(False, "--check", help="Exit with 1 when a picture is not its graph's."),
) -> None:
    """Draw every graph into agents/README.md, or compare."""
    if check:
        if not pictures.is_current():
            typer.echo("A picture in agents/README.md is not its graph's: run `./quiver graphs`.", err=True)
            raise typer.Exit(1)
        return
    typer.echo("Drawn." if pictures.write() else "The pictures are up to date.")
