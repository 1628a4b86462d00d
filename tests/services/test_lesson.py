"""A lesson through the services, on both databases: what each verb promises and refuses."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.poll import PollState
from app.domain.refusal import Reason, Refusal
from app.domain.release import Band, Suppressed, Why
from app.domain.theme import Measure
from app.sealing import tokens
from app.services import lead_lesson
from app.services.close_poll import close_poll
from app.services.house import House
from app.services.open_poll import open_poll
from app.services.sweep import sweep, unknown_shares
from app.services.take_seat import take_reserved_seat, take_seat
from app.store import polls, urns
from app.store.tables import spent
from tests.conftest import Clock
from tests.services.room import Room, played


def counts(room: Room) -> tuple[int, int]:
    """Boxes in the urn and spent marks of the room's poll."""
    with room.house.reading() as work:
        poll = polls.of_lesson(work.db, room.lesson)[0].id
        spends = work.db.execute(select(spent).where(spent.c.poll_id == poll)).all()
        return len(urns.boxes(work.db, poll)), len(spends)


def test_the_first_vote_freezes_the_size_and_kills_the_code(house: House) -> None:
    room = Room(house).lobby(12)
    room.do(lead_lesson.reserve_seats, 3)
    code = room.view().lesson.code
    room.do(open_poll)
    view = room.view()
    assert (view.lesson.size, view.lesson.code, view.lesson.door, view.seats) == (15, None, None, 15)
    with pytest.raises(Refusal, match="unknown code"), house.writing() as work:
        take_seat(work, code or "", tokens.mint_seat())


def test_a_vote_needs_a_seat_and_opens_once(house: House) -> None:
    room = Room(house)
    assert room.refused(open_poll) is Reason.WRONG_STATE
    room.lobby()
    assert room.refused(open_poll) is Reason.NO_SEATS_TAKEN
    room.sit()
    assert room.refused(open_poll) is None
    assert room.refused(open_poll) is Reason.WRONG_STATE
    assert room.refused(lead_lesson.open_lobby) is Reason.WRONG_STATE
    assert room.refused(lead_lesson.end_lesson) is Reason.WRONG_STATE


def test_one_more_seat_is_good_for_exactly_one(house: House) -> None:
    room = Room(house).voting(10)
    room.do(lead_lesson.add_seat)
    code = room.view().lesson.code
    room.sit()
    assert room.view().lesson.code is None
    assert room.view().lesson.size == 10, "N in the questions stays"
    with pytest.raises(Refusal, match="unknown code"), house.writing() as work:
        take_seat(work, code or "", tokens.mint_seat())
    for seat in room.seats:
        room.cast(seat)
    room.close()
    assert room.result().release.n == 11
    assert room.refused(lead_lesson.add_seat) is Reason.WRONG_STATE


def test_a_seat_casts_once_and_only_while_its_poll_votes(house: House) -> None:
    room, other = Room(house).lobby(10), Room(house, classroom="7.B").voting(1)
    with pytest.raises(KeyError):  # no page has a ballot yet
        room.cast(room.seats[0])
    room.do(open_poll)
    for _ in range(3):
        room.cast(room.seats[0])
    assert counts(room) == (1, 1)
    assert counts(other) == (0, 0)
    room.close()
    with pytest.raises(Refusal, match="closed"):
        room.cast(room.seats[1])


def test_a_missing_share_acknowledges_nothing_and_spends_nothing(house: House) -> None:
    room = Room(house).voting(10)
    poll = room.view().poll.id
    share = house.keys.share(poll)
    house.keys.remove_share(poll)
    with pytest.raises(Refusal, match="key missing"):
        room.cast(room.seats[0])
    assert counts(room) == (0, 0)
    assert room.refused(close_poll) is Reason.KEY_LOST
    house.keys.keep_share(poll, share or b"")
    room.cast(room.seats[0])
    assert counts(room) == (1, 1)


def test_only_the_link_that_opened_closes(house: House) -> None:
    room = Room(house)
    room.add_link("other")
    room.voting(10)
    own, room.secret = room.secret, "other"
    assert room.refused(close_poll) is Reason.OPENED_BY_OTHER_LINK
    room.secret = "stranger"
    assert room.refused(close_poll) is Reason.WRONG_LINK
    room.secret = own
    assert room.refused(close_poll) is None
    assert room.refused(close_poll) is None, "closing a closed poll changes nothing"


def test_after_the_close_nothing_is_left_but_the_release(house: House) -> None:
    room = played(house, 22, yes=3)
    poll = room.view().poll
    assert counts(room) == (0, 0)
    assert (poll.state, poll.public_key) == (PollState.CLOSED, None)
    assert not house.keys.has_share(poll.id)
    release = room.result().release
    assert (release.n, release.figures[Measure.OWN]) == (22, Band(0, 3))
    assert release.figures[Measure.MATES] == Band(0, 4)


