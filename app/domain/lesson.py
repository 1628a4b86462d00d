"""A lesson: one meeting of one classroom, with its seats and one to three polls."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.theme import Audience

MAX_POLLS = 3
MAX_SEATS = {Audience.PUPILS: 40, Audience.PARENTS: 120}
LIFETIME_HOURS = 24


class LessonState(StrEnum):
    """ready -> lobby -> running -> ended."""

    READY = "ready"
    LOBBY = "lobby"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Classroom:
    """A group of pupils that is asked together, by its names, grade and school year; never by its pupils.

    Next year the same pupils are another classroom. `size` is how many they are, None where nobody has said so.
    """

    id: str
    school: str
    name: str
    grade: int
    school_year: int
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as it stands. `code` and `door` (the QR token) are there only while seats can be taken; `one_seat`
    says that they are good for one seat. `reserved` counts pupils without a screen who have not had their turn.
    `size` is the N of the questions, None until the first vote opens."""

    id: str
    classroom: Classroom
    audience: Audience
    state: LessonState
    code: str | None
    door: str | None
    one_seat: bool
    reserved: int
    size: int | None


def planned(classroom: Classroom, audience: Audience) -> Lesson:
    """A lesson that nobody has made yet."""
    return Lesson("", classroom, audience, LessonState.READY, None, None, one_seat=False, reserved=0, size=None)


def code_length(open_lobbies: int) -> int:
    """Digits a join code needs so that open lobbies fill at most 1 in 10,000 of the code space.

    >>> code_length(0), code_length(99), code_length(100)
    (6, 6, 7)
    """
    return max(6, len(str(open_lobbies)) + 4)


def hour_after(hour: int, lifetime: int = LIFETIME_HOURS) -> int:
    """The whole hour by which `lifetime` hours have surely passed since some moment in `hour`."""
    return hour + lifetime + 1
