"""Intervals round a share: the published tables, scipy over a grid, and what holds for every count."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.domain.interval import Interval, clopper_pearson, design_effect, newcombe, wilson


def percent(interval: Interval) -> tuple[float, float]:
    """The ends in per cent, with one decimal as tables print them."""
    return round(100 * interval.low, 1), round(100 * interval.high, 1)


@pytest.mark.parametrize(
    ("yes", "n", "ends"),
    [
        (0, 24, (0, 13.8)),
        (1, 24, (0.7, 20.2)),
        (7, 24, (14.9, 49.2)),
        (12, 24, (31.4, 68.6)),
        (60, 200, (24.1, 36.7)),
    ],
)
def test_wilson_intervals_are_those_of_the_table(yes: int, n: int, ends: tuple[float, float]) -> None:
    assert percent(wilson(yes, n)) == ends


@pytest.mark.parametrize(("yes", "n", "ends"), [(0, 10, (0, 30.8)), (7, 24, (12.6, 51.1)), (8, 75, (4.7, 19.9))])
def test_exact_intervals_are_those_of_the_table(yes: int, n: int, ends: tuple[float, float]) -> None:
    assert percent(clopper_pearson(yes, n)) == ends


def test_the_difference_of_two_shares_is_that_of_the_table() -> None:
    assert percent(newcombe(8, 24, 4, 24)) == (-7.9, 39.0)


def test_the_difference_of_two_shares_is_that_of_newcombes_paper() -> None:
    # Newcombe 1998, table II, case a (56/70 - 48/80) and case f (0/10 - 0/20), method 10.
    case_a, case_f = newcombe(56, 70, 48, 80), newcombe(0, 10, 0, 20)
    assert (case_a.low, case_a.high) == pytest.approx((0.0524, 0.3339), abs=0.00005)
    assert (case_f.low, case_f.high) == pytest.approx((-0.1611, 0.2775), abs=0.00005)


@pytest.mark.parametrize("n", [1, 10, 24, 200, 37239])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_intervals_are_those_of_scipy(n: int, confidence: float) -> None:
    for yes in {0, 1, n // 3, n - 1, n}:
        ours = {"wilson": wilson(yes, n, confidence), "exact": clopper_pearson(yes, n, confidence)}
        for method, interval in ours.items():
            theirs = stats.binomtest(yes, n).proportion_ci(confidence, method)
            assert (interval.low, interval.high) == pytest.approx((theirs.low, theirs.high), rel=1e-8, abs=1e-12)


def test_whole_classes_tell_less_than_as_many_pupils_drawn_one_by_one() -> None:
    assert design_effect(22, 0.05) == pytest.approx(2.05)
    assert design_effect(22, 0) == design_effect(1, 0.05) == 1


Method = Callable[[int, int], Interval]
counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
methods = st.sampled_from([wilson, clopper_pearson])


@given(methods, counts)
def test_an_interval_holds_its_share(method: Method, count: tuple[int, int]) -> None:
    yes, n = count
    interval = method(yes, n)
    assert 0 <= interval.low <= yes / n <= interval.high <= 1


@given(methods, counts, st.integers(2, 10))
def test_the_same_share_among_more_is_known_better(method: Method, count: tuple[int, int], more: int) -> None:
    few, many = method(*count), method(count[0] * more, count[1] * more)
    assert many.high - many.low < few.high - few.low


@given(methods, counts)
def test_counting_no_for_yes_mirrors_an_interval(method: Method, count: tuple[int, int]) -> None:
    yes, n = count
    interval, mirrored = method(yes, n), method(n - yes, n)
    assert (mirrored.low, mirrored.high) == pytest.approx((1 - interval.high, 1 - interval.low), abs=1e-9)


@given(counts, counts)
def test_a_difference_holds_its_point_and_turns_with_its_order(one: tuple[int, int], other: tuple[int, int]) -> None:
    there, back = newcombe(*one, *other), newcombe(*other, *one)
    assert there.low <= one[0] / one[1] - other[0] / other[1] <= there.high
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
