"""`./quiver serve`: the API under uvicorn."""

import typer
import uvicorn

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    host: str = typer.Option("127.0.0.1", help="The address to listen on."),
    port: int = typer.Option(8000, help="The port to listen on."),
) -> None:
    """Run one API process. Scale by running more of them behind a balancer."""
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=20,
    )
