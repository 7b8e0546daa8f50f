"""Where a benchmark plays: Postgres, Valkey, the providers' stand-ins, the product and its limits, all on this machine."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import embedded
from tests.dev import environment, processes, sample

SECRET = "a-secret-of-benchmarks-that-is-long-enough"
"""What tokens may be signed with beside the sandbox's own keys."""

SETTINGS = {
    "ENV": "test",
    "SUPABASE_JWT_SECRET": SECRET,
    "RATE_LIMIT_USER": "100000/minute",
    "RATE_LIMIT_WORKSPACE": "100000/minute",
    "TURN_RATE_PER_MINUTE": "100000",
    "TURN_CONCURRENCY": "10000",
    "MODEL_CONCURRENCY": "2000",
    "MODEL_FIRST_TOKEN_TIMEOUT": "80",
}
"""A benchmark is faster and more patient than any person."""


@dataclass(frozen=True)
class Stage:
    """All that runs, and how to be let in."""

    folder: Path
    settings: dict[str, str]
    provider_url: str
    relay_url: str
    relay: processes.Child
    api_url: str
    api: processes.Child
    token: str
    workspace_id: int


@contextmanager
def stage(*, talking: bool = False) -> Iterator[Stage]:
    """Everything started, and stopped and thrown away afterwards. `talking`: the sandbox writes the streams too."""
    folder = Path(tempfile.mkdtemp(prefix="quiver-bench-"))
    children: list[processes.Child] = []
    with ExitStack() as servers:
        try:
            databases = {
                "DATABASE_URL": servers.enter_context(embedded.postgres(folder / "postgres")),
                "REDIS_URL": servers.enter_context(embedded.valkey(folder / "valkey")),
            }
            yield _play(children, folder, databases, talking=talking)
        finally:
            processes.stop(children)
    embedded.remove(folder)


def _play(
    children: list[processes.Child], folder: Path, databases: dict[str, str], *, talking: bool
) -> Stage:
    sandbox = start("sandbox", ["-m", "tests.sandbox"], {}, "control/sites", children, folder)
    command = ["-m", "tests.bench.provider", "--sandbox", sandbox]
    provider = start("provider", command, {}, "ready", children, folder)
    settings = SETTINGS | databases | environment.provider_settings(sandbox)
    if not talking:
        settings["OPENAI_BASE_URL"] = f"{provider}/v1"
    processes.run("schema", ["-m", "api.cli", "db", "upgrade"], settings, folder / "logs")
    command = ["-m", "tests.bench.relay", "--upstream", f"{provider}/v1/chat/completions"]
    relay = start("relay", command, {}, "ready", children, folder)
    api = start("api", ["-m", "api.cli", "serve"], settings, "ready", children, folder)
    token = sample.sign_in(settings["SUPABASE_URL"])
    return Stage(
        folder=folder,
        settings=settings,
        provider_url=provider,
        relay_url=relay,
        relay=children[-2],
        api_url=api,
        api=children[-1],
        token=token,
        workspace_id=sample.sample_workspace(api, token),
    )


def start(
    name: str,
    command: Sequence[str],
    settings: Mapping[str, str],
    ready: str,
    children: list[processes.Child],
    folder: Path,
) -> str:
    """Start a server on a free port and wait until it answers; its URL. It is added to `children`."""
    port = embedded.free_port()
    child = processes.start(name, [*command, "--port", str(port)], settings, folder / "logs")
    children.append(child)
    processes.wait_until_ready(child, f"http://127.0.0.1:{port}/{ready}", seconds=180)
    return f"http://127.0.0.1:{port}"
