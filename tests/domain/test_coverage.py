"""The estimate holds the truth as often as it says, and the funnel points at nobody without reason: a small simulation.

`python -m tests.simulate_coverage` prints the whole table."""

import pytest

from app.domain.interval import Interval
from tests.simulate_coverage import WIDE, alike, coverage, pointed_at


@pytest.mark.parametrize(("share", "icc", "classrooms"), [(0.05, 0, 24), (0.15, 0.05, 10)])
def test_the_estimate_holds_the_true_share(share: float, icc: float, classrooms: int) -> None:
    assert coverage(alike(share, icc), share, classrooms, repetitions=200, seed=7).coverage >= 0.93


def test_it_holds_it_where_classrooms_differ_widely_in_size_too() -> None:
    assert coverage(alike(0.5, 0.05), 0.5, classrooms=15, repetitions=60, seed=7, sizes=WIDE).coverage >= 0.93


@pytest.mark.parametrize("centre", [Interval(0.2, 0.2), None])
def test_where_classrooms_differ_by_chance_the_funnel_points_at_hardly_any(centre: Interval | None) -> None:
    assert pointed_at(alike(0.2, 0), municipalities=100, seed=7, centre=centre) <= 0.005
