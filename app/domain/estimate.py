"""What the released bands of several classrooms say of their grade: certain sums, and from ten classrooms an estimate.

Computed from bands that are shown already, with nothing stored and nothing random, so that it tells nobody more of a
classroom than its band does. Shares are floats from 0 to 1.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log, pi, sin

from app.domain.distribution import count_probabilities, student_quantile
from app.domain.interval import Interval
from app.domain.release import Band, Ruler

MIN_CLASSROOMS = 10
CONFIDENCE = 0.95

_ICCS = (0.0, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1)
_ANGLES = 100
_NARROWINGS = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """What classrooms must have in common before their answers are put together; `wave` counts from 1."""

    theme: str
    edition: int
    grade: int
    wave: int
    ruler: Ruler


@dataclass(frozen=True, slots=True)
class Shown:
    """What one classroom was asked, and the band that it was shown of `n` ballots."""

    asked: Asked
    n: int
    band: Band

    def __post_init__(self) -> None:
        if not 0 <= self.band.low <= self.band.high <= self.n or self.n < 1:
            raise ValueError("not a band of so many ballots")


@dataclass(frozen=True, slots=True)
class Sums:
    """From `low` to `high` of `n` pupils: bounds, not an estimate."""

    low: int
    high: int
    n: int

    @property
    def shares(self) -> Interval:
        """The same as shares of the pupils."""
        return Interval(self.low / self.n, self.high / self.n)


def require_alike(classrooms: Sequence[Shown]) -> None:
    """ValueError where classrooms were asked differently, or there are none: then nothing may be put together."""
    if len({shown.asked for shown in classrooms}) != 1:
        raise ValueError("not classrooms of one theme, edition, grade, wave and ruler")


def certain_sums(classrooms: Sequence[Shown]) -> Sums:
    """How many of the pupils of one or more classrooms said yes, at least and at most: bounds, whatever the bands hide.

    For bands of answers. ValueError where the classrooms were asked differently.
    """
    require_alike(classrooms)
    low, high = sum(shown.band.low for shown in classrooms), sum(shown.band.high for shown in classrooms)
    return Sums(low, high, sum(shown.n for shown in classrooms))


def mean_guess(classrooms: Sequence[Shown]) -> Interval:
    """The mean guess of one or more classrooms, from the mean of the lower ends to the mean of the upper ends.

    For bands of guesses. A share of the classroom, each classroom weighing as its ballots: the weights of
    `certain_sums`, so that the two can stand on one axis. ValueError where the classrooms were asked differently.
    """
    return certain_sums(classrooms).shares


def estimate(classrooms: Sequence[Shown]) -> Interval | None:
    """The shares of yes that the bands of at least MIN_CLASSROOMS classrooms agree with; None below that many.

    For bands of answers; a guess is a mean and not a count, see `mean_guess`. About classrooms like these, not only
    these: the interval holds the share behind a grade with CONFIDENCE, except where a third of the classrooms hold all
    who do it; then it is too narrow, the more so the more classrooms there are (`python -m tests.simulate_coverage`).

    A profile likelihood (Venzon and Moolgavkar 1988, doi 10.2307/2347496): a band counts as the beta-binomial
    probability that its classroom falls in it, at the likeliest of the ICCs 0 to 10 per cent; kept is every share whose
    log-likelihood is within t*t/2 of the best, t being Student's 97.5 per cent quantile with classrooms - 1 degrees of
    freedom, wider than the normal one since few classrooms tell little of how alike pupils of one class are. Shares
    between two that are kept are kept. ValueError where the classrooms were asked differently.
    """
    require_alike(classrooms)
    if len(classrooms) < MIN_CLASSROOMS:
        return None
    return _interval(frozenset(Counter((shown.n, shown.band) for shown in classrooms).items()))


# What classrooms released never changes, and a page asks for the same estimate several times.
@lru_cache(maxsize=4096)
def _interval(counted: frozenset[tuple[tuple[int, Band], int]]) -> Interval:
    bands = Counter(dict(counted))
    return _kept(bands, student_quantile(CONFIDENCE, bands.total() - 1) ** 2 / 2)


def band_chance(n: int, band: Band, share: float, icc: float) -> float:
    """The chance that a classroom of `n`, of a grade with this share and ICC, is shown `band` of its own answers."""
    return sum(count_probabilities(n, share, icc)[band.low : band.high + 1])


_Bands = Counter[tuple[int, Band]]
_Profile = Callable[[float], float]

# Evenly spaced angles whose squared sines are the shares: what a sample tells of an angle is equally sharp at every
# share, so one spacing is fine enough at 2 per cent and not wasted at 50.
_GRID = tuple(pi / 2 * step / _ANGLES for step in range(_ANGLES + 1))


def _share(angle: float) -> float:
    return sin(angle) ** 2


def _kept(bands: _Bands, drop: float) -> Interval:
    """From the first to the last share whose profile log-likelihood is within `drop` of the best."""

    def profile(angle: float) -> float:
        return max(_log_likelihood(bands, _share(angle), icc) for icc in _ICCS)

    heights = _profile_on_grid(bands)
    top = _top(profile, max(range(len(_GRID)), key=heights.__getitem__))
    floor = profile(top) - drop
    kept = [top, *(angle for angle, height in zip(_GRID, heights, strict=True) if height >= floor)]
    first, last = min(kept), max(kept)
    before = max((angle for angle in _GRID if angle < first), default=first)
    after = min((angle for angle in _GRID if angle > last), default=last)
    return Interval(_share(_edge(profile, floor, first, before)), _share(_edge(profile, floor, last, after)))


def _log_likelihood(bands: _Bands, share: float, icc: float) -> float:
    return sum(times * _log_chance(n, band, share, icc) for (n, band), times in bands.items())


def _log_chance(n: int, band: Band, share: float, icc: float) -> float:
    chance = band_chance(n, band, share, icc)
    return log(chance) if chance > 0 else -inf


def _profile_on_grid(bands: _Bands) -> list[float]:
    """The profile log-likelihood at each angle of the grid."""
    tables = [(times, _table(n, band.low, band.high)) for (n, band), times in bands.items()]
    heights = [sum(times * table[cell] for times, table in tables) for cell in range(len(_ICCS) * len(_GRID))]
    return [max(heights[place :: len(_GRID)]) for place in range(len(_GRID))]


@lru_cache(maxsize=1024)
def _table(n: int, low: int, high: int) -> tuple[float, ...]:
    """`_log_chance` of one band at each ICC and, within it, each angle; kept, since classrooms share few bands."""
    return tuple(_log_chance(n, Band(low, high), _share(angle), icc) for icc in _ICCS for angle in _GRID)


def _top(profile: _Profile, peak: int) -> float:
    """The angle where the profile is greatest, beside the highest angle of the grid; by thirds."""
    low, high = _GRID[max(peak - 1, 0)], _GRID[min(peak + 1, _ANGLES)]
    for _ in range(_NARROWINGS):
        third = (high - low) / 3
        low, high = (low + third, high) if profile(low + third) < profile(high - third) else (low, high - third)
    return max(_GRID[peak], (low + high) / 2, key=profile)


def _edge(profile: _Profile, floor: float, kept: float, left_out: float) -> float:
    """Where the profile falls below `floor` between an angle that is kept and one that is not; by halves."""
    for _ in range(_NARROWINGS):
        middle = (kept + left_out) / 2
        kept, left_out = (middle, left_out) if profile(middle) >= floor else (kept, middle)
    return kept
