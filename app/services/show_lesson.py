"""What the teacher's page shows of a lesson, and the release of one of its polls."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.benchmark import Benchmark
from app.domain.disclosure import MIN_BALLOTS
from app.domain.lesson import Lesson
from app.domain.norms import Reading, read, read_approval
from app.domain.poll import Poll, PollState, current, upcoming
from app.domain.refusal import Reason, Refusal
from app.domain.release import Release
from app.domain.theme import Theme
from app.sealing import tokens
from app.services.house import Work
from app.services.lead_lesson import lesson_of
from app.store import benchmarks, polls, releases, standings


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson as the board may show it. `seats` counts those taken and reserved, `ballots` those cast in the poll."""

    lesson: Lesson
    polls: Sequence[Poll]
    poll: Poll
    upcoming: Poll | None
    seats: int
    ballots: int

    @property
    def closed(self) -> tuple[Poll, ...]:
        """The polls whose figures can be looked at, however the lesson went on."""
        return tuple(poll for poll in self.polls if poll.state is PollState.CLOSED)

    @property
    def on_paper(self) -> bool:
        """Whether the lesson's answers are counted on paper."""
        return any(poll.paper for poll in self.polls)


@dataclass(frozen=True, slots=True)
class Result:
    """A closed poll: what was released, how it reads, and the figure to hold beside it, if there is one.

    `approval` reads what the class finds okay, None where that was not asked. `size` is the N of its questions."""

    theme: Theme
    grade: int
    size: int
    release: Release
    reading: Reading
    approval: Reading | None
    benchmark: Benchmark | None

    @property
    def many_were_silent(self) -> bool:
        """Whether too few answered in a group that was large enough itself."""
        return self.release.n is None and self.size >= MIN_BALLOTS


def show_lesson(work: Work, lesson_id: str, secret: str) -> LessonView:
    """The lesson for somebody who holds one of its links; Refusal(WRONG_LINK) for anybody else. One statement."""
    watched = standings.of_link(work.db, tokens.link_hash(secret))
    if watched is None or watched.lesson.id != lesson_id:
        raise Refusal(Reason.WRONG_LINK)
    poll = current(watched.polls)
    taken, ballots = watched.taken + watched.lesson.reserved, watched.ballots[watched.polls.index(poll)]
    return LessonView(watched.lesson, watched.polls, poll, upcoming(watched.polls), taken, ballots)


def show_result(work: Work, lesson_id: str, secret: str, theme_key: str) -> Result:
    """The result of the lesson's poll on a theme; Refusal(NOT_RELEASED) before it is closed."""
    lesson = lesson_of(work, lesson_id, secret)
    asked = {poll.theme: poll for poll in polls.of_lesson(work.db, lesson_id)}
    poll = asked.get(theme_key)
    result = result_of(work, lesson, poll) if poll else None
    if result is None:
        raise Refusal(Reason.NOT_RELEASED)
    return result


def result_of(work: Work, lesson: Lesson, poll: Poll) -> Result | None:
    """The result of one of a lesson's polls, None before it is closed."""
    theme, release = work.themes.get(poll.theme), releases.of_poll(work.db, poll.id)
    if release is None or theme is None:
        return None
    grade = lesson.classroom.grade
    reading, approval = read(release, theme.direction), read_approval(release, theme.direction)
    figure = benchmarks.newest(work.db, theme, grade)
    return Result(theme, grade, lesson.size or 0, release, reading, approval, figure)
