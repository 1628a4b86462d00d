"""The schema moves under an open house, and a house moves between databases, in mid-vote both."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from app.store.database import Database
from app.store.schema import NEWER_SENTENCE
from tests import postgres
from tests.crash.conftest import PEJLING, Browser, Lesson, Server, free_port, wait_until
from tests.faults.conftest import ASKED, THANKED, Vote, at_once, connect, new_database, stopped
from tests.store.test_schema import revision

BEFORE = "0008"
OVER = (409, "Afstemningen er lukket. Kig op. Du kan godt være med i snakken.")
_WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'ShareRowExclusiveLock'"


def schema_at(server: Server) -> object:
    """Which migration the database says it has."""
    with connect(server) as somebody:
        found = somebody.execute("SELECT version_num FROM alembic_version").fetchone()
        return found and found[0]


def test_an_upgrade_that_waits_holds_nobody_up_and_two_at_once_are_one(machines: list[Server]) -> None:
    vote, next_ = Vote(machines), Lesson(machines[0], "8.A")
    newest = schema_at(machines[0])
    database = Database(machines[0].environment["PEJLING_DATABASE_URL"])
    with database.writing() as transaction:
        revision(transaction, command.downgrade, BEFORE)
    database.dispose()
    upgrades = list[subprocess.Popen[str]]()
    with connect(machines[0]) as somebody, connect(machines[1]) as looker, somebody.transaction():
        somebody.execute("LOCK TABLE lesson IN ROW EXCLUSIVE MODE")  # as whoever writes a lesson's row does
        for machine in machines:
            upgrades.append(subprocess.Popen([PEJLING, "db", "upgrade"], env=machine.environment, text=True))
        wait_until(lambda: looker.execute(_WAITS).fetchone() != (0,), "the upgrade waits for the lock")
        assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 12
        assert [vote.lesson.ask("state")["ballots"] for _ in machines] == [12, 12]
        assert next_.lobby(10).press("open") == 303, "who writes a lesson's row waits behind it for a second at most"
        assert [upgrade.poll() for upgrade in upgrades] == [None, None], "they go on trying"
    assert [upgrade.wait() for upgrade in upgrades] == [0, 0]
    assert schema_at(machines[0]) == newest
    assert all(machine.ready() for machine in machines)
    assert vote.close() == 12


def test_an_old_server_under_a_newer_schema_goes_on_and_no_other_is_started(machines: list[Server]) -> None:
    vote = Vote(machines)
    newest = schema_at(machines[0])
    with connect(machines[0]) as somebody:
        somebody.execute("UPDATE alembic_version SET version_num = '9999'")
        try:
            status, body = Browser(machines[0].port).ask("GET", "/readyz")
            assert (status, "newer than this version" in body) == (503, True)
            assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 12
            assert vote.close() == 12
            assert machines[0].refused(free_port()) == (1, f"Error: {NEWER_SENTENCE}\n")
            upgrade = [PEJLING, "db", "upgrade"]
            done = subprocess.run(upgrade, env=machines[0].environment, capture_output=True, text=True)
            assert (done.returncode, done.stderr) == (1, f"Error: {NEWER_SENTENCE}\n")
            assert schema_at(machines[0]) == "9999"
        finally:
            somebody.execute("UPDATE alembic_version SET version_num = %s", (newest,))
    assert all(machine.ready() for machine in machines)


def test_a_request_is_cut_off_in_time_and_a_command_is_not(machines: list[Server]) -> None:
    limits = []
    for unhurried in (False, True):
        database = Database(machines[0].environment["PEJLING_DATABASE_URL"], unhurried=unhurried)
        with database.reading() as transaction:
            names = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")
            limits.append([transaction.scalar(text(f"SHOW {name}")) for name in names])
        database.dispose()
    assert limits == [["15s", "30s", "5s"], ["0", "0", "5s"]]


@pytest.fixture
def moved(embedded: Server, cluster: postgres.Cluster) -> Iterator[Server]:
    """A server with the embedded one's keys, on an empty PostgreSQL; not started."""
    made = Server(embedded.data, new_database(cluster))
    made.environment["PEJLING_KEYS"] = embedded.environment["PEJLING_KEYS"]
    yield made
    stopped([made])


def test_a_house_moves_to_postgresql_and_back_in_mid_vote(embedded: Server, moved: Server, tmp_path: Path) -> None:
    shown, open_ = Vote([embedded], 10), Vote([embedded], 10)
    assert at_once(ballot.send for ballot in shown.ballots + open_.ballots[:5]) == [THANKED] * 15
    assert shown.close() == 10
    result, close = shown.lesson.ask(ASKED), open_.lesson.button("close")
    embedded.command("backup", str(tmp_path / "there"))
    moved.command("restore", str(tmp_path / "there"))
    moved.start()
    for vote in (shown, open_):
        for browser in (vote.lesson.teacher, *(ballot.browser for ballot in vote.ballots)):
            browser.machines = [moved]  # type: ignore[attr-defined]
    assert shown.lesson.ask(ASKED) == result
    assert {ballot.send() for ballot in open_.ballots} == {OVER}, "no seat and no ballot came along"
    assert close() == 409, "and the key of what was not counted opens nothing"
    again = Vote([moved], 10)
    assert at_once(ballot.send for ballot in again.ballots) == [THANKED] * 10
    assert again.close() == 10
    moved.command("backup", str(tmp_path / "back"))
    moved.environment["PEJLING_DATABASE_URL"] = f"sqlite:///{tmp_path / 'back.sqlite'}"
    moved.command("db", "upgrade")
    moved.command("restore", str(tmp_path / "back"))
    with closing(sqlite3.connect(tmp_path / "back.sqlite")) as back:
        polls = "SELECT poll.state FROM poll JOIN lesson ON lesson.id = lesson_id WHERE lesson.id IN (?, ?, ?)"
        ids = tuple(vote.lesson.id for vote in (shown, open_, again))
        assert sorted(back.execute(polls, ids)) == [("closed",), ("closed",), ("lapsed",)]
