"""The browser of the journeys and the server of the crashes, for the tests of weak networks too."""

from tests.crash.conftest import server
from tests.journeys.conftest import browser, opened

__all__ = ["browser", "opened", "server"]
