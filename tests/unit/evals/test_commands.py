"""`./quiver evals`: light commands load no graphs, and a wrong name is answered with what there is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evals.__main__ import COMMANDS

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ("langgraph", "langchain_core", "openai", "celery", "fastapi")


def python(code: str) -> subprocess.CompletedProcess[str]:
    """A new interpreter that runs this."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT, env=environment
    )


def test_commands_that_read_files_load_no_graph_and_no_provider() -> None:
    light = ["lint", "schema", "run", "show", "rescore", "diff", "gate", "baseline"]
    modules = ", ".join(COMMANDS[name][0] for name in light)
    done = python(f"import sys, {modules}; print([name for name in {HEAVY!r} if name in sys.modules])")

    assert done.stdout.strip() == "[]", done.stderr


def test_every_command_can_be_found() -> None:
    for module, line in COMMANDS.values():
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
        assert line.endswith(".")


@pytest.mark.parametrize(
    ("arguments", "code", "said"), [("['nothing']", 2, "no command 'nothing'"), ("['--help']", 0, "usage:")]
)
def test_help_and_unknown_commands(arguments: str, code: int, said: str) -> None:
    done = python(f"from evals.__main__ import main; main({arguments})")

    assert done.returncode == code
    assert said in done.stdout + done.stderr


def test_a_run_that_no_case_is_part_of_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    done = python(
        f"from evals.__main__ import main; main(['run', '--only', 'disc-9999', '--name', {str(path)!r}])"
    )

    assert done.returncode == 2
    assert "No case of all (dev) is meant by disc-9999." in done.stderr
    assert not path.exists()
