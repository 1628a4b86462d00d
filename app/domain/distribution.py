"""The distributions that the intervals are built from, in the standard library alone.

Shares are floats from 0 to 1, counts whole pupils. Everything here is pure and knows nothing of schools.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, count
from math import comb, exp, lgamma, log, log1p, sqrt
from operator import mul

_NEGLIGIBLE = 1e-14
_HALVINGS = 60


def count_probabilities(n: int, share: float, icc: float) -> list[float]:
    """P(X = k) for k = 0 to n: X of n pupils say yes, whose class's own share is beta-distributed round `share`.

    `icc`, from 0 up to but not including 1, is how alike two pupils of one class are; 0 gives the binomial
    distribution. Written as Polya's urn, C(n, k) * prod(p + i*g, i < k) * prod(q + j*g, j < n - k) / prod(1 + i*g,
    i < n) with g = icc / (1 - icc) (Skellam 1948, doi 10.1111/j.2517-6161.1948.tb00014.x): defined at shares of 0 and
    1 too, where the beta function is not.
    """
    pull = icc / (1 - icc)
    yes, no, every = (_rising(start, pull, n) for start in (share, 1 - share, 1.0))
    return [comb(n, k) * yes[k] * no[n - k] / every[n] for k in range(n + 1)]


def beta_cdf(x: float, a: float, b: float) -> float:
    """P(B <= x) of the beta distribution with a, b > 0, x from 0 to 1: the regularised incomplete beta function.

    The continued fraction of DLMF 8.17.22, on the side of the mean where it converges fast (8.17.4 turns the other).
    """
    if x in (0, 1):
        return float(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _beta_fraction(x, a, b)


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x with P(B <= x) = `probability`, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(middle, a, b) < probability else (low, middle)
    return (low + high) / 2


@lru_cache
def student_quantile(confidence: float, freedom: int) -> float:
    """The t that Student's distribution with `freedom` >= 1 degrees stays within, either way, with `confidence`.

    T*T / (freedom + T*T) is beta-distributed with 1/2 and freedom/2 (DLMF 8.17 and Abramowitz and Stegun 26.7.1).
    """
    part = beta_quantile(confidence, 1 / 2, freedom / 2)
    return sqrt(freedom * part / (1 - part))


def _rising(start: float, step: float, length: int) -> list[float]:
    """The products of the first 0, 1, ... `length` of start, start + step, start + 2*step, ..."""
    return list(accumulate((start + step * i for i in range(length)), mul, initial=1.0))


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The value of the continued fraction 1/(1 + d1/(1 + d2/(1 + ...))), by Lentz's method (Numerical Recipes 5.2)."""
    value, above, below = 1.0, 1.0, 0.0
    for term in _beta_terms(x, a, b):
        below = 1 / (1 + term * below)
        above = 1 + term / above
        value *= above * below
        if abs(above * below - 1) < _NEGLIGIBLE:
            break
    return 1 / value


def _beta_terms(x: float, a: float, b: float) -> Iterator[float]:
    """The numerators d1, d2, ... of DLMF 8.17.23."""
    for m in count():
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        yield (m + 1) * (b - m - 1) * x / ((a + 2 * m + 1) * (a + 2 * m + 2))
