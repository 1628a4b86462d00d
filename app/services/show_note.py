"""Gather what a note to the local SSP committee is written from: the comparisons of a school year, without any name."""

from collections.abc import Sequence

from app.domain.interval import Interval
from app.domain.note import MOST_GRADES, GradeSeen, Occasion, Reach, SchoolYear
from app.domain.poll import school_year
from app.domain.refusal import Reason, Refusal
from app.domain.release import Band
from app.domain.total import MIN_CLASSROOMS
from app.services.compare import Comparison, Subject, Wave, compare_together, subjects
from app.services.house import Work
from app.services.keep_settings import decisions
from app.store import released


def years(work: Work) -> tuple[int, ...]:
    """The school years that something was released in, newest first; this one where there is nothing yet."""
    found = sorted({each.year for each in subjects(work)}, reverse=True)
    return tuple(found) or (school_year(work.now.date()),)


def show_note(work: Work, year: int) -> SchoolYear:
    """A school year's figures by grade, in a constant number of queries and as many again for each subject.

    With more subjects than MOST_GRADES those that most classrooms were asked about are kept, whatever they answered.
    """
    asked = [each for each in subjects(work) if each.year == year and each.theme in work.themes]
    seen = [_seen(compare_together(work, subject)) for subject in asked]
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
    return _seen(compare_together(work, Subject(theme, grade, year)))


def _seen(found: Comparison) -> GradeSeen:
    occasions = tuple(_occasion(wave) for wave in found.waves if len(wave.classrooms) >= MIN_CLASSROOMS)
    return GradeSeen(
        theme=found.theme,
        grade=found.subject.grade,
        benchmark=found.benchmark,
        occasions=occasions,
        answers=found.change if len(occasions) == 2 else None,
    )


def _occasion(wave: Wave) -> Occasion:
    return Occasion(
        number=wave.number,
        season=wave.season,
        classrooms=len(wave.classrooms),
        sums=wave.sums,
        estimate=wave.estimate,
        others=_of_several(wave.others, [each.others for each in wave.classrooms]),
        mates=_of_several(wave.mates, [each.mates for each in wave.classrooms]),
    )


def _of_several(together: Interval | None, each: Sequence[Band | None]) -> Interval | None:
    return together if sum(band is not None for band in each) >= MIN_CLASSROOMS else None


def _classrooms(seen: GradeSeen) -> int:
    return max(each.classrooms for each in seen.occasions)


def _reach(work: Work, year: int) -> Reach:
    found = released.of_pupils(work.db, year=year)
    return Reach(
        schools=len({each.school for each in found}),
        classrooms=len({each.classroom_id for each in found}),
        answers=sum(each.n or 0 for each in found),
    )
