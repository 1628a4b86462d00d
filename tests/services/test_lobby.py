"""The lobby: who gets a seat, how many there are, and what a code is good for; on both databases."""

import threading

import pytest
from sqlalchemy import text

from app.domain.lesson import LessonState
from app.domain.poll import PollState
from app.domain.refusal import Reason, Refusal
from app.domain.slip import Slip
from app.domain.theme import Audience
from app.sealing import tokens, urn
from app.services import lead_lesson
from app.services.cast_ballot import cast_ballot
from app.services.close_poll import close_poll
from app.services.find_place import Stand, find_place
from app.services.house import House
from app.services.open_poll import open_poll
from app.services.take_seat import lesson_behind, take_reserved_seat, take_seat
from app.store import urns
from tests.services.room import THEME, Room
from tests.services.test_lesson import run_together

_SOMEBODY_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


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


def test_a_vote_opened_too_early_is_taken_back_before_the_first_ballot(house: House) -> None:
    room = Room(house).lobby(1)
    room.do(lead_lesson.reserve_seats, 2)
    room.do(open_poll)
    early, place = room.view(), room.seats[0]
    old = Slip.of(early.poll, early.lesson.size)
    room.do(lead_lesson.restart_lobby)
    view = room.view()
    assert (view.lesson.state, view.lesson.size, view.seats) == (LessonState.LOBBY, None, 0)
    assert (view.poll.state, view.poll.theme, view.poll.public_key) == (PollState.WAITING, early.poll.theme, None)
    assert list(house.keys.shares_older_than(-1)) == [], "the key of a vote that is no more is gone"
    for _ in range(12):
        room.sit()
    room.do(open_poll)
    with pytest.raises(Refusal, match="closed"), house.casting() as work:
        cast_ballot(work, place, old, {"own": "no", "others": "1", "mates": "1"})
    for seat in room.seats[1:]:
        room.cast(seat)
    assert room.close().result().release.n == 12


def test_the_share_of_a_vote_taken_back_cannot_be_the_share_of_the_next(house: House) -> None:
    room = Room(house).voting(1)
    early = room.view().poll.id
    room.do(lead_lesson.restart_lobby)
    room.sit()
    room.do(open_poll)
    house.keys.remove_share(early)  # by a server that was slow
    room.cast(room.seats[1])
    assert room.refused(close_poll) is None


def test_a_vote_is_not_taken_back_once_a_ballot_is_cast_nor_in_a_later_poll(house: House) -> None:
    room = Room(house, [house.themes[THEME], house.themes["alkohol"]]).voting(10)
    room.cast(room.seats[0])
    before = room.view()
    assert room.refused(lead_lesson.restart_lobby) is Reason.WRONG_STATE
    assert room.view() == before
    room.close()
    assert room.refused(lead_lesson.restart_lobby) is Reason.WRONG_STATE
    room.do(open_poll)
    assert room.refused(lead_lesson.restart_lobby) is Reason.WRONG_STATE
    assert room.view().seats == 10


def test_only_the_link_that_opened_takes_the_vote_back_and_then_any_link_opens(house: House) -> None:
    room = Room(house)
    room.add_link("other")
    room.voting(1)
    own, room.secret = room.secret, "other"
    assert room.refused(lead_lesson.restart_lobby) is Reason.OPENED_BY_OTHER_LINK
    room.secret = own
    room.do(lead_lesson.restart_lobby)
    room.sit()
    room.secret = "other"
    room.do(open_poll)
    assert room.refused(close_poll) is None
    room.secret = own
    assert room.refused(lead_lesson.add_seat) is Reason.WRONG_STATE


def test_a_ballot_that_meets_a_restart_is_kept_or_refused_and_never_lost(house: House) -> None:
    for name in "ABCDEF":
        room = Room(house, classroom=f"7.{name}").voting(8)
        view, told = room.view(), list[str]()
        slip = Slip.of(view.poll, view.lesson.size)

        def send(seat: str, slip: Slip = slip, told: list[str] = told) -> None:
            try:
                with house.casting() as work:
                    cast_ballot(work, seat, slip, {"own": "no", "others": "1", "mates": "1"})
                told.append("thanked")
            except Refusal as refusal:
                told.append(refusal.reason)

        def restart(room: Room = room, told: list[str] = told) -> None:
            told.append("restarted" if room.refused(lead_lesson.restart_lobby) is None else "kept")

        sends = [lambda seat=seat: send(seat) for seat in room.seats]
        run_together([*sends[:2], restart, *sends[2:]])
        assert set(told) in ({"thanked", "kept"}, {Reason.CLOSED, "restarted"})
        assert room.view().ballots == told.count("thanked")


def test_a_restart_waits_for_the_ballot_under_way(house: House) -> None:
    """The moment between a cast and its commit, held open: the restart sees that ballot."""
    room = Room(house).voting(10)
    poll, told = room.view().poll, list[Reason | None]()
    restart = threading.Thread(target=lambda: told.append(room.refused(lead_lesson.restart_lobby)))
    with house.writing() as work:
        seat = tokens.seat_hash(room.seats[0])
        assert urns.cast(work.db, poll.id, poll.public_key or b"", seat, urn.mint_box_key(), b"box")
        restart.start()
        while work.db.dialect.name == "postgresql" and not work.db.scalar(_SOMEBODY_WAITS):
            assert restart.is_alive(), "nothing is decided while the ballot may still come"
    restart.join()
    assert told == [Reason.WRONG_STATE]
    assert room.view().ballots == 1


def test_a_close_and_a_restart_at_once_leave_one_of_them(house: House) -> None:
    for name in "ABCD":
        room = Room(house, classroom=f"7.{name}").voting(3)
        told = list[Reason | None]()

        def ask(verb: object, room: Room = room, told: list[Reason | None] = told) -> None:
            told.append(room.refused(verb))

        run_together([lambda: ask(lead_lesson.restart_lobby), lambda: ask(close_poll)])
        state = (room.view().lesson.state, room.view().poll.state)
        assert state in ((LessonState.LOBBY, PollState.WAITING), (LessonState.RUNNING, PollState.CLOSED))
        assert set(told) <= {None, Reason.WRONG_STATE}, "whoever is late hears so"


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
