"""How often a classroom may be asked, through the services: by the database, and by the ledger where it forgot."""

import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.refusal import Reason, Refusal
from app.domain.release import Ruler
from app.domain.theme import Theme
from app.services import backup, keep_classrooms
from app.services.count_paper import count_paper
from app.services.house import House
from app.services.lead_lesson import end_lesson, open_lobby
from app.services.open_poll import open_poll
from app.services.release_poll import choose_ruler
from app.services.start_lesson import find_classroom
from app.services.sweep import sweep
from app.store.tables import figure, poll, release
from tests.conftest import Clock
from tests.services.room import THEME, Room, played
from tests.services.test_lesson import run_together
from tests.services.test_paper import TOTALS

# The module, which the function of the same name hides from an import.
release_poll_module = sys.modules[choose_ruler.__module__]


def invented(house: House) -> tuple[Theme, Theme]:
    """Two themes of one family: the one implies the other."""
    drink = replace(house.themes[THEME], key="alkohol", family="alkohol")
    return drink, replace(drink, key="fuldskab")


def renamed(house: House, name: str, new: str) -> None:
    """Give a classroom another name, as a consultant does."""
    with house.writing() as work:
        room = find_classroom(work, "Skovtroldeskolen", name, 7)
        keep_classrooms.rename(work, room.id, new, 20)


def opened(room: Room) -> Reason | None:
    """Why the room's code is not shown, or its vote does not open with ten pupils in it; None where it does."""
    refused = room.refused(open_lobby)
    return refused or room.lobby(10).refused(open_poll)


def test_the_repeat_is_read_with_the_other_ruler_at_least_eight_weeks_later_and_is_the_last_of_the_year(
    house: House, clock: Clock
) -> None:
    assert played(house, 12).result().release.ruler is Ruler.A
    # Released on a Wednesday: the eight weeks count from that week's Sunday.
    clock.forward(days=4, weeks=8, hours=-10)
    assert opened(Room(house)) is Reason.ASKED_LATELY
    clock.forward(hours=10)
    again = Room(house)
    assert opened(again) is None
    for seat in again.seats:
        again.cast(seat)
    assert again.close().result().release.ruler is Ruler.B
    clock.forward(weeks=9)
    assert opened(Room(house)) is Reason.ASKED_THIS_YEAR
    clock.forward(weeks=40)
    assert opened(Room(house)) is None


def test_another_classroom_and_another_family_are_not_touched_by_the_limit(house: House) -> None:
    played(house, 12)
    assert opened(Room(house, classroom="7.B")) is None
    assert opened(Room(house, [replace(house.themes[THEME], key="andet", family="andet")])) is None
    assert opened(Room(house)) is Reason.ASKED_LATELY


def test_a_poll_with_nine_ballots_and_a_lapsed_one_count_for_no_limit(house: House, clock: Clock) -> None:
    played(house, 9)
    assert house.ledger.path.exists() is False, "nothing was released"
    lapsed = Room(house)
    assert opened(lapsed) is None
    clock.forward(hours=26)
    sweep(house)
    assert played(house, 12).result().release.ruler is Ruler.A


def test_a_lesson_asks_one_theme_of_a_family(house: House, clock: Clock) -> None:
    # A latecomer who votes on the narrower theme only would be given away by the two figures side by side.
    drink, drunk = invented(house)
    room = Room(house, [drink, drunk]).voting(12)
    assert room.refused(open_poll) is Reason.WRONG_STATE, "one vote at a time"
    for seat in room.seats:
        room.cast(seat, theme=drink.key)
    room.close()
    assert room.refused(open_poll) is Reason.ASKED_TOGETHER
    clock.forward(weeks=9)
    assert opened(Room(house, [drunk])) is Reason.ASKED_TOGETHER
    assert opened(Room(house, [drink])) is None


def test_a_repeat_of_another_theme_of_the_family_is_refused(house: House, clock: Clock) -> None:
    drink, drunk = invented(house)
    room = Room(house, [drink]).voting(12)
    for seat in room.seats:
        room.cast(seat, theme=drink.key)
    room.close()
    clock.forward(weeks=9)
    assert opened(Room(house, [drunk])) is Reason.ASKED_TOGETHER
    assert opened(Room(house, [drink])) is None


def test_two_lessons_of_one_classroom_and_family_cannot_vote_at_once(house: House) -> None:
    drink, drunk = invented(house)
    first, second = Room(house, [drink]), Room(house, [drunk])
    assert opened(first) is None
    assert opened(second) is Reason.ASKED_NOW
    assert second.view().lesson.code is None, "nobody takes a seat in vain"


