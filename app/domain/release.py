"""A release: the bands that one closed poll shows. Everything that is ever stored or shown of its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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
