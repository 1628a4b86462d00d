"""Compare classrooms of one theme, grade and school year: what their released bands say together, and no ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.benchmark import Benchmark, Season
from app.domain.comparison import Change, classroom_change, cohort_change, standing_out
from app.domain.estimate import Shown, Sums, certain_sums, estimate, mean_guess
from app.domain.interval import Interval
from app.domain.norms import Misperception, read
from app.domain.refusal import Reason, Refusal
from app.domain.release import Band, Release, Ruler
from app.domain.theme import Measure, Theme
from app.services.house import Work
from app.services.put_together import usual_season
from app.store import benchmarks, classrooms, released
from app.store.released import Released


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: a theme in a grade and school year, at one school or, where None, at all of them."""

    theme: str
    grade: int
    year: int
    school: str | None = None


class LeftOut(StrEnum):
    """Why a classroom is not among those that are put together."""

    FEW_ANSWERS = "færre end 10 svar"
    OTHER_EDITION = "en anden udgave af spørgsmålene"
    NO_BAND = "for få til et spænd"
    OTHER_SEASON = "i den anden halvdel af skoleåret"


@dataclass(frozen=True, slots=True)
class ClassroomRow:
    """One classroom in one wave: the bands that its board showed and the name of the result. `stands_out` says that
    chance does not explain its band; None where that cannot be said."""

    school: str
    classroom: str
    n: int
    own: Band
    others: Band | None
    mates: Band | None
    name: Misperception | None
    stands_out: bool | None


@dataclass(frozen=True, slots=True)
class Wave:
    """The first release of each classroom, or its repeat. Guesses and estimate are shares from 0 to 1, None where
    nothing can be said; `invited` counts pupils of the classrooms whose size is known, `answered` their ballots."""

    ruler: Ruler
    season: Season
    sums: Sums
    estimate: Interval | None
    others: Interval | None
    mates: Interval | None
    classrooms: tuple[ClassroomRow, ...]
    left_out: tuple[tuple[str, str, LeftOut], ...]
    invited: int
    answered: int

    @property
    def number(self) -> int:
        """Which wave it is, from 1."""
        return self.ruler.wave