def test_of_two_lobbies_of_one_classroom_and_family_the_second_is_refused_its_vote(house: House) -> None:
    drink, drunk = invented(house)
    first, second = Room(house, [drink]).lobby(10), Room(house, [drunk]).lobby(10)
    assert first.refused(open_poll) is None
    assert second.refused(open_poll) is Reason.ASKED_NOW
    assert second.view().lesson.code is not None, "nothing has changed"


def test_of_lessons_opened_in_the_same_moment_exactly_one_votes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms, told = [Room(house).lobby(10) for _ in range(3)], list[Reason | None]()
    decide, meeting = release_poll_module.ruler_for, threading.Barrier(2)

    def decide_together(*asked: Any, **how: Any) -> Ruler:
        # Two that were let in here at once would decide at once; the one that is alone goes on by itself.
        with suppress(threading.BrokenBarrierError):
            meeting.wait(0.2)
        return decide(*asked, **how)

    monkeypatch.setattr(release_poll_module, "ruler_for", decide_together)
    run_together([lambda room=room: told.append(room.refused(open_poll)) for room in rooms])
    assert sorted(told, key=str) == sorted([None] + [Reason.ASKED_NOW] * 2, key=str)


def test_an_older_database_put_back_does_not_forget_because_the_ledger_remembers(
    house: House, tmp_path: Path, clock: Clock
) -> None:
    started = Room(house)
    backup.backup(house, tmp_path / "before.sqlite")
    played(house, 12)
    backup.restore(house, tmp_path / "before.sqlite")
    clock.forward(weeks=1)
    assert opened(started) is Reason.ASKED_LATELY
    clock.forward(weeks=8)
    assert opened(started) is None
    for seat in started.seats:
        started.cast(seat)
    assert started.close().result().release.ruler is Ruler.B


def test_a_database_that_lost_every_release_is_still_refused_by_the_ledger(house: House) -> None:
    played(house, 12).do(end_lesson)
    with house.writing() as work:
        for table in (figure, release, poll):
            work.db.execute(table.delete())
    assert opened(Room(house)) is Reason.ASKED_LATELY


def test_a_lost_ledger_does_not_forget_what_the_database_knows(house: House) -> None:
    played(house, 12).do(end_lesson)
    house.ledger.path.unlink()
    assert opened(Room(house)) is Reason.ASKED_LATELY


@pytest.mark.parametrize("name", ["7.A", "7a"])
def test_a_classroom_that_was_made_anew_after_a_restore_is_known_by_its_name(
    house: House, tmp_path: Path, name: str
) -> None:
    backup.backup(house, tmp_path / "before.sqlite")
    played(house, 12)
    backup.restore(house, tmp_path / "before.sqlite")
    assert opened(Room(house, classroom=name)) is Reason.ASKED_LATELY
    assert opened(Room(house, classroom="7.B")) is None
    assert opened(Room(house, school="Engtroldeskolen")) is None


@pytest.mark.parametrize("name", ["7.A", "7.X", "7.Y"])
def test_what_a_renamed_classroom_was_asked_counts_under_every_name_that_it_had(
    house: House, tmp_path: Path, name: str
) -> None:
    backup.backup(house, tmp_path / "before.sqlite")
    played(house, 12)
    renamed(house, "7.A", "7.X")
    renamed(house, "7.X", "7.Y")
    assert opened(Room(house, classroom=name)) is Reason.ASKED_LATELY, "made anew beside it"
    backup.restore(house, tmp_path / "before.sqlite")
    assert opened(Room(house, classroom=name)) is Reason.ASKED_LATELY, "made anew after a restore"
    assert opened(Room(house, classroom="7.Z")) is None


def test_a_classroom_keeps_its_name_while_it_votes(house: House) -> None:
    room = Room(house).voting(12)
    with pytest.raises(Refusal) as refused:
        renamed(house, "7.A", "7.X")
    assert refused.value.reason is Reason.VOTES_NOW
    renamed(house, "7.A", "7.A")  # another size only
    for seat in room.seats:
        room.cast(seat)
    room.close()
    renamed(house, "7.A", "7.X")
    assert opened(Room(house)) is Reason.ASKED_LATELY


@pytest.mark.parametrize(("month", "said"), [(7, None), (8, Reason.OTHER_YEAR)])
def test_a_classroom_is_asked_until_its_school_year_is_over_on_screens_and_on_paper(
    house: House, clock: Clock, month: int, said: Reason | None
) -> None:
    # Afterwards its pupils are another classroom, with a first release of its own.
    screens, paper = Room(house), Room(house, classroom="7.B")
    clock.now = datetime(2027, month, 31 if month == 7 else 1, 9, tzinfo=UTC)
    assert opened(screens) is said
    assert paper.refused(count_paper, THEME, TOTALS) is said
