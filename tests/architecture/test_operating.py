"""What operators are given is true: every alert has a page, every figure that a rule or picture names is one we tell."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from prometheus_client import REGISTRY

import api.app
import api.jobs.enrichment  # noqa: F401 — whatever tells a figure is imported with the application and the workers' tasks
from tests.architecture.test_settings import variables

FOLDER = Path(__file__).resolve().parents[2] / "api" / "operating"
FIGURE = re.compile(r"\bquiver_[a-z_]+")
SETTING = re.compile(r"\b[A-Z]{3,}(?:_[A-Z]+)+\b")


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def pictures() -> Iterator[str]:
    for panel in json.loads((FOLDER / "dashboard.json").read_text())["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def told() -> set[str]:
    """Every name under which Prometheus finds something of ours."""
    suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
    return {
        f"{family.name}{suffix}"
        for family in REGISTRY.collect()
        for suffix in suffixes.get(family.type, ("",))
        if family.name.startswith("quiver_")
    }


def test_rules_and_pictures_name_only_figures_that_we_tell() -> None:
    named = {
        figure
        for text in [*(rule["expr"] for rule in rules()), *pictures()]
        for figure in FIGURE.findall(text)
    }
    assert named
    assert named <= told(), named - told()


def test_every_alert_has_a_page_that_says_what_to_do_and_no_page_is_left_over() -> None:
    pages = {path.stem: path.read_text() for path in (FOLDER / "alerts").glob("*.md")}
    assert {rule["alert"] for rule in rules()} == set(pages)
    for rule in rules():
        assert rule["annotations"]["page"] == f"alerts/{rule['alert']}.md"
        assert "## What to do\n\n1. " in pages[rule["alert"]]


def test_pages_name_only_settings_and_figures_that_exist() -> None:
    for page in FOLDER.rglob("*.md"):
        text = page.read_text()
        assert set(SETTING.findall(text)) <= variables(), page
        assert set(FIGURE.findall(text)) <= told() | {name.removesuffix("_bucket") for name in told()}, page


def test_pictures_do_not_lie_on_each_other() -> None:
    panels = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    assert len({(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}) == len(panels)
