"""Release a poll: what closing means, whether its ballots came from an urn or were counted on paper."""

from datetime import timedelta

from app.domain.column import known_as
from app.domain.disclosure import disclose
from app.domain.lesson import Classroom, Lesson
from app.domain.poll import WEEKS_BEFORE_REPEAT, Poll, PollState, Run, Week, ruler_for, school_year
from app.domain.refusal import Reason, Refusal
from app.domain.release import Ruler
from app.domain.tally import Tally
from app.sealing import tokens
from app.sealing.ledger import Entry
from app.services.house import Work
from app.store import accounts, classrooms, lessons, polls, releases, urns


def choose_ruler(work: Work, lesson: Lesson, poll: Poll, *, paper: bool) -> Ruler:
    """The ruler that the poll is read with; asks database and ledger, whichever way the database came back.

    Raises Refusal where the classroom may not be asked: one of another school year never, since the same pupils are
    another classroom this year.
    """
    today, room = work.now.date(), lesson.classroom
    if room.school_year != school_year(today):
        raise Refusal(Reason.OTHER_YEAR)
    which = lesson.audience, poll.family, room.school_year
    try:
        remembered = work.ledger.runs(room.id, called(work, room), *which)
    except OSError:
        raise Refusal(Reason.KEY_NOT_KEPT) from None
    runs: dict[str, Run] = {run.poll: run for run in (*remembered, *polls.runs(work.db, room.id, *which))}
    ruler = ruler_for(lesson.id, poll.theme, runs.values(), today, paper=paper)
    if ruler is Ruler.A:
        _require_a_classroom_left(work, lesson, poll)
    return ruler


def called(work: Work, room: Classroom) -> str:
    """What the ledger knows a classroom by, whatever its id: a keyed digest of its name, school and year."""
    names = known_as(room.school), known_as(room.name)
    return tokens.prove(work.keys.ledger_key(), "classroom", *names, str(room.school_year))


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
                called=called(work, lesson.classroom),
            )
        )
    releases.add(work.db, poll.id, released, week)
    urns.empty(work.db, poll.id)
    polls.finish(work.db, poll.id, PollState.CLOSED)
    if all(each.state is not PollState.WAITING for each in polls.of_lesson(work.db, lesson.id)):
        lessons.change(work.db, lesson.id, code=None, door=None, one_seat=False)
