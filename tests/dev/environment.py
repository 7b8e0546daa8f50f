"""What the product's processes are told in development: real servers and keys where the environment names them."""

import os
import socket
from pathlib import Path
from typing import Any

import httpx

from tests import embedded
from tests.dev import sample

DEFAULT_PORT = 8000
SANDBOX_OPENAI_KEY = "sk-sandbox"
SANDBOX_WIZA_KEY = "sandbox-wiza"
SANDBOX_GEMINI_KEY = "sandbox-key"


def api_port() -> int:
    """`PORT`, or 8000, or a free port when 8000 is taken."""
    if port := os.environ.get("PORT"):
        return int(port)
    with socket.socket() as probe:
        return embedded.free_port() if probe.connect_ex(("127.0.0.1", DEFAULT_PORT)) == 0 else DEFAULT_PORT


def uses_sandbox() -> bool:
    """Whether any provider is played by the sandbox."""
    return not (os.environ.get("OPENAI_API_KEY") and os.environ.get("SUPABASE_URL"))


def provider_settings(sandbox_url: str) -> dict[str, str]:
    """The variables that point at the sandbox, for each provider the environment doesn't name."""
    settings: dict[str, str] = {}
    if not os.environ.get("OPENAI_API_KEY"):
        settings |= {"OPENAI_API_KEY": SANDBOX_OPENAI_KEY, "OPENAI_BASE_URL": f"{sandbox_url}/openai/v1"}
        if not os.environ.get("GEMINI_API_KEY"):
            settings |= {"GEMINI_API_KEY": SANDBOX_GEMINI_KEY, "GEMINI_BASE_URL": f"{sandbox_url}/gemini"}
        settings["WEBSITE_HOSTS"] = website_hosts(sandbox_url)
    if not os.environ.get("SUPABASE_URL"):
        settings["SUPABASE_URL"] = f"{sandbox_url}/supabase"
        settings |= {"CONSOLE_SAMPLE_EMAIL": sample.EMAIL, "CONSOLE_SAMPLE_PASSWORD": sample.PASSWORD}
    if settings and not os.environ.get("WIZA_API_KEY"):
        settings |= {"WIZA_API_KEY": SANDBOX_WIZA_KEY, "WIZA_BASE_URL": f"{sandbox_url}/wiza"}
    return settings


def website_hosts(sandbox_url: str) -> str:
    """The sandbox's company websites, as the setting WEBSITE_HOSTS wants them."""
    hosts: list[Any] = httpx.get(f"{sandbox_url}/control/sites", timeout=5, trust_env=False).json()["hosts"]
    address = sandbox_url.removeprefix("http://")
    return ",".join(f"{host}={address}" for host in hosts)


def data_folder() -> Path:
    """Where development keeps its data: `.dev`, or what QUIVER_DEV_DATA names (for tests of this program)."""
    return Path(os.environ.get("QUIVER_DEV_DATA") or Path(__file__).resolve().parents[2] / ".dev")
