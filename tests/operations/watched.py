"""A real server whose whole output is kept, and whose monitor does not have to wait for five minutes."""

import subprocess
import sys
from pathlib import Path

from tests.crash.conftest import Server, wait_until

TOKEN = "a monitor's token of forty characters...."
_SERVES = """
import os, sys
from app import config, server
from app.metrics import counts
counts.WINDOW_SECONDS, server.SETTLE_SECONDS = 1, 0.2
server.serve(config.from_environment(os.environ), "127.0.0.1", int(sys.argv[1]), workers=int(sys.argv[2]))
"""


class WatchedServer(Server):
    """`server.serve`, with a monitor's token, in so many workers."""

    def __init__(self, data: Path, database_url: str | None, workers: int = 1) -> None:
        super().__init__(data, database_url)
        self.number, self.output = workers, data.parent / "output"
        self.environment |= {"PEJLING_METRICS_TOKEN": TOKEN, "PYTHONWARNINGS": "always"}

    def start(self) -> "WatchedServer":
        """Start, and wait until it is ready."""
        self.run()
        wait_until(self.ready, "/readyz is ok")
        self.workers()
        return self

    def run(self) -> None:
        """Start only."""
        command = [sys.executable, "-c", _SERVES, str(self.port), str(self.number)]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=output, stderr=subprocess.STDOUT, text=True
            )
