"""Classrooms are taken in whole, moved a year up and back, and never lose what happened in them."""

import unicodedata
from datetime import UTC, datetime

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
JUNE, AUGUST = datetime(2027, 6, 10, 9, tzinfo=UTC), datetime(2027, 8, 12, 9, tzinfo=UTC)


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


def move_up(house: House) -> int:
    """Move all a year up."""
    with house.writing() as work:
        return keep.move_up(work)


def test_in_june_all_move_up_and_the_old_ones_keep_their_lessons(house: House, clock: Clock) -> None:
    take_in(house, entry("7.A", 7, 22), entry("9.A", 9))
    room = Room(house)
    clock.now = JUNE
    assert move_up(house) == 1
    assert names(house, YEAR + 1) == [("8.A", 8, 22)]
    assert len(names(house)) == 2
    assert room.view().lesson.classroom.grade == 7
    with pytest.raises(Refusal):
        move_up(house)
    clock.forward(days=365)
    assert move_up(house) == 1
    assert names(house, YEAR + 2) == [("9.A", 9, 22)]


def test_in_august_last_years_classrooms_move_up_though_this_year_has_one_already(house: House, clock: Clock) -> None:
    take_in(house, entry("7.A", 7), entry("7.B", 7))
    clock.now = AUGUST
    take_in(house, entry("0.A", 0), entry("8b", 8, 24))
    with house.reading() as work:
        assert keep.year_plan(work) == keep.YearPlan(YEAR, can_move=True, can_undo=False)
    assert move_up(house) == 1, "8.B has come already"
    assert names(house, YEAR + 1) == [("0.A", 0, None), ("8.A", 8, None), ("8b", 8, 24)]
    assert names(house, YEAR + 2) == []
    with pytest.raises(Refusal):
        move_up(house)


def test_two_that_would_be_called_the_same_do_not_move_up(house: House, clock: Clock) -> None:
    take_in(house, entry("7.A", 7), entry("8.A", 7))
    clock.now = JUNE
    with pytest.raises(Refusal) as refused:
        move_up(house)
    assert refused.value.reason is Reason.NAME_TAKEN
    assert names(house, YEAR + 1) == []


def test_moving_up_is_undone_until_one_of_them_has_a_lesson(house: House, clock: Clock) -> None:
    take_in(house, entry("7.A", 7, 22), entry("8.A", 8))
    clock.now = JUNE
    assert move_up(house) == 2
    with house.writing() as work:
        assert keep.undo_move(work) == 2
    assert move_up(house) == 2
    clock.now = AUGUST
    take_in(house, entry("9.Z", 9))
    with house.reading() as work:
        assert keep.year_plan(work).can_undo
    Room(house, classroom="8.A", grade=8)
    with house.writing() as work, pytest.raises(Refusal):
        keep.undo_move(work)


@pytest.mark.parametrize("again", [entry("7.a", 7), entry("7 A", 7), entry("7A", 7, school="skovtrolde-skolen")])
def test_the_same_classroom_in_other_letters_is_the_same_classroom(house: House, again: Entry) -> None:
    take_in(house, entry("7.A", 7, 22))
    with house.reading() as work:
        assert keep.plan_import(work, [again]).same == 1, "and it keeps the size that the list does not say"
    with house.writing() as work:
        found = classrooms.find_or_add(work.db, "new", again.school, again.name, 7, YEAR)
    assert (found.school, found.name, found.size) == ("Skovtroldeskolen", "7.A", 22)
    assert names(house) == [("7.A", 7, 22)]


def test_letters_put_together_in_two_ways_are_one_school(house: House) -> None:
    apart = unicodedata.normalize("NFD", "Blåmejseskolen")
    take_in(house, entry("7.A", 7, school=apart), entry("7.B", 7, school="Blåmejseskolen"))
    with house.reading() as work:
        assert list(classrooms.schools(work.db).values()) == ["Blåmejseskolen"]


@pytest.mark.parametrize("search", ["ørestad", "ØRESTAD", "7a", "7.a"])
def test_a_classroom_is_found_in_whatever_letters(house: House, search: str) -> None:
    take_in(house, entry("7.A", 7, school="Ørestadstroldeskolen"), entry("8.B", 8, school="Engtroldeskolen"))
    with house.reading() as work:
        found = classrooms.listed(work.db, None, YEAR, search, 0, 9)
        assert [each.name for each in found] == ["7.A"]
        assert classrooms.count(work.db, None, YEAR, search) == 1


def test_a_classroom_of_a_year_that_is_over_is_renamed_among_its_own(house: House, clock: Clock) -> None:
    take_in(house, entry("7.A", 7), entry("7.B", 7))
    clock.now = AUGUST
    with house.writing() as work:
        old = next(each for each in classrooms.of_year(work.db, YEAR) if each.name == "7.A")
        with pytest.raises(Refusal) as refused:
            keep.rename(work, old.id, "7b", None)
        assert refused.value.reason is Reason.NAME_TAKEN
        keep.rename(work, old.id, "7.a", None)
    assert names(house) == [("7.B", 7, None), ("7.a", 7, None)]


def test_a_name_is_changed_unless_the_school_has_it(house: House) -> None:
    take_in(house, entry("7.A", 7, 22), entry("7.B", 7), entry("7.C", 7, school="Engtroldeskolen"))
    with house.writing() as work:
        room = next(each for each in classrooms.of_year(work.db, YEAR) if each.name == "7.A")
        keep.rename(work, room.id, "7.C", 20)
    with house.writing() as work, pytest.raises(Refusal) as refused:
        keep.rename(work, room.id, "7.B", 20)
    assert refused.value.reason is Reason.NAME_TAKEN
    assert names(house) == [("7.B", 7, None), ("7.C", 7, 20), ("7.C", 7, None)]
