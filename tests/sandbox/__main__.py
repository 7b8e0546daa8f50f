"""`python -m tests.sandbox --port N`: the providers' stand-ins on one port."""

import argparse
from pathlib import Path

import uvicorn

from tests.sandbox.app import build
from tests.sandbox.state import Options, Sandbox


def main() -> None:
    """Read the command line and serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m tests.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--base-url", help="how clients reach it; default http://127.0.0.1:<port>")
    parser.add_argument("--models", default="", help="more model names for GET /models, by comma")
    parser.add_argument(
        "--jwt-secret", help="secret of HS256 tokens; default: a new one, or the one in --state"
    )
    parser.add_argument("--state", type=Path, help="folder that keeps keys and users across restarts")
    parser.add_argument(
        "--companies", type=int, default=24, help="invented companies whose websites are up from the start"
    )
    parser.add_argument("--token-delay", type=float, default=0.005, help="seconds between pieces of a stream")
    asked = parser.parse_args()
    options = Options(
        base_url=(asked.base_url or f"http://127.0.0.1:{asked.port}").rstrip("/"),
        models=[name.strip() for name in asked.models.split(",") if name.strip()],
        jwt_secret=asked.jwt_secret,
        state_folder=asked.state,
        companies=asked.companies,
        token_delay=asked.token_delay,
    )
    uvicorn.run(
        build(Sandbox(options)),
        host=asked.host,
        port=asked.port,
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
