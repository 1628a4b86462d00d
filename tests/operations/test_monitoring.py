"""What a monitor learns of a real server: what the server does, and of people only tens that come late."""

import http.client
import os
import re
import signal
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.crash.conftest import THEME, Browser, Lesson, wait_until
from tests.operations.watched import TOKEN, WatchedServer

PUPILS = 22


@pytest.fixture
def watched(postgres_socket: Path, tmp_path: Path) -> Iterator[WatchedServer]:
    """Two workers on PostgreSQL."""
    url = postgres.new_database(postgres_socket, f"test_{uuid.uuid4().hex}")
    server = WatchedServer(tmp_path / "data", url, workers=2).start()
    yield server
    assert server.process is not None
    if server.process.poll() is None:
        server.kill()


def scrape(port: int, authorization: str = f"Bearer {TOKEN}") -> tuple[int, str]:
    """What somebody who says so is told at /metrics."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/metrics", headers={"Authorization": authorization} if authorization else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def figures(port: int) -> dict[str, float]:
    """Every sample, by its name and labels."""
    status, text = scrape(port)
    assert status == 200
    samples = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in samples}


def test_two_workers_tell_of_a_whole_class_in_tens_and_of_nobody(watched: WatchedServer) -> None:
    port = watched.port
    lesson = Lesson(watched).voting(PUPILS)
    assert Browser(port).ask("GET", "/123456")[0] == 404
    assert all(lesson.prepare(seat)() for seat in lesson.seats)
    wait_until(lambda: figures(port)["pejling_ballots_total"] >= 10, "the first ten ballots are told")
    wait_until(lambda: figures(port)["pejling_workers"] == 2, "both workers have told")
    told = figures(port)
    people = {name: value for name, value in told.items() if re.match("pejling_(ballots|refusals|request)", name)}
    assert {value % 10 for value in people.values()} == {0}
    assert told["pejling_ballots_total"] <= PUPILS
    assert told['pejling_requests_total{method="POST",route="/s",status="3xx"}'] == told["pejling_ballots_total"]
    assert told['pejling_request_seconds_bucket{le="+Inf",route="/s"}'] >= 10
    assert not any("close" in name or "UNKNOWN" in name.upper() for name in told), "what happened once is not told of"
    assert told["pejling_faults_total"] == told["pejling_sweep_failures_total"] == 0
    assert told["pejling_database_connections"] >= 1
    assert told["pejling_memory_bytes"] > 2**20
    assert told["pejling_memory_bytes"] % 2**24 == 0
    everything = scrape(port)[1]
    secrets = {lesson.id, THEME, "127.0.0.1", "7.A", "Skovtroldeskolen", "123456", TOKEN, *lesson.seats}
    assert [secret for secret in secrets if secret in everything] == []


def test_the_counts_of_a_dead_worker_stay_and_the_worker_does_not(watched: WatchedServer) -> None:
    port = watched.port
    for _ in range(60):
        Browser(port).ask("GET", "/")
    name = 'pejling_requests_total{method="GET",route="/",status="2xx"}'
    wait_until(lambda: figures(port).get(name, 0) >= 40, "the requests are told")
    before, dying = figures(port)[name], watched.workers()[0]
    os.kill(dying, signal.SIGKILL)
    wait_until(lambda: dying not in watched.workers() and len(watched.workers()) == 2, "another worker has come")
    wait_until(lambda: figures(port)["pejling_workers"] == 2, "it has told")
    assert figures(port)[name] >= before


def test_only_who_shows_the_token_finds_the_page(watched: WatchedServer) -> None:
    port = watched.port
    for wrong in ("", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", f"bearer\t{TOKEN}", "é"):
        assert scrape(port, wrong)[0] == 404, wrong


def test_the_counts_lie_where_nobody_else_can_read_and_go_with_the_server(watched: WatchedServer) -> None:
    def sheets() -> list[Path]:
        mine = {str(pid) for pid in watched.workers()}
        return [path for path in Path(tempfile.gettempdir()).glob("pejling-metrics-*/*.json") if path.stem in mine]

    wait_until(lambda: len(sheets()) == 2, "each worker has a sheet")
    folder = sheets()[0].parent
    assert folder.stat().st_mode & 0o077 == 0
    assert watched.process is not None
    watched.process.terminate()
    assert watched.process.wait(timeout=60) == 0
    assert not folder.exists()
