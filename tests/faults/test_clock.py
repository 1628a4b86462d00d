"""Clocks that jump: an hour changes nothing; a day ahead ends what is a day old, and nothing is shown by mistake."""

import pytest

from app.domain.lesson import LessonState
from app.domain.poll import PollState
from app.domain.refusal import Reason, Refusal
from app.services.house import House
from app.services.sign_in import sign_in
from app.services.sweep import sweep
from tests.conftest import Clock
from tests.services.room import Room
from tests.store import worlds


@pytest.mark.parametrize("jumps", [(1, -1), (-1, 1), (3, -6, 3), (-48, 48), (23, -23)])
def test_nothing_lapses_because_a_clock_jumped_by_hours_or_was_set_back(
    house: House, clock: Clock, jumps: tuple[int, ...]
) -> None:
    room = Room(house).voting(12)
    for number, seat in enumerate(room.seats):
        if number < len(jumps):
            clock.forward(hours=jumps[number])
            sweep(house)
        room.cast(seat)
    assert room.close().result().release.n == 12


def test_a_vote_opened_by_a_clock_that_was_behind_is_not_over_when_it_is_put_right(house: House, clock: Clock) -> None:
    clock.forward(hours=-20)
    room = Room(house).voting(10)
    clock.forward(hours=20)
    sweep(house)
    for seat in room.seats:
        room.cast(seat)
    assert room.close().result().release.n == 10


def test_a_clock_more_than_a_day_ahead_ends_open_votes_unread_and_the_class_begins_again(
    house: House, clock: Clock
) -> None:
    room = Room(house).voting(12)
    for seat in room.seats:
        room.cast(seat)
    clock.forward(days=2)
    sweep(house)
    clock.forward(days=-2)
    assert room.view().poll.state is PollState.LAPSED
    assert room.view().lesson.state is LessonState.ENDED
    assert list(house.keys.shares_older_than(-1)) == []
    assert (worlds.rows(house)["urn"], worlds.rows(house)["release"]) == ([], [])
    again = Room(house).voting(12)
    for seat in again.seats:
        again.cast(seat)
    assert again.close().result().release.n == 12


def test_whoever_failed_to_sign_in_while_a_clock_was_ahead_is_not_kept_waiting_for_it(
    house: House, clock: Clock
) -> None:
    def refused() -> Reason:
        with pytest.raises(Refusal) as refusal:
            sign_in(house, "nobody@example.dk", "forkert", "", "")
        return refusal.value.reason

    clock.forward(days=3)
    while refused() is not Reason.SLOW_DOWN:
        pass
    clock.forward(days=-3)
    assert refused() is Reason.BAD_SIGN_IN
    assert refused() is Reason.SLOW_DOWN, "but whoever goes on guessing waits as always"
