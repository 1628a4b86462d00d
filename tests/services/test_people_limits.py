"""Limits that need people: nobody asks more classrooms first than there are, whatever they are called meanwhile."""

from pathlib import Path

import pytest

from app.domain.account import Account, Role
from app.domain.refusal import Reason, Refusal
from app.domain.slip import Slip
from app.domain.theme import Audience
from app.sealing import tokens
from app.services import keep_classrooms as keep
from app.services.cast_ballot import cast_ballot
from app.services.close_poll import close_poll
from app.services.house import House
from app.services.lead_lesson import open_lobby
from app.services.manage_accounts import invite
from app.services.open_poll import open_poll
from app.services.purge import Purged, purge
from app.services.show_lesson import show_lesson
from app.services.start_lesson import find_classroom, start_lesson
from app.services.take_seat import take_seat
from app.store import accounts, classrooms, lessons
from app.store.tables import figure, grade_total, lesson, release
from tests.conftest import Clock
from tests.services.room import Room, played

THEME = "ude-sent"


def teacher(house: House, rooms: int, login: str = "a@fjordby.example") -> tuple[Account, list[str]]:
    """A teacher at a school with so many classrooms, and those classrooms' ids."""
    with house.writing() as work:
        made = [find_classroom(work, "Skovtroldeskolen", f"7.{letter}", 7).id for letter in "ABCDEF"[:rooms]]
        school = classrooms.school_id(work.db, "Skovtroldeskolen")
        if accounts.by_login(work.db, login) is None:
            invite(work, login, Role.TEACHER, school)
        account = accounts.by_login(work.db, login)
    assert account is not None
    return account, made


def ask(house: House, by: Account, classroom: str, pupils: int = 10, theme: str = THEME) -> Reason | None:
    """A lesson by somebody, from its start to its close; why it was refused, None when it was not."""
    with house.writing() as work:
        room = classrooms.by_id(work.db, classroom, None)
        assert room is not None
        started = start_lesson(work, room, [house.themes[theme]], Audience.PUPILS, by=by.id)
    seats = [tokens.mint_seat() for _ in range(pupils)]
    try:
        with house.writing() as work:
            open_lobby(work, started.lesson, started.secret)
    except Refusal as refusal:
        return refusal.reason
    for seat in seats:
        with house.writing() as work:
            found = lessons.by_id(work.db, started.lesson)
            assert found is not None
            take_seat(work, found.code or "", seat)
    with house.writing() as work:
        open_poll(work, started.lesson, started.secret)
    for seat in seats:
        with house.writing() as work:
            view = show_lesson(work, started.lesson, started.secret)
            cast_ballot(work, seat, Slip.of(view.poll, view.lesson.size), {"own": "no", "others": "1", "mates": "1"})
    with house.writing() as work:
        close_poll(work, started.lesson, started.secret)
    return None


def test_a_teacher_asks_every_classroom_once_and_no_made_up_one_more(house: House) -> None:
    by, rooms = teacher(house, 2)
    assert [ask(house, by, room) for room in rooms] == [None, None]
    with house.writing() as work:
        keep.rename(work, rooms[0], "7.X", None)
        made_up = find_classroom(work, "Engtroldeskolen", "halvdelen", 7).id
    assert ask(house, by, made_up) is Reason.ASKED_MUCH
    assert ask(house, by, made_up, theme="lektier") is None, "another family"
    other, _ = teacher(house, 2, "b@fjordby.example")
    assert ask(house, other, made_up) is None, "another person"


def test_what_was_asked_counts_when_its_classroom_is_gone(house: House) -> None:
    by, rooms = teacher(house, 2)
    assert ask(house, by, rooms[0]) is None
    assert ask(house, by, rooms[1]) is None
    with house.writing() as work:
        for table in (figure, release, lesson):
            work.db.execute(table.delete())
        extra = find_classroom(work, "Engtroldeskolen", "resten", 7).id
    assert ask(house, by, extra) is Reason.ASKED_MUCH


def test_after_eight_weeks_one_may_ask_first_again(house: House, clock: Clock) -> None:
    by, rooms = teacher(house, 1)
    assert ask(house, by, rooms[0]) is None
    with house.writing() as work:
        extra = find_classroom(work, "Engtroldeskolen", "7.Ny", 7).id
    assert ask(house, by, extra) is Reason.ASKED_MUCH
    clock.forward(weeks=9)
    assert ask(house, by, extra) is None


def test_too_few_answers_count_for_nobody(house: House) -> None:
    by, rooms = teacher(house, 1)
    assert ask(house, by, rooms[0], pupils=9) is None
    assert ask(house, by, rooms[0]) is None


def test_idle_staff_are_removed_after_a_year_and_counted(house: House, clock: Clock) -> None:
    by, _ = teacher(house, 1)
    clock.forward(weeks=51)
    with house.writing() as work:
        assert purge(work) == Purged(0, 0, 0)
    clock.forward(weeks=2)
    with house.writing() as work:
        assert purge(work) == Purged(1, 0, 0)
        assert accounts.by_id(work.db, by.id) is None


def test_classrooms_of_old_school_years_leave_totals_of_their_grade_only(house: House, clock: Clock) -> None:
    played(house, 22, 2, classroom="7.A")
    played(house, 22, 5, classroom="7.B")
    played(house, 12, 1, classroom="8.A", grade=8)
    clock.forward(days=2 * 365)
    with house.writing() as work:
        assert purge(work) == Purged(0, 0, 0), "two school years later they are still there"
    clock.forward(days=365)
    Room(house, classroom="7.A")
    with house.writing() as work:
        assert purge(work) == Purged(0, 3, 3)
    with house.reading() as work:
        rows = list(work.db.execute(grade_total.select().where(grade_total.c.measure == "own")))
        assert [(row.school_year, row.grade, row.classrooms, row.n, row.low, row.high) for row in rows] == [
            (2026, 7, 2, 44, 4, 10)
        ]
        assert len(classrooms.of_year(work.db, 2026)) == 0
        assert len(classrooms.of_year(work.db, 2029)) == 1


def test_the_ledger_remembers_who_and_reads_what_older_versions_wrote(house: House, tmp_path: Path) -> None:
    by, rooms = teacher(house, 1)
    ask(house, by, rooms[0])
    lines = house.ledger.path.read_text().splitlines()
    assert f'"by": "{by.id}"' in lines[0]
    house.ledger.path.write_text(lines[0].replace(f', "by": "{by.id}"', "") + "\n")
    assert len(house.ledger.runs(rooms[0], "another name", Audience.PUPILS, THEME, 2026)) == 1


@pytest.mark.parametrize("repeat", [False, True])
def test_pupils_are_told_when_their_class_was_asked_before(house: House, clock: Clock, repeat: bool) -> None:
    if repeat:
        played(house, 12)
        clock.forward(weeks=9)
    ruler = Room(house).voting(12).view().poll.ruler
    assert (ruler == "B") is repeat
