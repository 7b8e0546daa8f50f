"""A Node project that has the package and one version of the AI SDK, and founders that use it."""

import shutil
from pathlib import Path

import pytest

from tests.contract.clients.person import Person
from tests.fixtures.product import Product

ROOT = Path(__file__).resolve().parents[3]
NODE = ROOT / "tests" / "contract" / "node"
CLIENT = ROOT / "api" / "client"
HERE = Path(__file__).parent


@pytest.fixture(scope="session", params=["6", "7"], ids=["ai-6", "ai-7"])
def version(request: pytest.FixtureRequest) -> str:
    """The major version of the AI SDK beside the package."""
    return str(request.param)


@pytest.fixture(scope="session")
def project(version: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scripts, the package as it would be published, and what it asks for."""
    folder = tmp_path_factory.mktemp(f"with-ai-{version}")
    modules = folder / "node_modules"
    package = modules / "@quiver" / "client"
    assert (CLIENT / "dist").exists(), "`make client` builds the package."
    shutil.copytree(CLIENT / "dist", package / "dist")
    shutil.copy(CLIENT / "package.json", package)
    (modules / "ai").symlink_to(NODE / "node_modules" / f"ai-{version}")
    for script in (*HERE.glob("*.mjs"), NODE / "lines.mjs", NODE / "memory_state.mjs"):
        shutil.copy(script, folder)
    return folder


@pytest.fixture
async def person(product: Product) -> Person:
    """A new founder."""
    return await Person.begin(product)
