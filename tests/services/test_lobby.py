"""The lobby: who gets a seat, how many there are, and what a code is good for; on both databases."""

import pytest

from app.domain.lesson import LessonState
from app.domain.poll import PollState
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience
from app.sealing import tokens
from app.services import lead_lesson
from app.services.find_place import Stand, find_place
from app.services.house import House
from app.services.open_poll import open_poll
from app.services.take_seat import lesson_behind, take_reserved_seat, take_seat
from tests.services.room import THEME, Room
from tests.services.test_lesson import run_together


def sit(house: House, key: str | None, token: str) -> Reason | None:
    """Ask for a seat; why it is refused, None when it is taken."""
    try:
        with house.writing() as work:
            take_seat(work, key or "", token)
    except Refusal as refusal:
        return refusal.reason
    return None


def test_a_seat_asked_for_twice_is_one_seat(house: House) -> None:
    room = Room(house).lobby()
    lesson, token = room.view().lesson, tokens.mint_seat()
    assert [sit(house, key, token) for key in (lesson.code, lesson.code, lesson.door)] == [None, None, None]
    assert room.view().seats == 1


def test_a_seat_asked_for_again_after_the_code_died_is_still_that_seat(house: House) -> None:
    room = Room(house).lobby(10)
    code = room.view().lesson.code
    room.do(open_poll)
    assert sit(house, code, room.seats[0]) is None
    assert sit(house, code, tokens.mint_seat()) is Reason.UNKNOWN_CODE
    assert room.view().seats == 10


def test_a_seat_asked_for_from_two_tabs_at_once_is_one_seat(house: House) -> None:
    room = Room(house).lobby()
    code, token, told = room.view().lesson.code, tokens.mint_seat(), list[Reason | None]()
    run_together([lambda: told.append(sit(house, code, token))] * 6)
    assert told == [None] * 6
    assert room.view().seats == 1


def test_the_code_for_one_more_seat_asked_for_twice_at_once_by_the_same_device_is_not_refused(house: House) -> None:
    room = Room(house).voting(10)
    room.do(lead_lesson.add_seat)
    code, token, told = room.view().lesson.code, tokens.mint_seat(), list[Reason | None]()
    run_together([lambda: told.append(sit(house, code, token))] * 4)
    assert told == [None] * 4
    assert room.view().seats == 11


def test_many_devices_at_the_code_for_one_more_seat_take_exactly_one(house: House) -> None:
    room = Room(house).voting(10)
    room.do(lead_lesson.add_seat)
    code, told = room.view().lesson.code, list[Reason | None]()
    run_together([lambda: told.append(sit(house, code, tokens.mint_seat()))] * 8)
    assert sorted(told, key=str) == [None] + [Reason.UNKNOWN_CODE] * 7
    assert room.view().seats == 11


def test_fifty_devices_take_the_last_five_seats(house: House) -> None:
    room = Room(house).lobby(33)
    room.do(lead_lesson.reserve_seats, 2)
    code, told = room.view().lesson.code, list[Reason | None]()
    run_together([lambda: told.append(sit(house, code, tokens.mint_seat()))] * 50)
    assert (told.count(None), told.count(Reason.LOBBY_FULL)) == (5, 45)
    assert room.view().seats == 40


def test_a_lobby_holds_forty_and_neither_a_reserved_nor_one_more_seat_is_the_forty_first(house: House) -> None:
    room = Room(house).lobby(39)
    assert room.refused(lead_lesson.reserve_seats, 2) is Reason.BAD_NUMBER
    assert room.refused(lead_lesson.reserve_seats, -1) is Reason.BAD_NUMBER
    assert room.refused(lead_lesson.reserve_seats, 1) is None
    assert sit(house, room.view().lesson.code, tokens.mint_seat()) is Reason.LOBBY_FULL
    room.do(open_poll)
    assert room.view().lesson.size == 40
    assert room.refused(lead_lesson.add_seat) is Reason.ALL_SEATS_TAKEN
    with house.writing() as work:
        take_reserved_seat(work, room.seats[:1], tokens.mint_seat())
    assert room.view().seats == 40
    assert room.refused(lead_lesson.add_seat) is Reason.ALL_SEATS_TAKEN


def test_opening_an_open_lobby_keeps_its_code(house: House) -> None:
    room = Room(house).lobby(1)
    before = room.view().lesson
    room.do(lead_lesson.open_lobby)
    assert room.view().lesson == before


def test_a_restart_throws_seats_reservations_and_codes_away(house: House) -> None:
    room = Room(house).lobby(3)
    room.do(lead_lesson.reserve_seats, 2)
    before = room.view().lesson
    room.do(lead_lesson.restart_lobby)
    after = room.view()
    assert (after.seats, after.lesson.reserved, after.lesson.state) == (0, 0, LessonState.LOBBY)
    assert after.lesson.code != before.code
    assert after.lesson.door != before.door
    assert sit(house, before.code, tokens.mint_seat()) is Reason.UNKNOWN_CODE
    assert sit(house, before.door, tokens.mint_seat()) is Reason.UNKNOWN_CODE
    with house.reading() as work:
        assert find_place(work, room.seats) is None, "nobody sits in a lobby that was thrown away"


def test_code_and_qr_link_lead_to_their_own_lesson_only(house: House) -> None:
    first, second = Room(house).lobby(), Room(house, classroom="7.B").lobby()
    with house.reading() as work:
        for room in (first, second):
            lesson = room.view().lesson
            opened = {lesson_behind(work, key or "") for key in (lesson.code, lesson.door)}
            assert opened == {(room.lesson, Audience.PUPILS)}
        assert lesson_behind(work, "") is None
        assert lesson_behind(work, first.lesson) is None


@pytest.mark.parametrize("verb", [lead_lesson.open_lobby, lead_lesson.restart_lobby, lead_lesson.end_lesson])
def test_another_lessons_link_moves_nothing(house: House, verb: object) -> None:
    room, other = Room(house).lobby(2), Room(house, classroom="7.B")
    before, own = room.view(), room.secret
    room.secret = other.secret
    assert room.refused(verb) is Reason.WRONG_LINK
    room.secret = own
    assert room.view() == before


def test_the_end_of_a_lesson_leaves_no_seat_and_can_be_pressed_twice(house: House) -> None:
    room = Room(house).voting(10).close()
    for _ in range(2):
        room.do(lead_lesson.end_lesson)
        view = room.view()
        assert (view.lesson.state, view.seats, view.poll.state) == (LessonState.ENDED, 0, PollState.CLOSED)
    assert room.refused(open_poll) is Reason.WRONG_STATE


def test_a_device_is_led_from_waiting_over_the_ballot_and_the_thanks_to_the_board(house: House) -> None:
    room, stands = Room(house).lobby(10), list[Stand]()

    def look() -> None:
        with house.reading() as work:
            place = find_place(work, room.seats[:1])
        assert place is not None
        stands.append(place.stand)

    look()
    room.do(open_poll)
    look()
    room.cast(room.seats[0], theme=THEME)
    look()
    room.close()
    look()
    assert stands == [Stand.WAITING, Stand.BALLOT, Stand.THANKS, Stand.WATCHING]
