"""Distributions: against scipy over a grid, and against a printed table of Student's t."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.domain.distribution import beta_cdf, beta_quantile, count_probabilities, student_quantile

SHARES = (0.001, 0.02, 0.2, 0.5, 0.77, 0.999)
SHAPES = [(0.5, 0.5), (0.5, 35.5), (1, 10), (8, 17), (25, 1), (61, 141), (7001, 30239)]
ICCS = (0.001, 0.02, 0.1, 0.5)


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_the_beta_distribution_is_that_of_scipy(a: float, b: float) -> None:
    for share in SHARES:
        assert beta_cdf(share, a, b) == pytest.approx(stats.beta.cdf(share, a, b), rel=1e-9, abs=1e-12)
        assert beta_quantile(share, a, b) == pytest.approx(stats.beta.ppf(share, a, b), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("n", [1, 10, 22, 40])
@pytest.mark.parametrize("share", SHARES)
def test_the_distribution_of_a_count_is_that_of_scipy(n: int, share: float) -> None:
    binomial = [stats.binom.pmf(k, n, share) for k in range(n + 1)]
    assert count_probabilities(n, share, 0) == pytest.approx(binomial, rel=1e-9)
    for icc in ICCS:
        a, b = (part * (1 - icc) / icc for part in (share, 1 - share))
        alike = [stats.betabinom.pmf(k, n, a, b) for k in range(n + 1)]
        assert count_probabilities(n, share, icc) == pytest.approx(alike, rel=1e-7)


@pytest.mark.parametrize(
    ("freedom", "t"), [(1, 12.706), (2, 4.303), (5, 2.571), (9, 2.262), (23, 2.069), (30, 2.042), (120, 1.980)]
)
def test_student_quantiles_are_those_of_the_printed_table(freedom: int, t: float) -> None:
    assert student_quantile(0.95, freedom) == pytest.approx(t, abs=0.0005)


def test_student_quantiles_are_those_of_scipy() -> None:
    for freedom in range(1, 200):
        assert student_quantile(0.95, freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-8)


shares, iccs, sizes = st.floats(0, 1), st.floats(0, 0.5), st.integers(1, 40)


@given(sizes, shares, iccs)
def test_some_count_is_certain_and_its_mean_is_the_share(n: int, share: float, icc: float) -> None:
    chances = count_probabilities(n, share, icc)
    assert sum(chances) == pytest.approx(1)
    assert sum(k * chance for k, chance in enumerate(chances)) == pytest.approx(n * share, abs=1e-9)


@given(sizes, shares, iccs)
def test_counting_no_for_yes_mirrors_the_distribution(n: int, share: float, icc: float) -> None:
    mirrored = count_probabilities(n, 1 - share, icc)[::-1]
    assert count_probabilities(n, share, icc) == pytest.approx(mirrored, abs=1e-12)


def test_a_share_of_none_or_all_leaves_one_count() -> None:
    assert count_probabilities(22, 0, 0.05)[0] == 1
    assert count_probabilities(22, 1, 0.05)[22] == 1
