"""Full disks, disks that are only read, and a key folder that is gone: nothing is spent, and all of it goes on."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from app.domain.refusal import Reason
from app.web.errors import ANSWERS
from tests import postgres
from tests.crash.conftest import Browser, Lesson, Server
from tests.crash.test_kill import rows
from tests.faults.conftest import OURS, THANKED, Disk, Vote, at_once, new_database, said, stopped

NOT_KEPT, KEY_LOST = ((ANSWERS[each].status, ANSWERS[each].sentence) for each in (Reason.KEY_NOT_KEPT, Reason.KEY_LOST))


def pressed(lesson: Lesson, verb: str) -> tuple[int, str]:
    """Press a button; what the teacher is told."""
    return said(*lesson.answer(verb))


def voted_on_a_full_disk(server: Server, disk: Disk) -> Vote:
    """A class whose ballots find no room, and then some."""
    vote = Vote([server], 10)
    disk.fill(server)
    assert at_once(ballot.send for ballot in vote.ballots) == [OURS] * 10
    assert rows(server) == {"urn": 0, "spent": 0}, "nothing is spent"
    assert at_once(ballot.page for ballot in vote.ballots) == [(200, "")] * 10, "they still have their ballots"
    assert vote.lesson.ask("state")["ballots"] == 0, "the board goes on"
    disk.make_room(server)
    assert at_once(ballot.send for ballot in vote.ballots * 2) == [THANKED] * 20
    disk.fill(server)
    assert pressed(vote.lesson, "close") in (OURS, THANKED)  # it needs no room where there is some inside the files
    disk.make_room(server)
    return vote


def test_on_a_full_disk_nothing_is_spent_and_with_room_all_is_counted(embedded: Server, disks: list[Disk]) -> None:
    assert voted_on_a_full_disk(embedded, disks[0]).close() == 10


@pytest.fixture
def elsewhere(cluster: postgres.Cluster, tmp_path: Path) -> Iterator[tuple[Server, Disk]]:
    """A server on PostgreSQL whose tables lie on a small disk."""
    disk = Disk(cluster.folder / "small")
    if not disk.mounted:
        pytest.skip("nothing may be mounted here: a full disk under PostgreSQL was not tried")
    url = new_database(cluster)
    name = url.split("/")[3].split("?")[0]
    (disk.folder / "space").mkdir()
    (disk.folder / "space").chmod(0o700)
    if cluster.user:
        shutil.chown(disk.folder / "space", cluster.user)
    with psycopg.connect(f"host={cluster.folder} user=postgres dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{disk.folder / 'space'}'")
        connection.execute(f'ALTER DATABASE "{name}" SET TABLESPACE small')
    server = Server(tmp_path / "data", url)
    yield server.start(), disk
    stopped([server])
    with psycopg.connect(f"host={cluster.folder} user=postgres dbname=postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        connection.execute("DROP TABLESPACE small")
    disk.close()


def test_on_a_full_disk_of_postgresql_nothing_is_spent_either(elsewhere: tuple[Server, Disk]) -> None:
    assert voted_on_a_full_disk(*elsewhere).close() == 10


@contextmanager
def troubled(server: Server, disk: Disk, trouble: str) -> Iterator[None]:
    """While the block lasts, the disk is full, or is only read."""
    full = trouble == "full"
    disk.fill(server) if full else disk.read_only()
    try:
        yield
    finally:
        disk.make_room(server) if full else disk.read_only("rw")


@pytest.mark.parametrize("trouble", ["full", "only read"])
def test_where_no_key_can_be_kept_no_vote_is_opened_and_an_open_one_goes_on(
    embedded: Server, disks: list[Disk], trouble: str
) -> None:
    keys = disks[1]
    vote, next_ = Vote([embedded], 10), Lesson(embedded, f"8.{trouble}").lobby(10)
    with troubled(embedded, keys, trouble):
        assert Browser(embedded.port).ask("GET", "/readyz")[0] == 503
        assert pressed(next_, "open") == NOT_KEPT
        assert next_.ask("state")["state"] == "lobby", "and the lobby is as it was"
        if keys.mounted:  # else it is the whole server that cannot write
            assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 10
            # The ledger must say it first; a full disk may have room for a line.
            assert pressed(vote.lesson, "close") in ((OURS, THANKED) if trouble == "full" else (OURS,))
    if not keys.mounted:
        assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 10
    assert vote.close() == 10
    assert pressed(next_, "open") == THANKED
    assert embedded.ready()


def test_a_key_folder_that_goes_in_mid_vote_takes_no_ballot_and_brings_all_back_when_it_comes(
    embedded: Server, disks: list[Disk]
) -> None:
    vote, folder = Vote([embedded], 10), disks[1].folder
    assert at_once(ballot.send for ballot in vote.ballots[:5]) == [THANKED] * 5
    (folder / "keys").rename(folder / "gone")
    assert at_once(ballot.send for ballot in vote.ballots[5:]) == [OURS] * 5
    assert rows(embedded) == {"urn": 5, "spent": 5}, "what cannot be opened is not taken"
    assert vote.lesson.ask("state")["ballots"] == 5
    assert pressed(vote.lesson, "close") == KEY_LOST
    assert rows(embedded) == {"urn": 5, "spent": 5}, "and nothing is thrown away"
    assert Browser(embedded.port).ask("GET", "/readyz")[0] == 503
    (folder / "gone").rename(folder / "keys")
    assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 10
    assert vote.close() == 10
