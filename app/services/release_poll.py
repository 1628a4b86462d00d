"""Release a poll: what closing means, whether its ballots came from an urn or were counted on paper."""

from datetime import timedelta

from app.domain.disclosure import disclose
from app.domain.lesson import Lesson
from app.domain.poll import WEEKS_BEFORE_REPEAT, Poll, PollState, Run, Week, ruler_for, school_year
from app.domain.refusal import Reason, Refusal
from app.domain.release import Ruler
from app.domain.tally import Tally
from app.sealing.ledger import Entry
from app.services.house import Work
from app.store import accounts, classrooms, lessons, polls, releases, urns


def choose_ruler(work: Work, lesson: Lesson, poll: Poll, *, paper: bool) -> Ruler:
    """The ruler that the poll is read with; asks database and ledger, whichever way the database came back.

    Raises Refusal where the classroom may not be asked.
    """
    today = work.now.date()
    which = lesson.classroom.id, lesson.audience, poll.family, school_year(today)
    runs: dict[str, Run] = {run.poll: run for run in (*work.ledger.runs(*which), *polls.runs(work.db, *which))}
    ruler = ruler_for(lesson.id, poll.theme, runs.values(), today, paper=paper)
    if ruler is Ruler.A:
        _require_a_classroom_left(work, lesson, poll)
    return ruler


def _require_a_classroom_left(work: Work, lesson: Lesson, poll: Poll) -> None:
    """Nobody asks more classrooms first about a family, within WEEKS_BEFORE_REPEAT weeks, than there are for them to
    ask: who makes up names for chosen parts of a class runs out of them."""
    maker = accounts.maker_of(work.db, lesson.id)
    if maker is None:
        return
    since = Week.of(work.now.date() - timedelta(weeks=WEEKS_BEFORE_REPEAT))
    asked = work.ledger.first_by(maker.id, lesson.audience, poll.family, since)
    asked += polls.voting_first_by(work.db, maker.id, lesson.audience, poll.family)
    if asked >= classrooms.count(work.db, maker.school, school_year(work.now.date()), ""):
        raise Refusal(Reason.ASKED_MUCH)


def release_poll(work: Work, lesson: Lesson, poll: Poll, tally: Tally, ruler: Ruler, year: int) -> None:
    """Store the bands of a started poll and nothing finer; the ledger knows of them before the database does."""
    released, week = disclose(tally, ruler), Week.of(work.now.date())
    maker = accounts.maker_of(work.db, lesson.id)
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
                by=maker.id if maker else "",
            )
        )
    releases.add(work.db, poll.id, released, week)
    urns.empty(work.db, poll.id)
    polls.finish(work.db, poll.id, PollState.CLOSED)
    if all(each.state is not PollState.WAITING for each in polls.of_lesson(work.db, lesson.id)):
        lessons.change(work.db, lesson.id, code=None, door=None, one_seat=False)
