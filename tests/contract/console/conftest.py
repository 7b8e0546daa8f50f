"""A founder with an account, and the console's bundle."""

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from tests.contract.clients.person import Json
from tests.fixtures.product import PASSWORD, Product

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session", autouse=True)
def bundle() -> Path:
    """The built console."""
    path = ROOT / "api" / "console" / "dist"
    assert (path / "index.html").exists(), "`make console` builds it."
    return path


@dataclass(frozen=True)
class Account:
    """Somebody's sign-in, and their first workspace."""

    email: str
    password: str
    workspace_id: int

    @property
    def sign_in(self) -> Json:
        """What a scenario is told to sign in with."""
        return {"email": self.email, "password": self.password}


@pytest.fixture
async def account(product: Product) -> Account:
    """A new founder, whose first workspace is there."""
    email = f"{uuid4().hex}@console.example"
    async with product.client(email) as client:
        me = (await client.get("/auth/me")).raise_for_status().json()["data"]
    return Account(email, PASSWORD, int(me["workspaces"][0]["id"]))


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where pictures go: `CONSOLE_PICTURES` names a folder, to look at or to put into the README."""
    return Path(os.environ.get("CONSOLE_PICTURES") or tmp_path)