def test_nine_ballots_leave_no_number_at_all(house: House) -> None:
    release = played(house, 9, yes=9).result().release
    assert release.n is None
    assert set(release.figures.values()) == {Suppressed(Why.FEW_ANSWERS)}


def test_six_guesses_are_too_few(house: House) -> None:
    room = Room(house).voting(12)
    for number, seat in enumerate(room.seats):
        room.cast(seat, mates="3" if number < 6 else "unknown", others="3" if number < 7 else "unknown")
    figures = room.close().result().release.figures
    assert figures[Measure.MATES] == Suppressed(Why.FEW_GUESSES)
    assert figures[Measure.OTHERS] == Band(0, 4)


def test_a_vote_nobody_closes_lapses_after_a_day_and_not_before(house: House, clock: Clock) -> None:
    room = Room(house).voting(12)
    room.cast(room.seats[0])
    poll = room.view().poll.id
    clock.forward(hours=23, minutes=59)
    sweep(house)
    assert counts(room) == (1, 1)
    clock.forward(hours=2)
    sweep(house)
    assert counts(room) == (0, 0)
    assert room.view().poll.state is PollState.LAPSED
    assert not house.keys.has_share(poll)
    assert room.refused(close_poll) is Reason.WRONG_STATE


def test_a_lesson_ends_by_itself_a_day_after_its_lobby(house: House, clock: Clock) -> None:
    room = Room(house).lobby(5)
    clock.forward(hours=23)
    sweep(house)
    assert room.view().seats == 5
    clock.forward(hours=3)
    sweep(house)
    assert (room.view().lesson.state, room.view().seats, room.view().lesson.code) == ("ended", 0, None)


def test_shares_of_unknown_polls_stay_and_are_named(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.keys.keep_share("f" * 16, b"x" * 32)
    monkeypatch.setattr("app.services.sweep.SHARE_REST_SECONDS", -1)
    closed = played(house, 10).view().poll.id
    house.keys.keep_share(closed, b"left behind by a crash after the commit")
    voting = Room(house, classroom="7.B").voting(10).view().poll.id
    sweep(house)
    assert house.keys.has_share("f" * 16)
    assert house.keys.has_share(voting)
    assert not house.keys.has_share(closed)
    assert unknown_shares(house) == ["f" * 16]


def test_reserved_seats_are_handed_on_until_none_is_left(house: House) -> None:
    room = Room(house).lobby(10)
    room.do(lead_lesson.reserve_seats, 1)
    room.do(open_poll)
    second = tokens.mint_seat()
    for _ in range(2):  # a press that arrives twice is one seat
        with house.writing() as work:
            take_reserved_seat(work, [room.seats[0]], second)
    room.cast(second)
    assert room.view().seats == 11
    with pytest.raises(Refusal, match="no seat"), house.writing() as work:
        take_reserved_seat(work, [room.seats[0]], tokens.mint_seat())


def test_many_at_once_take_the_last_seats_and_no_more(house: House) -> None:
    room = Room(house).lobby(37)
    code = room.view().lesson.code or ""
    told: list[str] = []

    def sit() -> None:
        try:
            with house.writing() as work:
                take_seat(work, code, tokens.mint_seat())
            told.append("seat")
        except Refusal as refusal:
            told.append(refusal.reason)

    run_together([sit] * 12)
    assert sorted(told) == sorted(["seat"] * 3 + [Reason.LOBBY_FULL] * 9)
    assert room.view().seats == 40


def test_one_seat_casting_from_many_tabs_at_once_counts_once(house: House) -> None:
    room = Room(house).voting(10)
    run_together([lambda: room.cast(room.seats[0])] * 8)
    assert counts(room) == (1, 1)


def test_every_ballot_acknowledged_while_the_poll_closes_is_counted(house: House) -> None:
    room = Room(house).voting(30)
    for seat in room.seats[:10]:
        room.cast(seat)
    acknowledged, refused = list(room.seats[:10]), list[Reason]()

    def cast(seat: str) -> None:
        try:
            room.cast(seat)
            acknowledged.append(seat)
        except Refusal as refusal:
            refused.append(refusal.reason)

    late = [lambda seat=seat: cast(seat) for seat in room.seats[10:]]
    run_together([*late[:10], room.close, *late[10:], room.close])
    assert set(refused) <= {Reason.CLOSED}
    assert room.result().release.n == len(acknowledged)


def run_together(acts: list[object]) -> None:
    """Run all acts in threads that start at one moment; the first fault of any is raised."""
    gate, faults = threading.Barrier(len(acts)), list[BaseException]()

    def run(act: object) -> None:
        gate.wait()
        try:
            act()  # type: ignore[operator]
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def test_the_share_is_on_disk_before_the_vote_is_open(house: House, tmp_path: Path) -> None:
    room = Room(house).lobby(10)
    (tmp_path / "keys" / "shares").rmdir()
    assert room.refused(open_poll) is Reason.KEY_NOT_KEPT
    assert room.view().poll.state is PollState.WAITING
    assert room.view().lesson.code is not None, "nothing has changed"
