"""`make bench`: starts the product and the limits, measures both in one run, prints the ratios."""

import asyncio
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests import embedded
from tests.bench import streaming
from tests.dev import environment, processes, sample

ROUNDS = 6
STREAMS = streaming.AT_ONCE * (ROUNDS + 1)
MESSAGE = "We sell to heads of maintenance in warehouses, after an unplanned stop."


def main() -> int:
    """Run every benchmark; the exit code."""
    folder = Path(tempfile.mkdtemp(prefix="quiver-bench-"))
    children: list[processes.Child] = []
    with ExitStack() as servers:
        try:
            databases = {
                "DATABASE_URL": servers.enter_context(embedded.postgres(folder / "postgres")),
                "REDIS_URL": servers.enter_context(embedded.valkey(folder / "valkey")),
            }
            sandbox_url = _start("sandbox", ["-m", "tests.sandbox"], {}, "control/sites", children, folder)
            settings = {"ENV": "test", **databases, **environment.provider_settings(sandbox_url), **NO_LIMITS}
            processes.run("schema", ["-m", "api.cli", "db", "upgrade"], settings, folder / "logs")
            api_url = _start("api", ["-m", "api.cli", "serve"], settings, "ready", children, folder)
            upstream = f"{sandbox_url}/openai/v1/chat/completions"
            command = ["-m", "tests.bench.relay", "--upstream", upstream]
            relay_url = _start("relay", command, {}, "ready", children, folder)
            asyncio.run(_streaming(children, settings, api_url, relay_url))
        finally:
            processes.stop(children)
    embedded.remove(folder)
    return 0


NO_LIMITS = {
    "RATE_LIMIT_USER": "100000/minute",
    "RATE_LIMIT_WORKSPACE": "100000/minute",
    "TURN_RATE_PER_MINUTE": "100000",
    "TURN_CONCURRENCY": "1000",
}
"""A benchmark is faster than any person."""


def _start(
    name: str,
    command: list[str],
    settings: dict[str, str],
    ready: str,
    children: list[processes.Child],
    folder: Path,
) -> str:
    """Start a server on a free port and wait until it answers; its URL."""
    port = embedded.free_port()
    child = processes.start(name, [*command, "--port", str(port)], settings, folder / "logs")
    children.append(child)
    processes.wait_until_ready(child, f"http://127.0.0.1:{port}/{ready}")
    return f"http://127.0.0.1:{port}"


async def _streaming(
    children: list[processes.Child], settings: dict[str, str], api_url: str, relay_url: str
) -> None:
    """A turn beside the relay, interleaved by halves so that both see the same machine."""
    token = sample.sign_in(settings["SUPABASE_URL"])
    workspace_id = sample.sample_workspace(api_url, token)
    _, api, relay = children
    turn: dict[str, Any] = {
        "url": f"{api_url}/workspaces/{workspace_id}/discovery/chat",
        "headers": {"Authorization": f"Bearer {token}"},
        "json": {"message": MESSAGE},
    }
    body = {"model": "relay", "stream": True, "messages": [{"role": "user", "content": MESSAGE}]}
    passed = {"url": f"{relay_url}/relay", "json": body}
    limit = await streaming.measure(relay, [passed] * STREAMS, '"content"')
    ours = await streaming.measure(api, [turn] * STREAMS, '"text-delta"')
    print(f"a streamed turn, {streaming.AT_ONCE} at once, {STREAMS - streaming.AT_ONCE} counted")
    print(f"  relay   {limit.cpu_ms:7.2f} ms CPU a stream   first text {limit.median_first_text_ms:7.1f} ms")
    print(f"  quiver  {ours.cpu_ms:7.2f} ms CPU a turn     first text {ours.median_first_text_ms:7.1f} ms")
    print(
        f"  ratio   {ours.cpu_ms / limit.cpu_ms:7.1f} of CPU. A turn also checks, notes, checkpoints and records;"
    )
    print("          the relay passes one answer on.")


if __name__ == "__main__":
    sys.exit(main())
