"""What the teacher does with a lesson besides its votes: open and restart the lobby, hand out seats, end it.

Each verb takes the lesson's id and the secret of one of its links, and refuses without changing anything.
"""

from app.domain.lesson import MAX_SEATS, Lesson, LessonState, code_length, hour_after
from app.domain.poll import PollState
from app.domain.refusal import Reason, Refusal
from app.sealing import tokens
from app.services.foresee import require_askable
from app.services.house import Work
from app.store import lessons, polls, seats, urns


def enter(work: Work, secret: str) -> str:
    """The id of the lesson that a link opens; Refusal(WRONG_LINK) for any other secret."""
    lesson = lessons.of_link(work.db, tokens.link_hash(secret))
    if lesson is None:
        raise Refusal(Reason.WRONG_LINK)
    return lesson


def lesson_of(work: Work, lesson_id: str, secret: str, *, lock: bool = False) -> Lesson:
    """The lesson, for somebody who holds one of its links; Refusal(WRONG_LINK) for anybody else."""
    if lessons.of_link(work.db, tokens.link_hash(secret)) != lesson_id:
        raise Refusal(Reason.WRONG_LINK)
    lesson = lessons.by_id(work.db, lesson_id, lock=lock)
    if lesson is None:
        raise Refusal(Reason.WRONG_LINK)
    return lesson


def open_lobby(work: Work, lesson_id: str, secret: str) -> None:
    """Show a code: seats can be taken from now on. Opening an open lobby changes nothing.

    Refused where a vote would be: a class that has taken its seats should not hear that it may not be asked.
    """
    lesson = lesson_of(work, lesson_id, secret, lock=True)
    if lesson.state is LessonState.LOBBY:
        return
    _require(lesson, LessonState.READY)
    require_askable(work, lesson)
    lessons.change(work.db, lesson_id, state=LessonState.LOBBY, ends_hour=hour_after(work.hour), **_new_doors(work))


def restart_lobby(work: Work, lesson_id: str, secret: str) -> None:
    """Throw the lobby away, seats and codes, and open a new one, as long as nothing has been answered.

    While the lesson's first poll votes that undoes the vote too, with the link that opened it: a vote opened too early
    has frozen the wrong N. Raises Refusal.
    """
    _take_back_vote(work, lesson_id, secret)
    lesson = lesson_of(work, lesson_id, secret, lock=True)
    _require(lesson, LessonState.LOBBY)
    seats.remove_all(work.db, lesson_id)
    lessons.change(work.db, lesson_id, reserved=0, ends_hour=hour_after(work.hour), **_new_doors(work))


def reserve_seats(work: Work, lesson_id: str, secret: str, number: int) -> None:
    """Set how many pupils have no screen of their own, before the first vote."""
    lesson = lesson_of(work, lesson_id, secret, lock=True)
    _require(lesson, LessonState.LOBBY)
    if not 0 <= number <= MAX_SEATS[lesson.audience] - seats.count(work.db, lesson_id):
        raise Refusal(Reason.BAD_NUMBER)
    lessons.change(work.db, lesson_id, reserved=number)


def add_seat(work: Work, lesson_id: str, secret: str) -> None:
    """Show a new code that is good for one more seat, until the last poll has closed."""
    lesson = lesson_of(work, lesson_id, secret, lock=True)
    _require(lesson, LessonState.RUNNING)
    asked = polls.of_lesson(work.db, lesson_id)
    if any(poll.paper for poll in asked):
        raise Refusal(Reason.ON_PAPER)
    if not any(poll.state in (PollState.WAITING, PollState.VOTING) for poll in asked):
        raise Refusal(Reason.WRONG_STATE)
    if seats.count(work.db, lesson_id) + lesson.reserved >= MAX_SEATS[lesson.audience]:
        raise Refusal(Reason.ALL_SEATS_TAKEN)
    lessons.change(work.db, lesson_id, one_seat=True, **_new_doors(work))


def end_lesson(work: Work, lesson_id: str, secret: str) -> None:
    """End the lesson: its seats go. Refused while a vote is open; ending an ended lesson changes nothing."""
    lesson = lesson_of(work, lesson_id, secret, lock=True)
    if lesson.state is LessonState.ENDED:
        return
    if any(poll.state is PollState.VOTING for poll in polls.of_lesson(work.db, lesson_id)):
        raise Refusal(Reason.WRONG_STATE)
    finish(work, lesson_id)


def finish(work: Work, lesson_id: str) -> None:
    """What ending means, whoever asks for it: no seat, no code, no hour."""
    seats.remove_all(work.db, lesson_id)
    lessons.change(
        work.db, lesson_id, state=LessonState.ENDED, code=None, door=None, one_seat=False, reserved=0, ends_hour=None
    )


def _take_back_vote(work: Work, lesson_id: str, secret: str) -> None:
    """Let the lesson's first poll wait again where it votes and no ballot is in its urn.

    The poll is held as for a close, and before the lesson as there: a cast under way is waited for and seen, a later
    one finds no vote with its key. The poll waits under a new id, so that what removes the old vote's share, however
    late, cannot meet the share of the next one.
    """
    lesson_of(work, lesson_id, secret)
    first = polls.of_lesson(work.db, lesson_id)[0]
    if first.state is not PollState.VOTING:
        return
    if not lessons.is_opener(work.db, tokens.link_hash(secret)):
        raise Refusal(Reason.OPENED_BY_OTHER_LINK)
    poll = polls.lock(work.db, first.id)
    if poll is None or poll.state is not PollState.VOTING or urns.boxes(work.db, poll.id):
        raise Refusal(Reason.WRONG_STATE)
    polls.wait_again(work.db, poll.id, tokens.mint_id())
    lessons.unmark_openers(work.db, lesson_id)
    lessons.change(work.db, lesson_id, state=LessonState.LOBBY, size=None, one_seat=False)
    work.afterwards.extend((lambda: work.keys.remove_share(poll.id), work.checkpoint))


def _new_doors(work: Work) -> dict[str, str]:
    length = code_length(lessons.open_doors(work.db))
    code = tokens.mint_code(length)
    while lessons.code_taken(work.db, code):
        code = tokens.mint_code(length)
    return {"code": code, "door": tokens.mint_door()}


def _require(lesson: Lesson, state: LessonState) -> None:
    if lesson.state is not state:
        raise Refusal(Reason.WRONG_STATE)
