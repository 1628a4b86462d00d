"""Where a pupil's device stands in its lesson: waiting, at the ballot, thanked, or watching."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.lesson import LessonState
from app.domain.poll import Poll, PollState, current, upcoming
from app.domain.slip import Slip
from app.domain.theme import Audience
from app.sealing import tokens
from app.services.house import Work
from app.store import standings


class Stand(StrEnum):
    """The four places a device with a seat can be at."""

    WAITING = "waiting"
    BALLOT = "ballot"
    THANKS = "thanks"
    WATCHING = "watching"


@dataclass(frozen=True, slots=True)
class Place:
    """A device's place. `turn` is the seat whose turn it is at this device; `seats` those it holds in the lesson.

    `slip` is there while the poll votes. `spent` says that somebody at this device has cast a ballot in this poll,
    `reserved` that pupils without a screen still wait for one, `follows` that another question comes.
    """

    stand: Stand
    lesson: str
    grade: int
    size: int
    poll: Poll
    slip: Slip | None
    seats: tuple[str, ...]
    turn: str | None
    spent: bool
    reserved: bool
    follows: bool
    audience: Audience


def find_place(work: Work, held: Sequence[str]) -> Place | None:
    """The place of a device whose cookie holds these seats; None when none of them is alive. One statement."""
    hashes = {token: tokens.seat_hash(token) for token in held}
    seated = standings.of_seats(work.db, list(hashes.values())) if held else None
    if seated is None:
        return None
    lesson, poll = seated.lesson, current(seated.polls)
    mine = tuple(token for token in held if hashes[token] in seated.spent)
    left = [token for token in mine if poll.id not in seated.spent[hashes[token]]]
    turn = left[0] if left else None
    return Place(
        stand=_stand(lesson.state, poll, turn),
        lesson=lesson.id,
        grade=lesson.classroom.grade,
        size=lesson.size or 0,
        poll=poll,
        slip=Slip.of(poll, lesson.size) if poll.state is PollState.VOTING else None,
        seats=mine,
        turn=turn,
        spent=len(left) < len(mine),
        reserved=lesson.reserved > 0,
        follows=upcoming(seated.polls) is not None,
        audience=lesson.audience,
    )


def _stand(state: LessonState, poll: Poll, turn: str | None) -> Stand:
    if state is not LessonState.RUNNING:
        return Stand.WAITING
    if poll.state is PollState.VOTING:
        return Stand.THANKS if turn is None else Stand.BALLOT
    return Stand.WATCHING
