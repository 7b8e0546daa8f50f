"""A newcomer finds a README of one screen in every room, and the rooms are the agreed ones."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("agents", "api", "evals", "migrations", "persistence", "prompts", "tests", "tools")
ONE_SCREEN = 60


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_explains_itself_on_one_screen(room: str) -> None:
    readme = ROOT / room / "README.md"
    lines = readme.read_text().splitlines()
    text = [line for line in lines if not line.startswith(("```", "    "))]
    assert 5 < len(text) <= ONE_SCREEN * 2


def test_the_top_level_holds_only_the_agreed_folders() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    folders = {path.split("/")[0] for path in listed if "/" in path}
    assert folders <= {*ROOMS, ".ci"}
