"""Comparing without ranking: which classrooms chance does not explain, what two waves show, what may stand beside what.

Computed from bands, estimates and published figures; answers with intervals and with words for what cannot be shown.
Shares are floats from 0 to 1, limits whole pupils.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from app.domain.benchmark import Benchmark, Season
from app.domain.distribution import count_probabilities
from app.domain.estimate import Shown, certain_sums, estimate, require_alike
from app.domain.interval import Interval
from app.domain.release import Band
from app.domain.theme import Window

MIN_FUNNEL = 5
WARNING = 0.95
STANDING_OUT = 0.998
STATED_ICC = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """From `low` to `high` pupils, both in it: what chance alone explains."""

    low: int
    high: int

    def leave_out(self, band: Band) -> bool:
        """Whether no count of the band lies within."""
        return band.low > self.high or band.high < self.low


def chance_limits(n: int, centre: Interval, confidence: float, icc: float = 0.0) -> Limits:
    """What classrooms of `n` may count by chance round `centre`: a published share (both ends alike) or an estimate.

    `low` is the smallest k with P(X <= k) > (1 - confidence) / 2 and `high` the largest with P(X >= k) > the same: no
    more than that lies beyond either (the exact limits of funnel plots, not interpolated between counts: Spiegelhalter
    2005, doi 10.1002/sim.1970, appendix). X is binomial, or for an `icc` above 0 beta-binomial, which is wider. Round
    an interval, `low` belongs to its lower and `high` to its upper end: limits rise with the share, so that what lies
    outside both is outside for every share in the interval.
    """
    tail = (1 - confidence) / 2
    return Limits(_least(n, centre.low, icc, tail), n - _least(n, 1 - centre.high, icc, tail))


def standing_out(classrooms: Sequence[Shown], centre: Interval) -> tuple[bool, ...] | None:
    """For each classroom, in the order given, whether its whole band lies outside what chance explains round `centre`.

    The limits are those of STANDING_OUT, widened by STATED_ICC: pupils of one class are alike without anything being
    wrong. None below MIN_FUNNEL classrooms; ValueError where they were asked differently.
    """
    require_alike(classrooms)
    if len(classrooms) < MIN_FUNNEL:
        return None
    limits = {n: chance_limits(n, centre, STANDING_OUT, STATED_ICC) for n in {shown.n for shown in classrooms}}
    return tuple(limits[shown.n].leave_out(shown.band) for shown in classrooms)


class Change(StrEnum):
    """What two waves show. There is no value for "no change": bands and estimates can never show that."""

    LOWER = "lavere"
    HIGHER = "højere"
    CANNOT_BE_SHOWN = "kan ikke påvises"


def change_between(first: Interval, later: Interval) -> Change:
    """What two intervals of the same show: a change only where they have no share in common."""
    if first.lies_above(later):
        return Change.LOWER
    return Change.HIGHER if later.lies_above(first) else Change.CANNOT_BE_SHOWN


def cohort_change(first: Sequence[Shown], later: Sequence[Shown]) -> Change:
    """What two waves show of a cohort: a change only where the two estimates have no share in common.

    That is stricter than a test of the difference, and holds although most pupils are the same. With too few classrooms
    for an estimate in either wave nothing can be shown. Says nothing of what caused it. ValueError where a wave was
    asked differently within itself, or the later wave did not ask the same again.
    """
    _require_again(first, later)
    before, after = estimate(first), estimate(later)
    return change_between(before, after) if before and after else Change.CANNOT_BE_SHOWN


def classroom_change(first: Shown, later: Shown) -> Change:
    """What two waves show of one classroom: a change only where its bands, as shares, are disjoint.

    Then those who answered did so otherwise; with a new pupil or two that need not be because anybody changed.
    ValueError where the later wave did not ask the same again.
    """
    _require_again([first], [later])
    return change_between(certain_sums([first]).shares, certain_sums([later]).shares)


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a figure on a theme came about; `wording` is an edition of ours or the words of a survey.

    None is what is not known. It is equal to nothing, not even to another None.
    """

    theme: str
    wording: str
    window: Window | None
    grade: int
    season: Season | None


class Mark(StrEnum):
    """How comparable two figures are, printed beside each pair: alike, one thing differs, or orientation only."""

    A = "A"
    B = "B"
    C = "C"


def mark(one: Conditions, other: Conditions) -> Mark:
    """A where wording, window, grade and season are equal, B where one of the four differs, C where more do.

    ValueError for two themes: those are no pair at all.
    """
    if one.theme != other.theme:
        raise ValueError("not two figures on one theme")
    pairs = [
        (one.wording, other.wording), (one.window, other.window),
        (one.grade, other.grade), (one.season, other.season),
    ]  # fmt: skip
    differing = sum(mine is None or mine != theirs for mine, theirs in pairs)
    if differing > 1:
        return Mark.C
    return Mark.B if differing else Mark.A


def mark_beside(ours: Conditions, figure: Benchmark) -> Mark:
    """The mark of a figure of ours and a published one that was asked in our words about our time: no other is drawn.

    What may differ is the grade, and the season, which a survey does not always say.
    """
    return mark(ours, replace(ours, grade=figure.grade, season=figure.season))


def _least(n: int, share: float, icc: float, tail: float) -> int:
    """The smallest k with P(X <= k) > tail."""
    at_most = accumulate(count_probabilities(n, share, icc))
    return next(k for k, chance in enumerate(at_most) if chance > tail)


def _require_again(first: Sequence[Shown], later: Sequence[Shown]) -> None:
    require_alike(first)
    require_alike(later)
    before, after = first[0].asked, later[0].asked
    if (before.theme, before.edition) != (after.theme, after.edition) or before.wave >= after.wave:
        raise ValueError("not a later wave of the same theme and edition")
