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

    def __init__(self, programs: Path, folder: Path, *more: str) -> None:
        self.programs, self.folder, self.data = programs, folder, folder / "data"
        self.user = "postgres" if os.geteuid() == 0 else None
        folder.chmod(0o777)
        data = ["-D", str(self.data), "-U", "postgres"]
        self._run("initdb", *data, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", *more)

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c max_connections=200"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop as a power cut would, but in order."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def processes(self) -> list[int]:
        """The postmaster and its children; empty where it does not run."""
        try:
            postmaster = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            tasks = Path(f"/proc/{postmaster}/task").glob("*/children")
            return [postmaster, *(int(pid) for task in tasks for pid in task.read_text().split())]
        except FileNotFoundError:
            return []

    def kill(self) -> None:
        """Kill -9 every process of it, and wait until all are gone."""
        everybody = self.processes()
        for pid in everybody:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(map(_runs, everybody)):
            time.sleep(0.01)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        subprocess.run(command, user=self.user, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


@contextmanager
def cluster(programs: Path) -> Iterator[Path]:
    """A running cluster; yields its socket's folder."""
    folder = Path(tempfile.mkdtemp(prefix="pejling-pg-"))
    try:
        made = Cluster(programs, folder)
        made.start()
        yield folder
        made.stop()
    finally:
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
