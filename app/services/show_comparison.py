"""The page that compares: which subject an address means, what else can be chosen, and what may be said of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from app.domain.comparison import STANDING_OUT, STATED_ICC, Conditions, Mark, chance_limits, mark_beside
from app.domain.interval import Interval
from app.domain.refusal import Reason, Refusal
from app.domain.release import own_bands
from app.services.compare import Comparison, Subject, Wave, compare, subjects
from app.services.house import Work
from app.store import released

_THEME, _GRADE = attrgetter("theme"), attrgetter("grade")


@dataclass(frozen=True, slots=True)
class ComparedWave:
    """A wave, how comparable the published figure is with it, and whether a classroom could stand out in it at all."""

    wave: Wave
    mark: Mark | None
    can_stand_out: bool


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """A comparison and the way to others: one subject for each theme, for each grade of the theme, for each year of
    both, and for each school of the subject. `old` says that the published figure is."""

    found: Comparison
    waves: tuple[ComparedWave, ...]
    old: bool
    themes: tuple[Subject, ...]
    grades: tuple[Subject, ...]
    years: tuple[Subject, ...]
    schools: tuple[Subject, ...]


def show_comparison(
    work: Work, theme: str | None, grade: int | None, year: int | None, school: str | None
) -> ComparisonPage | None:
    """The newest subject that fits, None meaning any; in a constant number of queries.

    None where nothing was released yet, Refusal(NOT_YOURS) where something was but nothing that fits.
    """
    there = [each for each in subjects(work) if each.theme in work.themes]
    if not there:
        return None
    chosen = _newest(there, theme, grade, year)
    schools = released.schools(work.db, chosen.year, chosen.theme, chosen.grade)
    if school is not None and school not in schools:
        raise Refusal(Reason.NOT_YOURS)
    found = compare(work, replace(chosen, school=school))
    of_theme = [each for each in there if each.theme == chosen.theme]
    return ComparisonPage(
        found=found,
        waves=tuple(_compared(found, wave) for wave in found.waves),
        old=found.benchmark is not None and found.benchmark.is_old(work.now.year),
        themes=_one_of_each(chosen, there, _THEME),
        grades=_one_of_each(chosen, sorted(of_theme, key=_GRADE), _GRADE),
        years=tuple(each for each in of_theme if each.grade == chosen.grade),
        schools=tuple(replace(chosen, school=name) for name in schools),
    )


def _newest(there: Sequence[Subject], theme: str | None, grade: int | None, year: int | None) -> Subject:
    """The first that fits, the newest coming first; Refusal(NOT_YOURS) where none does."""
    for each in there:
        if theme in (None, each.theme) and grade in (None, each.grade) and year in (None, each.year):
            return each
    raise Refusal(Reason.NOT_YOURS)


def _one_of_each(chosen: Subject, others: Sequence[Subject], kind: Callable[[Subject], object]) -> tuple[Subject, ...]:
    """Of each kind of them the nearest one, in the order in which the kinds come."""
    kinds = dict.fromkeys(map(kind, others))
    return tuple(_nearest(chosen, [each for each in others if kind(each) == one]) for one in kinds)


def _nearest(chosen: Subject, others: Sequence[Subject]) -> Subject:
    """The one that shares most with what was chosen, the newest of several."""
    return max(others, key=lambda each: (each.grade == chosen.grade, each.year == chosen.year, each.year))


def _compared(found: Comparison, wave: Wave) -> ComparedWave:
    centre = found.centre
    return ComparedWave(wave, _mark(found, wave), centre is not None and _can_stand_out(wave, centre))


def _mark(found: Comparison, wave: Wave) -> Mark | None:
    """How comparable a wave is with the published figure, None where there is none."""
    if found.benchmark is None:
        return None
    theme, wording = found.theme, str(found.theme.edition)
    ours = Conditions(theme.key, wording, theme.window, found.subject.grade, wave.season)
    return mark_beside(ours, found.benchmark)


def _can_stand_out(wave: Wave, centre: Interval) -> bool:
    """Whether any band that any of the classrooms could have been shown lies outside what chance explains."""
    sizes = {each.n for each in wave.classrooms}
    limits = {n: chance_limits(n, centre, STANDING_OUT, STATED_ICC) for n in sizes}
    return any(limits[n].leave_out(band) for n in sizes for band in own_bands(n, wave.ruler))
