"""In a container the server is the first process, and serves."""

import os
import signal
import subprocess
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.crash.conftest import PEJLING, Browser, free_port, wait_until
from tests.operations.programs import require


def test_the_server_serves_as_the_first_process_and_ends_when_told(tmp_path: Path) -> None:
    unshare = require("unshare", "the server as a container's first process was not tried")
    alone = [unshare, *(() if os.geteuid() == 0 else ("--user", "--map-root-user")), "--pid", "--fork", "--kill-child"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody make a process namespace: the server as first process was not tried")
    port = free_port()
    environment = {**os.environ, "PEJLING_DATA": str(tmp_path / "data")}
    command = [*alone, PEJLING, "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment) as process:
        try:
            wait_until(lambda: process.poll() is not None or _ready(port), "/readyz is ok, or the server has ended")
            assert process.poll() is None
            first = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())
            os.kill(first, signal.SIGTERM)
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()


def _ready(port: int) -> bool:
    with suppress(OSError, HTTPException):
        return Browser(port).ask("GET", "/readyz")[0] == 200
    return False
