"""What may go wrong in a school's morning, and a class that votes all the same. docs/faults.md is the list."""

import itertools
import os
import re
import resource
import shutil
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.crash.conftest import THEME, Browser, Lesson, Server, wait_until

OURS = (503, "Noget gik galt hos os. Prøv igen. Dit svar tæller højst én gang.")
ASKED = f"release?theme={THEME}"
THANKED = (303, "")
_rooms = (f"7.{number}" for number in itertools.count())


class InTurn(Browser):
    """A browser whose every request goes to the next of the machines, as behind a balancer that remembers nothing."""

    def __init__(self, machines: Iterable[Server], cookies: dict[str, str] | None = None) -> None:
        self.machines, self._turn = list(machines), itertools.count()
        super().__init__(0)
        self.cookies = dict(cookies or {})

    @property
    def port(self) -> int:
        """Another one each time."""
        return self.machines[next(self._turn) % len(self.machines)].port

    @port.setter
    def port(self, _port: int) -> None:
        pass


class Ballot:
    """A pupil's filled-in ballot, that can be sent as often as need be."""

    def __init__(self, browser: Browser, seat: str) -> None:
        self.browser = browser
        browser.cookies["seat"] = seat
        status, page = browser.ask("GET", "/s")
        token = re.search(r'name="token" value="([^"]+)"', page)
        assert token is not None, f"no ballot on the page: {status}"
        self.form = {"theme": THEME, "token": token[1], "others": "5", "mates": "4", "own": "no"}

    def send(self) -> tuple[int, str]:
        """Press Send: the status, and the sentence where there is one. Raises where no whole answer came."""
        return said(*self.browser.ask("POST", "/s", **self.form))

    def page(self) -> tuple[int, str]:
        """The seat's own page."""
        return said(*self.browser.ask("GET", "/s"))


class Vote:
    """A lesson whose vote is open, and the filled-in ballots of its pupils, all by the machines in turn."""

    def __init__(self, machines: Sequence[Server], pupils: int = 12) -> None:
        self.pupils, self.machines = pupils, machines
        self.lesson = Lesson(machines[0], next(_rooms))
        self.lesson.teacher = InTurn(machines, self.lesson.teacher.cookies)
        self.lesson.voting(pupils)
        self.ballots = [Ballot(InTurn(machines), seat) for seat in self.lesson.seats]

    def close(self) -> object:
        """Close the vote; how many ballots the board says."""
        assert self.lesson.press("close") == 303
        return self.lesson.ask(ASKED)["n"]


def said(status: int, page: str) -> tuple[int, str]:
    """The status, and the one sentence that a page says when something is not as it should be."""
    found = re.search("<h1>(.*?)</h1>", page, re.DOTALL) if status >= 400 else None
    return status, found[1] if found else ""


class Disk:
    """A small disk of its own; where nothing may be mounted, only what a server writes can be held back."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.filler = folder, folder / "filler"
        mount = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=777", "tmpfs", str(folder)]
        self.mounted = os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0

    def fill(self, server: Server) -> None:
        """Not a byte is left."""
        if not self.mounted:
            self._limit(server, 0)
            return
        with suppress(OSError), self.filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass

    def make_room(self, server: Server) -> None:
        """There is room again."""
        if not self.mounted:
            self._limit(server, resource.RLIM_INFINITY)
        self.filler.unlink(missing_ok=True)

    def read_only(self, how: str = "ro") -> None:
        """What is there can be read, and nothing else."""
        if not self.mounted:
            pytest.skip("nothing may be mounted here: a disk that is only read was not tried")
        subprocess.run(["mount", "-o", f"remount,{how}", self.folder], check=True)

    def close(self) -> None:
        """Take it away."""
        if self.mounted:
            subprocess.run(["umount", "-l", self.folder], check=True)

    def _limit(self, server: Server, size: int) -> None:
        for pid in server.workers():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def at_once(acts: Iterable[Callable[[], object]]) -> list[object]:
    """Do all of it in the same moment; what each said, or the error that it met."""
    acts = list(acts)
    answers: list[object] = [None] * len(acts)
    begin = threading.Barrier(len(acts))

    def do(number: int, act: Callable[[], object]) -> None:
        begin.wait()
        try:
            answers[number] = act()
        except Exception as error:
            answers[number] = error

    threads = [threading.Thread(target=do, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def stopped(servers: Iterable[Server]) -> None:
    """Kill those that still run."""
    for server in servers:
        if server.process is not None and server.process.poll() is None:
            server.kill()


@pytest.fixture(scope="session")
def programs() -> Path:
    """PostgreSQL's programs."""
    found = postgres.binaries()
    if found is None:
        if os.environ.get("PEJLING_NO_SKIP"):
            pytest.fail("PostgreSQL is missing")
        pytest.skip("PostgreSQL is missing: the faults on it were not tried")
    return found


@pytest.fixture(scope="session")
def running_cluster(programs: Path) -> Iterator[postgres.Cluster]:
    """A PostgreSQL that nobody else uses."""
    folder = Path(tempfile.mkdtemp(prefix="pejling-pg-"))
    made = postgres.Cluster(programs, folder)
    made.start()
    yield made
    made.kill()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(running_cluster: postgres.Cluster) -> postgres.Cluster:
    """The same; a test may kill it, and the next one finds it running."""
    if running_cluster.process is None:
        running_cluster.start()
    return running_cluster


def new_database(cluster: postgres.Cluster) -> str:
    """The address of an empty database."""
    return postgres.new_database(cluster.folder, f"faults_{uuid.uuid4().hex}")


def connect(server: Server) -> psycopg.Connection[tuple[object, ...]]:
    """Somebody else in the server's database."""
    return psycopg.connect(server.environment["PEJLING_DATABASE_URL"], autocommit=True)


@pytest.fixture(scope="session")
def running_machines(
    running_cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Server]]:
    """Two servers that share one PostgreSQL and one key folder, as two machines do."""
    url, folder = new_database(running_cluster), tmp_path_factory.mktemp("machines")
    made = []
    for number in range(2):
        server = Server(folder / "data", url)
        server.log = folder / f"log-{number}"
        made.append(server.start())
    yield made
    stopped(made)


@pytest.fixture
def machines(running_machines: list[Server], cluster: postgres.Cluster) -> list[Server]:
    """The same, ready."""
    for machine in running_machines:
        if machine.process is None or machine.process.poll() is not None:
            machine.start()
        wait_until(machine.ready, "the machine is ready")
    return running_machines


@pytest.fixture(scope="session")
def disks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Disk]]:
    """Two small disks: one for data, one for keys."""
    folder = tmp_path_factory.mktemp("disks")
    made = [Disk(folder / name) for name in ("data", "keys")]
    yield made
    for disk in made:
        disk.close()


@pytest.fixture(scope="session")
def embedded(disks: list[Disk]) -> Iterator[Server]:
    """A server on SQLite, its data and its keys on small disks."""
    data, keys = disks
    server = Server(data.folder / "data", None)
    server.environment["PEJLING_KEYS"] = str(keys.folder / "keys")
    yield server.start()
    stopped([server])
