"""What is seen together again and again, in notes and in exports: nobody can take one classroom out of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from app.domain.interval import Interval, percents
from app.domain.poll import Week
from app.domain.theme import GUESSES, Measure
from app.services.export_rows import export_rows
from app.services.house import House, Work
from app.services.show_note import show_example
from app.store.tables import classroom, figure, lesson, poll, release, school
from tests.conftest import Clock, open_house
from tests.services.room import THEME

N = 100
MONDAYS = [datetime(2026, 9, 7, 9, tzinfo=UTC) + timedelta(weeks=weeks) for weeks in (0, 1, 2, 20, 21, 22)]
SCHOOLS = ("Skovtroldeskolen", "Kommunen")
# No two sets of five classrooms have the same sums, nor the same means in whole per cent: what a total shows says whom
# it is of.
OWN, GUESSED = [(2**k, N) for k in range(5)], [(2**k, N - 3 ** (4 - k)) for k in range(5)]

SETS = [frozenset(each) for size in range(1, 6) for each in combinations(range(5), size)]

Answered = tuple[datetime, str, frozenset[Measure]]
World = list[Answered]
Held = dict[Measure, frozenset[int]]
Looks = Callable[[World], list[Held]]


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looks]:
    """What can be seen of a world."""
    folder: Path = tmp_path_factory.mktemp("together")
    made = open_house(f"sqlite:///{folder / 'pejling.sqlite'}", folder / "keys", Clock())
    with made.writing() as work:
        work.db.execute(insert(school), [{"id": name, "name": name} for name in SCHOOLS])
    yield lambda world: seen(made, world)
    made.database.dispose()


def answer(work: Work, number: int, each: Answered) -> None:
    """A classroom of grade 7 released the bands that it has in the week of a Monday."""
    monday, at, measures = each
    key = str(number)
    work.db.execute(insert(classroom).values(id=key, school_id=at, name=key, grade=7, school_year=2026))
    work.db.execute(insert(lesson).values(id=key, classroom_id=key, audience="pupils", state="ended"))
    asked = {"theme": THEME, "family": THEME, "edition": work.themes[THEME].edition}
    work.db.execute(insert(poll).values(id=key, lesson_id=key, position=0, state="closed", ruler="A", **asked))
    work.db.execute(insert(release).values(poll_id=key, n=N, week=str(Week.of(monday.date()))))
    for measure in measures:
        low, high = (OWN if measure is Measure.OWN else GUESSED)[number]
        work.db.execute(insert(figure).values(poll_id=key, measure=measure, low=low, high=high))


def whom(guess: tuple[int, int]) -> frozenset[int]:
    """The classrooms whose mean guess, in whole per cent rounded outwards, this is."""
    (found,) = [each for each in SETS if mean(each) == guess]
    return found


def mean(classrooms: frozenset[int]) -> tuple[int, int]:
    """Their mean guess in whole per cent."""
    low, high = (sum(GUESSED[k][end] for k in classrooms) / len(classrooms) / N for end in (0, 1))
    return percents(Interval(low, high))


def held(own: int, others: tuple[int, int] | None, mates: tuple[int, int] | None) -> Held:
    """Whom the figures of a measure are of."""
    return {
        Measure.OWN: frozenset(k for k in range(5) if own >> k & 1),
        Measure.OTHERS: whom(others) if others else frozenset(),
        Measure.MATES: whom(mates) if mates else frozenset(),
    }


def of_note(work: Work) -> list[Held]:
    """Whom the note and its example are of."""
    return [
        held(each.sums.low, *(guess and percents(guess) for guess in (each.others, each.mates)))
        for each in show_example(work, THEME, 7, 2026).occasions
    ]


def of_export(work: Work) -> list[Held]:
    """Whom each row of the export is of."""
    found = []
    for row in export_rows(work):
        others, mates = (row.others_lower, row.others_upper), (row.mates_lower, row.mates_upper)
        guesses = [(low, high) if low is not None and high is not None else None for low, high in (others, mates)]
        found.append(held(row.own_lower, *guesses))
    return found


def seen(house: House, world: World) -> list[Held]:
    """Everything that notes and exports show of a world, week after week; then the house is empty again."""
    found = []
    with house.writing() as work:
        for number, each in enumerate(world):
            answer(work, number, each)
        for monday in [*MONDAYS[1:], MONDAYS[-1] + timedelta(weeks=1)]:
            now = replace(work, now=monday)
            found += [*of_note(now), *of_export(now)]
        for table in (figure, release, poll, lesson, classroom):
            work.db.execute(delete(table))
    return found


def alone(found: list[Held]) -> set[tuple[Measure, int]]:
    """The classrooms that whoever sets figures of a measure against one another can be left with."""
    return {
        (measure, one)
        for measure in (Measure.OWN, *GUESSES)
        for one in frozenset().union(*(look[measure] for look in found))
        if not any(
            all((one in look[measure]) == (other in look[measure]) for look in found)
            for other in range(5)
            if other != one
        )
    }


bands = st.frozensets(st.sampled_from((Measure.OWN, *GUESSES)))
classrooms = st.tuples(st.sampled_from(MONDAYS), st.sampled_from(SCHOOLS), bands)


@given(st.lists(classrooms, min_size=2, max_size=5))
def test_notes_and_exports_set_against_one_another_leave_no_classroom(looks: Looks, world: World) -> None:
    assert alone(looks(world)) == set()


def test_a_class_without_a_guess_does_not_leave_its_neighbours_alone(looks: Looks) -> None:
    first, second, third, *_ = MONDAYS
    at, every, silent = SCHOOLS[0], frozenset({Measure.OWN, *GUESSES}), frozenset({Measure.OWN})
    world = [(first, at, every), (first, at, every), (second, at, every), (second, at, silent), (third, at, every)]
    found = looks(world)
    assert alone(found) == set()
    assert {look[Measure.MATES] for look in found} == {frozenset({0, 1}), frozenset({0, 1, 2, 4})}
    assert {look[Measure.OWN] for look in found} == {frozenset({0, 1}), frozenset({0, 1, 2, 3})}


def test_whom_a_total_is_of_can_be_told_from_it() -> None:
    assert len({mean(each) for each in SETS}) == len({sum(OWN[k][0] for k in each) for each in SETS}) == len(SETS)
