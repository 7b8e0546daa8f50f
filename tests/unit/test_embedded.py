"""The servers that tests and development run on start on a machine where others take ports too."""

import socket
from pathlib import Path

import psycopg
import pytest

from tests import embedded


def test_a_postgres_whose_port_was_taken_starts_on_another_and_keeps_it(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(tmp_path_factory.mktemp("embedded")) / "postgres"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports = iter([other.getsockname()[1], embedded.free_port()])
        monkeypatch.setattr(embedded, "free_port", lambda: next(ports))
        server = embedded.Postgres(data, durable=False)
        server.create()
        first = server.start()
    server.stop()
    again = server.start()
    with psycopg.connect(again) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.stop()
    assert first == again