@dataclass(frozen=True, slots=True)
class ClassroomChange:
    """What two waves show of one classroom."""

    school: str
    classroom: str
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that may be said of a subject. `centre` is what the funnel is drawn round, and where it is from."""

    subject: Subject
    theme: Theme
    benchmark: Benchmark | None
    waves: tuple[Wave, ...]
    centre: Interval | None
    change: Change | None
    changes: tuple[ClassroomChange, ...]
    not_asked: int


def compare(work: Work, subject: Subject) -> Comparison:
    """The comparison of a subject for whoever may see its classrooms, in a constant number of queries.

    Refusal(NOT_YOURS) for no theme that there is.
    """
    theme = work.themes.get(subject.theme)
    if theme is None:
        raise Refusal(Reason.NOT_YOURS)
    found = released.of_pupils(
        work.db, year=subject.year, theme=subject.theme, grade=subject.grade, school_name=subject.school
    )
    benchmark = benchmarks.newest(work.db, theme, subject.grade)
    centre = _centre(benchmark, [each for each in found if each.ruler is Ruler.A], theme)
    waves = tuple(
        wave
        for ruler in Ruler
        if (wave := _wave(ruler, [each for each in found if each.ruler is ruler], theme, centre)) is not None
    )
    return Comparison(
        subject=subject,
        theme=theme,
        benchmark=benchmark,
        waves=waves,
        centre=centre,
        change=_cohort_change(found, theme),
        changes=_classroom_changes(found, theme),
        not_asked=_not_asked(work, subject, {each.classroom_id for each in found}),
    )


def _not_asked(work: Work, subject: Subject, asked: set[str]) -> int:
    known = classrooms.of_year(work.db, subject.year)
    there = [each for each in known if each.grade == subject.grade and subject.school in (None, each.school)]
    return sum(each.id not in asked for each in there)


def subjects(work: Work) -> tuple[Subject, ...]:
    """Every subject that something was released of, newest school year first."""
    return tuple(Subject(theme, grade, year) for year, theme, grade in released.subjects(work.db))


def _usable(rows: Sequence[Released], theme: Theme) -> list[tuple[Released, Shown]]:
    """The rows of one wave that may be put together, with their own bands: in centre, change and wave the same ones."""
    shown = [(row, own) for row in rows if row.edition == theme.edition and (own := row.shown(Measure.OWN)) is not None]
    season = usual_season(row for row, _ in shown)
    return [(row, own) for row, own in shown if row.season is season]


def _centre(benchmark: Benchmark | None, first: Sequence[Released], theme: Theme) -> Interval | None:
    if benchmark is not None:
        return Interval(benchmark.share / 100, benchmark.share / 100)
    shown = [own for _, own in _usable(first, theme)]
    return estimate(shown) if shown else None


def _wave(ruler: Ruler, rows: Sequence[Released], theme: Theme, centre: Interval | None) -> Wave | None:
    usable = _usable(rows, theme)
    if not usable:
        return None
    season = usable[0][0].season
    own = [shown for _, shown in usable]
    used = {id(row) for row, _ in usable}
    out = standing_out(own, centre) if centre is not None else None
    sized = [(row.size, row.n) for row, _ in usable if row.size is not None and row.n is not None]
    return Wave(
        ruler=ruler,
        season=season,
        sums=certain_sums(own),
        estimate=estimate(own),
        others=_guess(usable, Measure.OTHERS),
        mates=_guess(usable, Measure.MATES),
        classrooms=tuple(
            _row(row, shown.n, theme, out[index] if out else None) for index, (row, shown) in enumerate(usable)
        ),
        left_out=tuple(_left_out(row, theme, season) for row in rows if id(row) not in used),
        invited=sum(size for size, _ in sized),
        answered=sum(n for _, n in sized),
    )


def _row(row: Released, n: int, theme: Theme, stands_out: bool | None) -> ClassroomRow:
    reading = read(Release(n, row.ruler, row.figures), theme.direction)
    own = row.band(Measure.OWN)
    if own is None:
        raise ValueError("a classroom without a band is left out")
    others, mates = row.band(Measure.OTHERS), row.band(Measure.MATES)
    return ClassroomRow(row.school, row.classroom, n, own, others, mates, reading.name, stands_out)


def _left_out(row: Released, theme: Theme, season: Season) -> tuple[str, str, LeftOut]:
    if row.n is None:
        why = LeftOut.FEW_ANSWERS
    elif row.edition != theme.edition:
        why = LeftOut.OTHER_EDITION
    else:
        why = LeftOut.OTHER_SEASON if row.season is not season else LeftOut.NO_BAND
    return row.school, row.classroom, why


def _guess(usable: Sequence[tuple[Released, Shown]], measure: Measure) -> Interval | None:
    shown = [guess for row, _ in usable if (guess := row.shown(measure)) is not None]
    return mean_guess(shown) if shown else None


def _both(found: Sequence[Released], theme: Theme) -> tuple[dict[str, Shown], dict[str, Shown], dict[str, Released]]:
    waves = [[row for row in found if row.ruler is ruler] for ruler in Ruler]
    by_ruler = [{row.classroom_id: own for row, own in _usable(rows, theme)} for rows in waves]
    return by_ruler[0], by_ruler[1], {row.classroom_id: row for row in found}


def _cohort_change(found: Sequence[Released], theme: Theme) -> Change | None:
    first, later, _ = _both(found, theme)
    return cohort_change(list(first.values()), list(later.values())) if first and later else None


def _classroom_changes(found: Sequence[Released], theme: Theme) -> tuple[ClassroomChange, ...]:
    first, later, rows = _both(found, theme)
    return tuple(
        ClassroomChange(rows[key].school, rows[key].classroom, classroom_change(first[key], later[key]))
        for key in first
        if key in later
    )
