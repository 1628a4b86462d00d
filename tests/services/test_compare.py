"""Comparing classrooms of Fjordby: what is put together, what is left out with its reason, and nothing finer."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from app.domain.benchmark import Season
from app.domain.comparison import Change
from app.domain.norms import Misperception
from app.domain.refusal import Refusal
from app.services.compare import Comparison, LeftOut, Subject, compare, subjects
from app.services.house import House
from tests.conftest import Clock
from tests.services.room import THEME, played
from tests.services.test_fjordby import fjordby

__all__ = ["fjordby"]
YEAR = 2025  # the school year before the clock's


@pytest.fixture(scope="module")
def seventh(fjordby: House) -> Iterator[Comparison]:
    """Alcohol in grade 7."""
    with fjordby.reading() as work:
        yield compare(work, Subject("alkohol", 7, YEAR))


def test_the_demo_has_three_subjects(fjordby: House) -> None:
    with fjordby.reading() as work:
        assert subjects(work) == (
            Subject("alkohol", 7, YEAR), Subject("nikotin", 8, YEAR), Subject("fuldskab", 9, YEAR),
        )  # fmt: skip


def test_a_wave_has_its_sums_its_estimate_and_its_guesses(seventh: Comparison) -> None:
    first, later = seventh.waves
    assert (first.number, first.season, later.number, later.season) == (1, Season.AUTUMN, 2, Season.SPRING)
    assert first.sums.n == sum(each.n for each in first.classrooms)
    assert first.sums.low == sum(each.own.low for each in first.classrooms)
    assert first.estimate is not None
    assert 0 <= first.estimate.low <= 0.08 <= first.estimate.high, "Fjordby's true share is near its Ungeprofil's"
    assert first.mates is not None
    assert first.mates.lies_above(first.sums.shares) or first.mates.high > first.estimate.high


def test_what_is_left_out_is_said_with_its_reason(seventh: Comparison) -> None:
    assert seventh.waves[0].left_out == (
        ("Havtornskolen", "7.B", LeftOut.FEW_ANSWERS),
        ("Havtornskolen", "7.B", LeftOut.OTHER_SEASON),
    )
    assert ("Havtornskolen", "7.B") not in {(each.school, each.classroom) for each in seventh.waves[0].classrooms}
    assert ("Klitrosenskolen", "7.A") not in {(each.school, each.classroom) for each in seventh.waves[1].classrooms}


def test_classrooms_stand_in_the_order_of_their_names_and_never_of_results(seventh: Comparison) -> None:
    for wave in seventh.waves:
        names = [(each.school, each.classroom) for each in wave.classrooms]
        assert names == sorted(names)


def test_a_classroom_has_the_name_of_its_result(seventh: Comparison) -> None:
    found = {(each.school, each.classroom): each for each in seventh.waves[0].classrooms}
    assert found["Vindebroskolen", "7.B"].name is Misperception.MATCH
    assert found["Vindebroskolen", "7.A"].own.high == 3


def test_one_to_four_yes_cannot_be_shown_to_differ(seventh: Comparison) -> None:
    changes = {(each.school, each.classroom): each.change for each in seventh.changes}
    assert changes["Klitrosenskolen", "7.B"] is Change.CANNOT_BE_SHOWN
    assert ("Klitrosenskolen", "7.A") not in changes
    assert set(changes.values()) == {Change.CANNOT_BE_SHOWN}


def test_one_school_has_no_estimate_of_its_own(fjordby: House) -> None:
    with fjordby.reading() as work:
        found = compare(work, Subject("alkohol", 7, YEAR, "Vindebroskolen"))
    assert {each.school for each in found.waves[0].classrooms} == {"Vindebroskolen"}
    assert found.waves[0].estimate is None
    assert all(each.stands_out is None for each in found.waves[0].classrooms), "fewer than five classrooms"


def test_a_subject_that_nobody_was_asked_about_is_empty(fjordby: House) -> None:
    with fjordby.reading() as work:
        found = compare(work, Subject("hash", 9, YEAR))
        assert (found.waves, found.change, found.not_asked) == ((), None, 12)
        with pytest.raises(Refusal):
            compare(work, Subject("no such theme", 9, YEAR))


def test_of_as_many_in_autumn_as_in_spring_the_autumn_is_compared_as_in_the_export(house: House, clock: Clock) -> None:
    for school, weeks in (("Åbrinkskolen", 26), ("Bakkeskolen", 0)):
        for name in ("7.A", "7.B"):
            played(house, 12, classroom=name, school=school)
        clock.forward(weeks=weeks)
    with house.reading() as work:
        (wave,) = compare(work, Subject(THEME, 7, 2026)).waves
    assert {each.school for each in wave.classrooms} == {"Åbrinkskolen"}
    assert wave.season is Season.AUTUMN


def test_a_comparison_asks_as_many_queries_however_many_classrooms(fjordby: House) -> None:
    counts = []
    for school in (None, "Vindebroskolen"):
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(fjordby.database.engine, "before_cursor_execute", note)
        with fjordby.reading() as work:
            compare(work, Subject("alkohol", 7, YEAR, school))
        event.remove(fjordby.database.engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[0] == counts[1]
