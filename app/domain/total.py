"""Totals of classrooms: sums of the lower and of the upper ends of their bands. They add nothing to the bands."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.release import Band
from app.domain.theme import Care, Folder, Theme

MIN_CLASSROOMS = 2


_CAREFUL = {Folder.CRIME, Folder.DRUGS, Folder.DIGITAL}


@dataclass(frozen=True, slots=True)
class Minimum:
    """How many classrooms and ballots it takes before others than the class see anything of a grade."""

    classrooms: int
    n: int


def for_parents(theme: Theme) -> Minimum:
    """What parents may see of a grade: more of it where the theme is crime, drugs, or what goes on between screens."""
    return Minimum(3, 50) if theme.folder in _CAREFUL or theme.care is Care.OFFENCE else Minimum(2, 30)


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
