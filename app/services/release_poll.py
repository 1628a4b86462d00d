"""Release a poll: what closing means, whether its ballots came from an urn or were counted on paper."""

from app.domain.disclosure import disclose
from app.domain.lesson import Lesson
from app.domain.poll import Poll, PollState, Run, Week, ruler_for, school_year
from app.domain.release import Ruler
from app.domain.tally import Tally
from app.sealing.ledger import Entry
from app.services.house import Work
from app.store import lessons, polls, releases, urns


def choose_ruler(work: Work, lesson: Lesson, poll: Poll, *, paper: bool) -> Ruler:
    """The ruler that the poll is read with; asks database and ledger, whichever way the database came back.

    Raises Refusal where the classroom may not be asked.
    """
    today = work.now.date()
    which = lesson.classroom.id, lesson.audience, poll.family, school_year(today)
    runs: dict[str, Run] = {run.poll: run for run in (*work.ledger.runs(*which), *polls.runs(work.db, *which))}
    return ruler_for(lesson.id, poll.theme, runs.values(), today, paper=paper)


def release_poll(work: Work, lesson: Lesson, poll: Poll, tally: Tally, ruler: Ruler, year: int) -> None:
    """Store the bands of a started poll and nothing finer; the ledger knows of them before the database does."""
    released, week = disclose(tally, ruler), Week.of(work.now.date())
    if released.n is not None:
        work.ledger.append(
            Entry(
                poll=poll.id,
                lesson=lesson.id,
                classroom=lesson.classroom.id,
                audience=lesson.audience,
                theme=poll.theme,
                family=poll.family,
                school_year=year,
                ruler=ruler,
                week=str(week),
                paper=poll.paper,
            )
        )
    releases.add(work.db, poll.id, released, week)
    urns.empty(work.db, poll.id)
    polls.finish(work.db, poll.id, PollState.CLOSED)
    if all(each.state is not PollState.WAITING for each in polls.of_lesson(work.db, lesson.id)):
        lessons.change(work.db, lesson.id, code=None, door=None, one_seat=False)
