"""URLs of Postgres for each driver."""

import pytest

from persistence.schema import sync_url
from persistence.session import async_url, psycopg_url


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+asyncpg", "postgresql+psycopg", "postgres"])
def test_each_driver_gets_its_own_url_whatever_was_given(scheme: str) -> None:
    given = f"{scheme}://ada:s%40cret@db.example:6543/quiver"
    assert async_url(given).render_as_string(hide_password=False) == (
        "postgresql+asyncpg://ada:s%40cret@db.example:6543/quiver"
    )
    assert sync_url(given).drivername == "postgresql+psycopg"
    assert psycopg_url(given) == "postgresql://ada:s%40cret@db.example:6543/quiver"


def test_what_managed_databases_put_into_their_urls_is_put_into_asyncpgs_words() -> None:
    given = "postgresql://ada@db.example/quiver?sslmode=require&channel_binding=require&application_name=x"
    assert dict(async_url(given).query) == {"ssl": "require", "application_name": "x"}
    assert "sslmode=require" in psycopg_url(given)
