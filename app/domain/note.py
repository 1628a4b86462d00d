"""What a note to a local SSP committee is made of: a school year's figures by grade.

No school and no classroom has a name here, so none can come to stand in the note.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.benchmark import Benchmark, Season
from app.domain.comparison import Change, Conditions, Mark, change_between, mark_beside
from app.domain.estimate import Sums
from app.domain.interval import Interval
from app.domain.theme import Care, Direction, Theme

MOST_GRADES = 4


@dataclass(frozen=True, slots=True)
class Occasion:
    """What two or more classrooms of a grade showed together, the first time (1) or the second (2).

    Guesses and estimate are shares from 0 to 1; None where fewer than two classrooms have one, or too few for it.
    """

    number: int
    season: Season
    classrooms: int
    sums: Sums
    estimate: Interval | None
    others: Interval | None
    mates: Interval | None


@dataclass(frozen=True, slots=True)
class GradeSeen:
    """A theme in a grade. `answers` is what two occasions show of the answers, None where there are not two."""

    theme: Theme
    grade: int
    benchmark: Benchmark | None
    occasions: tuple[Occasion, ...]
    answers: Change | None

    @property
    def guesses(self) -> Change | None:
        """What two occasions show of the guesses about mates; None where there are not two.

        Said of those who guessed and nobody else: ends of means, not an estimate.
        """
        if len(self.occasions) != 2:
            return None
        first, later = (each.mates for each in self.occasions)
        return change_between(first, later) if first and later else Change.CANNOT_BE_SHOWN


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a school year reached; an answer is one pupil's to one theme once, so a pupil may count several times."""

    schools: int
    classrooms: int
    answers: int


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """Everything a note is written from: the school year that began in `year`, and what the municipality says itself.

    `too_few` are the (theme, grade) that only one classroom has a figure of, or none; `more` counts those that there is
    no room for.
    """

    year: int
    grades: tuple[GradeSeen, ...]
    too_few: tuple[tuple[Theme, int], ...]
    more: int
    reach: Reach
    focus: str
    level: str


def comparability(seen: GradeSeen) -> Mark | None:
    """The mark of a grade's figures beside its benchmark, None where it has none."""
    if seen.benchmark is None:
        return None
    theme, season = seen.theme, seen.occasions[0].season
    ours = Conditions(theme.key, str(theme.edition), theme.window, seen.grade, season)
    return mark_beside(ours, seen.benchmark)


class Hurdle(StrEnum):
    """Why a grade makes no example to show."""

    OFFENCE = "lovbrud"
    FEW_CLASSROOMS = "for få klasser"
    NO_GUESS = "for få gæt"
    MAJORITY = "halvdelen eller flere"
    NOT_APART = "ingen sikker forskel"


def hurdle(seen: GradeSeen) -> Hurdle | None:
    """Why the first occasion may not be shown as an example; None where it is good news for certain and no offence.

    Good news is a guess wholly above the answers, and those surely below half; for a wanted act the other way round.
    """
    if seen.theme.care is Care.OFFENCE:
        return Hurdle.OFFENCE
    if not seen.occasions or seen.occasions[0].number != 1:
        return Hurdle.FEW_CLASSROOMS
    first = seen.occasions[0]
    if first.mates is None:
        return Hurdle.NO_GUESS
    answers, wanted = first.sums.shares, seen.theme.direction is Direction.WANTED
    if 2 * first.sums.low <= first.sums.n if wanted else 2 * first.sums.high >= first.sums.n:
        return Hurdle.MAJORITY
    apart = answers.lies_above(first.mates) if wanted else first.mates.lies_above(answers)
    return None if apart else Hurdle.NOT_APART
