"""The applications as processes on a core of their own, and what they cost it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.crash.conftest import free_port

SERVER_CORE, DRIVER_CORE = 0, 1
PEJLING = Path(sys.executable).parent / "pejling"
GRANIAN = Path(sys.executable).parent / "granian"
ONE_CORE = ("taskset", "-c", str(SERVER_CORE % (os.cpu_count() or 1)))
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Running:
    """A server: its port, the lessons it was given (empty for the yardstick), and its process."""

    port: int
    lessons: list[dict[str, str]]
    pid: int

    def cpu(self) -> float:
        """Seconds of CPU used by the server and its children."""
        return sum(_cpu(pid) for pid in family(self.pid))

    def memory(self) -> float:
        """Megabytes of the largest process."""
        return max(resident(pid) for pid in family(self.pid))


@contextmanager
def product(folder: Path, database_url: str | None, classes: int) -> Iterator[Running]:
    """`pejling serve` on a core of its own with so many lessons ready."""
    port, environment = free_port(), prepared(folder, database_url)
    lessons = make_lessons(environment, "Skovtroldeskolen", classes)
    with _served([*ONE_CORE, str(PEJLING), "serve", "--port", str(port)], environment, port, "/readyz") as pid:
        yield Running(port, lessons, pid)


@contextmanager
def product_on_all_cores(environment: dict[str, str], workers: int) -> Iterator[Running]:
    """`pejling serve` with so many workers, and no lesson yet."""
    port = free_port()
    command = [str(PEJLING), "serve", "--port", str(port), "--workers", str(workers)]
    with _served(command, environment, port, "/readyz") as pid:
        yield Running(port, [], pid)


def prepared(folder: Path, database_url: str | None) -> dict[str, str]:
    """The environment of `pejling` with its data in a folder, its database made."""
    environment = {**os.environ, "PEJLING_DATA": str(folder)}
    if database_url:
        environment["PEJLING_DATABASE_URL"] = database_url
    subprocess.run([PEJLING, "db", "upgrade"], env=environment, check=True, capture_output=True)
    return environment


def make_lessons(environment: dict[str, str], school: str, classes: int) -> list[dict[str, str]]:
    """A lesson for each of so many classrooms of a school."""
    words = ("--school", school, "--classroom", "7.A", "--grade", "7", "--theme", "skaerm-om-natten", "--json")
    command = [str(PEJLING), "lesson", *words, "--count", str(classes)]
    made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: list[dict[str, str]] = json.loads(made.stdout)
    return found


@contextmanager
def yardstick(name: str, folder: Path, database_url: str | None) -> Iterator[Running]:
    """The yardstick of a name under the same server, with as many threads as suit it."""
    port = free_port()
    url = database_url or f"sqlite:///{folder / 'yardstick.sqlite'}"
    environment = {**os.environ, "YARDSTICK_DATABASE_URL": url}
    threads = "4" if database_url else "2"
    application = ["--interface", "wsgi", "--factory", f"tests.bench.{name}:create_app"]
    served = ["--port", str(port), "--blocking-threads", threads, "--log-level", "warning"]
    command = [*ONE_CORE, str(GRANIAN), *application, *served]
    with _served(command, environment, port, "/ready/thanks") as pid:
        yield Running(port, [], pid)


def pin_tree(pid: int, core: int) -> None:
    """Keep a process and its children on one core."""
    for each in family(pid):
        os.sched_setaffinity(each, {core})


def cpu_of(pid: int) -> float:
    """Seconds of CPU used by a process and its children so far, those that ended included."""
    return sum(_cpu(each) for each in family(pid))


@contextmanager
def _served(command: list[str], environment: dict[str, str], port: int, ready: str) -> Iterator[int]:
    process = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2])
    try:
        _wait(f"http://127.0.0.1:{port}{ready}")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.05)
    raise TimeoutError(address)


def family(pid: int) -> list[int]:
    """A process, its children, and theirs."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS


def resident(pid: int) -> float:
    """Megabytes of one process in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
