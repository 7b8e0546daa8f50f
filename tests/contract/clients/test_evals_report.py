"""The evals' report in a real browser: it opens from disk, shows what it has to, and asks nobody for anything."""

import shutil
import subprocess
from pathlib import Path

import pytest

from evals.report.making import report_of
from evals.runs.file import Head, RunWriter
from evals.runs.output import recorded
from evals.runs.scoring import item_of, now
from evals.scorers.registry import score
from evals.scorers.score import Case
from tests.contract.clients.browser import NAMES
from tests.factories.conversations import experiments, talk

EXAMPLES = Path(__file__).resolve().parents[3] / "evals" / "examples"


def browser(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Headless Chromium on a file. Every address but the file's would be one that can't be resolved."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "There is no Chromium: `make test-clients` installs Debian's package where it can."
    command = [
        found,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=2000",
        *options,
        page.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=90)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    page = tmp_path / "report.html"
    page.write_text(report_of(EXAMPLES / "good.jsonl", EXAMPLES / "spoilt.jsonl"), encoding="utf-8")
    return page


def test_the_page_shows_verdict_table_what_broke_and_where_talks_part(spoilt: Path, tmp_path: Path) -> None:
    shown = browser(spoilt, "--dump-dom").stdout
    picture = tmp_path / "report.png"
    browser(spoilt, f"--screenshot={picture}", "--window-size=1280,1600")

    assert 'class="verdict FAIL"' in shown
    assert shown.count("<tr>") > 12
    assert "Newly broken (44 cases)" in shown
    assert "here the two part for the first time" in shown
    assert "<ins>" in shown
    assert picture.stat().st_size > 50_000


def test_experiments_of_two_runs_stand_beside_each_other_by_kind(tmp_path: Path) -> None:
    other = experiments()
    other[1]["design"]["persona"]["value"] = "Head of purchasing"
    pages = []
    for name, found in (("before", experiments()), ("after", other)):
        case = talk(artifacts={"experiments": found})
        writer = RunWriter(
            tmp_path / f"{name}.jsonl",
            Head(name=name, suite="discovery", mode="score", started_at=now(), cases=1),
        )
        writer.add(item_of(case, recorded(case)), score(Case(case, recorded(case))))
        writer.close()
        pages.append(tmp_path / f"{name}.jsonl")
    page = tmp_path / "sets.html"
    page.write_text(report_of(*pages), encoding="utf-8")
    shown = browser(page, "--dump-dom").stdout

    assert shown.count('class="card"') == 5
    assert 'data-kind="variable_a"><h3>variable_a <span class="chip no">persona changed</span>' in shown
