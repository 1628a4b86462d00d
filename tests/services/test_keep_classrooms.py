"""Classrooms are taken in whole, moved a year up and back, and never lose what happened in them."""

import pytest

from app.domain.classroom_list import Entry
from app.domain.moving_up import moved_up
from app.domain.refusal import Reason, Refusal
from app.services import keep_classrooms as keep
from app.services.house import House
from app.store import classrooms
from tests.conftest import Clock
from tests.services.room import Room

YEAR = 2026


def entry(name: str, grade: int, size: int | None = None, school: str = "Skovtroldeskolen") -> Entry:
    """A row of the list."""
    return Entry(school, name, grade, size)


def names(house: House, year: int = YEAR) -> list[tuple[str, int, int | None]]:
    """The classrooms of a year."""
    with house.reading() as work:
        found = [(each.name, each.grade, each.size) for each in classrooms.of_year(work.db, year)]
    return sorted(found, key=str)


def take_in(house: House, *entries: Entry) -> int:
    """Import them."""
    with house.writing() as work:
        return keep.take_in(work, entries)


def test_a_list_is_taken_in_and_taken_in_again_replaces_by_school_and_name(house: House) -> None:
    assert take_in(house, entry("7.A", 7, 22), entry("8.A", 8), entry("7.A", 7, school="Engtroldeskolen")) == 3
    assert take_in(house, entry("7.A", 7, 24), entry("8.A", 8)) == 1
    assert names(house) == [("7.A", 7, 24), ("7.A", 7, None), ("8.A", 8, None)]


def test_the_preview_says_what_would_happen_and_changes_nothing(house: House) -> None:
    take_in(house, entry("7.A", 7, 22), entry("8.A", 8))
    with house.reading() as work:
        plan = keep.plan_import(work, [entry("7.A", 7, 23), entry("8.A", 8), entry("9.A", 9)])
    assert (plan.new, plan.changed, plan.same) == ((entry("9.A", 9),), (entry("7.A", 7, 23),), 1)
    assert len(names(house)) == 2


def test_a_classroom_that_has_had_a_lesson_keeps_its_grade_and_nothing_else_is_taken_in(house: House) -> None:
    Room(house)
    rows = [entry("9.A", 9), entry("7.A", 8)]
    with house.reading() as work:
        assert keep.plan_import(work, rows).refused == (entry("7.A", 8),)
    with pytest.raises(Refusal) as refused:
        take_in(house, *rows)
    assert refused.value.reason is Reason.OTHER_GRADE
    assert names(house) == [("7.A", 7, None)]
    assert take_in(house, entry("7.A", 7, 21)) == 1, "its size may change"


@pytest.mark.parametrize(
    ("name", "grade", "after"),
    [("7.A", 7, ("8.A", 8)), ("7A", 7, ("8A", 8)), ("6. b", 6, ("7. b", 7)), ("70-holdet", 7, ("70-holdet", 8)),
     ("Ulvene", 8, ("Ulvene", 9)), ("9.B", 9, None), ("10.C", 10, None)],
)  # fmt: skip
def test_a_year_later_it_is_called(name: str, grade: int, after: tuple[str, int] | None) -> None:
    assert moved_up(name, grade) == after


def test_all_move_up_and_the_old_ones_keep_their_lessons(house: House, clock: Clock) -> None:
    take_in(house, entry("7.A", 7, 22), entry("9.A", 9))
    room = Room(house)
    with house.writing() as work:
        assert keep.move_up(work) == 1
    assert names(house, YEAR + 1) == [("8.A", 8, 22)]
    assert len(names(house)) == 2
    assert room.view().lesson.classroom.grade == 7
    with house.writing() as work, pytest.raises(Refusal):
        keep.move_up(work)
    clock.forward(days=365)
    with house.writing() as work:
        assert keep.move_up(work) == 1
    assert names(house, YEAR + 2) == [("9.A", 9, 22)]


def test_moving_up_is_undone_until_one_of_them_has_a_lesson(house: House, clock: Clock) -> None:
    take_in(house, entry("7.A", 7, 22), entry("8.A", 8))
    with house.writing() as work:
        keep.move_up(work)
        assert keep.undo_move(work) == 2
        keep.move_up(work)
    clock.forward(days=365)
    with house.reading() as work:
        moved = next(each for each in classrooms.of_year(work.db, YEAR + 1) if each.name == "8.A")
    with house.writing() as work:
        take_in_by_hand = entry("9.Z", 9)
        keep.take_in(work, [take_in_by_hand])
        assert keep.year_plan(work).can_undo
    Room(house, classroom="8.A", grade=moved.grade)
    with house.writing() as work, pytest.raises(Refusal):
        keep.undo_move(work)


def test_a_name_is_changed_unless_the_school_has_it(house: House) -> None:
    take_in(house, entry("7.A", 7, 22), entry("7.B", 7), entry("7.C", 7, school="Engtroldeskolen"))
    with house.writing() as work:
        room = next(each for each in classrooms.of_year(work.db, YEAR) if each.name == "7.A")
        keep.rename(work, room.id, "7.C", 20)
    with house.writing() as work, pytest.raises(Refusal) as refused:
        keep.rename(work, room.id, "7.B", 20)
    assert refused.value.reason is Reason.NAME_TAKEN
    assert names(house) == [("7.B", 7, None), ("7.C", 7, 20), ("7.C", 7, None)]
