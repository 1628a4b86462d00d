"""A real PostgreSQL for the tests: a cluster of its own that listens on a socket only."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg


def binaries() -> Path | None:
    """The newest installed PostgreSQL's programs, None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return found[-1] if found else None


class Cluster:
    """A cluster in an empty folder, run as an ordinary user; its socket is in the same folder."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder, self.data = programs, folder, folder / "data"
        self.user = "postgres" if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None
        folder.chmod(0o777)
        data = ["-D", str(self.data), "-U", "postgres"]
        self._run("initdb", *data, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        options = {"listen_addresses": "", "unix_socket_directories": self.folder, "max_connections": 200}
        command = [self.programs / "postgres", "-D", self.data]
        command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("a") as log:
            # A child of the tests, who bury it: one that is dead and not buried keeps the next one from starting.
            self.process = subprocess.Popen(command, user=self.user, cwd=self.folder, stdout=log, stderr=log)
        ready = [self.programs / "pg_isready", "-q", "-h", self.folder, "-U", "postgres"]
        while subprocess.run(ready, check=False, cwd=self.folder).returncode:
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop at once, as when its machine is restarted."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            self.process = None

    def kill(self) -> None:
        """Kill -9 every process of it, and wait until all are gone."""
        if self.process is None:
            return
        os.kill(self.process.pid, signal.SIGSTOP)  # so that it makes no child after they are counted
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        children = [int(pid) for task in tasks for pid in task.read_text().split()]
        for pid in (self.process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        while any(map(_runs, children)):
            time.sleep(0.01)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        subprocess.run(command, user=self.user, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


@contextmanager
def cluster(programs: Path) -> Iterator[Path]:
    """A running cluster; yields its socket's folder."""
    folder = Path(tempfile.mkdtemp(prefix="pejling-pg-"))
    made = Cluster(programs, folder)
    try:
        made.start()
        yield folder
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def new_database(socket: Path, name: str) -> str:
    """Make an empty database and return its address."""
    with psycopg.connect(f"host={socket} user=postgres dbname=postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://postgres@/{name}?host={socket}"


def _runs(pid: int) -> bool:
    """Whether a process is there and not a dead one that nobody has buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False
