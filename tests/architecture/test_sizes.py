"""Files and functions stay small enough to read: what passes the stop goes on to thousands of lines."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("agents", "api", "evals", "persistence", "prompts", "tests", "tools")
FILE_STOP, TEST_FILE_STOP, FUNCTION_STOP = 400, 500, 50
PROMPT_STOP, GRAPH_STOP, FOLDER_STOP = 250, 120, 20


@cache
def python_files() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in _below(ROOT / folder))


def _below(folder: Path) -> Iterator[Path]:
    """The Python files below this folder; not of what npm installed, which is thousands of folders."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "node_modules"]
        yield from (Path(parent, name) for name in names if name.endswith(".py"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("folder", FOLDERS)
def test_files_are_short_and_say_what_they_are_for(folder: str) -> None:
    faults = [
        fault for path in python_files() if path.is_relative_to(ROOT / folder) for fault in faults_of(path)
    ]
    assert not faults, "\n".join(faults)


def faults_of(path: Path) -> Iterator[str]:
    """What is wrong with the size of this file and of its functions, and with its first line."""
    name, text = path.relative_to(ROOT), path.read_text()
    tree = ast.parse(text)
    if len(text.splitlines()) > (TEST_FILE_STOP if path.name.startswith("test_") else FILE_STOP):
        yield f"{name} is too long"
    if text.strip() and not ast.get_docstring(tree):
        yield f"{name} does not open with a docstring"
    for function in functions(tree):
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_STOP:
            yield f"{name}: {function.name} is too long"


def test_prompts_and_graphs_fit_on_their_screens() -> None:
    for prompt in (ROOT / "prompts").rglob("*.md"):
        assert len(prompt.read_text().splitlines()) <= PROMPT_STOP, prompt
    for graph in (ROOT / "agents").rglob("graph.py"):
        assert len(graph.read_text().splitlines()) <= GRAPH_STOP, graph


def test_no_folder_is_a_drawer() -> None:
    banned = {"utils", "helpers", "common", "core", "manager", "misc", "base"}
    for path in python_files():
        assert not banned & {path.stem, *path.relative_to(ROOT).parts}, path
    for folder in {path.parent for path in python_files()}:
        files = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(files) <= FOLDER_STOP, f"{folder} needs sub-folders by meaning"
