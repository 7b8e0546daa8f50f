"""Runs schemathesis in an environment of its own: it is no dependency of the product, and its pytest plugin stays out of ours."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PINNED = "schemathesis==4.32.5"
CHECKS = "not_a_server_error,status_code_conformance"


@dataclass(frozen=True)
class Findings:
    """What a run found: the operations with a failed check, by the check's name, and what was said of them."""

    output: str
    failed: Mapping[str, Sequence[str]]
    tested: int
    complete: bool


async def fuzz(
    url: str,
    folder: Path,
    *,
    token: str | None = None,
    known: Mapping[str, Any] | None = None,
    instead: Mapping[str, Mapping[str, Any]] | None = None,
    may_be_away: Sequence[str] = (),
    examples: int,
    seed: int,
) -> Findings:
    """Every operation of the document behind `url`, in all phases.

    `known`: things that exist, by path parameter; `instead`: others, for operations that would remove them.
    `may_be_away`: operations that ask somebody else's server, and may say so by 503.
    """
    config, report = folder / "schemathesis.toml", folder / "report.json"
    config.write_text(_configuration(known or {}, instead or {}, may_be_away))
    command = [
        *(
            str(Path(sys.executable).with_name("uv")),
            "tool",
            "run",
            "--quiet",
            "--from",
            PINNED,
            "schemathesis",
        ),
        *("--config-file", str(config), "run", f"{url}/openapi.json", "--url", url),
        *("--checks", CHECKS, "--max-examples", str(examples), "--generation-allow-x00", "true"),
        *("--seed", str(seed), "--workers", "2", "--continue-on-failure", "--no-color", "--warnings", "off"),
        *("--generation-database", "none", "--report-json-path", str(report)),
    ]
    if token is not None:
        command += ["-H", f"Authorization: Bearer {token}"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    found = json.loads(report.read_text()) if report.exists() else {}
    return Findings(
        output.decode(errors="replace"),
        {failure["type"]: failure["operations"] for failure in found.get("failures", [])},
        found.get("operations", {}).get("tested", 0),
        bool(found.get("complete")) and not found.get("errors"),
    )


def _configuration(
    known: Mapping[str, Any], instead: Mapping[str, Mapping[str, Any]], away: Sequence[str]
) -> str:
    """The settings file: what path parameters are, everywhere and for single operations."""
    lines = ["[parameters]", *_parameters(known)]
    for operation, others in instead.items():
        lines += ["[[operations]]", f"include-name = {json.dumps(operation)}", "[operations.parameters]"]
        lines += _parameters(others)
    for operation in away:
        lines += ["[[operations]]", f"include-name = {json.dumps(operation)}"]
        lines += ['checks.not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "503"]']
    return "\n".join([*lines, ""])


def _parameters(values: Mapping[str, Any]) -> list[str]:
    return [f'"path.{name}" = {json.dumps(value)}' for name, value in values.items()]
