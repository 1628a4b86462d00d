"""What goes by itself, when, and what never does; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.domain.lesson import LessonState
from app.domain.poll import PollState
from app.domain.refusal import Reason
from app.services.close_poll import close_poll
from app.services.house import House
from app.services.lead_lesson import restart_lobby
from app.services.open_poll import open_poll
from app.services.sweep import sweep, unknown_shares
from app.store import tables
from tests.conftest import Clock
from tests.services.room import Room, played
from tests.services.test_lesson import counts, run_together


@pytest.fixture
def old_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every share counts as older than ten minutes."""
    monkeypatch.setattr("app.services.sweep.SHARE_REST_SECONDS", -1)


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_a_vote_has_its_whole_day_whatever_minute_it_opened_in(house: House, clock: Clock, minute: int) -> None:
    clock.now = clock.now.replace(minute=minute)
    room = Room(house).voting(10)
    clock.forward(hours=24)
    clock.now -= timedelta(seconds=1)
    sweep(house)
    assert room.view().poll.state is PollState.VOTING
    clock.forward(hours=1, seconds=1)
    sweep(house)
    assert room.view().poll.state is PollState.LAPSED
    assert counts(room) == (0, 0)


def test_a_lapsed_poll_releases_nothing_and_keeps_neither_key_nor_hour(house: House, clock: Clock) -> None:
    room = Room(house).voting(12)
    for seat in room.seats:
        room.cast(seat, "yes")
    clock.forward(hours=26)
    sweep(house)
    with house.reading() as work:
        row = work.db.execute(select(tables.poll)).one()
        releases = work.db.scalar(select(func.count()).select_from(tables.release))
    assert (row.public_key, row.lapse_hour, releases) == (None, None, 0)
    assert house.ledger.path.exists() is False
    assert list(house.keys.shares_older_than(-1)) == []


@pytest.mark.usefixtures("old_shares")
def test_a_missing_share_deletes_nothing_before_the_lapse(house: House, clock: Clock) -> None:
    room = Room(house).voting(12)
    for seat in room.seats:
        room.cast(seat)
    poll = room.view().poll.id
    share = house.keys.share(poll) or b""
    house.keys.remove_share(poll)
    for hours in (0, 1, 22):
        clock.forward(hours=hours)
        sweep(house)
        assert room.refused(close_poll) is Reason.KEY_LOST
        assert counts(room) == (12, 12)
    house.keys.keep_share(poll, share)
    assert room.close().result().release.n == 12


@pytest.mark.usefixtures("old_shares")
def test_the_share_of_a_poll_that_votes_or_waits_is_never_removed(house: House) -> None:
    room, waiting = Room(house).voting(10), Room(house, classroom="7.B")
    house.keys.keep_share(waiting.view().poll.id, b"written before an opening that was undone")
    sweep(house)
    assert house.keys.has_share(room.view().poll.id)
    assert house.keys.has_share(waiting.view().poll.id)
    assert unknown_shares(house) == []


def test_a_young_share_of_a_closed_poll_is_left_alone_for_ten_minutes(house: House) -> None:
    room = played(house, 10)
    house.keys.keep_share(room.view().poll.id, b"s" * 32)
    sweep(house)
    assert house.keys.has_share(room.view().poll.id)


def test_a_poll_closed_in_time_is_not_lapsed_a_day_later(house: House, clock: Clock) -> None:
    room = played(house, 12)
    released = room.result()
    clock.forward(hours=30)
    sweep(house)
    assert room.view().poll.state is PollState.CLOSED
    assert room.result() == released


def test_a_sweep_and_a_close_at_once_leave_either_a_release_or_a_lapse(house: House, clock: Clock) -> None:
    room = Room(house).voting(12)
    for seat in room.seats:
        room.cast(seat)
    clock.forward(hours=26)
    told = list[Reason | None]()
    run_together([lambda: sweep(house), lambda: told.append(room.refused(close_poll)), lambda: sweep(house)])
    with house.reading() as work:
        released = work.db.scalar(select(func.count()).select_from(tables.release))
    state = room.view().poll.state
    assert (state, released) in ((PollState.CLOSED, 1), (PollState.LAPSED, 0))
    assert counts(room) == (0, 0)
    assert not house.keys.has_share(room.view().poll.id)


def test_the_sweep_does_not_touch_another_lesson(house: House, clock: Clock) -> None:
    old = Room(house).voting(10)
    clock.forward(hours=20)
    young = Room(house, classroom="7.B").voting(10)
    young.cast(young.seats[0])
    clock.forward(hours=6)
    sweep(house)
    assert (old.view().poll.state, old.view().seats) == (PollState.LAPSED, 0)
    assert (young.view().poll.state, young.view().seats) == (PollState.VOTING, 10)
    assert counts(young) == (1, 1)


def test_a_lapsed_lesson_lets_the_classroom_begin_again(house: House, clock: Clock) -> None:
    Room(house).voting(10)
    clock.forward(hours=26)
    sweep(house)
    assert played(house, 10).result().release.n == 10


@pytest.mark.usefixtures("old_shares")
def test_a_share_of_a_poll_in_another_database_is_named_and_stays(house: House) -> None:
    room = Room(house).voting(10)
    poll = room.view().poll.id
    with house.writing() as work:
        work.db.execute(update(tables.poll).values(id="0" * 16))
    sweep(house)
    assert unknown_shares(house) == [poll]
    assert house.keys.has_share(poll)


def test_a_lesson_whose_vote_is_open_does_not_end_under_its_pupils(house: House, clock: Clock) -> None:
    room = Room(house).lobby(3)
    clock.forward(hours=24, minutes=10)
    room.do(restart_lobby)
    room.seats.clear()
    for _ in range(12):
        room.sit()
    room.do(open_poll)
    clock.forward(hours=1)
    sweep(house)
    for seat in room.seats:
        room.cast(seat)
    assert room.close().result().release.n == 12


def test_a_lesson_that_was_due_while_its_vote_was_open_ends_after_it(house: House, clock: Clock) -> None:
    room = Room(house).voting(12)
    with house.writing() as work:
        work.db.execute(update(tables.lesson).values(ends_hour=0))
    sweep(house)
    assert room.view().lesson.state is LessonState.RUNNING
    room.close()
    sweep(house)
    assert room.view().lesson.state is LessonState.ENDED
