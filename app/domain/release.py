"""A release: the bands that one closed poll shows. Everything that is ever stored or shown of its answers.

Where a band may end depends on the number of ballots and on the ruler, never on an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.domain.theme import Measure


class Ruler(StrEnum):
    """The set of cuts a poll is read with: A for the first release of a family, B for its one repeat."""

    A = "A"
    B = "B"

    @property
    def wave(self) -> int:
        """1 for the first release of a school year, 2 for the repeat."""
        return 1 if self is Ruler.A else 2


class Why(StrEnum):
    """Why a figure is not shown."""

    FEW_ANSWERS = "for få svar"
    FEW_GUESSES = "for få gættede"


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` to `high` pupils. For an own answer both ends are possible counts; for a guess the mean lies
    from `low` up to but not including `high`, except that the last band includes its upper end."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A figure that is not shown, with its reason: never zero, never a missing key."""

    reason: Why


Figure = Band | Suppressed


@dataclass(frozen=True, slots=True)
class Release:
    """What the board shows of one poll: n ballots and a figure a measure. `n` is None where it is suppressed."""

    n: int | None
    ruler: Ruler
    figures: Mapping[Measure, Figure]

    def band(self, measure: Measure) -> Band | None:
        """The band of `measure`, or None where it is suppressed or was not asked about."""
        figure = self.figures.get(measure)
        return figure if isinstance(figure, Band) else None


_OWN_FIRST_CUT = {Ruler.A: 4, Ruler.B: 6}
_OWN_STEP = 4
_OWN_TOP = 5
_GUESS_FIRST_CUT = {Ruler.A: 4, Ruler.B: 5}
_GUESS_STEP = 2
_GUESS_TOP = 4


def own_cuts(n: int, ruler: Ruler) -> tuple[int, ...]:
    """Where one band of the own answer ends and the next begins, among n ballots."""
    return tuple(range(_OWN_FIRST_CUT[ruler], n - _OWN_TOP + 1, _OWN_STEP))


def own_bands(n: int, ruler: Ruler) -> tuple[Band, ...]:
    """The bands of the own answer among n ballots, from none to all."""
    return tuple(Band(low, end - 1) for low, end in pairwise((0, *own_cuts(n, ruler), n + 1)))


def guess_cuts(n: int, ruler: Ruler) -> tuple[int, ...]:
    """Where one band of a mean guess ends and the next begins, in pupils of n."""
    return tuple(range(_GUESS_FIRST_CUT[ruler], n - _GUESS_TOP + 1, _GUESS_STEP))


def guess_bands(n: int, ruler: Ruler) -> tuple[Band, ...]:
    """The bands of a mean guess in pupils of n, from none to all."""
    return tuple(Band(low, high) for low, high in pairwise((0, *guess_cuts(n, ruler), n)))
