"""Start everything, say how to use it, wait for Ctrl-C, stop everything."""

import argparse
import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from tests import embedded
from tests.dev import console, environment, processes, sample


class Interrupted(Exception):  # noqa: N818 — a fact
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def main() -> int:
    """Run until interrupted; the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    children: list[processes.Child] = []
    with ExitStack() as servers:
        try:
            began = time.monotonic()
            session = _start(servers, children)
            _announce(session, time.monotonic() - began)
            while True:
                time.sleep(0.5)
                for child in children:
                    processes.ensure_alive(child)
        except Interrupted:
            print("\nStopping …", flush=True)
            return 0
        except processes.ChildDied as problem:
            print(f"\n{problem}", file=sys.stderr, flush=True)
            return 1
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            processes.stop(children)


def _start(servers: ExitStack, children: list[processes.Child]) -> dict[str, object]:
    """Bring everything up, side by side where nothing has to wait; what `.dev/session.json` holds.

    Python spends seconds on importing: the schema is made while the API starts, the worker starts once the API is up.
    """
    data = environment.data_folder()
    logs = data / "logs"
    console.build_if_missing(logs)
    settings = _databases(servers, data)
    _say("schema")
    schema = processes.start("schema", ["-m", "api.cli", "db", "upgrade"], settings, logs)
    sandbox_url = ""
    if environment.uses_sandbox():
        sandbox_url = _sandbox(children, data, logs)
        settings |= environment.provider_settings(sandbox_url)
    url = _api(children, schema, settings, logs)
    supabase = settings.get("SUPABASE_URL") or os.environ["SUPABASE_URL"]
    session: dict[str, object] = {"url": url, "sandboxUrl": sandbox_url}
    if sandbox_url and supabase.startswith(sandbox_url):
        token = sample.sign_in(supabase)
        session |= {"token": token, "workspaceId": sample.sample_workspace(url, token)}
    (data / "session.json").write_text(json.dumps(session, indent=2) + "\n")
    return session


def _api(
    children: list[processes.Child], schema: processes.Child, settings: dict[str, str], logs: Path
) -> str:
    """The API, then the worker with the schedule; the API's URL."""
    _say("API and worker")
    port = environment.api_port()
    url = f"http://127.0.0.1:{port}"
    api = processes.start("api", ["-m", "api.cli", "serve", "--port", str(port)], settings, logs)
    children.append(api)
    processes.wait_until_done(schema)
    processes.wait_until_ready(api, f"{url}/ready")
    children.append(processes.start("worker", ["-m", "api.cli", "worker", "--beat"], settings, logs))
    return url


def _databases(servers: ExitStack, data: Path) -> dict[str, str]:
    """Postgres and Valkey of our own, for each that the environment doesn't name."""
    settings = {"ENV": os.environ.get("ENV", "development")}
    if not os.environ.get("DATABASE_URL"):
        _say("Postgres")
        settings["DATABASE_URL"] = servers.enter_context(embedded.postgres(data / "postgres"))
    if not os.environ.get("REDIS_URL"):
        _say("Valkey")
        settings["REDIS_URL"] = servers.enter_context(embedded.valkey(data / "valkey"))
    return settings


def _sandbox(children: list[processes.Child], data: Path, logs: Path) -> str:
    """The stand-ins for the providers on the internet; their URL. Accounts and keys survive a restart."""
    _say("sandbox providers")
    port = _remembered_port(data / "sandbox-port")
    url = f"http://127.0.0.1:{port}"
    command = ["-m", "tests.sandbox", "--port", str(port), "--state", str(data / "sandbox")]
    sandbox = processes.start("sandbox", command, {}, logs)
    children.append(sandbox)
    processes.wait_until_ready(sandbox, f"{url}/control/sites")
    return url


def _remembered_port(file: Path) -> int:
    """The port of the last start when it is still free: it is part of the tokens' issuer."""
    if file.exists() and embedded.is_free(remembered := int(file.read_text())):
        return remembered
    port = embedded.free_port()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(str(port))
    return port


def _announce(session: dict[str, object], seconds: float) -> None:
    """Say where it runs and how to talk to it."""
    print(f"\nQuiver runs at {session['url']} (up in {seconds:.1f} s). Docs: {session['url']}/docs")
    print(f"Console: {session['url']}/console/ ({console.state()})")
    print(f"Logs: {environment.data_folder() / 'logs'}. Ctrl-C stops everything.")
    if "token" in session:
        print("\nA turn of the discovery agent, streamed:\n")
        print(f"curl -N {session['url']}/workspaces/{session['workspaceId']}/discovery/chat \\")
        print(f"  -H 'Authorization: Bearer {session['token']}' -H 'Content-Type: application/json' \\")
        print("""  -d '{"message": "We sell to heads of maintenance. Who else should we try?"}'\n""")
    sys.stdout.flush()


def _say(step: str) -> None:
    print(f"Starting {step} …", flush=True)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise Interrupted


if __name__ == "__main__":
    argparse.ArgumentParser(prog="./quiver dev", description=__doc__).parse_args()
    sys.exit(main())
