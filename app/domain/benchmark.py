"""A benchmark: one published figure on a larger group, to hold beside a class."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.domain.column import recognised
from app.domain.theme import Window

OLD_AFTER = 3  # years


class AreaKind(StrEnum):
    """How large the group is that a figure is about."""

    COUNTRY = "country"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"


class Season(StrEnum):
    """The half of the school year in which somebody asked; behaviour rises with age, also within a year."""

    AUTUMN = "autumn"
    SPRING = "spring"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`share` in per cent of `n` pupils of `grade` in `area`, published by `source` for `year`.

    `n` is None where the source does not say it for that grade, `season` where it does not say when it asked.
    """

    area: str
    grade: int
    year: int
    share: float
    n: int | None
    source: str
    kind: AreaKind = AreaKind.MUNICIPALITY
    season: Season | None = None

    def of(self, pupils: int) -> int:
        """The share as whole pupils of a class of `pupils`, rounded half up: an orientation, always said with "ca."."""
        return int(self.share * pupils / 100 + 0.5)

    def is_old(self, year: int) -> bool:
        """Whether the figure is older than OLD_AFTER years in `year`."""
        return year - self.year > OLD_AFTER


class Key(NamedTuple):
    """What a figure is about."""

    theme: str
    kind: AreaKind
    area: str
    grade: int
    year: int

    @property
    def known_as(self) -> "Key":
        """The form in which keys are compared: an area is the same in other letters."""
        return self._replace(area=recognised(self.area))


@dataclass(frozen=True, slots=True)
class Record:
    """A figure as it is kept: on which theme, in whose words and over which time, and whether somebody has checked it.

    `edition` is None where the survey worded it otherwise than the theme; `wording` is then the survey's own name for
    it, "" where that is not known. `window` is None where it is none that themes know. What is not `verified` is kept
    and never drawn.
    """

    theme: str
    edition: int | None
    window: Window | None
    wording: str
    figure: Benchmark
    verified: bool

    @property
    def key(self) -> Key:
        """What makes two records the same one: a later one takes the earlier one's place."""
        return Key(self.theme, self.figure.kind, self.figure.area, self.figure.grade, self.figure.year)
