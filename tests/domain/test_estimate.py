"""Grade estimates: certain sums, the checked figures, scipy by brute force, and what holds for every cohort."""

from dataclasses import replace
from itertools import pairwise
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.domain.estimate import MIN_CLASSROOMS, Asked, Shown, Sums, band_chances, certain_sums, estimate, mean_guess
from app.domain.interval import Interval
from app.domain.release import Band, Ruler, own_bands

ASKED = Asked("alkohol", edition=1, grade=7, wave=1, ruler=Ruler.A)
ICCS = (0, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1)


def shown(low: int, high: int, n: int = 22) -> Shown:
    """A classroom of `n` that was shown the band from `low` to `high`."""
    return Shown(ASKED, n, Band(low, high))


LOW, MIDDLE, HIGH = shown(0, 3), shown(4, 7), shown(8, 11)


def ends(interval: Interval | None) -> tuple[float, float]:
    """Both ends of an estimate that there is."""
    assert interval is not None
    return interval.low, interval.high


def test_sums_are_of_lower_and_of_upper_ends() -> None:
    sums = certain_sums([LOW] * 10)
    assert sums == Sums(0, 30, 220)
    assert sums.shares == Interval(0, 30 / 220)
    assert certain_sums([LOW, HIGH, shown(4, 20, 20)]) == Sums(12, 34, 64)


def test_a_mean_guess_weighs_a_classroom_as_its_ballots() -> None:
    assert mean_guess([shown(6, 8, 20), shown(12, 14, 30)]) == Interval(18 / 50, 22 / 50)


def test_ten_classrooms_with_the_lowest_band_are_at_most_eleven_per_cent() -> None:
    # The last tenth of a per cent that is kept is 11.1; the likelihood falls below the line at 11.16.
    low, high = ends(estimate([LOW] * 10))
    assert low == 0
    assert 0.111 <= high < 0.112


def test_below_ten_classrooms_there_is_no_estimate() -> None:
    assert estimate([LOW] * (MIN_CLASSROOMS - 1)) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, theme="vape"),
        replace(ASKED, edition=2),
        replace(ASKED, grade=8),
        replace(ASKED, wave=2),
        replace(ASKED, ruler=Ruler.B),
    ],
)
def test_classrooms_that_were_asked_differently_are_never_put_together(other: Asked) -> None:
    mixed = [*[LOW] * 10, replace(LOW, asked=other)]
    for put_together in (certain_sums, mean_guess, estimate):
        with pytest.raises(ValueError, match="one theme, edition, grade, wave and ruler"):
            put_together(mixed)


