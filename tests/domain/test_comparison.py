"""Comparisons: the funnel's printed limits, who stands out, what two waves show, and which pairs may have a number."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.domain.benchmark import Season
from app.domain.comparison import (
    MIN_FUNNEL,
    STANDING_OUT,
    STATED_ICC,
    WARNING,
    Change,
    Conditions,
    Limits,
    Mark,
    chance_limits,
    classroom_change,
    cohort_change,
    mark,
    standing_out,
)
from app.domain.estimate import Asked, Shown
from app.domain.interval import Interval
from app.domain.release import Band, Ruler, own_bands
from app.domain.theme import Window

FIRST = Asked("alkohol", edition=1, grade=7, wave=1, ruler=Ruler.A)
AGAIN = replace(FIRST, wave=2, ruler=Ruler.B)


def shown(low: int, high: int, n: int = 22, asked: Asked = FIRST) -> Shown:
    """A classroom of `n` that was shown the band from `low` to `high`."""
    return Shown(asked, n, Band(low, high))


def at(share: float) -> Interval:
    """A published share as a centre."""
    return Interval(share, share)


FUNNEL = [
    (24, 0.05, Limits(0, 4), Limits(0, 5)),
    (24, 0.20, Limits(1, 9), Limits(0, 11)),
    (24, 0.40, Limits(5, 14), Limits(3, 17)),
    (12, 0.20, Limits(0, 5), Limits(0, 7)),
]


@pytest.mark.parametrize(("n", "share", "warning", "out"), FUNNEL)
def test_the_limits_of_the_funnel_are_those_of_the_table(n: int, share: float, warning: Limits, out: Limits) -> None:
    assert chance_limits(n, at(share), WARNING) == warning
    assert chance_limits(n, at(share), STANDING_OUT) == out


@pytest.mark.parametrize("share", [0.02, 0.05, 0.2, 0.35, 0.5, 0.9])
@pytest.mark.parametrize("confidence", [WARNING, STANDING_OUT])
def test_the_limits_are_the_quantiles_of_scipy(share: float, confidence: float) -> None:
    tails = (1 - confidence) / 2, (1 + confidence) / 2
    a, b = (part * (1 - STATED_ICC) / STATED_ICC for part in (share, 1 - share))
    for n in range(10, 41):
        plain, widened = chance_limits(n, at(share), confidence), chance_limits(n, at(share), confidence, STATED_ICC)
        assert (plain.low, plain.high) == tuple(stats.binom.ppf(tails, n, share))
        assert (widened.low, widened.high) == tuple(stats.betabinom.ppf(tails, n, a, b))


def test_pupils_of_one_class_are_alike_so_the_limits_are_widened() -> None:
    assert chance_limits(24, at(0.2), STANDING_OUT, STATED_ICC) == Limits(0, 16)


def test_a_centre_of_none_or_all_explains_one_count() -> None:
    assert chance_limits(22, at(0), STANDING_OUT, STATED_ICC) == Limits(0, 0)
    assert chance_limits(22, at(1), STANDING_OUT, STATED_ICC) == Limits(22, 22)


@given(st.integers(10, 40), st.floats(0, 1), st.sampled_from([0, STATED_ICC]))
def test_chance_explains_the_mean_and_mirrors(n: int, share: float, icc: float) -> None:
    limits = chance_limits(n, at(share), WARNING, icc)
    assert limits.low <= n * share + 1
    assert limits.high >= n * share - 1
    mirrored = chance_limits(n, at(1 - share), WARNING, icc)
    assert abs(mirrored.low - (n - limits.high)) <= 1  # 1 - share is rounded, and may move one count over the edge
    assert abs(mirrored.high - (n - limits.low)) <= 1


@given(st.integers(10, 40), st.floats(0, 1), st.floats(0, 1), st.integers(0, 10), st.sampled_from(Ruler))
def test_what_lies_outside_an_estimate_lies_outside_every_share_in_it(
    n: int, one: float, other: float, step: int, ruler: Ruler
) -> None:
    centre = Interval(min(one, other), max(one, other))
    inside = at(min(centre.high, centre.low + (centre.high - centre.low) * step / 10))
    limits, narrower = (chance_limits(n, round_, STANDING_OUT, STATED_ICC) for round_ in (centre, inside))
    outside = [band for band in own_bands(n, ruler) if limits.leave_out(band)]
    assert all(narrower.leave_out(band) for band in outside)


def test_a_classroom_stands_out_only_with_its_whole_band() -> None:
    # Limits round 15 per cent of 22, widened: 0 to 13 pupils.
    classrooms = [shown(0, 3), shown(4, 7), shown(8, 11), shown(12, 15), shown(16, 22)]
    assert chance_limits(22, at(0.15), STANDING_OUT, STATED_ICC) == Limits(0, 13)
    assert standing_out(classrooms, at(0.15)) == (False, False, False, False, True)


def test_a_classroom_may_stand_out_below_too() -> None:
    classrooms = [shown(0, 3), *[shown(16, 22)] * 4]
    assert standing_out(classrooms, at(0.8)) == (True, False, False, False, False)
    assert standing_out(classrooms, Interval(0.3, 0.8)) == (False,) * 5


def test_four_classrooms_are_too_few_to_see_one_stand_out() -> None:
    assert standing_out([shown(16, 22)] * (MIN_FUNNEL - 1), at(0.02)) is None


def test_a_funnel_is_of_one_grade_and_theme() -> None:
    with pytest.raises(ValueError, match="one theme, edition, grade"):
        standing_out([*[shown(0, 3)] * 5, shown(0, 3, asked=replace(FIRST, grade=8))], at(0.2))


@pytest.mark.parametrize(
    ("first", "later", "change"),
    [
        ((4, 7, 22), (0, 5, 22), Change.CANNOT_BE_SHOWN),
        ((8, 11, 22), (0, 5, 22), Change.LOWER),
        ((0, 3, 22), (6, 9, 22), Change.HIGHER),
        ((0, 3, 22), (0, 5, 22), Change.CANNOT_BE_SHOWN),
        ((4, 7, 20), (6, 9, 26), Change.CANNOT_BE_SHOWN),
        ((8, 11, 30), (6, 15, 15), Change.HIGHER),  # 6 of 15 is more than 11 of 30
        ((0, 6, 24), (6, 24, 24), Change.CANNOT_BE_SHOWN),  # a share in common
    ],
)
def test_a_classroom_has_changed_only_where_its_bands_share_no_share(
    first: tuple[int, int, int], later: tuple[int, int, int], change: Change
) -> None:
    before, after = shown(first[0], first[1], first[2]), shown(later[0], later[1], later[2], AGAIN)
    assert classroom_change(before, after) is change


def test_a_cohort_has_changed_only_where_its_estimates_have_no_share_in_common() -> None:
    high, low = [shown(8, 11)] * 12, [shown(0, 5, asked=AGAIN)] * 12
    alike = [shown(6, 9, asked=AGAIN)] * 12
    assert cohort_change(high, low) is Change.LOWER
    assert cohort_change(high, alike) is Change.CANNOT_BE_SHOWN
    assert cohort_change([shown(0, 3)] * 12, alike) is Change.HIGHER


def test_nine_classrooms_of_a_cohort_show_no_change_whatever_their_bands() -> None:
    assert cohort_change([shown(16, 22)] * 10, [shown(0, 5, asked=AGAIN)] * 9) is Change.CANNOT_BE_SHOWN
    assert cohort_change([shown(16, 22)] * 10, [shown(0, 5, asked=AGAIN)] * 10) is Change.LOWER


@pytest.mark.parametrize("asked", [FIRST, replace(AGAIN, theme="vape"), replace(AGAIN, edition=2)])
def test_only_a_later_wave_of_the_same_question_is_a_change(asked: Asked) -> None:
    with pytest.raises(ValueError, match="not a later wave"):
        classroom_change(shown(8, 11), shown(0, 5, asked=asked))


def test_no_classrooms_are_no_wave() -> None:
    with pytest.raises(ValueError, match="not classrooms of one theme"):
        cohort_change([], [shown(0, 5, asked=AGAIN)])


OURS = Conditions("alkohol", "udgave 1", Window.DAYS_30, 7, Season.AUTUMN)
OTHERWISE = {
    "wording": "Har du drukket?",
    "window": Window.MONTHS_12,
    "grade": 8,
    "season": Season.SPRING,
}


@pytest.mark.parametrize("differing", list(product([False, True], repeat=4)))
def test_the_mark_counts_what_differs(differing: tuple[bool, ...]) -> None:
    changes = {name: value for (name, value), yes in zip(OTHERWISE.items(), differing, strict=True) if yes}
    theirs = replace(OURS, **changes)
    expected = (Mark.A, Mark.B, Mark.C, Mark.C, Mark.C)[sum(differing)]
    assert mark(OURS, theirs) is mark(theirs, OURS) is expected


@pytest.mark.parametrize("unknown", ["window", "season"])
def test_what_is_not_known_is_equal_to_nothing(unknown: str) -> None:
    theirs = replace(OURS, **{unknown: None})
    assert mark(OURS, theirs) is mark(theirs, OURS) is mark(theirs, theirs) is Mark.B


def test_two_themes_are_no_pair() -> None:
    with pytest.raises(ValueError, match="one theme"):
        mark(OURS, replace(OURS, theme="vape"))
