"""A parents' evening: what the young people of the grade believe and do, and the page that parents take home."""

from dataclasses import dataclass

from app.domain.benchmark import Benchmark
from app.domain.estimate import Shown, Sums, certain_sums, mean_guess
from app.domain.interval import Interval
from app.domain.lesson import Lesson, hour_after
from app.domain.poll import PollState, Week, school_year
from app.domain.refusal import Reason, Refusal
from app.domain.release import Ruler
from app.domain.theme import Audience, Measure, Theme
from app.domain.total import Minimum, for_parents, settled, together
from app.sealing import tokens
from app.services.house import Work
from app.services.lead_lesson import lesson_of
from app.services.show_lesson import Result, result_of
from app.store import benchmarks, handouts, lessons, polls, released
from app.store.released import Released

HANDOUT_DAYS = 14


@dataclass(frozen=True, slots=True)
class GradeFigure:
    """What a grade believes and does, of the school year begun in `year`: certain sums and the mean guess about mates;
    both None where too few classrooms have answered."""

    theme: Theme
    year: int
    sums: Sums | None
    mates: Interval | None
    benchmark: Benchmark | None


@dataclass(frozen=True, slots=True)
class Handout:
    """What parents take home: the results of the evening, and the figures of the grade. No school and no class."""

    grade: int
    results: tuple[Result, ...]
    figures: tuple[GradeFigure, ...]


def grade_figures(work: Work, lesson_id: str, secret: str) -> tuple[GradeFigure, ...]:
    """What pupils of the evening's grade answered first, this school year or, where too few have yet, the one before.

    Never one class's, nor what one class brought to a total that was looked at before.

    Refusal(WRONG_STATE) in a lesson of pupils: a class sees its own board and nobody else's.
    """
    return _figures(work, _evening(work, lesson_id, secret))


def make_handout(work: Work, lesson_id: str, secret: str) -> None:
    """Open a page that parents can take home by a QR code, for HANDOUT_DAYS; made again, it is the same page."""
    lesson = _evening(work, lesson_id, secret)
    if handouts.of_lesson(work.db, lesson.id, work.hour) is None:
        if not any(poll.state is PollState.CLOSED for poll in polls.of_lesson(work.db, lesson.id)):
            raise Refusal(Reason.NOT_RELEASED)
        handouts.put(work.db, tokens.mint_door(), lesson.id, hour_after(work.hour, 24 * HANDOUT_DAYS))


def handout_of(work: Work, lesson_id: str, secret: str) -> str | None:
    """The token of the lesson's page, None where there is none."""
    return handouts.of_lesson(work.db, _evening(work, lesson_id, secret).id, work.hour)


def show_handout(work: Work, token: str) -> Handout:
    """The page behind a token; Refusal(DEAD_HANDOUT) when it is over or was never there."""
    lesson_id = handouts.lesson(work.db, token, work.hour)
    lesson = lessons.by_id(work.db, lesson_id) if lesson_id else None
    if lesson is None:
        raise Refusal(Reason.DEAD_HANDOUT)
    closed = [poll for poll in polls.of_lesson(work.db, lesson.id) if poll.state is PollState.CLOSED]
    results = [result_of(work, lesson, poll) for poll in closed]
    return Handout(lesson.classroom.grade, tuple(each for each in results if each), _figures(work, lesson))


def _evening(work: Work, lesson_id: str, secret: str) -> Lesson:
    lesson = lesson_of(work, lesson_id, secret)
    if lesson.audience is not Audience.PARENTS:
        raise Refusal(Reason.WRONG_STATE)
    return lesson


def _figures(work: Work, lesson: Lesson) -> tuple[GradeFigure, ...]:
    this = school_year(work.now.date())
    found = [_of_year(work, lesson.classroom.grade, year) for year in (this - 1, this)]
    best = {each.theme.key: each for figures in found for each in figures}
    best |= {each.theme.key: each for figures in found for each in figures if each.sums is not None}
    return tuple(best[key] for key in sorted(best))


def _of_year(work: Work, grade: int, year: int) -> list[GradeFigure]:
    asked: dict[str, list[Released]] = {}
    for row in released.of_pupils(work.db, year=year, grade=grade):
        if row.ruler is Ruler.A and row.theme in work.themes and row.edition == work.themes[row.theme].edition:
            asked.setdefault(row.theme, []).append(row)
    return [_figure(work, work.themes[key], year, rows) for key, rows in asked.items()]


def _figure(work: Work, theme: Theme, year: int, rows: list[Released]) -> GradeFigure:
    minimum = for_parents(theme)
    own, mates = (_enough(work, rows, measure, minimum) for measure in (Measure.OWN, Measure.MATES))
    return GradeFigure(
        theme=theme,
        year=year,
        sums=certain_sums(own) if own else None,
        mates=mean_guess(mates) if own and mates else None,
        benchmark=benchmarks.newest(work.db, theme, rows[0].grade),
    )


def _enough(work: Work, rows: list[Released], measure: Measure, minimum: Minimum) -> list[Shown]:
    """The bands that may be put together; none where they are fewer than the minimum."""
    answered = [(row.week, row.school, shown) for row in rows if (shown := row.shown(measure)) is not None]
    kept = together(settled(answered, Week.of(work.now.date()), minimum.classrooms))
    return kept if sum(shown.n for shown in kept) >= minimum.n else []