@pytest.mark.parametrize("band", [(-1, 3), (5, 4), (0, 23)])
def test_what_is_not_a_band_of_the_ballots_is_refused(band: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a band"):
        shown(*band)


COHORTS = [
    [*[LOW] * 8, *[MIDDLE] * 4],
    [*[LOW] * 12, *[MIDDLE] * 8, *[HIGH] * 4],
    [*[LOW] * 8, shown(16, 22), shown(16, 22)],
    [*[shown(8, 11, 17)] * 6, *[shown(20, 25, 25)] * 5, shown(12, 17, 17)],
]


@pytest.mark.parametrize("cohort", COHORTS)
def test_an_estimate_is_what_scipy_finds_by_trying_every_share(cohort: list[Shown]) -> None:
    shares = np.arange(1, 1000) / 1000
    profile = np.max([log_likelihood(cohort, shares, icc) for icc in ICCS], axis=0)
    kept = shares[profile >= profile.max() - stats.t.ppf(0.975, len(cohort) - 1) ** 2 / 2]
    assert ends(estimate(cohort)) == pytest.approx((kept.min(), kept.max()), abs=0.0011)


def log_likelihood(cohort: list[Shown], shares: np.ndarray, icc: float) -> np.ndarray:
    """The same by another road: for each classroom the mean of scipy's chances that one of the sizes shows as much."""
    total = np.zeros(len(shares))
    for one in cohort:
        means = np.mean([shows(other.n, one, shares, icc) for other in cohort], axis=0)
        total += np.log(np.maximum(means, 1e-300))
    return total


def shows(n: int, one: Shown, shares: np.ndarray, icc: float) -> np.ndarray:
    """The chances that a classroom of `n` is shown the band of this one."""
    band = band_of(n, one)
    if band is None:
        return np.zeros(len(shares))
    counts = np.arange(band.low, band.high + 1)[:, np.newaxis]
    if not icc:
        return stats.binom.pmf(counts, n, shares).sum(axis=0)
    within = (1 - icc) / icc
    return stats.betabinom.pmf(counts, n, shares * within, (1 - shares) * within).sum(axis=0)


def band_of(n: int, one: Shown) -> Band | None:
    """The band of a classroom of `n` that begins where this one's does and ends there too, or is the last as well."""
    last = one.band.high == one.n
    alike = [each for each in own_bands(n, one.asked.ruler) if (each.low, each.high == n) == (one.band.low, last)]
    return alike[0] if alike else None


def test_an_estimate_does_not_say_which_classroom_was_shown_which_band() -> None:
    sizes = [14, *range(19, 28)]
    cohorts = [[shown(4, 7, n) if n == one else shown(0, 3, n) for n in sizes] for one in sizes]
    assert len({certain_sums(cohort) for cohort in cohorts}) == 1
    assert len({ends(estimate(cohort)) for cohort in cohorts}) == 1


def test_a_last_band_does_not_say_how_many_sat_in_its_classroom() -> None:
    others = [shown(4, 7, n) for n in (22, 22, 23, 24, 25, 25, 26, 27)]
    cohorts = [[*others, shown(16, 21, 21), shown(0, 3, 24)], [*others, shown(0, 3, 21), shown(16, 24, 24)]]
    one, other = (estimate(cohort) for cohort in cohorts)
    assert one == other
    assert certain_sums(cohorts[0]) != certain_sums(cohorts[1]), "the sums do say it: docs/decisions/0014"


def test_an_estimate_goes_by_the_sizes_all_the_same() -> None:
    small, large = ([shown(4, 7, n)] * 10 for n in (14, 28))
    assert ends(estimate(large))[1] < ends(estimate(small))[1]


@pytest.mark.parametrize("off", [shown(4, 20, 20), shown(0, 5), shown(16, 19)])
def test_what_is_no_band_of_the_ruler_is_not_estimated_from(off: Shown) -> None:
    with pytest.raises(ValueError, match="not a band of its ruler"):
        estimate([*[LOW] * 10, off])


def test_seventy_two_classrooms_of_many_sizes_take_well_under_a_second() -> None:
    cohort = [Shown(ASKED, n, own_bands(n, Ruler.A)[k % 4]) for k in range(72) for n in [18 + k % 9]]
    before = process_time()
    estimate(cohort)
    assert process_time() - before < 0.9


def kinds(ruler: Ruler) -> st.SearchStrategy[Shown]:
    """Any classroom of 11 to 40 ballots with any band of the ruler."""
    asked = replace(ASKED, ruler=ruler)
    return st.integers(11, 40).flatmap(
        lambda n: st.sampled_from([Shown(asked, n, band) for band in own_bands(n, ruler)])
    )


cohorts = st.sampled_from(Ruler).flatmap(
    lambda ruler: st.lists(kinds(ruler), min_size=1, max_size=3).map(lambda few: (few * MIN_CLASSROOMS)[:12])
)


@given(st.integers(11, 40), st.sampled_from(Ruler), st.floats(0, 1), st.floats(0, 0.2))
def test_every_classroom_is_shown_one_band_of_its_ruler(n: int, ruler: Ruler, share: float, icc: float) -> None:
    chances = band_chances(n, ruler, share, icc)
    assert len(chances) == len(own_bands(n, ruler))
    assert sum(chances) == pytest.approx(1)


@given(cohorts)
def test_an_estimate_holds_a_share_that_the_certain_sums_allow(cohort: list[Shown]) -> None:
    low, high = ends(estimate(cohort))
    certain = certain_sums(cohort).shares
    assert 0 <= low <= high <= 1
    assert low <= certain.high
    assert high >= certain.low


@given(cohorts)
def test_more_classrooms_with_the_same_bands_tell_more(cohort: list[Shown]) -> None:
    few, many = ends(estimate(cohort)), ends(estimate(cohort * 3))
    assert few[0] <= many[0] + 1e-6
    assert many[1] <= few[1] + 1e-6
    assert many[1] - many[0] < few[1] - few[0]


swaps = st.lists(st.tuples(st.integers(0, MIN_CLASSROOMS - 1), st.integers(0, MIN_CLASSROOMS - 1)), max_size=20)


@given(cohorts, swaps)
def test_whoever_was_shown_what_the_estimate_is_the_same(cohort: list[Shown], pairs: list[tuple[int, int]]) -> None:
    again = [*cohort]
    for first, second in pairs:
        one, other = again[first], again[second]
        ones, others = band_of(one.n, other), band_of(other.n, one)
        if ones and others:
            again[first], again[second] = replace(one, band=ones), replace(other, band=others)
    assert estimate(again) == estimate(cohort)


def test_a_higher_band_never_lowers_an_estimate() -> None:
    rising = [ends(estimate([*[LOW] * (12 - k), *[MIDDLE] * k])) for k in range(13)]
    assert all(one[0] <= next_[0] and one[1] <= next_[1] for one, next_ in pairwise(rising))
