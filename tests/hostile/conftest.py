"""One real server for a file's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.conftest import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on SQLite, which has the fewest threads."""
    data: Path = tmp_path_factory.mktemp("data")
    made = Server(data, None)
    try:
        yield made.start()
    finally:
        if made.process is not None and made.process.poll() is None:
            made.kill()
