"""Gather what a note to the local SSP committee is written from: the grades of a school year, without any name."""

from app.domain.comparison import cohort_change
from app.domain.estimate import Sums, estimate
from app.domain.note import MOST_GRADES, GradeSeen, Occasion, Reach, SchoolYear
from app.domain.poll import school_year
from app.domain.refusal import Reason, Refusal
from app.services.compare import Subject, subjects
from app.services.house import Work
from app.services.keep_settings import decisions
from app.services.put_together import Together, asked_alike, blocks_of, put_together
from app.store import benchmarks, released


def years(work: Work) -> tuple[int, ...]:
    """The school years that something was released in, newest first; this one where there is nothing yet."""
    found = sorted({each.year for each in subjects(work)}, reverse=True)
    return tuple(found) or (school_year(work.now.date()),)


def show_note(work: Work, year: int) -> SchoolYear:
    """A school year's figures by grade, in a constant number of queries and as many again for each subject.

    With more subjects than MOST_GRADES those that most classrooms were asked about are kept, whatever they answered.
    """
    asked = [each for each in subjects(work) if each.year == year and each.theme in work.themes]
    seen = [_seen(work, subject) for subject in asked]
    shown = sorted((each for each in seen if each.occasions), key=_classrooms, reverse=True)
    texts = decisions(work).texts
    return SchoolYear(
        year=year,
        grades=tuple(sorted(shown[:MOST_GRADES], key=lambda each: (each.grade, each.theme.key))),
        too_few=tuple((each.theme, each.grade) for each in seen if not each.occasions),
        more=len(shown[MOST_GRADES:]),
        reach=_reach(work, year),
        focus=texts.get("focus", ""),
        level=texts.get("level", ""),
    )


def show_example(work: Work, theme: str, grade: int, year: int) -> GradeSeen:
    """One theme in one grade; Refusal(NOT_YOURS) for a theme that there is not."""
    if theme not in work.themes:
        raise Refusal(Reason.NOT_YOURS)
    return _seen(work, Subject(theme, grade, year))


def _seen(work: Work, subject: Subject) -> GradeSeen:
    theme = work.themes[subject.theme]
    waves = _waves(work, subject, theme.edition)
    return GradeSeen(
        theme=theme,
        grade=subject.grade,
        benchmark=benchmarks.newest(work.db, theme, subject.grade),
        occasions=tuple(_occasion(wave, several) for wave, several in waves.items()),
        answers=cohort_change(waves[1].bands, waves[2].bands) if len(waves) == 2 else None,
    )


def _waves(work: Work, subject: Subject, edition: int) -> dict[int, Together]:
    """What classrooms show together of one edition, by wave; without a wave that only one of them has a figure of."""
    found = released.of_pupils(work.db, year=subject.year, theme=subject.theme, grade=subject.grade)
    asked = asked_alike(row for row in found if row.edition == edition)
    several = {alike.wave: put_together(blocks_of(work, asked[alike])) for alike in sorted(asked)}
    return {wave: each for wave, each in several.items() if each is not None}


def _occasion(wave: int, several: Together) -> Occasion:
    return Occasion(
        number=wave,
        season=several.season,
        classrooms=several.own.classrooms,
        sums=Sums(several.own.low, several.own.high, several.own.n),
        estimate=estimate(several.bands),
        others=several.others,
        mates=several.mates,
    )


def _classrooms(seen: GradeSeen) -> int:
    return max(each.classrooms for each in seen.occasions)


def _reach(work: Work, year: int) -> Reach:
    found = released.of_pupils(work.db, year=year)
    return Reach(
        schools=len({each.school for each in found}),
        classrooms=len({each.classroom_id for each in found}),
        answers=sum(each.n or 0 for each in found),
    )
