"""Count a poll on paper: typing the totals is its vote and its close in one."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.lesson import Lesson, LessonState, hour_after
from app.domain.paper import read_count
from app.domain.poll import PollState, school_year, upcoming
from app.domain.refusal import Reason, Refusal
from app.domain.theme import Audience
from app.sealing import tokens
from app.services.house import Work
from app.services.lead_lesson import lesson_of
from app.services.release_poll import choose_ruler, release_poll
from app.store import classrooms, lessons, polls, seats


def count_paper(work: Work, lesson_id: str, secret: str, theme: str, fields: Mapping[str, str]) -> None:
    """Release the next poll of a lesson in which nobody took a seat, by the totals in `fields`, which are not stored.

    The first count freezes N and makes this link the only one that can count on. A poll that is closed already stays
    as it is. Raises Refusal: SEATS_TAKEN, WRONG_STATE, OPENED_BY_OTHER_LINK, or why the totals or the asking are wrong.
    """
    lesson = lesson_of(work, lesson_id, secret)
    classrooms.lock(work.db, lesson.classroom.id)
    lesson = lesson_of(work, lesson_id, secret, lock=True)
    asked = polls.of_lesson(work.db, lesson_id)
    if any(poll.theme == theme and poll.state is PollState.CLOSED and poll.paper for poll in asked):
        return
    poll = upcoming(asked)
    # Slips have a grid for a class; an evening's parents may be too many for it.
    if poll is None or poll.theme != theme or lesson.state is LessonState.ENDED or lesson.audience is Audience.PARENTS:
        raise Refusal(Reason.WRONG_STATE)
    if seats.count(work.db, lesson_id) or any(each.ruler and not each.paper for each in asked):
        raise Refusal(Reason.SEATS_TAKEN)
    tally = read_count(fields, lesson.size, approval=poll.approval)
    _lead(work, lesson, secret, tally.size)
    ruler, year = choose_ruler(work, lesson, poll, paper=True), school_year(work.now.date())
    polls.start_on_paper(work.db, poll.id, ruler=ruler, school_year=year)
    release_poll(work, lesson, replace(poll, paper=True), tally, ruler, year)


def _lead(work: Work, lesson: Lesson, secret: str, size: int) -> None:
    link = tokens.link_hash(secret)
    if lesson.state is LessonState.RUNNING:
        if not lessons.is_opener(work.db, link):
            raise Refusal(Reason.OPENED_BY_OTHER_LINK)
        return
    lessons.change(
        work.db,
        lesson.id,
        state=LessonState.RUNNING,
        size=size,
        code=None,
        door=None,
        reserved=0,
        ends_hour=hour_after(work.hour),
    )
    lessons.mark_opener(work.db, link)
