"""A real `pejling serve` that can be killed, and people who talk to it over the wire."""

import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.sealing import tokens

PEJLING = Path(sys.executable).parent / "pejling"
THEME = "skaerm-om-natten"
# Only so that a broken server fails the test instead of hanging it: no test measures time.
PATIENCE = 120


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Wait for a condition."""
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, f"never happened: {what}"
        time.sleep(0.01)


def free_port() -> int:
    """A port that nobody listens on, below those that the system hands to outgoing connections meanwhile."""
    while True:
        port = secrets.choice(range(20_000, 30_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not buried yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


class Browser:
    """Somebody's browser: cookies, and one connection a request."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()

    def ask(self, method: str, path: str, **form: str) -> tuple[int, str]:
        """One request; raises OSError or HTTPException where no whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if method == "POST":
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, urlencode(form) if method == "POST" else None, headers)
            answer = connection.getresponse()
            body = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie") or ():
                self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
            return answer.status, body
        finally:
            connection.close()


class Server:
    """`pejling serve` with its data in one folder; started, killed and started again."""

    def __init__(self, data: Path, database_url: str | None) -> None:
        self.port, self.data = free_port(), data
        self.environment = {**os.environ, "PEJLING_DATA": str(data)}
        if database_url:
            self.environment["PEJLING_DATABASE_URL"] = database_url
            self.command("db", "upgrade")
        self.process: subprocess.Popen[str] | None = None
        self.log: Path | None = None  # where what it says goes; to the test's own standard error where None
        self.seen = set[int]()

    def command(self, *arguments: str) -> str:
        """Another command on the same data; what it wrote."""
        done = subprocess.run([PEJLING, *arguments], env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def refused(self, port: int) -> tuple[int, str]:
        """A second server on the same data: its exit code, and what it said."""
        second = [PEJLING, "serve", "--port", str(port)]
        done = subprocess.run(second, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        return done.returncode, done.stderr

    def start(self) -> "Server":
        """Start, and wait until it is ready."""
        with self.log.open("a") if self.log else nullcontext() as log:
            command = [PEJLING, "serve", "--port", str(self.port)]
            self.process = subprocess.Popen(command, env=self.environment, text=True, stderr=log)
        wait_until(self.ready, "/readyz is ok")
        self.workers()
        return self

    def ready(self) -> bool:
        """Whether /readyz says ok."""
        assert self.process is not None
        assert self.process.poll() is None, "the server has ended"
        try:
            return Browser(self.port).ask("GET", "/readyz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def workers(self) -> list[int]:
        """The process ids of the parent's children."""
        assert self.process is not None
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        found = [int(pid) for task in tasks for pid in task.read_text().split()]
        self.seen.update(found)
        return found

    def kill(self) -> None:
        """Kill -9 the parent and its worker in the same moment, and wait until both are gone."""
        assert self.process is not None
        everybody = [self.process.pid, *self.workers()]
        for pid in everybody:
            with suppress(ProcessLookupError):  # the worker may have followed its parent already
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        wait_until(lambda: not any(map(alive, everybody)), "parent and worker are dead")


class Lesson:
    """A lesson on a server: its teacher, and the seats of its pupils."""

    def __init__(self, server: Server, classroom: str = "7.A") -> None:
        made = server.command(
            *(
                "lesson",
                "--school",
                "Skovtroldeskolen",
                "--classroom",
                classroom,
                "--grade",
                "7",
                "--theme",
                THEME,
                "--json",
            )
        )
        link = json.loads(made)
        self.id, self.teacher, self.seats = str(link["lesson"]), Browser(server.port), list[str]()
        self.teacher.ask("GET", "/t/" + link["link"].rpartition("/t/")[2])

    def press(self, verb: str) -> int:
        """Press one of the teacher's buttons; the status of the answer."""
        return self.button(verb)()

    def answer(self, verb: str) -> tuple[int, str]:
        """The same; the whole answer."""
        return self._button(verb)()

    def button(self, verb: str) -> Callable[[], int]:
        """One of the teacher's buttons on a page that is open already."""
        press = self._button(verb)
        return lambda: press()[0]

    def ask(self, what: str) -> dict[str, object]:
        """What one of the lesson's JSON addresses says."""
        said: dict[str, object] = json.loads(self.teacher.ask("GET", f"/lesson/{self.id}/{what}")[1])
        return said

    def voting(self, pupils: int) -> "Lesson":
        """Lobby, seats, and the vote open."""
        self.lobby(pupils)
        assert self.press("open") == 303
        return self

    def lobby(self, pupils: int) -> "Lesson":
        """Lobby and seats."""
        assert self.press("lobby") == 303
        code = self.ask("state")["code"]
        for _ in range(pupils):
            seat = tokens.mint_seat()
            pupil = Browser(self.teacher.port)
            pupil.ask("GET", f"/{code}")
            assert pupil.ask("POST", f"/{code}", seat=seat)[0] == 303
            self.seats.append(seat)
        return self

    def prepare(self, seat: str) -> Callable[[], bool]:
        """A pupil with the filled-in ballot in front of them; calling it says whether "Send" was acknowledged."""
        pupil = Browser(self.teacher.port)
        pupil.cookies["seat"] = seat
        token = re.search(r'name="token" value="([^"]+)"', pupil.ask("GET", "/s")[1])
        assert token is not None, "no ballot on the page"
        form = {"theme": THEME, "token": token[1], "others": "5", "mates": "4", "own": "no"}

        def send() -> bool:
            try:
                return pupil.ask("POST", "/s", **form)[0] == 303
            except (OSError, http.client.HTTPException):
                return False

        return send

    def _button(self, verb: str) -> Callable[[], tuple[int, str]]:
        page = self.teacher.ask("GET", f"/lesson/{self.id}")[1]
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        return lambda: self.teacher.ask("POST", f"/lesson/{self.id}/{verb}", csrf_token=token[1] if token else "")


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server on each kind of database, running."""
    made = Server(tmp_path / "data", None if database_url.startswith("sqlite") else database_url).start()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.kill()
    for pid in filter(alive, made.seen):  # a worker that outlived its parent has failed its test already
        os.kill(pid, signal.SIGKILL)
