"""What the released bands of several classrooms say of their grade: certain sums, and from ten classrooms an estimate.

Computed from bands that are shown already, with nothing stored and nothing random. An estimate depends on the sizes of
the classrooms and on the bands, but not on which classroom was shown which: whoever knows how many sat in each class
cannot read from it whose band is whose. Shares are floats from 0 to 1.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log, pi, sin
from operator import mul

from app.domain.distribution import count_probabilities, student_quantile
from app.domain.interval import Interval
from app.domain.release import Band, Ruler, own_bands

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
    probability that one of the classrooms, whichever, falls in it, at the likeliest of the ICCs 0 to 10 per cent; kept
    is every share whose log-likelihood is within t*t/2 of the best, t being Student's 97.5 per cent quantile with
    classrooms - 1 degrees of freedom, wider than the normal one since few classrooms tell little of how alike pupils of
    one class are. Shares between two that are kept are kept. ValueError where the classrooms were asked differently, or
    one was shown what is no band of its ruler.

    "Whichever" is what keeps an estimate from saying which classroom was shown which band; it costs a little width
    where the sizes differ. How many were shown each band it may tell, and what follows from that and the sizes alone.
    """
    require_alike(classrooms)
    if len(classrooms) < MIN_CLASSROOMS:
        return None
    ruler = classrooms[0].asked.ruler
    if any(shown.band not in own_bands(shown.n, ruler) for shown in classrooms):
        raise ValueError("not a band of its ruler")
    sizes = tuple(sorted(shown.n for shown in classrooms))
    bands = tuple(sorted(_place(shown.n, shown.band) for shown in classrooms))
    return _interval(ruler, sizes, bands)


# Where a band begins, and whether it is the last of its classroom, whose end would say how many sat there.
_Place = tuple[int, bool]


def _place(n: int, band: Band) -> _Place:
    return band.low, band.high == n


@dataclass(frozen=True, slots=True)
class _Group:
    """How many classrooms there are of each size, and how many were shown each band: not who was shown what."""

    ruler: Ruler
    sizes: Counter[int]
    bands: Counter[_Place]


# What classrooms released never changes, and a page asks for the same estimate several times.
@lru_cache(maxsize=4096)
def _interval(ruler: Ruler, sizes: tuple[int, ...], bands: tuple[_Place, ...]) -> Interval:
    return _kept(_Group(ruler, Counter(sizes), Counter(bands)), student_quantile(CONFIDENCE, len(sizes) - 1) ** 2 / 2)


def band_chances(n: int, ruler: Ruler, share: float, icc: float) -> list[float]:
    """The chances that a classroom of `n`, of a grade with this share and ICC, is shown each of `own_bands`."""
    chances = count_probabilities(n, share, icc)
    return [sum(chances[band.low : band.high + 1]) for band in own_bands(n, ruler)]


_Profile = Callable[[float], float]
_Table = dict[_Place, tuple[float, ...]]

# Evenly spaced angles whose squared sines are the shares: what a sample tells of an angle is equally sharp at every
# share, so one spacing is fine enough at 2 per cent and not wasted at 50.
_GRID = tuple(pi / 2 * step / _ANGLES for step in range(_ANGLES + 1))


def _share(angle: float) -> float:
    return sin(angle) ** 2


def _kept(group: _Group, drop: float) -> Interval:
    """From the first to the last share whose profile log-likelihood is within `drop` of the best."""

    def profile(angle: float) -> float:
        return max(_log_likelihoods(group, [_chances(n, group.ruler, (angle,)) for n in group.sizes]))

    heights = _profile_on_grid(group)
    top = _top(profile, max(range(len(_GRID)), key=heights.__getitem__))
    floor = profile(top) - drop
    kept = [top, *(angle for angle, height in zip(_GRID, heights, strict=True) if height >= floor)]
    first, last = min(kept), max(kept)
    before = max((angle for angle in _GRID if angle < first), default=first)
    after = min((angle for angle in _GRID if angle > last), default=last)
    return Interval(_share(_edge(profile, floor, first, before)), _share(_edge(profile, floor, last, after)))


def _profile_on_grid(group: _Group) -> list[float]:
    """The profile log-likelihood at each angle of the grid."""
    heights = _log_likelihoods(group, [_on_grid(n, group.ruler) for n in group.sizes])
    return [max(heights[place :: len(_GRID)]) for place in range(len(_GRID))]


def _log_likelihoods(group: _Group, tables: Sequence[_Table]) -> list[float]:
    """The log-likelihood at each cell of the tables, which stand in the order of the group's sizes."""
    found = [[times * chance for chance in _log_chances(group, tables, place)] for place, times in group.bands.items()]
    return [sum(cell) for cell in zip(*found, strict=True)]


def _log_chances(group: _Group, tables: Sequence[_Table], place: _Place) -> list[float]:
    """The log-chance of a band at each cell: of the mean over the classrooms, none where a size has no such band."""
    sized = zip(group.sizes.values(), tables, strict=True)
    counts, columns = zip(*((count, table[place]) for count, table in sized if place in table), strict=True)
    means = (sum(map(mul, counts, cell)) / group.sizes.total() for cell in zip(*columns, strict=True))
    return [log(mean) if mean > 0 else -inf for mean in means]


def _chances(n: int, ruler: Ruler, angles: Sequence[float]) -> _Table:
    """`band_chances` of each band, at each ICC and, within it, each angle."""
    cells = [band_chances(n, ruler, _share(angle), icc) for icc in _ICCS for angle in angles]
    places = (_place(n, band) for band in own_bands(n, ruler))
    return dict(zip(places, zip(*cells, strict=True), strict=True))


@lru_cache(maxsize=64)
def _on_grid(n: int, ruler: Ruler) -> _Table:
    """`_chances` on the grid; kept, since classrooms are of few sizes."""
    return _chances(n, ruler, _GRID)


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
