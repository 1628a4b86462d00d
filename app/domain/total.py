"""Totals of classrooms: sums of the lower and of the upper ends of their bands. They add nothing to the bands."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Generic, TypeVar

from app.domain.poll import Week
from app.domain.release import Band
from app.domain.theme import Care, Folder, Theme

MIN_CLASSROOMS = 2

T = TypeVar("T")

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


@dataclass(frozen=True, slots=True)
class Block(Generic[T]):
    """Classrooms that come into totals together and never without one another; `school` where all are of one."""

    school: str | None
    parts: tuple[T, ...]


def settled(answered: Iterable[tuple[Week, str, T]], this_week: Week, least: int = MIN_CLASSROOMS) -> list[Block[T]]:
    """What of (week, school, what a classroom brought) may be put together in totals that are seen again and again.

    Every total is of whole blocks, and a block never changes once its week is over. So whoever subtracts one total from
    another, a school from its municipality or last week from this one, is left with blocks: never with one classroom.
    A block is of one school where it can be, else of whoever waits at several. This week is not over, nobody waits from
    one half of the school year to the other, and who waits for ever is in no total.
    """
    blocks: list[Block[T]] = []
    waiting: dict[str, list[T]] = {}
    for _, of_half in groupby(sorted(answered, key=itemgetter(0, 1)), key=lambda each: each[0].year):
        waiting.clear()
        for week, several in groupby(of_half, key=itemgetter(0)):
            if week >= this_week:
                return blocks
            for _, school, part in several:
                waiting.setdefault(school, []).append(part)
            for school in [school for school, parts in waiting.items() if len(parts) >= least]:
                blocks.append(Block(school, tuple(waiting.pop(school))))
            several_schools = tuple(chain.from_iterable(waiting.values()))
            if len(several_schools) >= least:
                blocks.append(Block(None, several_schools))
                waiting.clear()
    return blocks


def together(blocks: Iterable[Block[T]]) -> list[T]:
    """What all blocks brought."""
    return [part for block in blocks for part in block.parts]


def total(parts: Iterable[tuple[int, Band]]) -> Total | None:
    """The total of classrooms given as (ballots, own band); None below MIN_CLASSROOMS: one alone is no total."""
    each = tuple(parts)
    if len(each) < MIN_CLASSROOMS:
        return None
    sums = (sum(n for n, _ in each), sum(band.low for _, band in each), sum(band.high for _, band in each))
    return Total(len(each), *sums)
