"""`./quiver serve`: the API under uvicorn."""

import contextlib
import gc

import typer
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.cli.large_pages import use_large_pages
from api.cli.server import WaitingServer

app = typer.Typer(add_completion=False)

NOT_STARTED = 3
"""What the process ends with when it could not begin to listen, as uvicorn's own command does."""

YOUNG_OBJECTS = 10_000
"""How many more objects there must be for the garbage collector to look at the newest. With Python's own 700 it does so for
nearly every chat, while all that a chat has made is still in use: 4 % of a chat's CPU, and nothing found.
"""


@app.command()
def serve(
    host: str = typer.Option("127.0.0.1", help="The address to listen on."),
    port: int = typer.Option(8000, help="The port to listen on."),
) -> None:
    """Run one API process. Scale by running more of them behind a balancer."""
    config = uvicorn.Config(
        "api.cli.serve:application",
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
    config.load_app()
    server = WaitingServer(config)
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise typer.Exit(NOT_STARTED)


def application() -> FastAPI:
    """The app of this process, ready for its first request.

    FastAPI puts a route together when it is first looked at, all those before it too: here, so that nobody waits for it.
    What is there by now stays as long as the process: the garbage collector need not walk all of it in a full collection,
    for which every request and stream waits, up to a second. It begins later, too. And the memory is put into large pages:
    a chat costs 7 % less CPU so (`tests/bench/RESULTS.md`).
    """
    made = create_app()
    nowhere = {"type": "http", "method": "GET", "path": "/-", "root_path": "", "headers": [], "app": made}
    for route in made.routes:
        route.matches(nowhere)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
    use_large_pages()
    return made
