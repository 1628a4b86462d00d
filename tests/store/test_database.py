"""What a transaction promises when others are in its way, on a real PostgreSQL."""

import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.domain.refusal import Reason, Refusal
from app.domain.slip import Slip
from app.services.cast_ballot import cast_ballot
from app.services.close_poll import close_poll
from app.services.house import House, Work, patiently
from app.store.database import Database, DatabaseUnavailable, UndoneError
from app.store.tables import school, spent, urn
from tests import postgres
from tests.conftest import Clock, open_house
from tests.services.room import Room

WAITING = text("select count(*) from pg_locks where not granted")
END_OTHERS = text(
    "select pg_terminate_backend(pid) from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid()"
)


@pytest.fixture
def house(postgres_socket: Path, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A house on PostgreSQL."""
    made = open_house(postgres.new_database(postgres_socket, f"test_{uuid.uuid4().hex}"), tmp_path / "keys", clock)
    yield made
    made.database.dispose()


def end_connections(house: House) -> None:
    """Let the server end every connection that the house has."""
    other = Database(house.database.url.render_as_string(hide_password=False))
    with other.glancing() as work:
        work.execute(END_OTHERS)
    other.dispose()


def test_two_who_wait_for_each_other_are_both_served(house: House) -> None:
    with house.writing() as work:
        for name in "ab":
            work.db.execute(school.insert().values(id=name, name=name))
    both, tried = threading.Barrier(2), list[str]()

    def rename(work: Work, first: str, second: str) -> None:
        tried.append(first)
        work.db.execute(school.update().where(school.c.id == first).values(name=first + first))
        if len(tried) <= both.parties:
            both.wait(10)
        work.db.execute(school.update().where(school.c.id == second).values(name=second + second))

    pair = [threading.Thread(target=patiently, args=(house.writing, rename, *way)) for way in ("ab", "ba")]
    for each in pair:
        each.start()
    for each in pair:
        each.join()
    assert len(tried) == both.parties + 1  # one of them was undone, and came again
    with house.reading() as work:
        assert set(work.db.scalars(select(school.c.name))) == {"aa", "bb"}


def test_connections_that_died_with_their_server_are_replaced_without_a_word(house: House) -> None:
    room = Room(house).voting(1)
    view = room.view()
    slip = Slip.of(view.poll, view.lesson.size)
    end_connections(house)
    patiently(house.casting, cast_ballot, room.seats[0], slip, {"own": "yes", "others": "0", "mates": "0"})
    assert room.view().ballots == 1
    end_connections(house)
    assert house.database.fault() is None


def test_a_server_that_is_not_there_is_said_to_have_done_nothing(tmp_path: Path) -> None:
    nowhere = Database(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(UndoneError) as said, nowhere.writing():
        pass
    assert isinstance(said.value, DatabaseUnavailable)
    assert nowhere.fault() == "not reachable"


def test_a_ballot_that_waited_for_the_close_is_refused_and_leaves_nothing(house: House) -> None:
    room = Room(house).voting(12)
    for seat in room.seats[:-1]:
        room.cast(seat)
    said = list[Reason]()

    def late() -> None:
        with pytest.raises(Refusal) as refused:
            room.cast(room.seats[-1])
        said.append(refused.value.reason)

    thread = threading.Thread(target=late)
    with house.writing() as work:
        close_poll(work, room.lesson, room.secret)
        thread.start()
        with house.glancing() as other:
            while not other.db.scalar(WAITING):
                assert thread.is_alive()
    thread.join()
    assert said == [Reason.CLOSED]
    assert room.result().release.n == len(room.seats) - 1
    with house.reading() as work:
        assert [work.db.scalar(select(func.count()).select_from(each)) for each in (urn, spent)] == [0, 0]
