"""What tests of the lower rooms share: an empty database of either kind, and a house on it with a clock to set."""

import os
import socket
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.config import resource_root
from app.sealing.keyfolder import KeyFolder
from app.sealing.ledger import Ledger
from app.services.house import House
from app.store import themes
from app.store.database import Database
from tests import postgres

# How long a test or its examples take is no result. Where a change is judged, two runs judge alike; elsewhere each run
# tries other examples.
settings.register_profile(
    "pejling",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="PEJLING_NO_SKIP" in os.environ,
)
settings.load_profile("pejling")


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    """The socket folder of a running PostgreSQL."""
    programs = postgres.binaries()
    if programs is None:
        if os.environ.get("PEJLING_NO_SKIP"):
            pytest.fail("PostgreSQL is missing")
        pytest.skip("PostgreSQL is missing: the tests on it were not made")
    with postgres.cluster(programs) as socket:
        yield socket


@pytest.fixture(scope="module")
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'pejling.sqlite'}"
    socket: Path = request.getfixturevalue("postgres_socket")
    return postgres.new_database(socket, f"test_{uuid.uuid4().hex}")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        """Move on, in timedelta's words."""
        self.now += timedelta(**time)


def open_house(url: str, keys: Path, clock: Clock) -> House:
    """A house on a migrated database with the real themes."""
    database = Database(url)
    database.upgrade()
    return House(database, KeyFolder(keys), Ledger(keys), themes.load(resource_root() / "surveys"), clock)


@pytest.fixture
def clock() -> Clock:
    """The clock of the house."""
    return Clock()


@pytest.fixture
def house(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A house on each kind of database."""
    made = open_house(database_url, tmp_path / "keys", clock)
    yield made
    made.database.dispose()
