"""The console's bundle: built beside everything else at the first start, so that nothing waits for it."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "api" / "console" / "dist" / "index.html"


def build_if_missing(logs: Path) -> None:
    """Begin to build it when it is not there; it goes on when we end. Not where CONSOLE=false or there is no npm."""
    if BUNDLE.exists() or os.environ.get("CONSOLE") == "false" or not shutil.which("npm"):
        return
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / "console.log").open("wb") as log:
        subprocess.Popen(
            ["make", "--silent", "console"], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )


def state() -> str:
    """How it is with it, for people."""
    if BUNDLE.exists():
        return "sign in with the account it offers"
    if not shutil.which("npm"):
        return "not built: that needs Node 20"
    return "being built, a minute the first time; see console.log"
