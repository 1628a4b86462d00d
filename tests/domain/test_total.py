"""Totals that are looked at again and again: no two of them differ by one classroom."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.domain.poll import Week
from app.domain.total import settled, together

WEEKS = (Week(2026, 40), Week(2026, 41), Week(2026, 53), Week(2027, 2))
LATER = (*WEEKS[1:], Week(2027, 3))
Answered = list[tuple[Week, str, int]]


def looks(answered: Answered, least: int) -> list[frozenset[int]]:
    """Which classrooms each total holds that anybody can see at any time: all schools, and each school."""
    found = []
    for now, school in product(LATER, (None, "A", "B", "C")):
        blocks = settled([each for each in answered if each[0] <= now], now, least)
        found.append(frozenset(together(block for block in blocks if school in (None, block.school))))
    return found


@given(st.lists(st.tuples(st.sampled_from(WEEKS), st.sampled_from("ABC")), max_size=9), st.integers(2, 3))
def test_whoever_is_in_a_total_is_in_every_total_with_the_same_others(
    worlds: list[tuple[Week, str]], least: int
) -> None:
    answered = [(week, school, number) for number, (week, school) in enumerate(worlds)]
    seen = looks(answered, least)
    for number in frozenset().union(*seen):
        always_with = [
            other for other in range(len(answered)) if all((number in look) == (other in look) for look in seen)
        ]
        assert len(always_with) >= least


def test_a_school_comes_by_itself_where_it_can_and_those_alone_come_together() -> None:
    first, second, third, _ = WEEKS
    answered = [(first, "A", 1), (first, "A", 2), (first, "B", 3), (first, "C", 4), (second, "B", 5), (third, "B", 6)]
    blocks = [(block.school, block.parts) for block in settled(answered, LATER[-1])]
    assert blocks == [("A", (1, 2)), (None, (3, 4)), ("B", (5, 6))]


def test_a_week_that_is_not_over_and_another_half_of_the_school_year_do_not_count() -> None:
    first, second, third, fourth = WEEKS
    assert settled([(first, "A", 1), (first, "A", 2)], first) == []
    assert settled([(first, "A", 1), (second, "A", 2)], second) == []
    assert settled([(third, "A", 1), (fourth, "A", 2)], LATER[-1]) == []
