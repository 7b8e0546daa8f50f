"""Files and functions stay small enough to read: what passes the stop goes on to thousands of lines."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("agents", "api", "evals", "persistence", "prompts", "tests", "tools")
FILE_STOP, TEST_FILE_STOP, FUNCTION_STOP = 400, 500, 50
PROMPT_STOP, GRAPH_STOP, FOLDER_STOP = 250, 120, 20


def python_files() -> list[Path]:
    files = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in files if "node_modules" not in path.parts)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    stop = TEST_FILE_STOP if path.name.startswith("test_") else FILE_STOP
    assert len(text.splitlines()) <= stop
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "the file opens with a docstring"
    for function in functions(path):
        assert (function.end_lineno or 0) - function.lineno < FUNCTION_STOP, f"{function.name} is too long"


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
