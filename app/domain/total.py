"""Totals of classrooms: sums of the lower and of the upper ends of their bands. They add nothing to the bands."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.release import Band

MIN_CLASSROOMS = 2


@dataclass(frozen=True, slots=True)
class Total:
    """So many classrooms with `n` ballots in all, of whom from `low` to `high` answered yes."""

    classrooms: int
    n: int
    low: int
    high: int


def total(parts: Iterable[tuple[int, Band]]) -> Total | None:
    """The total of classrooms given as (ballots, own band); None below MIN_CLASSROOMS: one alone is no total."""
    each = tuple(parts)
    if len(each) < MIN_CLASSROOMS:
        return None
    sums = (sum(n for n, _ in each), sum(band.low for _, band in each), sum(band.high for _, band in each))
    return Total(len(each), *sums)
