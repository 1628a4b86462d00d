"""Real processes and kill -9: what was acknowledged is counted, once, whatever dies when."""

import os
import random
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException

import pytest

from app.store import tables
from app.store.database import Database
from tests.crash.conftest import Browser, Lesson, Server, alive, free_port, wait_until

PUPILS = 24


def rows(server: Server) -> dict[str, int]:
    """How many rows there are of what must go at the close."""
    url = server.environment.get("PEJLING_DATABASE_URL") or f"sqlite:///{server.data / 'pejling.sqlite'}"
    database = Database(url)
    try:
        with database.reading() as transaction:
            return {table.name: len(transaction.execute(table.select()).all()) for table in (tables.urn, tables.spent)}
    finally:
        database.dispose()


class Rush:
    """Many pupils who press "Send" at once, while something happens to the server."""

    def __init__(self, ballots: dict[str, Callable[[], bool]]) -> None:
        self.acknowledged = set[str]()
        self.threads = [threading.Thread(target=self._send, args=ballot) for ballot in ballots.items()]
        for thread in self.threads:
            thread.start()

    def _send(self, seat: str, send: Callable[[], bool]) -> None:
        if send():
            self.acknowledged.add(seat)

    def wait_for(self, enough: int) -> None:
        """Wait until so many are acknowledged, or everybody has been answered."""
        wait_until(
            lambda: len(self.acknowledged) >= enough or not any(map(threading.Thread.is_alive, self.threads)), "sent"
        )

    def over(self) -> set[str]:
        """The seats that were acknowledged, when everybody has an answer or a broken connection."""
        for thread in self.threads:
            thread.join()
        return self.acknowledged


def kill_everything(server: Server) -> None:
    """Parent and worker at once."""
    server.kill()
    server.start()


def kill_the_worker(server: Server) -> None:
    """The worker alone; its parent starts another one."""
    old = server.workers()
    for pid in old:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(map(alive, old)), "the worker is dead")
    wait_until(server.ready, "the next worker serves")


# The worker alone is killed once: when two die within seconds, granian ends the server, and that is another matter.
@pytest.mark.parametrize(("kill", "rounds"), [(kill_everything, (1, 3, 5)), (kill_the_worker, (4,))])
def test_every_acknowledged_ballot_is_counted_once_though_the_server_dies_mid_vote(
    server: Server, kill: Callable[[Server], None], rounds: tuple[int, ...]
) -> None:
    lesson = Lesson(server).voting(PUPILS)
    ballots = {seat: lesson.prepare(seat) for seat in lesson.seats}
    acknowledged = set[str]()
    for enough in rounds:
        rush = Rush({seat: ballots[seat] for seat in lesson.seats if seat not in acknowledged})
        rush.wait_for(enough)
        kill(server)
        acknowledged |= rush.over()
        stored = rows(server)
        assert stored["urn"] == stored["spent"] >= len(acknowledged)
    rush = Rush(ballots)
    assert acknowledged | rush.over() == set(lesson.seats), "sent again, all are acknowledged"
    assert lesson.press("close") == 303
    assert lesson.ask("release?theme=skaerm-om-natten")["n"] == PUPILS
    assert rows(server) == {"urn": 0, "spent": 0}


def test_nothing_unsent_is_made_up_after_a_kill(server: Server) -> None:
    lesson = Lesson(server).voting(PUPILS)
    for seat in lesson.seats[:11]:
        assert lesson.prepare(seat)()
    kill_everything(server)
    assert lesson.ask("state")["ballots"] == 11
    assert lesson.press("close") == 303
    assert lesson.ask("release?theme=skaerm-om-natten")["n"] == 11


def test_a_close_that_dies_at_any_point_can_be_closed_again(server: Server) -> None:
    chance = random.Random(20180118)
    outcomes = list[str]()
    for attempt in range(6):
        lesson = Lesson(server, f"7.{attempt}").voting(10)
        assert all(lesson.prepare(seat)() for seat in lesson.seats)
        # The page is open already, so that the kill falls around the close and not around the page before it.
        closing = threading.Thread(target=_try, args=(lesson.button("close"),))
        closing.start()
        closing.join(chance.uniform(0, 0.015))
        kill_everything(server)
        closing.join()
        poll = lesson.ask("state")["poll"]
        assert isinstance(poll, dict)
        outcomes.append(poll["state"])
        if poll["state"] == "voting":
            assert rows(server) == {"urn": 10, "spent": 10}, "an undone close has taken nothing away"
        assert lesson.press("close") == 303
        assert lesson.ask("release?theme=skaerm-om-natten")["n"] == 10
        assert rows(server) == {"urn": 0, "spent": 0}
    assert set(outcomes) <= {"voting", "closed"}


def test_the_worker_dies_with_its_parent_and_the_port_is_free_again(server: Server) -> None:
    assert server.process is not None
    workers = server.workers()
    assert workers
    assert all(map(alive, workers))
    server.process.kill()
    server.process.wait()
    wait_until(lambda: not any(map(alive, workers)), "the worker is dead too")
    server.start()
    assert Browser(server.port).ask("GET", "/healthz")[0] == 200


def test_a_second_server_on_the_same_port_is_refused_with_a_sentence(server: Server) -> None:
    code, said = server.refused(server.port)
    assert code == 1
    assert said.strip().splitlines()[-1].startswith(f"Error: Port {server.port} på 127.0.0.1 kan ikke bruges")
    assert server.ready()


def test_a_second_server_on_the_same_sqlite_file_is_refused_with_a_sentence(server: Server) -> None:
    if "PEJLING_DATABASE_URL" in server.environment:
        # Several machines share one PostgreSQL on purpose.
        other = Server(server.data, server.environment["PEJLING_DATABASE_URL"]).start()
        assert other.ready()
        assert server.ready()
        other.kill()
        return
    code, said = server.refused(free_port())
    assert (code, said.strip()) == (1, f"Error: {server.data / 'pejling.sqlite'} bruges allerede af en anden server.")
    assert server.ready()


def _try(press: Callable[[], int]) -> None:
    with suppress(OSError, HTTPException):
        press()
