"""The folders are the import names and are never installed: no package on the machine may claim one of them."""

import importlib.util
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("agents", "api", "evals", "migrations", "persistence", "prompts", "tests", "tools")


@pytest.mark.parametrize("name", NAMES)
def test_no_installed_package_claims_the_name(name: str) -> None:
    assert name not in packages_distributions()


@pytest.mark.parametrize("name", NAMES)
def test_the_name_leads_to_our_folder(name: str) -> None:
    found = importlib.util.find_spec(name)
    assert found is not None
    places = [found.origin] if found.origin else list(found.submodule_search_locations or [])
    assert all(Path(place).is_relative_to(ROOT / name) for place in places if place)
