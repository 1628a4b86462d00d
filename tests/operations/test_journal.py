"""Everything that a real server writes in a lesson full of faults: kinds and places, and nothing of anybody."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.crash.conftest import PATIENCE, Browser, Lesson, wait_until
from tests.operations.watched import TOKEN, WatchedServer

WORDS = {"time", "level", "logger", "event", "place", "kind"}
MARK = "mark-of-a-pupil"  # in everything that a request can carry
FAULTS = 2
PLACES = [f"/{place}{MARK}" for place in ("", "k/", "t/", "s?", "lesson/", "h/", "staff/")]
NO_REQUESTS = (
    f"GET /{MARK}\r\n\r\n",
    f"{MARK}\0\xff\r\n\r\n",
    f"POST /s HTTP/1.1\r\nContent-Length: 99\r\n\r\n{MARK}",
)


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[WatchedServer]:
    """A server on each kind of database."""
    made = WatchedServer(tmp_path / "data", None if database_url.startswith("sqlite") else database_url).start()
    yield made
    assert made.process is not None
    if made.process.poll() is None:
        made.kill()


def lines(server: WatchedServer) -> list[dict[str, str]]:
    """What it has written, each line read as what it says it is."""
    return [json.loads(line) for line in server.output.read_text().splitlines()]


def carry(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> int:
    """A request that carries the mark wherever one can."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    marked = dict.fromkeys(("User-Agent", "X-Forwarded-For", "Referer", "Authorization"), MARK)
    try:
        connection.request(method, path, body, marked | {"Cookie": f"seat={MARK}; session={MARK}"} | headers)
        return connection.getresponse().status
    finally:
        connection.close()


def break_the_line(port: int, said: bytes) -> None:
    """Say something to the port that is no request, or not a whole one, and hang up."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(said)
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass


def lose_a_table(server: WatchedServer, table: str) -> None:
    """Take a table away beneath the running server."""
    url = server.environment.get("PEJLING_DATABASE_URL")
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP TABLE {table} CASCADE")
        return
    engine = create_engine(f"sqlite:///{server.data / 'pejling.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {table}"))
    engine.dispose()


def test_a_lesson_full_of_faults_leaves_no_trace_of_anybody(server: WatchedServer) -> None:
    port = server.port
    lesson = Lesson(server).voting(12)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    marked = f"own={MARK}&token={MARK}&theme={MARK}&code={MARK}".encode()
    sends = [lesson.prepare(seat) for seat in lesson.seats]
    assert all(send() for send in sends[:6])
    for path in PLACES:
        assert carry(port, "GET", path) < 500
        assert carry(port, "POST", path, marked, **form) < 500
    assert carry(port, "POST", "/s", b"own=" + MARK.encode() * 1000, **form) == 413
    parts = {"Content-Type": f"multipart/form-data; boundary={MARK}"}
    assert carry(port, "POST", "/s", b"\xff\xfe" + marked, **parts) < 500
    assert carry(port, "GET", f"/{quote('ødelagt')}{MARK}%00%ff") < 500
    carry(port, MARK.upper(), f"/{MARK}")
    for said in NO_REQUESTS:
        break_the_line(port, said.encode("latin-1"))
    os.kill(server.workers()[0], signal.SIGKILL)
    wait_until(server.ready, "another worker serves")
    lose_a_table(server, "urn")
    assert not sends[6]()
    shutil.rmtree(server.data / "keys/shares")
    assert not sends[7](), "without the share nothing is taken"
    lose_a_table(server, "seat")
    pupil = Browser(port)
    pupil.cookies["seat"] = lesson.seats[0]
    assert pupil.ask("GET", "/s")[0] == 503
    written = lines(server)
    assert {line["event"] for line in written} >= {"Unexpected exit from worker-1"}
    assert len([line for line in written if "endpoint pupil." in line["event"]]) >= FAULTS
    assert {word for line in written for word in line} <= WORDS
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["time"]) for line in written)
    secrets = {
        MARK,
        MARK.upper(),
        TOKEN,
        "127.0.0.1",
        "Skovtroldeskolen",
        "7.A",
        lesson.id,
        str(server.data),
        *lesson.seats,
    }
    secrets |= {*lesson.teacher.cookies.values(), "skaerm", "ødelagt", "mates", "INSERT", "SELECT", "Traceback"}
    everything = server.output.read_text()
    assert [secret for secret in secrets if secret in everything] == []


def test_a_worker_that_cannot_start_says_the_kind_and_the_place(tmp_path: Path) -> None:
    server = WatchedServer(tmp_path / "data", None)
    server.data.mkdir()
    (server.data / "pejling.sqlite").write_text(MARK * 100)
    server.run()
    assert server.process is not None
    assert server.process.wait(timeout=PATIENCE) != 0
    written = lines(server)
    assert any(re.fullmatch(r"not started: DatabaseError in [\w.]+:\d+", line["event"]) for line in written)
    assert {line["event"] for line in written if line["logger"] == "_granian"} >= {
        "Worker crash loop detected, exiting"
    }
    everything = server.output.read_text()
    assert [word for word in (MARK, "Traceback", str(tmp_path)) if word in everything] == []


_OTHERS = f"""
import logging, threading, warnings
from app import journal
journal.install()
def fail(*_): raise ValueError("{MARK}")
logging.getLogger("somebody.else").error("{MARK} %s", "{MARK}")
try: fail()
except ValueError: logging.getLogger("somebody.else").exception("{MARK}")
logging.getLogger("somebody.else").error("%d", "{MARK}")
logging.getLogger("_granian").error("Unexpected exit from worker-7")
logging.getLogger("_granian").info("{MARK}")
warnings.warn("{MARK}")
thread = threading.Thread(target=fail)
thread.start(); thread.join()
Dying = type("Dying", (), {{"__del__": fail}})
Dying()
fail()
"""


def test_what_others_say_and_what_nobody_caught_is_told_by_kind_and_place() -> None:
    done = subprocess.run([sys.executable, "-c", _OTHERS], capture_output=True, text=True, check=False)
    written = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, done.stdout) == (1, "")
    assert [(line["event"], line.get("kind")) for line in written] == [
        ("said", None),
        ("said", "ValueError"),
        ("Unexpected exit from worker-7", None),
        ("said", None),
        *[("uncaught ValueError in __main__:5", None)] * 3,
    ]
    assert MARK not in done.stderr
