"""Intervals round a share: what a count among n says of those it stands for. Shares are floats from 0 to 1.

No page prints `wilson` and the others: pages hold bands, never an exact count. They stay since the design names them as
formulas that must hold here; whoever prints an interval of a published share takes them.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import NormalDist

from app.domain.distribution import beta_quantile

_CONFIDENCE = 0.95
_DIGITS = 6  # of a per cent; what is finer is the rounding of floats and must not move an end by a whole per cent


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both ends in it: shares from 0 to 1, or differences of shares from -1 to 1."""

    low: float
    high: float

    def lies_above(self, other: "Interval") -> bool:
        """Every value here is greater than every value of `other`."""
        return self.low > other.high


def percents(interval: Interval) -> tuple[int, int]:
    """Both ends in whole per cent, rounded outwards: the rounded interval holds all that the real one held."""
    return floor(round(interval.low * 100, _DIGITS)), ceil(round(interval.high * 100, _DIGITS))


def wilson(yes: int, n: int, confidence: float = _CONFIDENCE) -> Interval:
    """The score interval of `yes` among n >= 1 (Wilson 1927, doi 10.1080/01621459.1927.10502953).

    Covers `confidence` on average over the shares, a little less at some; narrower than `clopper_pearson`.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    weight = n + z * z
    centre = (yes + z * z / 2) / weight
    reach = z * sqrt(yes * (n - yes) / n + z * z / 4) / weight
    # In exact arithmetic none of n reaches 0 and all of n reach 1; in floats they miss by a rounding.
    return Interval(0.0 if yes == 0 else centre - reach, 1.0 if yes == n else centre + reach)


def clopper_pearson(yes: int, n: int, confidence: float = _CONFIDENCE) -> Interval:
    """The exact interval of `yes` among n >= 1 (Clopper and Pearson 1934, doi 10.1093/biomet/26.4.404).

    Covers at least `confidence` at every share: each end is where the binomial tail is half of what is left. A
    binomial tail is a beta distribution's (DLMF 8.17.5).
    """
    tail = (1 - confidence) / 2
    low = beta_quantile(tail, yes, n - yes + 1) if yes > 0 else 0.0
    high = beta_quantile(1 - tail, yes + 1, n - yes) if yes < n else 1.0
    return Interval(low, high)


def newcombe(yes: int, n: int, later_yes: int, later_n: int, confidence: float = _CONFIDENCE) -> Interval:
    """The difference yes/n minus later_yes/later_n of two independent groups, from -1 to 1.

    Method 10 of Newcombe 1998 (doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I): Wilson's
    distances, squared and added. Not for one class asked twice, whose answers are not independent.
    """
    first, later = wilson(yes, n, confidence), wilson(later_yes, later_n, confidence)
    share, later_share = yes / n, later_yes / later_n
    fall = sqrt((share - first.low) ** 2 + (later.high - later_share) ** 2)
    rise = sqrt((first.high - share) ** 2 + (later_share - later.low) ** 2)
    return Interval(share - later_share - fall, share - later_share + rise)


def design_effect(pupils: float, icc: float) -> float:
    """How many times greater the variance of a share is in whole classes of `pupils` than among as many pupils drawn
    one by one: 1 + (m - 1) * icc (Kish 1965, Survey Sampling, chapter 5)."""
    return 1 + (pupils - 1) * icc
