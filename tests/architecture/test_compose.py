"""The container files name commands, folders and settings that exist: no engine runs them here, so at least this is held."""

import re
from pathlib import Path
from typing import Any

import yaml
from typer.main import get_command

from api.cli.db import app as db
from tests.architecture.test_settings import variables

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {path.stem for path in (ROOT / "api" / "cli").glob("*.py")}


def services() -> dict[str, Any]:
    """The services of compose.yaml, merge keys resolved."""
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text())["services"])


def ours() -> dict[str, Any]:
    return {name: service for name, service in services().items() if "build" in service}


def test_every_container_of_ours_runs_a_command_that_exists() -> None:
    for name, service in ours().items():
        command, *rest = service.get("command", ["serve"])
        assert command in COMMANDS, name
        if command == "db":
            assert rest[0] in get_command(db).commands  # type: ignore[attr-defined]


def test_they_set_only_settings_that_exist_and_wait_for_what_they_need() -> None:
    for name, service in ours().items():
        assert set(service["environment"]) <= variables() | {"ENV"}, name
        assert set(service["depends_on"]) <= set(services()), name


def test_redis_loses_no_message_for_want_of_room_and_little_by_a_restart() -> None:
    told = " ".join(services()["valkey"]["command"])
    assert "--maxmemory-policy noeviction" in told
    assert "--appendonly yes" in told


def test_the_image_holds_what_the_product_imports_and_no_tests() -> None:
    text = (ROOT / "Dockerfile").read_text()
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.MULTILINE))
    assert copied == {"agents", "api", "migrations", "persistence", "prompts", "tools"}
    assert re.search(r"^USER (?!0$)\d+$", text, re.MULTILINE), "not as root"
