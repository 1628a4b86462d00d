"""Open the vote of a lesson's next poll: make its key, freeze the group's size, let the code die."""

from app.domain.lesson import Lesson, LessonState, hour_after
from app.domain.poll import Poll, PollState, school_year, upcoming
from app.domain.refusal import Reason, Refusal
from app.sealing import tokens, urn
from app.services.house import Work
from app.services.lead_lesson import lesson_of
from app.services.release_poll import choose_ruler
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
    ruler = choose_ruler(work, lesson, poll, paper=False)
    lapse_hour = hour_after(work.hour)
    lessons.change(work.db, lesson.id, ends_hour=lapse_hour)
    share = urn.mint_share()
    try:
        work.keys.keep_share(poll.id, share)
    except OSError:
        raise Refusal(Reason.KEY_NOT_KEPT) from None
    polls.start(
        work.db,
        poll.id,
        ruler=ruler,
        school_year=school_year(work.now.date()),
        public_key=urn.public_key(secret, share),
        lapse_hour=lapse_hour,
    )


def _next_poll(work: Work, lesson: Lesson, secret: str) -> Poll:
    asked = polls.of_lesson(work.db, lesson.id)
    poll = upcoming(asked)
    if any(each.paper for each in asked):
        raise Refusal(Reason.ON_PAPER)
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
