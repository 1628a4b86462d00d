"""Open the vote of a lesson's next poll: make its key, freeze the group's size, let the code die."""

from app.domain.lesson import Lesson, LessonState, hour_after
from app.domain.poll import Poll, PollState, ruler_for, school_year, upcoming
from app.domain.refusal import Reason, Refusal
from app.domain.release import Ruler
from app.sealing import tokens, urn
from app.services.house import Work
from app.services.lead_lesson import lesson_of
from app.store import classrooms, lessons, polls, seats


def open_poll(work: Work, lesson_id: str, secret: str) -> None:
    """Open the next waiting poll with the link that holds `secret`.

    The first vote freezes N at the seats taken and reserved, erases code and QR link, and makes this link the only one
    that can open and close. The server's share is on disk before the commit that opens the vote. Raises Refusal.
    """
    lesson = lesson_of(work, lesson_id, secret)
    classrooms.lock(work.db, lesson.classroom.id)
    lesson = lesson_of(work, lesson_id, secret, lock=True)
    poll = _next_poll(work, lesson, secret)
    if lesson.state is LessonState.LOBBY:
        _start_running(work, lesson, secret)
    ruler = _ruler(work, lesson, poll)
    share = urn.mint_share()
    work.keys.keep_share(poll.id, share)
    polls.start(
        work.db,
        poll.id,
        ruler=ruler,
        school_year=school_year(work.now.date()),
        public_key=urn.public_key(secret, share),
        lapse_hour=hour_after(work.hour),
    )


def _next_poll(work: Work, lesson: Lesson, secret: str) -> Poll:
    asked = polls.of_lesson(work.db, lesson.id)
    poll = upcoming(asked)
    if lesson.state not in (LessonState.LOBBY, LessonState.RUNNING) or poll is None:
        raise Refusal(Reason.WRONG_STATE)
    if lesson.state is LessonState.RUNNING and not lessons.is_opener(work.db, tokens.link_hash(secret)):
        raise Refusal(Reason.OPENED_BY_OTHER_LINK)
    if any(each.state is PollState.VOTING for each in asked):
        raise Refusal(Reason.WRONG_STATE)
    return poll


def _start_running(work: Work, lesson: Lesson, secret: str) -> None:
    size = seats.count(work.db, lesson.id) + lesson.reserved
    if size == 0:
        raise Refusal(Reason.NO_SEATS_TAKEN)
    lessons.change(work.db, lesson.id, state=LessonState.RUNNING, size=size, code=None, door=None)
    lessons.mark_opener(work.db, tokens.link_hash(secret))


def _ruler(work: Work, lesson: Lesson, poll: Poll) -> Ruler:
    """Asks database and ledger, whichever way the database came back."""
    today = work.now.date()
    which = lesson.classroom.id, lesson.audience, poll.family, school_year(today)
    runs = {run.poll: run for run in (*work.ledger.runs(*which), *polls.runs(work.db, *which))}
    return ruler_for(lesson.id, poll.theme, runs.values(), today)
